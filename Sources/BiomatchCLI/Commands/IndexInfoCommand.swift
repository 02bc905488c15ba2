import ArgumentParser
import Biomatch
import BiomatchCore
import BiomatchFingerprint

struct IndexInfoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "info",
    abstract: "Show what an index holds.",
    discussion: """
      Example:

        biomatch index info prints.index
      """
  )

  @Argument(help: "The directory of the index.")
  var index: String

  @OptionGroup var output: OutputOptions

  func run() throws {
    let info = try SavedIndex.open(index, simd: .active).snapshot().info()
    let positions = info.positions.sorted { $0.key.rawValue < $1.key.rawValue }
      .map { "\($0.key.label) \($0.value)" }.joined(separator: ", ")
    let row = Row([
      "index": .text(index), "prints": .integer(info.count), "removed": .integer(info.removed),
      "segments": .integer(info.segments), "bytes": .integer(info.byteCount),
      "bytesPerPrint": .real(info.bytesPerPrint.rounded()),
      "generation": .integer(Int(clamping: info.generation)),
      "parameters": .text("\(info.parameters)"), "positions": .text(positions),
    ])
    guard output.format == .table else { return try row.print(output.format, text: "") }
    StandardOutput.write(
      """
      \(index): \(Plural.text(info.count, "print")), \(info.removed) removed, in \
      \(Plural.text(info.segments, "segment"))
      \(info.byteCount) bytes, \(Int(info.bytesPerPrint.rounded())) a print, identifiers apart
      generation \(info.generation), matcher parameters \(info.parameters)
      fingers: \(positions.isEmpty ? "none" : positions)

      """
    )
  }
}
