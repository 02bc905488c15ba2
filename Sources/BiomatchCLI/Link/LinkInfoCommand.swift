import ArgumentParser
import Biomatch
import BiomatchCore
import BiomatchLinkage

struct LinkInfoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "info",
    abstract: "Say what a file of codes holds.",
    discussion: """
      Schema and secret are told apart by a digest and a check: files that have both \
      alike compare. Only containers state them.

      Codes that have almost no bits set, or almost all, tell records apart badly; \
      empty ones are like no other.

      Example:

        biomatch link info people.codes.csv
      """
  )

  @Argument(
    help:
      "The codes: .csv, .codes, .bytes, .packed, or else JSON or NDJSON; - is the standard input."
  )
  var codes: String

  @OptionGroup var length: CodeLengthOptions

  @OptionGroup var output: OutputOptions

  func run() throws {
    let read = try Codes(file: codes, bits: length.bits)
    let ones = (0..<read.count).map { read.ones(ofRow: $0) }
    let row = Row([
      "file": .text(codes),
      "codes": .integer(read.count),
      "bits": .integer(read.bits),
      "schema": .optional(read.schema?.hex),
      "secretCheck": .optional(read.secret?.hex),
      "fewestOnes": .integer(ones.min() ?? 0),
      "mostOnes": .integer(ones.max() ?? 0),
      "fill": .real(Double(ones.reduce(0, +)) / Double(max(1, read.count * read.bits))),
      "empty": .integer(ones.count { $0 == 0 }),
    ])
    let text = TextTable(header: row.names, rows: [row.cells]).text.dropLast()
    try row.print(output.format, text: String(text))
  }
}
