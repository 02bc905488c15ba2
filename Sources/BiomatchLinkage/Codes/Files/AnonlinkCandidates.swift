import BiomatchCore

/// Candidate pairs in the binary form of anonlink (`anonlink.serialization`): a header of four bytes, then
/// a score, two numbers of data sets and two numbers of records for each pair, little-endian.
///
/// The first record is one of data set 0, the second of data set 1. Pairs are written with scores of eight
/// bytes and numbers of four, the sizes of anonlink's own candidates.
public enum AnonlinkCandidates {
  static let version: UInt8 = 1
  private static let header: [UInt8] = [version, 8, 4, 4]

  /// The bytes that come before all pairs.
  public static var headerBytes: [UInt8] { header }

  /// The bytes of pairs; anonlink expects them best first.
  public static func bytes(of pairs: some Sequence<CandidatePair>) -> [UInt8] {
    var writer = ByteWriter()
    for pair in pairs {
      writer.writeUInt64(pair.score.bitPattern, .little)
      for number in [0, 1, pair.a, pair.b] { writer.writeUInt32(UInt32(number), .little) }
    }
    return writer.bytes
  }

  /// Reads pairs from memory.
  ///
  /// - Throws: ``CodesFileError``, with the offset of the pair.
  public static func pairs(_ bytes: [UInt8]) throws(CodesFileError) -> [CandidatePair] {
    var reader = try AnonlinkCandidateReader(bytes: bytes)
    var all: [CandidatePair] = []
    while let batch = try reader.next() { all += batch }
    return all
  }
}

/// Reads candidate pairs in the binary form of anonlink, batch by batch; see ``AnonlinkCandidates``.
///
/// ```swift
/// var reader = try AnonlinkCandidateReader(file: "pairs.anonlink")
/// while let pairs = try reader.next() { use(pairs) }
/// ```
public struct AnonlinkCandidateReader: ~Copyable {
  private static let batchSize = 1 << 14

  private var pieces: FilePieces
  private let score: Int
  private let set: Int
  private let record: Int

  /// Opens the file at `path`, or the standard input for `-`.
  ///
  /// - Throws: ``CodesFileError``.
  public init(file path: String) throws(CodesFileError) {
    self = try Self.opening(FilePieces(path))
  }

  /// Opens pairs in memory.
  ///
  /// - Throws: ``CodesFileError``.
  public init(bytes: [UInt8]) throws(CodesFileError) {
    self = try Self.opening(FilePieces(bytes: bytes, path: nil))
  }

  private init(_ pieces: consuming FilePieces, score: Int, set: Int, record: Int) {
    self.pieces = pieces
    (self.score, self.set, self.record) = (score, set, record)
  }

  private static func opening(
    _ pieces: consuming FilePieces
  ) throws(CodesFileError) -> AnonlinkCandidateReader {
    var pieces = pieces
    let start = pieces.location
    guard let header = try take(4, &pieces) else { throw .candidatesLength(at: start) }
    let (score, set, record) = (Int(header[1]), Int(header[2]), Int(header[3]))
    guard header[0] == AnonlinkCandidates.version, [4, 8].contains(score),
      [1, 2, 4, 8].contains(set), [1, 2, 4, 8].contains(record)
    else { throw .candidatesHeader(at: start, found: header) }
    return AnonlinkCandidateReader(pieces, score: score, set: set, record: record)
  }

  /// The next pairs; `nil` at the end.
  ///
  /// - Throws: ``CodesFileError``, with the offset of the pair.
  public mutating func next() throws(CodesFileError) -> [CandidatePair]? {
    var batch: [CandidatePair] = []
    while batch.count < Self.batchSize, try pieces.peek() != nil {
      let place = pieces.location
      guard let bytes = try Self.take(score + 2 * set + 2 * record, &pieces) else {
        throw .candidatesLength(at: place)
      }
      guard let pair = Self.pair(bytes, score, set, record) else { throw .candidate(at: place) }
      batch.append(pair)
    }
    return batch.isEmpty ? nil : batch
  }

  private static func take(
    _ count: Int,
    _ pieces: inout FilePieces
  ) throws(CodesFileError) -> [UInt8]? {
    var bytes: [UInt8] = []
    while bytes.count < count, let byte = try pieces.next() { bytes.append(byte) }
    return bytes.count == count ? bytes : nil
  }

  private static func pair(
    _ bytes: [UInt8],
    _ score: Int,
    _ set: Int,
    _ record: Int
  ) -> CandidatePair? {
    func number(_ start: Int, _ size: Int) -> UInt64 {
      bytes[start..<start + size].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
    let bits = number(0, score)
    let value = score == 8 ? Double(bitPattern: bits) : Double(Float(bitPattern: UInt32(bits)))
    let sets = (number(score, set), number(score + set, set))
    let first = UInt32(exactly: number(score + 2 * set, record))
    let second = UInt32(exactly: number(score + 2 * set + record, record))
    guard (0...1).contains(value), let first, let second else { return nil }
    switch sets {
    case (0, 1): return CandidatePair(a: Int(first), b: Int(second), score: value)
    case (1, 0): return CandidatePair(a: Int(second), b: Int(first), score: value)
    default: return nil
    }
  }
}
