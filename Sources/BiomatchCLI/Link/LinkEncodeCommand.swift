import ArgumentParser
import Biomatch
import BiomatchCore
import BiomatchLinkage

struct LinkEncodeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "encode",
    abstract: "Turn the records of a table into codes, as clkhash does.",
    discussion: """
      The columns of the table are the features of the schema, in its order. \
      Records are identified by --id-column, or by the first column if the schema \
      ignores it, or else by their number: row0, row1 and so on.

      A row that breaks a rule of the schema, without any value, or with an \
      identifier that came before, ends the run with an error; with --rejects it is \
      left out and noted in that file.

      Codes of this kind are for work with partners who use them. Someone who has \
      a similar list of people can find out who is who: docs/record-linkage.md.

      Examples:

        biomatch link encode people.csv --schema schema.json --secret-file secret \\
          -o people.json
        biomatch link encode people.csv --schema schema.json --secret-env SECRET \\
          --format csv --rejects rejects.csv -o people.codes.csv
      """
  )

  @Argument(help: "The table, CSV in UTF-8; - is the standard input.")
  var file: String

  @Option(name: .long, help: "The linkage schema.")
  var schema: String

  @OptionGroup var secret: SecretOptions

  @Option(name: .shortAndLong, help: "The file to write; - is the standard output.")
  var output: String

  @Option(
    name: .long,
    help: "json as clkhash writes it, codes only; ndjson or csv with the identifiers."
  )
  var format: CodeFormat = .json

  @Option(name: .long, help: "The column that identifies records.")
  var idColumn: String?

  @Option(
    name: .long,
    help:
      "The first row: check its names against the schema, ignore it, or none when it is a record."
  )
  var header: RecordTable.Header = .check

  @Option(name: .long, help: "A CSV file to write, with the rows that are left out.")
  var rejects: String?

  @OptionGroup var engine: EngineOptions

  func validate() throws {
    guard rejects == nil || rejects != output else {
      throw ValidationError("--output and --rejects must be different files")
    }
    guard [file, schema, secret.secretFile].filter({ $0 == "-" }).count <= 1 else {
      throw ValidationError("only one input can be the standard input")
    }
  }

  func run() throws {
    _ = try engine.level()
    let reading = try LinkageSchema.read(schema)
    SchemaRemarks.say(reading, file: schema)
    let encoder = try RecordEncoder(schema: reading.schema, secret: secret.secret())
    var table = try RecordTable(
      file: file,
      schema: reading.schema,
      header: header,
      identifierColumn: idColumn
    )
    var codes = try CodeFile(output, format: format, bits: reading.schema.bits)
    var rejected = RejectFile(rejects)
    let progress = ProgressBar("encoding", total: Self.size(of: file))
    defer { progress.finish() }
    let threads = engine.threads ?? ParallelScan.processorCount
    while let batch = try encoder.encode(&table, threads: threads) {
      // A reject may end the run: nothing of its batch is to be on the standard output then.
      try rejected.write(batch.rejects)
      try codes.write(batch)
      progress.advance(by: batch.byteCount)
    }
    let count = codes.count
    try codes.finish()
    try rejected.finish()
    progress.finish()
    guard output != "-" else { return }
    let summary =
      "\(output): \(Plural.text(count, "record")) of \(reading.schema.bits) bits, "
      + "schema \(encoder.schemaDigest.hex.prefix(16))"
    let left = rejects.map { "\n\($0): \(Plural.text(rejected.count, "record")) left out" } ?? ""
    StandardOutput.write(summary + left + "\n")
  }

  /// The size of a file, for the bar; a pipe has none to speak of.
  private static func size(of path: String) -> Int {
    guard path != "-", let file = try? FileDescriptor.reading(path) else { return .max }
    return (try? file.seekableSize()) ?? .max
  }
}

extension RecordTable.Header: ExpressibleByArgument {}

/// What a schema's file says without effect, as warnings.
enum SchemaRemarks {
  static func say(_ reading: LinkageSchemaReading, file: String) {
    for remark in reading.remarks {
      Warning(
        code: "schema.no-effect",
        location: ErrorLocation(file: file, field: remark.path),
        text: remark.text
      ).say()
    }
  }
}
