import ArgumentParser
import Biomatch
import BiomatchCore
import BiomatchFingerprint

struct IndexRemoveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Remove prints from an index.",
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

  @Argument(help: "The references of the prints.")
  var references: [String]

  @OptionGroup var output: OutputOptions

  func run() throws {
    let wanted = try references.map { try ReferenceID($0) }
    let opened = try SavedIndex.open(index, simd: .active)
    let missing = try opened.unknown(wanted)
    let removed = try opened.remove(wanted)
    try opened.save()
    for reference in missing {
      Warning(
        code: "index.no-reference",
        location: ErrorLocation(file: index, field: "reference"),
        text: "the index has no print '\(reference)'"
      ).say()
    }
    let row = Row([
      "index": .text(index), "removed": .integer(removed), "missing": .integer(missing.count),
      "prints": .integer(opened.count),
    ])
    try row.print(
      output.format,
      text: "\(index): \(Plural.text(removed, "print")) removed, \(opened.count) left"
    )
    if !missing.isEmpty { throw ExitCode(1) }
  }
}
