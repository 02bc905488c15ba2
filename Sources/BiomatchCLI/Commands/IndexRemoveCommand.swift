import ArgumentParser
import Biomatch
import BiomatchCore

struct IndexRemoveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Remove samples from an index.",
    discussion: """
      No search finds them from then on. Their bytes stay in the files until \
      index compact. A reference that the index does not have is a warning, and \
      the exit code is then 1.

      Examples:

        biomatch index remove prints.index 00000001_1
        biomatch index remove prints.index 00000001_1 00000002_1
      """
  )

  @Argument(help: "The directory of the index.")
  var index: String

  @Argument(help: "The references of the samples.")
  var references: [String]

  @OptionGroup var output: OutputOptions

  func run() throws {
    let wanted = try references.map { try ReferenceID($0) }
    let opened = try AnyIndex.open(index)
    let (missing, removed) = try opened.remove(wanted)
    try opened.save()
    for reference in missing {
      Warning(
        code: "index.no-reference",
        location: ErrorLocation(file: index, field: "reference"),
        text: "the index has no \(opened.noun) '\(reference)'"
      ).say()
    }
    let row = Row([
      "index": .text(index), "removed": .integer(removed), "missing": .integer(missing.count),
      opened.countField: .integer(opened.count),
    ])
    try row.print(
      output.format,
      text: "\(index): \(Plural.text(removed, opened.noun)) removed, \(opened.count) left"
    )
    if !missing.isEmpty { throw ExitCode(1) }
  }
}
