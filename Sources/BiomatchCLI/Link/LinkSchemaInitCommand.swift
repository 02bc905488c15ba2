import ArgumentParser
import Biomatch
import BiomatchCore
import BiomatchCrypto
import BiomatchLinkage

struct LinkSchemaInitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Draft a linkage schema for a table.",
    discussion: """
      Looks at the first rows of a table: dates are compared digit by digit, columns \
      of few different values exactly, other texts by pairs of letters; the first \
      column is taken for the identifier and ignored. Of a file named .ndjson the \
      columns are the members of its objects that are texts, numbers or null. Salt \
      and info are new and random. A draft is to be read before it is used.

      Example:

        biomatch link schema init people.csv -o schema.json
      """
  )

  @Argument(help: "The table, CSV with a header, or .ndjson; - is the standard input.")
  var file: String

  @Option(name: .shortAndLong, help: "The schema to write; - is the standard output.")
  var output = "-"

  @Option(name: .long, help: "How many rows to look at.")
  var rows = 1000

  func validate() throws {
    guard rows >= 1 else { throw ValidationError("--rows must be at least 1, found \(rows)") }
    try OutputPaths.check([output], names: "--output", inputs: [file])
  }

  func run() throws {
    let draft = try SchemaDraft(file: file, rows: rows)
    guard draft.features.contains(where: { $0.encoding != nil }) else {
      throw RecordError.broken(
        RecordFinding(
          rule: .empty,
          location: ErrorLocation(file: file),
          text: "behind its first column, the table must have a value from which to draft a schema"
        )
      )
    }
    let schema = try LinkageSchema(
      keyDerivation: .hkdf(
        HKDFSettings(
          salt: try SecureRandom.bytes(count: 64),
          info: try SecureRandom.bytes(count: 16)
        )
      ),
      features: draft.features
    )
    try OutputFile.write(Array(schema.json().utf8), to: output)
    guard output != "-" else { return }
    let ignored = draft.features.filter { $0.encoding == nil }.map(\.identifier)
    let note = ignored.isEmpty ? "" : ", ignored: \(ignored.joined(separator: ", "))"
    StandardOutput.write(
      "\(output): \(Plural.text(schema.features.count, "feature"))\(note)\n".shown
    )
  }
}
