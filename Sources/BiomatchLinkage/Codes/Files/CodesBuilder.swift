import BiomatchCore

/// Codes on their way out of a file, of which the first tells the length where the caller does not.
struct CodesBuilder {
  private let path: String?
  private let schema: SchemaDigest?
  private(set) var codes: Codes?

  init(
    path: String?,
    bits: Int?,
    schema: SchemaDigest?,
    secret: SecretCheck? = nil
  ) throws(CodesFileError) {
    self.path = path
    self.schema = schema
    guard let bits else { return }
    do { codes = try Codes(bits: bits, schema: schema, secret: secret) } catch {
      throw .code(error, at: ErrorLocation(file: path))
    }
  }

  /// How many bytes a code has; 0 while that is unknown.
  var bytesPerCode: Int { codes?.bytesPerRow ?? 0 }

  /// The name of a record without one: its number, counted from zero.
  var nextIdentifier: ReferenceID {
    get throws(CodesFileError) { try identifier(ofRecord: codes?.count ?? 0) }
  }

  /// The name of a record that has a number.
  func identifier(ofRecord number: Int) throws(CodesFileError) -> ReferenceID {
    do { return try ReferenceID("row\(number)") } catch {
      throw .identifier(error, at: ErrorLocation(file: path))
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

  /// Why nothing can be read where nothing says how long a code is.
  var unknownLength: CodesFileError { .unknownLength(at: ErrorLocation(file: path)) }

  /// All codes of the file.
  func finished() -> Codes { codes ?? Codes(unknownLength: schema) }
}
