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
    let header = try pieces.take(4)
    guard header.count == 4 else { throw .candidatesLength(at: start) }
    let (score, set, record) = (Int(header[1]), Int(header[2]), Int(header[3]))
    guard header[0] == AnonlinkCandidates.version, [4, 8].contains(score),
      [1, 2, 4, 8].contains(set), [1, 2, 4, 8].contains(record)
    else { throw .candidatesHeader(at: start, found: header) }
    return AnonlinkCandidateReader(pieces, score: score, set: set, record: record)
  }

  /// Whether the pairs can be read again from the same path: a pipe has them once.
  package var isRepeatable: Bool { get throws(CodesFileError) { try pieces.isRepeatable } }

  /// The next pairs; `nil` at the end.
  ///
  /// - Throws: ``CodesFileError``, with the offset of the pair.
  public mutating func next() throws(CodesFileError) -> [CandidatePair]? {
    var place = pieces.location
    let bytes = try pieces.take(size * Self.batchSize)
    guard !bytes.isEmpty else { return nil }
    var batch: [CandidatePair] = []
    batch.reserveCapacity(bytes.count / size)
    for start in stride(from: 0, to: bytes.count, by: size) {
      guard start + size <= bytes.count else { throw .candidatesLength(at: place) }
      guard let pair = pair(bytes, at: start) else { throw .candidate(at: place) }
      batch.append(pair)
      place.byteOffset = place.byteOffset.map { $0 + size }
    }
    return batch
  }

  /// The bytes of a pair.
  private var size: Int { score + 2 * set + 2 * record }

  private func pair(_ bytes: [UInt8], at start: Int) -> CandidatePair? {
    var position = start
    func number(_ size: Int) -> UInt64 {
      var number: UInt64 = 0
      for byte in 0..<size { number |= UInt64(bytes[position + byte]) << UInt64(8 * byte) }
      position += size
      return number
    }
    let bits = number(score)
    let value = score == 8 ? Double(bitPattern: bits) : Double(Float(bitPattern: UInt32(bits)))
    let sets = (number(set), number(set))
    let records = (UInt32(exactly: number(record)), UInt32(exactly: number(record)))
    guard (0...1).contains(value), let first = records.0, let second = records.1 else { return nil }
    switch sets {
    case (0, 1): return CandidatePair(a: Int(first), b: Int(second), score: value)
    case (1, 0): return CandidatePair(a: Int(second), b: Int(first), score: value)
    default: return nil
    }
  }
}
