import BiomatchCore
import BiomatchCrypto

/// Encodes records on one thread and remembers the bits of tokens from one record to the next.
///
/// Threads have a worker each; all give the same bits. ``RecordEncoder/makeWorker()`` makes one.
public struct EncodingWorker: ~Copyable {
  private let schema: LinkageSchema
  private var plans: [FeaturePlan?] = []
  /// The code before folding.
  private var hashed: SecretBytes
  private var scalars: [UInt32] = []
  private var token: [UInt8] = []

  init(
    schema: LinkageSchema,
    keys: [FeatureKeys],
    checksFormats: Bool
  ) throws(CryptoError) {
    self.schema = schema
    hashed = SecretBytes(count: (schema.hashedBits + 63) / 64 * 8)
    for (feature, keys) in zip(schema.features, keys) {
      guard let encoding = feature.encoding else {
        plans.append(nil)
        continue
      }
      let plan = try FeaturePlan(
        feature.identifier,
        encoding,
        keys: keys,
        schema: schema,
        checksFormat: checksFormats
      )
      plans.append(plan)
    }
    scalars.reserveCapacity(256)
    token.reserveCapacity(256)
  }

  /// Writes the code of a row of a table, whose fields are the features of the schema in order, over
  /// the words of `output` from `start` on.
  ///
  /// Bit *i* of the code, as clkhash counts them, is bit *i* mod 64 of word *i* / 64.
  ///
  /// - Parameter output: at least ``LinkageSchema/wordsPerCode`` words from `start` on.
  /// - Returns: how many tokens the record has; without any, all bits are zero.
  /// - Throws: ``RecordError``; then the words mean nothing.
  /// - Complexity: O(tokens · bits / 64), and a hash for each token that was not met lately.
  @discardableResult
  public mutating func encode(
    _ row: CSVRow,
    into output: inout MutableSpan<UInt64>,
    at start: Int = 0
  ) throws(RecordError) -> Int {
    try require(row.count, place: row.count > 0 ? row.location(of: 0) : ErrorLocation())
    return try withRow(&output, start) { bits, worker throws(RecordError) in
      var count = 0
      for index in 0..<row.count {
        guard let plan = worker.plans[index] else { continue }
        do throws(FeatureFailure) {
          count += try worker.add(row.bytes(of: index), plan, bits)
        } catch {
          throw Self.error(error, at: row.location(of: index, name: plan.identifier))
        }
      }
      return count
    }
  }

  /// Writes the code of a record, whose values are those of the features of the schema in order, over
  /// the words of `output` from `start` on, as for a row of a table.
  @discardableResult
  public mutating func encode(
    _ values: [String],
    into output: inout MutableSpan<UInt64>,
    at start: Int = 0
  ) throws(RecordError) -> Int {
    try require(values.count, place: ErrorLocation())
    return try withRow(&output, start) { bits, worker throws(RecordError) in
      var count = 0
      for (index, value) in values.enumerated() {
        guard let plan = worker.plans[index] else { continue }
        do throws(FeatureFailure) {
          count += try worker.add(Array(value.utf8)[...], plan, bits)
        } catch {
          throw Self.error(error, at: ErrorLocation(field: plan.identifier))
        }
      }
      return count
    }
  }

  private func require(_ count: Int, place: ErrorLocation) throws(RecordError) {
    guard count != plans.count else { return }
    throw .broken(
      RecordFinding(
        rule: .fields,
        location: place,
        text: "a record must have \(Self.text(plans.count)), found \(count)"
      )
    )
  }

  private static func text(_ count: Int) -> String { "\(count) field\(count == 1 ? "" : "s")" }

  /// Has `body` set the bits before folding, and folds them.
  private mutating func withRow(
    _ output: inout MutableSpan<UInt64>,
    _ start: Int,
    _ body: (BitRow, inout EncodingWorker) throws(RecordError) -> Int
  ) throws(RecordError) -> Int {
    let hashedWords = (schema.hashedBits + 63) / 64
    let wordsPerCode = schema.wordsPerCode
    precondition(start >= 0 && output.count - start >= wordsPerCode, "room for one code")
    let address = hashed.withUnsafeMutableBytes { $0.baseAddress }
    guard let address else { preconditionFailure("a row has memory") }
    // The row lives as long as the worker, which outlives this call.
    let row = BitRow(address.assumingMemoryBound(to: UInt64.self), wordCount: hashedWords)
    row.clear()
    let count = try body(row, &self)
    let (bits, folds) = (schema.bits, schema.folds)
    output.withUnsafeMutableBufferPointer { words in
      guard let first = words.baseAddress else { return }
      row.fold(bits: bits, times: folds, into: BitRow(first + start, wordCount: wordsPerCode))
    }
    return count
  }

  private mutating func add(
    _ bytes: ArraySlice<UInt8>,
    _ plan: FeaturePlan,
    _ row: BitRow
  ) throws(FeatureFailure) -> Int {
    do throws(RecordRuleBroken) { try plan.format(bytes, into: &scalars) } catch {
      throw .rule(error)
    }
    return try plan.setTokens(of: &scalars, in: row, token: &token)
  }

  private static func error(_ failure: FeatureFailure, at place: ErrorLocation) -> RecordError {
    switch failure {
    case .crypto(let error): .crypto(error)
    case .rule(let broken):
      .broken(RecordFinding(rule: broken.rule, location: place, text: broken.text))
    }
  }
}
