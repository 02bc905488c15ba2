import BiomatchCore
import BiomatchCrypto
import Synchronization

/// Makes block keys that do not tell what they are made of: the same for both parties of an agreement.
///
/// A key is the first 16 bytes of HMAC-SHA-256 over the description of the ``BlockKey`` and its values,
/// each preceded by its length in four bytes, under 32 bytes that HKDF-SHA-256 makes of the secret with the
/// digest of the schema as salt and the info `biomatch linkage block key 1`.
///
/// Whoever knows the secret finds values by trying them. Whoever does not still sees how many records
/// share a key, and so may tell frequent values: block keys add to what codes tell.
public final class BlockKeyer: Sendable {
  /// What records must have in common, any one of these.
  public let keys: [BlockKey]
  private let columns: [String: Int]
  private let hmac: Mutex<HMACSHA256>

  /// Keys for records of a schema under a secret.
  ///
  /// - Throws: ``BlockKeyError`` when a column is none of the schema, or OpenSSL fails.
  public init(
    _ keys: [BlockKey],
    schema: LinkageSchema,
    secret: borrowing SecretBytes
  ) throws(BlockKeyError) {
    var columns: [String: Int] = [:]
    for (index, feature) in schema.features.enumerated() where columns[feature.identifier] == nil {
      columns[feature.identifier] = index
    }
    for name in keys.flatMap({ $0.terms.flatMap(\.columns) }) where columns[name] == nil {
      throw .column(name)
    }
    self.keys = keys
    self.columns = columns
    do throws(CryptoError) {
      let key = try HKDF.derive(
        from: secret,
        salt: SchemaDigest(of: schema).bytes,
        info: Array("biomatch linkage block key 1".utf8),
        count: 32
      )
      hmac = Mutex(try HMACSHA256(key: key))
    } catch {
      throw .crypto(error)
    }
  }

  /// The keys of a row of a table, whose fields are the features of the schema in order, as 32
  /// hexadecimal digits each.
  ///
  /// - Throws: ``BlockKeyError/crypto(_:)`` when OpenSSL fails.
  public func codes(of row: CSVRow) throws(BlockKeyError) -> [String] {
    try codes { name in
      guard let index = columns[name], index < row.count else { return "" }
      return row[index]
    }
  }

  /// The keys of a record, whose values are those of the features of the schema in order.
  ///
  /// - Throws: ``BlockKeyError/crypto(_:)`` when OpenSSL fails.
  public func codes(of values: [String]) throws(BlockKeyError) -> [String] {
    try codes { name in
      guard let index = columns[name], index < values.count else { return "" }
      return values[index]
    }
  }

  private func codes(_ value: (String) -> String) throws(BlockKeyError) -> [String] {
    var codes: [String] = []
    for key in keys {
      let text = key.text
      for values in key.values(value) {
        var message = ByteWriter()
        for part in [text] + values {
          message.writeUInt32(UInt32(part.utf8.count), .little)
          message.writeBytes(Array(part.utf8))
        }
        codes.append(try code(of: message.bytes))
      }
    }
    return codes
  }

  private func code(of message: [UInt8]) throws(BlockKeyError) -> String {
    let code = hmac.withLock { hmac in
      Result { () throws(CryptoError) in try hmac.code(of: message) }
    }
    switch code {
    case .success(let bytes):
      return bytes.prefix(16).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    case .failure(let error): throw .crypto(error)
    }
  }
}
