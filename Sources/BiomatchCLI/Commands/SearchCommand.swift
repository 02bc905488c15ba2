import ArgumentParser
import Biomatch
import BiomatchCore
import BiomatchFingerprint

extension SearchMode: ExpressibleByArgument {}

struct SearchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search",
    abstract: "Find the prints of an index that are most like given ones.",
    discussion: """
      Lists for each probe the prints that score highest, best first, as far as they \
      reach --threshold. Who is on the list is a candidate, no match: the more \
      prints an index has, the higher strangers score by chance.

      With --position only prints of that finger are searched, and those whose \
      finger is not known. Every view of a probe file is searched.

      Examples:

        biomatch search prints.index --finger probe.iso
        biomatch search prints.index --finger a.iso b.iso --top 3 --threshold 100
        biomatch search prints.index --finger latent.xyt --width 500 --height 500 \
      --position right-index --mode exhaustive --format csv
      """
  )

  @Argument(help: "The index.")
  var target: String

  @Option(
    name: .long,
    parsing: .upToNextOption,
    help: "The probes' templates, one or more; - is the standard input."
  )
  var finger: [String]

  @Option(name: .long, help: "How many candidates to list for each probe at most, 1...65536.")
  var top = 10

  @Option(name: .long, help: "The lowest score of a candidate (default: any above 0).")
  var threshold: Double?

  @Option(
    name: .long,
    help: "screened gives up early on prints that look unlike; exhaustive compares all in full."
  )
  var mode = SearchMode.screened

  @Option(name: .long, help: "Stop after so many seconds, and answer what was found.")
  var deadline: Double?

  @OptionGroup var engine: EngineOptions
  @OptionGroup var template: TemplateOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard (1...FingerprintSearchOptions.largestLimit).contains(top) else {
      throw ValidationError("--top must be in 1...65536, found \(top)")
    }
    if let deadline, !(0...1_000_000).contains(deadline) {
      throw ValidationError("--deadline must be in 0...1000000 seconds, found \(deadline)")
    }
    guard finger.count(where: { $0 == "-" }) <= 1 else {
      throw ValidationError("the standard input can be one probe only")
    }
  }

  func run() throws {
    // The time that a user gives is for everything, reading included.
    let end = deadline.map { ContinuousClock.now + .seconds($0) }
    var options = FingerprintSearchOptions(limit: top, threshold: try Self.score(threshold))
    options.mode = mode
    options.threads = engine.threads ?? ParallelScan.processorCount
    options.deadline = end
    let position = try template.finger()
    let index = try SavedIndex.open(target, simd: try engine.level())
    let probes = try finger.flatMap { try SearchProbe.all(in: $0, options: template) }
    let searcher = BatchSearch(
      snapshot: index.snapshot(),
      options: options,
      positions: position == .unknown ? nil : FingerPositionFilter([position])
    )
    let answers = try searcher.search(probes)
    try print(SearchAnswers(answers))
  }

  private static func score(_ threshold: Double?) throws -> SimilarityScore? {
    try DecisionOptions.score(threshold)
  }

  private func print(_ answers: SearchAnswers) throws {
    let text = try RowPrinter.text(
      answers.rows,
      names: SearchAnswers.fieldNames,
      format: output.format
    )
    StandardOutput.write(output.format == .table ? answers.table : text)
    answers.warnOfGaps(target: target)
  }
}
