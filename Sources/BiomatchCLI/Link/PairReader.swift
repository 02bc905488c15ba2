import Biomatch
import BiomatchCore
import BiomatchLinkage

/// Reads pairs of records one by one, from CSV with the columns a, b and score, from NDJSON with these members
/// or the binary form of anonlink in files that are named so.
final class PairReader {
  /// Two records by the bytes of their identifiers.
  struct Pair {
    var a: ArraySlice<UInt8>
    var b: ArraySlice<UInt8>
    var score: Double
  }

  /// Whether the pairs can be read again from the same path: a pipe has them once.
  private(set) var isRepeatable = false
  private var table: CSVReader?
  private var columns = (a: 0, b: 0, score: 0)
  private var candidates: AnonlinkCandidateReader?
  private var objects: PairObjects?
  private var batch: [CandidatePair] = []
  private var position = 0

  init(_ path: String) throws {
    if AnonlinkPairFile.isNamed(path) {
      let reader = try AnonlinkCandidateReader(file: path)
      isRepeatable = try reader.isRepeatable
      candidates = consume reader
    } else if path.hasSuffix(".ndjson") {
      let reader = try PairObjects(path)
      isRepeatable = reader.isRepeatable
      objects = consume reader
    } else {
      let reader = try CSVReader(file: path)
      isRepeatable = reader.isRepeatable
      columns = (try reader.column("a"), try reader.column("b"), try reader.column("score"))
      table = consume reader
    }
  }

  /// The next pair; `nil` at the end.
  func next() throws -> Pair? {
    guard candidates == nil else { return try nextCandidate() }
    guard objects == nil else { return try objects?.next() }
    guard let row = try table?.nextRow() else { return nil }
    let text = row.bytes(of: columns.score)
    guard let score = ScoreText.value(text), (0...1).contains(score) else {
      throw CSVError.badValue(
        at: row.location(of: columns.score, name: "score"),
        expected: "a number in 0...1",
        found: row[columns.score]
      )
    }
    return Pair(
      a: try identifier(row, columns.a, "a"),
      b: try identifier(row, columns.b, "b"),
      score: score
    )
  }

  private func identifier(_ row: CSVRow, _ column: Int, _ name: String) throws -> ArraySlice<UInt8>
  {
    let bytes = row.bytes(of: column)
    // What an identifier may be, without making one; fields are UTF-8 without U+0000.
    if 1...64 ~= bytes.count { return bytes }
    do { _ = try ReferenceID(utf8: bytes) } catch {
      throw CodesFileError.identifier(error, at: row.location(of: column, name: name))
    }
    return bytes
  }

  private func nextCandidate() throws -> Pair? {
    if position == batch.count {
      batch = try candidates?.next() ?? []
      position = 0
      if batch.isEmpty { return nil }
    }
    defer { position += 1 }
    let pair = batch[position]
    return Pair(a: Self.name(pair.a), b: Self.name(pair.b), score: pair.score)
  }

  /// What a record without identifier is called.
  private static func name(_ row: Int) -> ArraySlice<UInt8> { ArraySlice("row\(row)".utf8) }
}

/// Scores as they are written.
enum ScoreText {
  /// The number that is nearest to the one written; `nil` where there is none.
  static func value(_ text: ArraySlice<UInt8>) -> Double? {
    short(text) ?? Double(String(decoding: text, as: UTF8.self))
  }

  /// A number of few digits and a point: as both the digits and the power of ten are exact, so is the division,
  /// but for its one rounding.
  private static func short(_ text: ArraySlice<UInt8>) -> Double? {
    guard text.count <= 18, let first = text.first, isDigit(first) else { return nil }
    var (digits, decimals): (UInt64, Int?) = (0, nil)
    for byte in text {
      if isDigit(byte) {
        digits = 10 * digits + UInt64(byte - UInt8(ascii: "0"))
        decimals = decimals.map { $0 + 1 }
      } else if byte == UInt8(ascii: "."), decimals == nil {
        decimals = 0
      } else {
        return nil
      }
    }
    guard digits <= 1 << 53 else { return nil }
    return Double(digits) / powers[decimals ?? 0]
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
  }

  private static let powers: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
  ]
}
