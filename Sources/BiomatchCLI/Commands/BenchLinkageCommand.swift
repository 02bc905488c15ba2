import ArgumentParser
import Biomatch
import BiomatchCore

struct BenchLinkageCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "linkage",
    abstract: "Measure comparisons of codes on this machine.",
    discussion: """
      Compares all pairs of random codes of several fills at several thresholds, \
      with every SIMD level on one thread and with the best on all, counting the \
      candidates alone and listing them. Each value is the median of several \
      rounds. Beside it stands how many pairs the machine could AND and count at \
      most; more than that are compared where pairs are given up early. Every \
      answer is exact.

      Examples:

        biomatch bench linkage
        biomatch bench linkage --codes 100000 --rounds 1 --threads 2 --no-lists
        biomatch bench linkage --codes 20000 --threads 1 --format csv
      """
  )

  @Option(name: .long, help: "How many codes each side has, 100...1000000.")
  var codes = 10_000

  @Option(name: .long, help: "How many bits a code has, 64...4096.")
  var bits = 1024

  @Option(name: .long, help: "How many rounds, 1...100.")
  var rounds = 3

  @Flag(inversion: .prefixedNo, help: "Measure listing candidates as well.")
  var lists = true

  @OptionGroup var engine: EngineOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard (100...1_000_000).contains(codes) else {
      throw ValidationError("--codes must be in 100...1000000, found \(codes)")
    }
    guard (64...4096).contains(bits), bits.isMultiple(of: 8) else {
      throw ValidationError("--bits must be in 64...4096, a multiple of 8, found \(bits)")
    }
    guard (1...100).contains(rounds) else {
      throw ValidationError("--rounds must be in 1...100, found \(rounds)")
    }
  }

  func run() throws {
    let settings = try BenchSetting.all(simd: engine.simd, threads: engine.threads)
    let bench = try LinkageBench(settings: settings, bits: bits, count: codes, lists: lists)
    var results = BenchResults(machine: .current)
    for _ in 0..<rounds { try bench.measure(into: &results) }
    let text = try RowPrinter.text(
      results.rows,
      names: BenchResults.fieldNames,
      format: output.format
    )
    StandardOutput.write(text)
  }
}
