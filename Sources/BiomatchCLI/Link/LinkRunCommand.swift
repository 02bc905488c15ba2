import ArgumentParser
import Biomatch
import BiomatchCore
import BiomatchCrypto
import BiomatchLinkage

struct LinkRunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Link two tables in one step, to try a schema out.",
    discussion: """
      Encodes both tables, compares the codes and solves, as encode, compare and \
      solve do, and lists the links, best first. Whoever has both tables needs no \
      codes: this is for trials, and to choose schema and threshold. Without a secret \
      a random one is used and thrown away.

      With --truth it says how good the links are: precision, recall and F1 at the \
      threshold, and at the one that would have been best. It takes two CSV files, \
      whose first column has the identifiers of records, the second those of persons.

      Examples:

        biomatch link run a.csv b.csv --schema schema.json --threshold 0.75
        biomatch link run a.csv b.csv --schema schema.json --threshold 0.7 \\
          --truth key-a.csv key-b.csv --report report.json -o links.csv --format csv
        biomatch link run a.csv b.csv --schema schema.json \\
          --block "soundex(surname)" --block "year(date_of_birth)"
      """
  )

  @Argument(help: "The table of the first side, CSV in UTF-8, or .ndjson.")
  var first: String

  @Argument(help: "The table of the second side.")
  var second: String

  @Option(name: .long, help: "The linkage schema of both.")
  var schema: String

  @OptionGroup var secret: SecretOptions

  @Option(name: .long, help: "The least score of a link, 0...1.")
  var threshold = 0.8

  @Option(name: .long, help: "greedy, optimal or one-to-many.")
  var method = LinkageSolver.Method.greedy

  @Option(
    name: .long,
    help:
      "Compare only records that share this key, or another --block, such as \"soundex(surname)\"."
  )
  var block: [String] = []

  @Option(name: .long, parsing: .upToNextOption, help: "Two CSV files: record, person.")
  var truth: [String] = []

  @Option(
    name: .long,
    help: "The lowest threshold that is tried for the best one (default: 0.5, or --threshold)."
  )
  var sweepFrom: Double?

  @Option(name: .long, help: "A JSON file to write, with the figures of --truth.")
  var report: String?

  @OptionGroup var records: RecordOptions

  @Option(name: [.customShort("o"), .customLong("output")], help: "The file to write.")
  var outputPath = "-"

  @OptionGroup var engine: EngineOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard [first, second, schema, secret.secretFile].filter({ $0 == "-" }).count <= 1 else {
      throw ValidationError("only one input can be the standard input")
    }
    guard truth.isEmpty || truth.count == 2 else {
      throw ValidationError("--truth needs two files, found \(truth.count)")
    }
    guard !truth.isEmpty || (report == nil && sweepFrom == nil) else {
      throw ValidationError("--report and --sweep-from need --truth")
    }
    try OutputPaths.check(
      [outputPath, records.rejects, report],
      names: "--output, --rejects and --report",
      inputs: [first, second, schema, secret.secretFile] + truth
    )
  }

  func run() throws {
    let least = try DiceThreshold(threshold)
    var options = CodeComparisonOptions(threshold: try DiceThreshold(lowest(least.value)))
    options.simd = try engine.level()
    options.threads = engine.threads ?? ParallelScan.processorCount
    let sides = try encode(threads: options.threads)
    let known = truth.isEmpty ? nil : try self.known(sides.a.codes, sides.b.codes)
    let plan = block.isEmpty ? nil : BlockPlan(a: sides.a.blockKeys, b: sides.b.blockKeys)
    let comparison = try CodeComparison(sides.a.codes, sides.b.codes, options, blocks: plan)
    let all = links(among: comparison, rows: sides.a.codes.count)
    let links = all.filter { $0.score >= least.value }
    let file = try PairFile(
      outputPath,
      format: output.format,
      a: sides.a.codes.identifiers,
      b: sides.b.codes.identifiers
    )
    try file.write(links)
    try file.finish()
    guard let known else { return }
    let figures = LinkageFigures(
      atThreshold: (least.value, known.quality(of: links)),
      best: known.best(of: all),
      blocks: plan?.quality(matches: known.matches)
    )
    StandardError.write(figures.text)
    if let report { try OutputFile.write(figures.json(), to: report) }
  }

  private func known(_ a: Codes, _ b: Codes) throws -> LinkageTruth {
    LinkageTruth(
      a: try TruthFile.persons(truth[0], of: a),
      b: try TruthFile.persons(truth[1], of: b)
    )
  }

  /// From which score on there are candidates.
  private func lowest(_ threshold: Double) throws -> Double {
    // A lower threshold may give other optimal links: those of the one threshold are cut.
    guard !truth.isEmpty, method != .optimal else { return threshold }
    return min(threshold, try DiceThreshold(sweepFrom ?? 0.5).value)
  }

  private struct Side {
    var codes: Codes
    var blockKeys: [[String]] = []
  }

  private func encode(threads: Int) throws -> (a: Side, b: Side) {
    let keys = try block.map { try BlockKey($0) }
    let reading = try LinkageSchema.read(schema)
    SchemaRemarks.say(reading, file: schema)
    let secret = try secret.isGiven ? secret.secret() : throwAwaySecret()
    let encoder = try RecordEncoder(schema: reading.schema, secret: secret)
    let keyer =
      keys.isEmpty ? nil : try BlockKeyer(keys, schema: reading.schema, secret: secret)
    var rejected = RejectFile(records.rejects, namesFile: true)
    func side(_ path: String) throws -> Side {
      var side = Side(codes: try Codes(of: encoder))
      try records.encode(path, by: encoder, blocks: keyer, threads: threads, rejects: &rejected) {
        try side.codes.append($0)
        side.blockKeys += $0.blockKeys
      }
      return side
    }
    let sides = (a: try side(first), b: try side(second))
    try rejected.finish()
    return sides
  }

  private func throwAwaySecret() throws -> SecretBytes {
    Warning(
      code: "link.throw-away-secret",
      location: ErrorLocation(field: "secret"),
      text: "none was given: a random one is used for this trial and thrown away"
    ).say()
    return try SecretBytes.random(count: 32)
  }

  /// The links from the lowest threshold on: of those that reach a higher one, all others are the same.
  private func links(among comparison: CodeComparison, rows: Int) -> [CandidatePair] {
    LinkageSolver.links(by: method) { body in
      let progress = ProgressBar("comparing", total: rows)
      defer { progress.finish() }
      var done = 0
      comparison.forEachBatchBlocking { batch in
        body(batch)
        guard let last = batch.last else { return }
        progress.advance(by: last.a + 1 - done)
        done = last.a + 1
      }
    }
  }
}
