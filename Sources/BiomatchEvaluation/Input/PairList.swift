import BiomatchCore

/// The comparisons of an evaluation: which samples are compared, and which pairs are of one source.
public struct PairList: Sendable, Hashable {
  /// Two samples to be compared.
  public struct Pair: Sendable, Hashable {
    /// The first sample, usually a path.
    public var a: String
    /// The second sample.
    public var b: String
    /// Whether both are of the same source, the same finger for example: a genuine comparison.
    public var isGenuine: Bool

    /// A pair of samples.
    public init(a: String, b: String, isGenuine: Bool) {
      self.a = a
      self.b = b
      self.isGenuine = isGenuine
    }
  }

  /// The pairs in the order of the file.
  public var pairs: [Pair]

  /// A list of the given pairs.
  public init(pairs: [Pair]) { self.pairs = pairs }

  /// Reads a list from a CSV file with the columns `a`, `b` and `genuine`, in any order and among
  /// others; `genuine` is `1` or `0`, `true` or `false`.
  ///
  /// - Throws: `CSVError`.
  public init(file path: String) throws(CSVError) {
    var reader = try CSVReader(file: path)
    try self.init(reading: &reader)
  }

  /// Reads a list from the bytes of such a file.
  ///
  /// - Throws: `CSVError`.
  public init(csv bytes: [UInt8], file: String? = nil) throws(CSVError) {
    var reader = try CSVReader(bytes: bytes, file: file)
    try self.init(reading: &reader)
  }

  private init(reading reader: inout CSVReader) throws(CSVError) {
    let columns = try PairColumns(of: reader)
    pairs = []
    while let row = try reader.nextRow() { pairs.append(try columns.pair(in: row)) }
  }

  /// The list as CSV with the columns `a`, `b`, `genuine` and `score`.
  ///
  /// - Parameter scores: one a pair; `nil` for a failed comparison, whose field stays empty.
  /// - Throws: `CSVError` when a name holds U+0000.
  public func csv(scores: [Double?]) throws(CSVError) -> [UInt8] {
    precondition(scores.count == pairs.count, "there is one score a pair")
    var writer = CSVWriter(columns: ["a", "b", "genuine", "score"])
    for (pair, score) in zip(pairs, scores) {
      try writer.write([pair.a, pair.b, pair.isGenuine ? "1" : "0", score.map(Self.text) ?? ""])
    }
    return writer.takeBytes()
  }

  private static func text(_ score: Double) -> String {
    let text = score.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}

/// Where the columns of a pair list are.
struct PairColumns {
  let a: Int
  let b: Int
  let genuine: Int

  init(of reader: borrowing CSVReader) throws(CSVError) {
    a = try reader.column("a")
    b = try reader.column("b")
    genuine = try reader.column("genuine")
  }

  func pair(in row: CSVRow) throws(CSVError) -> PairList.Pair {
    PairList.Pair(a: row[a], b: row[b], isGenuine: try isGenuine(row))
  }

  private func isGenuine(_ row: CSVRow) throws(CSVError) -> Bool {
    switch row[genuine] {
    case "1", "true", "True": true
    case "0", "false", "False": false
    case let found:
      throw .badValue(
        at: row.location(of: genuine, name: "genuine"),
        expected: "1 or 0",
        found: found
      )
    }
  }
}
