import ArgumentParser
import Biomatch
import BiomatchCore
import BiomatchFace
import BiomatchFingerprint

struct DemoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "See biomatch enrol and search prints, faces and people, which it makes itself.",
    discussion: """
      Makes prints of fingers that nobody has, builds an index of them, saves it and \
      opens it again; searches it for fingers that are enrolled and for others, and \
      counts how often the right one is found; verifies one match and draws it. Then \
      it does the same with vectors of faces that nobody has, and finds invented \
      people who are in the files of two authorities by codes of their records. Last \
      it enrols people with two fingers and a face in a sealed gallery, searches there \
      by fingers and by face, verifies somebody, and erases somebody with a receipt. \
      Indexes, gallery, picture, templates, vectors and records stay in the directory, \
      for the commands that are printed in the end.

      Examples:

        biomatch demo
        biomatch demo --prints 10000 --faces 10000 --output /tmp/biomatch-demo
      """
  )

  @Option(name: .shortAndLong, help: "The directory to write to.")
  var output = "biomatch-demo"

  @Option(name: .long, help: "How many prints to enrol, 20...1000000.")
  var prints = 100_000

  @Option(name: .long, help: "How many faces to enrol, 20...1000000.")
  var faces = 100_000

  @Option(name: .long, help: "How many people to enrol in the gallery, 20...1000000.")
  var people = 10_000

  @Option(
    name: .long,
    help: "How many searches for who is enrolled, and how many for others, 1...100000."
  )
  var searches = 100

  @Option(name: .long, help: "Which population; another number gives other people.")
  var seed: UInt64 = 1

  @OptionGroup var engine: EngineOptions
  @OptionGroup var format: OutputOptions

  func validate() throws {
    guard (DemoFiles.fingers...1_000_000).contains(prints) else {
      throw ValidationError("--prints must be in \(DemoFiles.fingers)...1000000, found \(prints)")
    }
    guard (DemoFaceFiles.identities...1_000_000).contains(faces) else {
      throw ValidationError(
        "--faces must be in \(DemoFaceFiles.identities)...1000000, found \(faces)"
      )
    }
    guard (20...1_000_000).contains(people) else {
      throw ValidationError("--people must be in 20...1000000, found \(people)")
    }
    guard (1...100_000).contains(searches) else {
      throw ValidationError("--searches must be in 1...100000, found \(searches)")
    }
  }

  func run() async throws {
    let simd = try engine.level()
    let gallery = DemoGallery(directory: output)
    let index = DemoIndex(path: output + "/prints.index")
    let faceIndex = DemoIndex(path: output + "/faces.index")
    try FileBytes.createDirectory(output)
    try index.makeRoom()
    try faceIndex.makeRoom()
    try await gallery.makeRoom()
    say("biomatch demo: \(Figure.grouped(prints)) prints of invented fingers, in \(output)/\n\n")
    let fingers = SyntheticFingers(seed: seed)
    let files = try DemoFiles(directory: output, population: fingers)
    let result = try DemoRun(
      population: DemoPopulation(fingers: fingers, prints: prints, probes: searches),
      index: index,
      simd: simd,
      threads: threads
    ).measured()
    let match = try verify(files, simd)
    say(
      """
      \(result.text)
      Two impressions of one finger: \(match.verdict.text).
      \(files.path(Self.picture)) shows their \(match.result.pairs.count) matched minutiae.

      \(Figure.grouped(faces)) vectors of invented faces

      """
    )
    let faceResult = try enrolFaces(faceIndex, simd)
    say("\n" + faceResult.text)
    let linkage = try DemoLinkageRun(
      directory: output,
      seed: seed,
      simd: simd,
      threads: threads
    ).measured()
    say("\n" + linkage.text)
    say("\n\(Figure.grouped(people)) invented people in a sealed gallery\n\n")
    let galleryResult = try await DemoGalleryRun(
      people: DemoPeople(
        fingers: fingers,
        faces: SyntheticFaces(seed: seed),
        count: people,
        probes: searches
      ),
      place: gallery,
      simd: simd,
      threads: threads
    ).measured()
    guard format.format == .table else {
      return try result.row.appending(faceResult.row, prefix: "face")
        .appending(linkage.row, prefix: "link")
        .appending(galleryResult.row, prefix: "gallery").print(format.format, text: "")
    }
    say(galleryResult.text)
    say(
      DemoAdvice(
        files: files,
        index: index,
        faceIndex: faceIndex,
        gallery: gallery,
        linkage: linkage.files
      ).text
    )
  }

  private var threads: Int { engine.threads ?? ParallelScan.processorCount }

  private func enrolFaces(_ index: DemoIndex, _ simd: SIMDLevel) throws -> DemoFaceResult {
    let population = DemoFacePopulation(
      faces: SyntheticFaces(seed: seed),
      count: faces,
      probes: searches
    )
    try DemoFaceFiles.write(population.faces, to: output)
    return try DemoFaceRun(
      population: population,
      index: index,
      simd: simd,
      threads: threads
    ).measured()
  }

  static let picture = "match.svg"

  /// Compares two impressions of the first finger and draws what matches.
  private func verify(_ files: DemoFiles, _ simd: SIMDLevel) throws -> Comparison {
    let comparer = Comparer(parameters: .standard, simd: simd, threshold: nil)
    let options = try TemplateOptions.parse([])
    let (a, b) = (
      try options.load(files.path(DemoFiles.name(1, 1))),
      try options.load(files.path(DemoFiles.name(1, 2)))
    )
    let comparison = try comparer.compare(
      Print(view: a.view(1, option: "--view-a"), file: a),
      Print(view: b.view(1, option: "--view-b"), file: b)
    )
    try OutputFile.write(Array(comparison.svg.utf8), to: files.path(Self.picture))
    return comparison
  }

  private func say(_ text: String) {
    if format.format == .table { StandardOutput.write(text) }
  }
}
