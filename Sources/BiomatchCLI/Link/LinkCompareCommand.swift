import ArgumentParser
import Biomatch
import BiomatchCore
import BiomatchLinkage

struct LinkCompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "List the pairs of two files of codes that are alike.",
    discussion: """
      The score is the Dice coefficient of the codes, 0...1. Every pair that reaches \
      --threshold is listed, by the order of the first file, best first; with --top \
      only the best of each of its records. With --blocks only records are compared \
      that share a key: files of CSV with the columns id and key, a row for each key.

      Files that do not state by which schema and under which secret their codes \
      were made, such as JSON and CSV, compare only with --any-schema: that is then \
      yours to make sure of.

      A file named .anonlink gets the pairs in the binary form of that package, \
      best first, records by their number. Files named .bytes and .packed have codes \
      in the binary forms of its entity service.

      Examples:

        biomatch link compare a.codes b.codes --threshold 0.8 -o pairs.csv
        biomatch link compare a.json b.json --any-schema --top 3 --format ndjson
        biomatch link compare a.csv b.csv --any-schema --threshold 0.7 \\
          --blocks keys-a.csv keys-b.csv
      """
  )

  @Argument(
    help: "The codes of the first side: .csv, .codes, .bytes, .packed, or else JSON or NDJSON."
  )
  var first: String

  @Argument(help: "The codes of the second side.")
  var second: String

  @Option(name: .long, help: "The least score, 0...1 (default: 0.8, or 0 with --top).")
  var threshold: Double?

  @Option(name: .long, help: "How many pairs of each record of the first file at most, 1...65536.")
  var top: Int?

  @Flag(name: .long, help: "Compare codes although a file does not state schema and secret.")
  var anySchema = false

  @OptionGroup var length: CodeLengthOptions

  @Option(
    name: .long,
    parsing: .upToNextOption,
    help: "The block keys of both files: two CSV files with the columns id and key."
  )
  var blocks: [String] = []

  @Option(name: [.customShort("o"), .customLong("output")], help: "The file to write.")
  var outputPath = "-"

  @OptionGroup var engine: EngineOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard first != "-" || second != "-" else {
      throw ValidationError("the standard input can be one file only")
    }
    guard blocks.isEmpty || blocks.count == 2 else {
      throw ValidationError("--blocks needs two files, found \(blocks.count)")
    }
    try OutputPaths.check([outputPath], names: "--output", inputs: [first, second] + blocks)
  }

  func run() throws {
    let (a, b) = (
      try Codes(file: first, bits: length.bits), try Codes(file: second, bits: length.bits)
    )
    var options = CodeComparisonOptions(
      threshold: try DiceThreshold(threshold ?? (top == nil ? 0.8 : 0)),
      limit: top
    )
    options.allowsUnknownSchema = anySchema
    options.simd = try engine.level()
    options.threads = engine.threads ?? ParallelScan.processorCount
    let plan =
      blocks.isEmpty
      ? nil
      : BlockPlan(
        a: try BlockKeyFile.keys(blocks[0], of: a),
        b: try BlockKeyFile.keys(blocks[1], of: b)
      )
    let comparison = try SidesError.naming(first, second) {
      try CodeComparison(a, b, options, blocks: plan)
    }
    let progress = ProgressBar("comparing", total: a.count)
    defer { progress.finish() }
    var done = 0
    func advance(to row: Int) {
      progress.advance(by: row - done)
      done = row
    }
    if AnonlinkPairFile.isNamed(outputPath) {
      return try AnonlinkPairFile.write(comparison, to: outputPath, rowsDone: advance)
    }
    let file = try PairFile(
      outputPath,
      format: output.format,
      a: a.identifiers,
      b: b.identifiers
    )
    try comparison.forEachBatchBlocking { batch in
      try file.write(batch)
      if let last = batch.last { advance(to: last.a + 1) }
    }
    progress.finish()
    try file.finish()
  }
}
