import BiomatchCore

/// Codes as bytes, each behind its record's number or alone: the forms of anonlink's entity service.
///
/// Source: anonlink-entity-service, `binary_format` of its `serialization.py`, which is `!I{n}s` of Python's
/// struct, and the upload by `application/octet-stream`, whose length of a code is in the header `Hash-Size`.
enum CodesBytes {
  /// Bytes of a record's number.
  private static let numberSize = 4

  /// The codes of some bytes.
  ///
  /// - Parameter isNumbered: whether each has its record's number, by which it is named, in any order.
  /// - Throws: ``CodesFileError``, with the offset of the record.
  static func read(
    _ pieces: consuming FilePieces,
    isNumbered: Bool,
    _ builder: CodesBuilder
  ) throws(CodesFileError) -> CodesBuilder {
    var pieces = pieces
    var builder = builder
    let head = isNumbered ? numberSize : 0
    guard builder.bytesPerCode > 0 else { throw builder.unknownLength }
    while true {
      let place = pieces.location
      let record = try pieces.take(head + builder.bytesPerCode)
      guard !record.isEmpty else { return builder }
      guard record.count == head + builder.bytesPerCode else {
        throw .partialCode(at: place, expected: head + builder.bytesPerCode, found: record.count)
      }
      let number = record[..<head].reduce(0) { $0 << 8 | Int($1) }
      let identifier =
        isNumbered ? try builder.identifier(ofRecord: number) : try builder.nextIdentifier
      try builder.append(identifier, Array(record[head...]), at: place)
    }
  }

  /// What stands before the code of a record.
  static func number(_ record: Int) -> [UInt8] {
    precondition(record >> 32 == 0, "a record's number has 32 bits")
    var writer = ByteWriter()
    writer.writeUInt32(UInt32(record), .big)
    return writer.bytes
  }
}
