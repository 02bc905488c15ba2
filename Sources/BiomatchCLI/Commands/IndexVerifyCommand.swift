import ArgumentParser
import Biomatch
import BiomatchCore

struct IndexVerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check every byte of an index.",
    discussion: """
      Exits with 65 when the index is damaged; the error says what to do.

      Example:

        biomatch index verify prints.index
      """
  )

  @Argument(help: "The directory of the index.")
  var index: String

  @OptionGroup var output: OutputOptions

  func run() throws {
    let opened = try AnyIndex.open(index)
    try opened.verify()
    let row = Row([
      "index": .text(index), "state": .text("intact"), opened.countField: .integer(opened.count),
    ])
    try row.print(
      output.format,
      text: "\(index): intact, \(Plural.text(opened.count, opened.noun))"
    )
  }
}
