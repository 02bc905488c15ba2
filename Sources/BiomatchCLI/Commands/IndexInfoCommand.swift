import ArgumentParser
import Biomatch
import BiomatchCore
import BiomatchFace
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
    switch try AnyIndex.open(index) {
    case .prints(let prints): try print(try prints.snapshot().info())
    case .faces(let faces): try print(faces.snapshot().info)
    }
  }

  private func print(_ info: FaceIndexInfo) throws {
    let row = Row([
      "index": .text(index), "vectors": .integer(info.count), "removed": .integer(info.removed),
      "segments": .integer(info.segments), "model": .text(info.model),
      "dimension": .integer(info.dimension), "vectorBytes": .integer(info.vectorByteCount),
      "codeBytes": .integer(info.codeByteCount),
      "generation": .integer(Int(clamping: info.generation)),
      "parameters": .text("\(info.parameters)"),
    ])
    guard output.format == .table else { return try row.print(output.format, text: "") }
    StandardOutput.write(
      """
      \(index): \(Plural.text(info.count, "vector")), \(info.removed) removed, in \
      \(Plural.text(info.segments, "segment"))
      model \(info.model), \(info.dimension) values a vector
      \(info.vectorByteCount) bytes of vectors, \(info.codeByteCount) of codes, identifiers apart
      generation \(info.generation), model digest \(info.parameters)

      """
    )
  }

  private func print(_ info: FingerprintIndexInfo) throws {
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
