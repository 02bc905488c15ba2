import ArgumentParser
import Biomatch
import BiomatchCore
import BiomatchFingerprint

struct IndexCompactCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compact",
    abstract: "Write an index anew without removed prints, as one segment.",
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
    let opened = try SavedIndex.open(index, simd: .active)
    let dropped = try opened.snapshot().info().removed
    try opened.compact()
    let row = Row([
      "index": .text(index), "dropped": .integer(dropped), "prints": .integer(opened.count),
    ])
    try row.print(
      output.format,
      text: "\(index): \(Plural.text(dropped, "removed print")) dropped, \(opened.count) left"
    )
  }
}
