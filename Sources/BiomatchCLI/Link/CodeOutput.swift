import ArgumentParser
import Biomatch
import BiomatchCore
import BiomatchLinkage

extension CodesFormat: ExpressibleByArgument {}

/// Codes on their way to a file, which appears when it is complete, or as text to the standard output.
struct CodeOutput: ~Copyable {
  private(set) var count = 0
  private var file: CodesWriter?
  private var text: CodesText?

  init(_ path: String, format: CodesFormat?, encoder: RecordEncoder) throws {
    guard path == "-" else {
      file = try CodesWriter(path: path, format: format, encoder: encoder)
      return
    }
    guard format != .codes else {
      throw UsageError.option(
        "--format",
        rule: "a container can be written to a file only",
        remedy: "name the file by --output, or choose another format"
      )
    }
    var text = CodesText(format ?? .json, bits: encoder.schema.bits)
    StandardOutput.write(text.start())
    self.text = text
  }

  mutating func write(_ batch: EncodedBatch) throws {
    count += batch.identifiers.count
    if let piece = text?.rows(batch.identifiers, words: batch.words[...]) {
      return StandardOutput.write(piece)
    }
    try file?.append(batch)
  }

  /// Ends the text and puts the file in its place.
  consuming func finish() throws {
    if let text { return StandardOutput.write(text.end) }
    try file.take()?.publish()
  }
}
