import ArgumentParser
import Biomatch
import BiomatchCore
import BiomatchCrypto
import BiomatchLinkage

/// How tables of records are read.
struct RecordOptions: ParsableArguments {
  @Option(name: .long, help: "The column that identifies records.")
  var idColumn: String?

  @Option(
    name: .long,
    help:
      "The first row: check its names against the schema, ignore it, or none when it is a record."
  )
  var header: RecordTable.Header = .check

  @Option(name: .long, help: "A CSV file to write, with the rows that are left out.")
  var rejects: String?

  /// Encodes a table batch by batch, while a bar is shown.
  func encode(
    _ path: String,
    by encoder: RecordEncoder,
    blocks: BlockKeyer? = nil,
    threads: Int,
    rejects: inout RejectFile,
    _ body: (EncodedBatch) throws -> Void
  ) throws {
    var table = try RecordTable(
      file: path,
      schema: encoder.schema,
      header: header,
      identifierColumn: idColumn
    )
    let progress = ProgressBar("encoding", total: Self.size(of: path))
    defer { progress.finish() }
    while let batch = try encoder.encode(&table, blocks: blocks, threads: threads) {
      // A reject may end the run: nothing of its batch is to be on the standard output then.
      try rejects.write(batch.rejects)
      try body(batch)
      progress.advance(by: batch.byteCount)
    }
  }

  /// The size of a file, for the bar; a pipe has none to speak of.
  private static func size(of path: String) -> Int {
    guard path != "-", let file = try? FileDescriptor.reading(path) else { return .max }
    return (try? file.seekableSize()) ?? .max
  }
}

extension RecordTable.Header: ExpressibleByArgument {}

/// What a schema's file says without effect, as warnings.
enum SchemaRemarks {
  static func say(_ reading: LinkageSchemaReading, file: String) {
    for remark in reading.remarks {
      Warning(
        code: "schema.no-effect",
        location: ErrorLocation(file: file, field: remark.path),
        text: remark.text
      ).say()
    }
  }
}
