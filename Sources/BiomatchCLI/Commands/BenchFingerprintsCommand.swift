import ArgumentParser
import Biomatch
import BiomatchCore
import BiomatchFingerprint

struct BenchFingerprintsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fingerprints",
    abstract: "Measure searches of fingerprints on this machine.",
    discussion: """
      Searches batches of probes in an index of prints of other people, with every \
      SIMD level on one thread and with the best level on all, exhaustively and \
      screened. Prints are synthetic, of 35 and of 52 minutiae in the mean; with \
      --templates also real ones, repeated and shuffled. Each value is the median of \
      several rounds, in each of which everything is measured once.

      Beside them stand the machine's own limits, measured in the same run: how many \
      bits it can compare (AND) and count, how fast it reads memory, and which share \
      of them a search needs.

      Examples:

        biomatch bench fingerprints
        biomatch bench fingerprints --prints 20000 --threads 1 --simd avx2
        biomatch bench fingerprints --templates archive --format csv > speed.csv
      """
  )

  @Option(name: .long, help: "How many prints to search, 100...10000000.")
  var prints = 100_000

  @Option(name: .long, help: "How many probes a batch has, 1...64.")
  var probes = 16

  @Option(name: .long, help: "How many rounds, 1...100.")
  var rounds = 3

  @Option(name: .long, help: "How long one measurement takes at most, 0.01...60 seconds.")
  var seconds = 0.5

  @Option(
    name: .long,
    help: "A directory of templates, or a list with a column path, to measure on as well."
  )
  var templates: String?

  @OptionGroup var engine: EngineOptions
  @OptionGroup var template: TemplateOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard (100...10_000_000).contains(prints) else {
      throw ValidationError("--prints must be in 100...10000000, found \(prints)")
    }
    guard (1...64).contains(probes) else {
      throw ValidationError("--probes must be in 1...64, found \(probes)")
    }
    guard (1...100).contains(rounds) else {
      throw ValidationError("--rounds must be in 1...100, found \(rounds)")
    }
    guard (0.01...60).contains(seconds) else {
      throw ValidationError("--seconds must be in 0.01...60, found \(seconds)")
    }
  }

  func run() throws {
    let settings = try BenchSetting.all(simd: engine.simd, threads: engine.threads)
    var results = BenchResults(machine: .current)
    // Read first: what is wrong with the templates shows before minutes have gone by.
    let real = try templates.map { path in
      try BenchPrints.real(
        RealTemplates(path, options: template, threads: engine.threads).templates,
        from: path,
        count: prints,
        probes: probes,
        threads: engine.threads
      )
    }
    let synthetic = [35.0, 52.0].map { mean in
      { try BenchPrints.synthetic(mean, count: prints, probes: probes, threads: engine.threads) }
    }
    for make in synthetic + (real.map { real in [{ real }] } ?? []) {
      let bench = try SearchBench(prints: make(), settings: settings, seconds: seconds)
      for round in 1...rounds { try bench.measure(round: round, of: rounds, into: &results) }
      try bench.measureOpening(rounds: rounds, into: &results)
    }
    let text =
      try output.format == .table
      ? BenchTable(results: results).text
      : RowPrinter.text(results.rows, names: BenchResults.fieldNames, format: output.format)
    StandardOutput.write(text)
  }
}
