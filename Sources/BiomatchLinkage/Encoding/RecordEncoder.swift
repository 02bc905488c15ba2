import BiomatchCore
import BiomatchCrypto
import Synchronization

/// Turns records into codes under a schema and a secret, bit for bit as clkhash does.
///
/// ```swift
/// let secret = try SecretBytes.random(count: 32)
/// let encoder = try RecordEncoder(schema: schema, secret: secret)
/// let code = try encoder.code(of: ["ERIKSSON", "ANNA MARIA", "1974-08-12"])
/// ```
///
/// The keys, and the bits of tokens that are remembered, are overwritten with zeros at the end of their
/// lives. Codes are not: they are what is handed over.
public final class RecordEncoder: Sendable {
  /// What a record looks like.
  public let schema: LinkageSchema
  /// Names the schema.
  public let schemaDigest: SchemaDigest
  /// Tells the secret from others.
  public let secretCheck: SecretCheck

  private let checksFormats: Bool
  private let keys: [FeatureKeys]
  private let idle = Mutex<[WorkerBox]>([])

  /// An encoder with keys that are derived from `secret`.
  ///
  /// - Parameter checksFormats: `false` takes texts of any length, case and content and numbers beyond
  ///   their bounds, as clkhash does when it is told not to validate. Dates must be dates all the same.
  /// - Throws: `CryptoError` when the secret is empty, or with ``KeyDerivation/legacy`` too long a key
  ///   for the hash of a feature.
  public init(
    schema: LinkageSchema,
    secret: borrowing SecretBytes,
    checksFormats: Bool = true
  ) throws(CryptoError) {
    guard secret.count > 0 else {
      throw .length(.key, .hkdfSHA256, expected: 1...Int.max, found: 0)
    }
    self.schema = schema
    self.checksFormats = checksFormats
    schemaDigest = try SchemaDigest(of: schema)
    secretCheck = try SecretCheck(of: secret, schema: schemaDigest)
    keys = try FeatureKeys.all(of: schema, secret: secret)
    // A key that no hash takes is told now, not at the first record.
    let worker = WorkerBox(
      try EncodingWorker(schema: schema, keys: keys, checksFormats: checksFormats)
    )
    idle.withLock { $0 = [worker] }
  }

  /// A worker for one thread.
  ///
  /// - Throws: `CryptoError` when OpenSSL fails.
  public func makeWorker() throws(CryptoError) -> EncodingWorker {
    try EncodingWorker(schema: schema, keys: keys, checksFormats: checksFormats)
  }

  /// The code of a record as words; see ``EncodingWorker``.
  ///
  /// - Throws: ``RecordError``.
  public func code(of values: [String]) throws(RecordError) -> [UInt64] {
    var code = [UInt64](repeating: 0, count: schema.wordsPerCode)
    let loan: WorkerLoan
    do { loan = try WorkerLoan(self) } catch { throw .crypto(error) }
    var span = code.mutableSpan
    try loan.box.worker.encode(values, into: &span)
    return code
  }

  /// Encodes rows of a table on several threads; the answer is the same for any number of them.
  ///
  /// Workers stay with the encoder, so that many small tables cost no more than one large one.
  ///
  /// - Throws: `CryptoError` when OpenSSL fails. Rows that break a rule are no error here: the answer
  ///   has them.
  /// - Complexity: linear in the rows.
  public func encode(
    _ rows: [CSVRow],
    threads: Int = ParallelScan.processorCount
  ) throws(CryptoError) -> EncodedRows {
    let partSize = 512
    let partCount = (rows.count + partSize - 1) / partSize
    let parts = Mutex<[EncodedRows]>(Array(repeating: EncodedRows(), count: partCount))
    let scan = ParallelScan(partCount: partCount, threads: threads)
    let wordsPerCode = schema.wordsPerCode
    _ = try scan.runBlocking(
      worker: { Result { () throws(CryptoError) in try WorkerLoan(self) } },
      part: { part, loan throws(CryptoError) in
        let box = try loan.get().box
        let range = part * partSize..<min((part + 1) * partSize, rows.count)
        let encoded = try box.encode(rows[range], wordsPerCode: wordsPerCode)
        parts.withLock { $0[part] = encoded }
      }
    )
    return parts.withLock { EncodedRows(joining: $0, wordsPerCode: wordsPerCode) }
  }

  fileprivate func borrow() throws(CryptoError) -> WorkerBox {
    if let box = idle.withLock({ $0.popLast() }) { return box }
    return WorkerBox(try makeWorker())
  }

  fileprivate func giveBack(_ box: WorkerBox) { idle.withLock { $0.append(box) } }
}

/// The codes of a number of rows, and which rows have none.
public struct EncodedRows: Sendable, Hashable {
  /// The words of all rows, one after another; those of a row without a code are zero.
  public var words: [UInt64] = []
  /// How many tokens each row has.
  public var tokenCounts: [Int] = []
  /// The rows that break a rule, in order, counted from zero.
  public var failures: [RowFailure] = []

  /// A row without a code.
  public struct RowFailure: Sendable, Hashable {
    /// The number of the row, counted from zero.
    public var row: Int
    /// Why it has none.
    public var error: RecordError
  }

  init() {}

  init(joining parts: [EncodedRows], wordsPerCode: Int) {
    words.reserveCapacity(parts.reduce(0) { $0 + $1.words.count })
    for part in parts {
      let first = tokenCounts.count
      words += part.words
      tokenCounts += part.tokenCounts
      failures += part.failures.map { RowFailure(row: first + $0.row, error: $0.error) }
    }
  }
}

/// A worker that is used by one thread at a time: by the one that took it from the encoder.
private final class WorkerBox: @unchecked Sendable {
  var worker: EncodingWorker

  init(_ worker: consuming EncodingWorker) { self.worker = worker }

  func encode(
    _ rows: ArraySlice<CSVRow>,
    wordsPerCode: Int
  ) throws(CryptoError) -> EncodedRows {
    var result = EncodedRows()
    result.words = Array(repeating: 0, count: rows.count * wordsPerCode)
    result.tokenCounts.reserveCapacity(rows.count)
    for (index, row) in rows.enumerated() {
      let range = index * wordsPerCode..<(index + 1) * wordsPerCode
      do throws(RecordError) {
        var span = result.words.mutableSpan
        let count = try worker.encode(row, into: &span, at: range.lowerBound)
        result.tokenCounts.append(count)
      } catch {
        if case .crypto(let failure) = error { throw failure }
        for word in range { result.words[word] = 0 }
        result.tokenCounts.append(0)
        result.failures.append(EncodedRows.RowFailure(row: index, error: error))
      }
    }
    return result
  }
}

/// A worker on loan from its encoder.
private final class WorkerLoan {
  let box: WorkerBox
  private let encoder: RecordEncoder

  init(_ encoder: RecordEncoder) throws(CryptoError) {
    box = try encoder.borrow()
    self.encoder = encoder
  }

  deinit { encoder.giveBack(box) }
}
