import BiomatchCore

/// Binary codes of records, a CLK a person for example: what parties compare instead of the records.
///
/// All codes have the same number of bits. Bit i of a code is bit i % 64 of word i / 64; as bytes, bit 0 is
/// the most significant one of the first byte, which is the order of the packages clkhash and anonlink.
///
/// ```swift
/// var codes = try Codes(bits: 64, schema: nil)
/// try codes.append(ReferenceID("case-1"), code: [0x80, 0, 0, 0, 0, 0, 0, 1])
/// codes.ones(ofRow: 0)  // 2
/// ```
///
/// A CLK hides a record only from those who know neither the key nor the people: whoever holds a similar
/// list of people in clear can find most of them again by the similarities alone.
public struct Codes: Sendable, Equatable {
  /// How many bits a code can have, in multiples of 8.
  public static let lengths = 64...4096

  /// How many bits a code has; 0 where there is no code, and the file of none that was read does not say.
  public let bits: Int
  /// The schema that the codes were made by; `nil` where it is unknown.
  public let schema: SchemaDigest?
  /// Tells under which secret the codes were made; `nil` where it is unknown.
  public let secret: SecretCheck?
  /// Whose codes they are, in the order of the rows; no two are alike.
  public private(set) var identifiers: [ReferenceID] = []
  /// Rows of ``wordsPerRow`` words, zero behind the last bit.
  private(set) var words: [UInt64] = []
  private var known: Set<ReferenceID> = []

  /// No codes yet, of so many bits each.
  ///
  /// - Throws: ``CodesError/length(bits:)``.
  public init(
    bits: Int,
    schema: SchemaDigest?,
    secret: SecretCheck? = nil
  ) throws(CodesError) {
    guard Self.lengths.contains(bits), bits.isMultiple(of: 8) else { throw .length(bits: bits) }
    self.bits = bits
    self.schema = schema
    self.secret = secret
  }

  /// No codes, of a length that nobody knows.
  init(unknownLength schema: SchemaDigest?, secret: SecretCheck? = nil) {
    bits = 0
    self.schema = schema
    self.secret = secret
  }

  /// No codes yet, for those of an encoder.
  ///
  /// - Throws: ``CodesError/length(bits:)``.
  public init(of encoder: RecordEncoder) throws(CodesError) {
    try self.init(
      bits: encoder.schema.bits,
      schema: encoder.schemaDigest,
      secret: encoder.secretCheck
    )
  }

  /// How many codes there are.
  public var count: Int { identifiers.count }
  /// How many words a code takes.
  public var wordsPerRow: Int { max(1, (bits + 63) / 64) }
  /// How many bytes a code has.
  public var bytesPerRow: Int { bits / 8 }

  /// Adds a code.
  ///
  /// - Parameter code: its bytes, as many as a code has.
  /// - Throws: ``CodesError`` when there are more or fewer, nobody knows how many a code has, or the
  ///   identifier is taken; then nothing is added.
  public mutating func append(
    _ identifier: ReferenceID,
    code: some Collection<UInt8>
  ) throws(CodesError) {
    guard bits > 0 else { throw .length(bits: bits) }
    guard code.count == bytesPerRow else {
      throw .codeLength(expected: bytesPerRow, found: code.count)
    }
    guard known.insert(identifier).inserted else { throw .duplicate(identifier) }
    identifiers.append(identifier)
    var (word, shift): (UInt64, UInt64) = (0, 0)
    for byte in code {
      word |= UInt64(byte.bitsReversed) << shift
      shift += 8
      if shift == 64 {
        words.append(word)
        (word, shift) = (0, 0)
      }
    }
    if shift > 0 { words.append(word) }
  }

  /// Adds the codes of records of an encoder that made codes of as many bits.
  ///
  /// - Throws: ``CodesError/duplicate(_:)``; then nothing of the batch from that record on is added.
  ///   ``CodesError/length(bits:)`` where nobody knows how many bits a code has.
  public mutating func append(_ batch: EncodedBatch) throws(CodesError) {
    guard bits > 0 else { throw .length(bits: bits) }
    precondition(
      batch.words.count == batch.identifiers.count * wordsPerRow,
      "codes of a batch have as many bits"
    )
    for (row, identifier) in batch.identifiers.enumerated() {
      guard known.insert(identifier).inserted else { throw .duplicate(identifier) }
      identifiers.append(identifier)
      words += batch.words[row * wordsPerRow..<(row + 1) * wordsPerRow]
    }
  }

  /// Requires that the codes compare with others: that they have as many bits, and were made by one
  /// schema under one secret.
  ///
  /// - Parameter allowsUnknown: whether codes compare of which one side, or both, do not state schema or
  ///   secret.
  /// - Throws: ``CodesError``.
  public func requireComparable(
    with other: Codes,
    allowsUnknown: Bool
  ) throws(CodesError) {
    guard bits == other.bits || bits == 0 || other.bits == 0 else {
      throw .differentLengths(bits, other.bits)
    }
    if let first = schema, let second = other.schema, first != second {
      throw .differentSchemas(first, second)
    }
    if let first = secret, let second = other.secret, first != second {
      throw .differentSecrets(first, second)
    }
    guard !allowsUnknown else { return }
    if let side = CodesSide(first: schema == nil, second: other.schema == nil) {
      throw .unknownSchema(side)
    }
    if let side = CodesSide(first: secret == nil, second: other.secret == nil) {
      throw .unknownSecret(side)
    }
  }

  /// Makes room for so many codes.
  public mutating func reserveCapacity(_ count: Int) {
    identifiers.reserveCapacity(count)
    known.reserveCapacity(count)
    words.reserveCapacity(count * wordsPerRow)
  }

  /// The bytes of a code.
  public func bytes(ofRow row: Int) -> [UInt8] {
    let first = row * wordsPerRow
    return (0..<bytesPerRow).map { words[first + $0 / 8].codeByte($0 % 8) }
  }

  /// How many bits of a code are set.
  public func ones(ofRow row: Int) -> Int {
    words[row * wordsPerRow..<(row + 1) * wordsPerRow].reduce(0) { $0 + $1.nonzeroBitCount }
  }

  /// The codes of some rows, in that order; a row that comes twice is a programmer error.
  public func selecting(_ rows: [Int]) -> Codes {
    var selected = self
    selected.identifiers = rows.map { identifiers[$0] }
    selected.words = rows.flatMap { words[$0 * wordsPerRow..<($0 + 1) * wordsPerRow] }
    selected.known = Set(selected.identifiers)
    precondition(selected.known.count == rows.count, "a row is selected once")
    return selected
  }

  /// Whether bits, schema, secret, identifiers and codes are the same.
  public static func == (lhs: Codes, rhs: Codes) -> Bool {
    lhs.bits == rhs.bits && lhs.schema == rhs.schema && lhs.secret == rhs.secret
      && lhs.words == rhs.words && lhs.identifiers == rhs.identifiers
  }
}

extension UInt64 {
  /// A byte of eight of a code, as files have it: its first bit is the highest.
  func codeByte(_ index: Int) -> UInt8 {
    UInt8(truncatingIfNeeded: self >> UInt64(index * 8)).bitsReversed
  }
}

extension UInt8 {
  /// The bits in the opposite order.
  var bitsReversed: UInt8 {
    var value = self
    value = value >> 4 | value << 4
    value = (value & 0xCC) >> 2 | (value & 0x33) << 2
    return (value & 0xAA) >> 1 | (value & 0x55) << 1
  }
}
