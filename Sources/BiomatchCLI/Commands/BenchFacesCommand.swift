import ArgumentParser
import Biomatch
import BiomatchCore
import BiomatchFace

struct BenchFacesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "faces",
    abstract: "Measure searches of face vectors on this machine.",
    discussion: """
      Searches batches of 1, 16 and 256 probes in an index of vectors of other \
      people, for the ten best and for the ten best above a threshold, with every \
      SIMD level on one thread and with the best level on all. Vectors are \
      synthetic, of full and of low rank; with --faces and --probes also those of \
      files. Each value is the median of several rounds, in each of which \
      everything is measured once. Every answer is exact.

      Beside them stand the machine's own limits, measured in the same run: how many \
      products of codes it can sum up, how fast it reads memory, and what share of \
      the searches that a code of one byte a value would allow are reached.

      Examples:

        biomatch bench faces
        biomatch bench faces --vectors 100000 --dimension 128 --threads 1
        biomatch bench faces --faces gallery.npy --probes probes.npy --format csv
      """
  )

  @Option(name: .long, help: "How many vectors to search, 1000...100000000.")
  var vectors = 1_000_000

  @Option(name: .long, help: "How many values a synthetic vector has, 64...4096.")
  var dimension = 512

  @Option(
    name: .long,
    parsing: .upToNextOption,
    help: "How many probes a batch has, one or more numbers in 1...256."
  )
  var batch = [1, 16, 256]

  @Option(name: .long, help: "The lowest score of a candidate in searches with a threshold.")
  var threshold = 0.45

  @Option(name: .long, help: "How many rounds, 1...100.")
  var rounds = 3

  @Option(name: .long, help: "How long one measurement takes at least, 0.01...60 seconds.")
  var seconds = 0.5

  @Option(name: .long, help: "A file of vectors to search as well, instead of synthetic ones.")
  var faces: String?

  @Option(name: .long, help: "A file of probes for it, of which 256 are used.")
  var probes: String?

  @Flag(name: .long, help: "Seal the saved index by a random key.")
  var sealed = false

  @OptionGroup var engine: EngineOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard (1000...100_000_000).contains(vectors) else {
      throw ValidationError("--vectors must be in 1000...100000000, found \(vectors)")
    }
    guard FaceVectors.dimensions.contains(dimension) else {
      throw ValidationError("--dimension must be in 64...4096, found \(dimension)")
    }
    guard batch.allSatisfy({ (1...BenchFaceSet.probeCount).contains($0) }) else {
      throw ValidationError("--batch must be in 1...256, found \(batch)")
    }
    guard (-1...1).contains(threshold) else {
      throw ValidationError("--threshold must be in -1...1, found \(threshold)")
    }
    guard (1...100).contains(rounds) else {
      throw ValidationError("--rounds must be in 1...100, found \(rounds)")
    }
    guard (0.01...60).contains(seconds) else {
      throw ValidationError("--seconds must be in 0.01...60, found \(seconds)")
    }
    guard (faces == nil) == (probes == nil) else {
      throw ValidationError("--faces and --probes go together")
    }
  }

  func run() throws {
    let settings = try BenchSetting.all(simd: engine.simd, threads: engine.threads)
    var results = BenchResults(machine: .current)
    let sets: [() throws -> BenchFaceSet] =
      if let faces, let probes {
        [{ try BenchFaceSet(faces: faces, probes: probes) }]
      } else {
        [
          { BenchFaceSet(.fullRank(dimension: dimension), "full rank", count: vectors) },
          { BenchFaceSet(.lowRank(dimension: dimension), "low rank", count: vectors) },
        ]
      }
    for make in sets {
      let bench = try FaceBench(
        try make(),
        settings: settings,
        batches: batch,
        threshold: SimilarityScore(Float(threshold)),
        seconds: seconds,
        sealed: sealed
      )
      for round in 1...rounds { try bench.measure(round: round, of: rounds, into: &results) }
      try bench.measureOpening(rounds: rounds, into: &results)
    }
    let text =
      try output.format == .table
      ? FaceBenchTable(results: results, batches: batch).text
      : RowPrinter.text(results.rows, names: BenchResults.fieldNames, format: output.format)
    StandardOutput.write(text)
  }
}
