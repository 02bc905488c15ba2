import BiomatchCore

/// Candidate pairs in the binary form of anonlink (`anonlink.serialization`): a header of four bytes, then
/// a score, two numbers of data sets and two numbers of records for each pair, little-endian.
///
/// The first record is one of data set 0, the second of data set 1. Pairs are written with scores of eight
/// bytes and numbers of four, the sizes of anonlink's own candidates.
public enum AnonlinkCandidates {
  private static let version: UInt8 = 1
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

  /// Reads pairs from the file at `path`, or from the standard input for `-`, and hands them over in
  /// batches.
  ///
  /// - Throws: ``CodesFileError``, with the offset of the pair, or what `body` throws.
  public static func read(_ path: String, _ body: ([CandidatePair]) throws -> Void) throws {
    try read(try FilePieces(path), body)
  }

  /// Reads pairs from memory.
  ///
  /// - Throws: ``CodesFileError``.
  public static func pairs(_ bytes: [UInt8]) throws -> [CandidatePair] {
    var all: [CandidatePair] = []
    try read(FilePieces(bytes: bytes, path: nil)) { all += $0 }
    return all
  }

  private static func read(
    _ pieces: consuming FilePieces,
    _ body: ([CandidatePair]) throws -> Void
  ) throws {
    let start = pieces.location
    guard let header = try take(4, &pieces) else {
      throw CodesFileError.candidatesLength(at: start)
    }
    let (score, set, record) = (Int(header[1]), Int(header[2]), Int(header[3]))
    guard header[0] == version, [4, 8].contains(score), [1, 2, 4, 8].contains(set),
      [1, 2, 4, 8].contains(record)
    else { throw CodesFileError.candidatesHeader(at: start, found: header) }
    var batch: [CandidatePair] = []
    while try pieces.peek() != nil {
      let place = pieces.location
      guard let bytes = try take(score + 2 * set + 2 * record, &pieces) else {
        throw CodesFileError.candidatesLength(at: place)
      }
      guard let pair = pair(bytes, score, set, record) else {
        throw CodesFileError.candidate(at: place)
      }
      batch.append(pair)
      if batch.count == 1 << 14 {
        try body(batch)
        batch = []
      }
    }
    try body(batch)
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
