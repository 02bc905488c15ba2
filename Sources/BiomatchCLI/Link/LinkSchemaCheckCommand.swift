import ArgumentParser
import Biomatch
import BiomatchCore
import BiomatchLinkage

struct LinkSchemaCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Say whether a linkage schema is one, and what it comes to.",
    discussion: """
      Schemas of version 1 and 2 are converted as clkhash converts them; --canonical \
      prints the schema as version 3, with all defaults. What has no effect is \
      a warning. Parties whose schemas have one digest make codes that compare.

      Example:

        biomatch link schema check schema.json
      """
  )

  @Argument(help: "The schema; - is the standard input.")
  var file: String

  @Flag(name: .long, help: "Print the schema in its canonical form instead.")
  var canonical = false

  @OptionGroup var output: OutputOptions

  func run() throws {
    let reading = try LinkageSchema.read(file)
    SchemaRemarks.say(reading, file: file)
    let schema = reading.schema
    if canonical { return StandardOutput.write(schema.json()) }
    let digest = try SchemaDigest(of: schema)
    let encoded = schema.features.filter { $0.encoding != nil }.map(\.identifier)
    let row = Row([
      "file": .text(file), "digest": .text(digest.hex), "bits": .integer(schema.bits),
      "folds": .integer(schema.folds), "features": .integer(schema.features.count),
      "encoded": .integer(encoded.count),
    ])
    try row.print(
      output.format,
      text: """
        \(file): codes of \(schema.bits) bits from \(encoded.joined(separator: ", "))
        digest \(digest.hex)
        """
    )
  }
}
