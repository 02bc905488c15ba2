import ArgumentParser
import Biomatch
import BiomatchCore

struct IndexCompactCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compact",
    abstract: "Write an index anew without removed samples, as one segment.",
    discussion: """
      The index can be searched meanwhile, and stays as it was if that fails.

      Example:

        biomatch index compact prints.index
      """
  )

  @Argument(help: "The directory of the index.")
  var index: String

  @OptionGroup var output: OutputOptions

  func run() throws {
    let opened = try AnyIndex.open(index)
    let dropped = try opened.removedCount
    try opened.compact()
    let row = Row([
      "index": .text(index), "dropped": .integer(dropped),
      opened.countField: .integer(opened.count),
    ])
    try row.print(
      output.format,
      text: "\(index): \(Plural.text(dropped, "removed " + opened.noun)) dropped, "
        + "\(opened.count) left"
    )
  }
}
