import ArgumentParser
import Biomatch
import BiomatchCore
import BiomatchFace
import BiomatchFingerprint

extension SearchMode: ExpressibleByArgument {}

struct SearchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search",
    abstract: "Find the samples of a gallery or an index that are most like given ones.",
    discussion: """
      Lists for each probe the prints or faces that score highest, best first, as far \
      as they reach --threshold. Who is on the list is a candidate, no match: the \
      more samples an index has, the higher strangers score by chance.

      With --position only prints of that finger are searched, and those whose \
      finger is not known. Every view of a probe file is searched, and every vector \
      of a file of face vectors; FILE#ROW is one of them, counted from 0. The score \
      of faces is the cosine, and the answer exact: no vector that scores higher is \
      left out.

      In a gallery each person is listed with their best sample. A finger is compared \
      with the same finger of people, and with fingers that are not known; with \
      --any-position with all. --together takes all fingers for those of one person.

      Examples:

        biomatch search people.gallery --key-file gallery.key --finger probe.iso
        biomatch search people.gallery --key-file gallery.key --face probe.npy \\
          --list watch

        biomatch search prints.index --finger probe.iso
        biomatch search prints.index --finger a.iso b.iso --top 3 --threshold 100
        biomatch search prints.index --finger latent.xyt --width 500 --height 500 \
      --position right-index --mode exhaustive --format csv
        biomatch search faces.index --face probes.npy --threshold 0.4
        biomatch search faces.index --face probes.npy#7 --top 3
      """
  )

  @Argument(help: "The directory of the gallery or the index.")
  var target: String

  @Option(
    name: .long,
    parsing: .upToNextOption,
    help: "The probes' templates, one or more; - is the standard input."
  )
  var finger: [String] = []

  @Option(
    name: .long,
    parsing: .upToNextOption,
    help: "Files of the probes' face vectors, one or more; - is the standard input."
  )
  var face: [String] = []

  @Option(name: .long, help: "How many candidates to list for each probe at most, 1...65536.")
  var top = 10

  @Option(
    name: .long,
    help: "The lowest score of a candidate (default: any; of prints any above 0)."
  )
  var threshold: Double?

  @Option(
    name: .long,
    help: "screened gives up early on prints that look unlike; exhaustive compares all in full."
  )
  var mode = SearchMode.screened

  @Option(name: .long, help: "Stop after so many seconds, and answer what was found.")
  var deadline: Double?

  @OptionGroup var people: GallerySearchOptions
  @OptionGroup var engine: EngineOptions
  @OptionGroup var faces: FaceFileOptions
  @OptionGroup var template: TemplateOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard (1...FingerprintSearchOptions.largestLimit).contains(top) else {
      throw ValidationError("--top must be in 1...65536, found \(top)")
    }
    if let deadline, !(0...1_000_000).contains(deadline) {
      throw ValidationError("--deadline must be in 0...1000000 seconds, found \(deadline)")
    }
    guard finger.isEmpty != face.isEmpty else {
      throw ValidationError("give either --finger or --face, with one probe or more")
    }
    guard (finger + face).count(where: { $0 == "-" }) <= 1 else {
      throw ValidationError("the standard input can be one probe only")
    }
  }

  func run() async throws {
    // The time that a user gives is for everything, reading included.
    let end = deadline.map { ContinuousClock.now + .seconds($0) }
    let answers =
      GalleryPlace.isGallery(target)
      ? try await searchPeople(until: end) : try searchIndex(until: end)
    let text = try RowPrinter.text(
      answers.rows,
      names: SearchAnswers.fieldNames,
      format: output.format
    )
    StandardOutput.write(output.format == .table ? answers.table : text)
    answers.warnOfGaps(target: target)
  }

  private func searchPeople(until end: ContinuousClock.Instant?) async throws -> SearchAnswers {
    try await GallerySearch(
      target: target,
      fingers: finger,
      faces: face,
      options: people,
      template: template,
      faceFiles: faces,
      simd: try engine.level()
    ).answers(threshold: threshold) { options in
      options.limit = top
      options.mode = mode
      options.threads = engine.threads ?? ParallelScan.processorCount
      options.deadline = end
    }
  }

  private func searchIndex(until end: ContinuousClock.Instant?) throws -> SearchAnswers {
    try people.refuse(target)
    let position = try template.finger()
    return switch try AnyIndex.open(target, simd: try engine.level()) {
    case .prints(let index): try search(index, position, until: end)
    case .faces(let index): try search(index, until: end)
    }
  }

  private func search(
    _ index: FingerprintIndex,
    _ position: FingerPosition,
    until end: ContinuousClock.Instant?
  ) throws -> SearchAnswers {
    guard face.isEmpty else { throw otherKind("--face", "prints", "--finger") }
    var options = FingerprintSearchOptions(
      limit: top,
      threshold: try DecisionOptions.score(threshold)
    )
    options.mode = mode
    options.threads = engine.threads ?? ParallelScan.processorCount
    options.deadline = end
    let probes = try finger.flatMap { try SearchProbe.all(in: $0, options: template) }
    let searcher = BatchSearch(
      snapshot: index.snapshot(),
      options: options,
      positions: position == .unknown ? nil : FingerPositionFilter([position])
    )
    return SearchAnswers(
      answers: try searcher.search(probes).map { probe, result in
        SearchAnswer(
          probe: probe.name,
          candidates: result.candidates,
          coverage: result.coverage
        )
      },
      noun: "print"
    )
  }

  private func search(
    _ index: FaceIndex,
    until end: ContinuousClock.Instant?
  ) throws -> SearchAnswers {
    guard finger.isEmpty else { throw otherKind("--finger", "face vectors", "--face") }
    var options = FaceSearchOptions(
      limit: top,
      threshold: try threshold.map { try FaceComparison.threshold($0) }
    )
    options.threads = engine.threads ?? ParallelScan.processorCount
    options.deadline = end
    let probes = try FaceProbes(face, options: faces, dimension: index.dimension)
    return SearchAnswers(answers: try probes.search(index.snapshot(), options), noun: "vector")
  }

  private func otherKind(_ option: String, _ kind: String, _ other: String) -> UsageError {
    .option(option, rule: "\(target) is an index of \(kind)", remedy: "search it with \(other)")
  }
}
