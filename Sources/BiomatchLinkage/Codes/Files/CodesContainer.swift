import BiomatchCore

/// Codes in a ``Segment``: identifiers as its rows, the codes' bytes one behind the other, the digest
/// of their schema and the check of their secret.
enum CodesContainer {
  static let kind: SegmentLabel = "linkage-codes"
  static let engine: SegmentLabel = "dice-1"
  static let codes: SegmentLabel = "codes"
  static let length: SegmentLabel = "length"
  static let schema: SegmentLabel = "schema"
  static let secret: SegmentLabel = "secret-check"
  /// What stands for parameters that have a section of their own.
  static var parameters: ParameterDigest { ParameterDigest(of: "linkage-codes".utf8) }

  static func read(_ path: String) throws(CodesFileError) -> Codes {
    let segment: Segment
    let (bytes, length): ([UInt8], [UInt8])
    var schema: SchemaDigest?
    var secret: SecretCheck?
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
      if segment.section(self.secret) != nil {
        secret = SecretCheck(bytes: try contents(self.secret, of: segment))
        if secret == nil { throw .missingSection(path: path, label: self.secret) }
      }
    } catch {
      throw .segment(error)
    }
    return try codes(bytes, length: length, (schema, secret), of: segment)
  }

  private static func codes(
    _ bytes: [UInt8],
    length: [UInt8],
    _ origin: (schema: SchemaDigest?, secret: SecretCheck?),
    of segment: Segment
  ) throws(CodesFileError) -> Codes {
    let place = ErrorLocation(file: segment.path)
    var reader = ByteReader(length)
    guard let bits = try? reader.readUInt32(.little), reader.isAtEnd else {
      throw .container(path: segment.path)
    }
    if bits == 0, segment.rowCount == 0, bytes.isEmpty {
      return Codes(unknownLength: origin.schema, secret: origin.secret)
    }
    var codes: Codes
    do throws(CodesError) {
      codes = try Codes(bits: Int(bits), schema: origin.schema, secret: origin.secret)
    } catch {
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
}
