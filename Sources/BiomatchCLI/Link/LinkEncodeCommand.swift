import ArgumentParser
import Biomatch
import BiomatchCore
import BiomatchLinkage

struct LinkEncodeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "encode",
    abstract: "Turn the records of a table into codes, as clkhash does.",
    discussion: """
      The columns of the table are the features of the schema, in its order; a file \
      named .ndjson has them as members of an object a line. \
      Records are identified by --id-column, or by the first column if the schema \
      ignores it, or else by their number: row0, row1 and so on.

      A row that breaks a rule of the schema, without any value, or with an \
      identifier that came before, ends the run with an error; with --rejects it is \
      left out and noted in that file.

      The name of the file tells its format, unless --format does: .codes is a \
      container that states schema and secret, .json what clkhash writes, codes \
      only, .ndjson and .csv have the identifiers too. .bytes and .packed are the \
      binary forms of anonlink's entity service, of codes alone and of codes behind \
      their numbers.

      --block writes keys of records that both parties make alike: only records \
      that share one need to be compared. A key is one or more of soundex(COLUMN), \
      year(COLUMN) and exact(COLUMN), with + between them.

      Codes of this kind are for work with partners who use them. Someone who has \
      a similar list of people can find out who is who: docs/record-linkage.md.

      Examples:

        biomatch link encode people.csv --schema schema.json --secret-file secret \\
          -o people.codes
        biomatch link encode people.csv --schema schema.json --secret-env SECRET \\
          --rejects rejects.csv -o people.codes.csv
        biomatch link encode people.csv --schema schema.json --secret-file secret \\
          --block "soundex(surname)+year(date_of_birth)" --block-keys keys.csv \\
          -o people.codes
      """
  )

  @Argument(help: "The table, CSV in UTF-8, or .ndjson; - is the standard input.")
  var file: String

  @Option(name: .long, help: "The linkage schema.")
  var schema: String

  @OptionGroup var secret: SecretOptions

  @Option(name: .shortAndLong, help: "The file to write; - is the standard output.")
  var output: String

  @Option(name: .long, help: "json, ndjson, csv, codes, bytes or packed, whatever the name tells.")
  var format: CodesFormat?

  @OptionGroup var records: RecordOptions

  @Option(
    name: .long,
    help: "A block key of each record, such as \"soundex(surname)\"; may come several times."
  )
  var block: [String] = []

  @Option(name: .long, help: "The CSV file to write the block keys to.")
  var blockKeys: String?

  @OptionGroup var engine: EngineOptions

  func validate() throws {
    try OutputPaths.check(
      [output, records.rejects, blockKeys],
      names: "--output, --rejects and --block-keys",
      inputs: [file, schema, secret.secretFile]
    )
    guard [file, schema, secret.secretFile].filter({ $0 == "-" }).count <= 1 else {
      throw ValidationError("only one input can be the standard input")
    }
    guard secret.isGiven else { throw SecretOptions.missing }
    guard block.isEmpty == (blockKeys == nil) else {
      throw ValidationError("--block and --block-keys belong together")
    }
  }

  func run() throws {
    _ = try engine.level()
    let keys = try block.map { try BlockKey($0) }
    let reading = try LinkageSchema.read(schema)
    SchemaRemarks.say(reading, file: schema)
    let secret = try secret.secret()
    let encoder = try RecordEncoder(schema: reading.schema, secret: secret)
    let keyer =
      keys.isEmpty ? nil : try BlockKeyer(keys, schema: reading.schema, secret: secret)
    var codes = try CodeOutput(output, format: format, encoder: encoder)
    var keyFile = try BlockKeyOutput(blockKeys)
    var rejected = RejectFile(records.rejects)
    try records.encode(
      file,
      by: encoder,
      blocks: keyer,
      threads: engine.threads ?? ParallelScan.processorCount,
      rejects: &rejected
    ) { batch in
      try codes.write(batch)
      try keyFile.write(batch)
    }
    let count = codes.count
    try codes.finish()
    try keyFile.finish()
    try rejected.finish()
    if count == 0 {
      Warning(
        code: "link.no-records",
        location: ErrorLocation(file: file),
        text: "no record has a code"
      ).say()
    }
    guard output != "-" else { return }
    let summary =
      "\(output): \(Plural.text(count, "record")) of \(reading.schema.bits) bits, "
      + "schema \(encoder.schemaDigest.hex.prefix(16)), secret check \(encoder.secretCheck.hex)"
    let left =
      records.rejects.map { "\n\($0): \(Plural.text(rejected.count, "record")) left out" } ?? ""
    StandardOutput.write((summary + left + "\n").shown)
  }
}
