import BiomatchCore

/// Codes on their way out of a file, of which the first tells the length.
struct CodesBuilder {
  private let path: String
  private let schema: SchemaDigest?
  private(set) var codes: Codes?

  init(path: String, schema: SchemaDigest?) {
    self.path = path
    self.schema = schema
  }

  /// The name of a record without one: its number, counted from zero.
  var nextIdentifier: ReferenceID {
    get throws(CodesFileError) {
      do { return try ReferenceID("row\(codes?.count ?? 0)") } catch {
        throw .identifier(error, at: ErrorLocation(file: path))
      }
    }
  }

  mutating func append(
    _ identifier: ReferenceID,
    _ code: [UInt8],
    at place: ErrorLocation
  ) throws(CodesFileError) {
    do throws(CodesError) {
      if codes == nil { codes = try Codes(bits: 8 * code.count, schema: schema) }
      try codes?.append(identifier, code: code)
    } catch {
      throw .code(error, at: place)
    }
  }

  /// All codes of the file.
  func finished() throws(CodesFileError) -> Codes {
    guard let codes else { throw .noCodes(path: path) }
    return codes
  }
}
