import BiomatchCore

/// Codes in a ``Segment``: identifiers as its rows, the codes' bytes one behind the other, and the digest
/// of their schema.
enum CodesContainer {
  private static let kind: SegmentLabel = "linkage-codes"
  private static let engine: SegmentLabel = "dice-1"
  private static let codes: SegmentLabel = "codes"
  private static let length: SegmentLabel = "length"
  private static let schema: SegmentLabel = "schema"
  private static let rowsPerPiece = 4096
  /// What stands for parameters that have a section of their own.
  private static var parameters: ParameterDigest { ParameterDigest(of: "linkage-codes".utf8) }

  static func write(_ codes: Codes, to path: String) throws(CodesFileError) {
    do throws(SegmentError) {
      var writer = try SegmentWriter(
        path: path,
        identity: SegmentIdentity(kind: kind, engine: engine, parameters: parameters),
        generation: 1
      )
      var rows = SegmentRows()
      for identifier in codes.identifiers { rows.append(reference: identifier, subject: none) }
      try writer.writeRows(rows)
      try writer.beginSection(length)
      var length = ByteWriter()
      length.writeUInt32(UInt32(codes.bits), .little)
      try writer.append(length.bytes)
      if let digest = codes.schema {
        try writer.beginSection(schema)
        try writer.append(digest.bytes)
      }
      try writer.beginSection(self.codes)
      for start in stride(from: 0, to: codes.count, by: rowsPerPiece) {
        let piece = start..<min(start + rowsPerPiece, codes.count)
        try writer.append(piece.flatMap { codes.bytes(ofRow: $0) })
      }
      try writer.publish()
    } catch {
      throw .segment(error)
    }
  }

  static func read(_ path: String) throws(CodesFileError) -> Codes {
    let segment: Segment
    let (bytes, length): ([UInt8], [UInt8])
    var schema: SchemaDigest?
    do throws(SegmentError) {
      segment = try Segment(
        path: path,
        expecting: SegmentIdentity(kind: kind, engine: engine, parameters: parameters)
      )
      length = try contents(self.length, of: segment)
      bytes = try contents(codes, of: segment)
      if segment.section(self.schema) != nil {
        schema = SchemaDigest(bytes: try contents(self.schema, of: segment))
        if schema == nil { throw .missingSection(path: path, label: self.schema) }
      }
    } catch {
      throw .segment(error)
    }
    return try codes(bytes, length: length, schema, of: segment)
  }

  private static func codes(
    _ bytes: [UInt8],
    length: [UInt8],
    _ schema: SchemaDigest?,
    of segment: Segment
  ) throws(CodesFileError) -> Codes {
    let place = ErrorLocation(file: segment.path)
    var reader = ByteReader(length)
    guard let bits = try? reader.readUInt32(.little), reader.isAtEnd else {
      throw .container(path: segment.path)
    }
    var codes: Codes
    do { codes = try Codes(bits: Int(bits), schema: schema) } catch {
      throw .code(error, at: place)
    }
    let width = codes.bytesPerRow
    guard bytes.count == segment.rowCount * width else { throw .container(path: segment.path) }
    codes.reserveCapacity(segment.rowCount)
    for row in 0..<segment.rowCount {
      let identifier: ReferenceID
      do { identifier = try segment.reference(ofRow: row) } catch { throw .segment(error) }
      do { try codes.append(identifier, code: bytes[row * width..<(row + 1) * width]) } catch {
        throw .code(error, at: place)
      }
    }
    return codes
  }

  private static func contents(
    _ label: SegmentLabel,
    of segment: Segment
  ) throws(SegmentError) -> [UInt8] {
    try segment.withBytes(of: label) { bytes in bytes.withUnsafeBytes { [UInt8]($0) } }
  }

  /// Rows of a segment have a subject too, which codes do not tell.
  private static var none: SubjectID {
    guard let none = try? SubjectID("-") else { preconditionFailure("a hyphen is an identifier") }
    return none
  }
}
