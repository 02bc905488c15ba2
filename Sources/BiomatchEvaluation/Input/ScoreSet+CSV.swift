import BiomatchCore

extension ScoreSet {
  /// Reads scores from a CSV file with the columns `a`, `b`, `genuine` and `score`, in any order and
  /// among others. An empty score or NaN counts as 0.
  ///
  /// - Parameters:
  ///   - name: what the set is called in results.
  ///   - subject: the source of a sample, by the name in column `a` or `b`; needed for a bootstrap.
  /// - Throws: `CSVError`.
  public init(
    name: String,
    file path: String,
    subject: ((String) -> String)? = nil
  ) throws(CSVError) {
    var reader = try CSVReader(file: path)
    try self.init(name: name, reading: &reader, subject: subject)
  }

  /// Reads scores from the bytes of such a file.
  ///
  /// - Throws: `CSVError`.
  public init(
    name: String,
    csv bytes: [UInt8],
    subject: ((String) -> String)? = nil
  ) throws(CSVError) {
    var reader = try CSVReader(bytes: bytes, file: name)
    try self.init(name: name, reading: &reader, subject: subject)
  }

  private init(
    name: String,
    reading reader: inout CSVReader,
    subject: ((String) -> String)?
  ) throws(CSVError) {
    self.init(name: name)
    let columns = try PairColumns(of: reader)
    let scoreColumn = try reader.column("score")
    while let row = try reader.nextRow() {
      let pair = try columns.pair(in: row)
      add(
        try Self.score(in: row, column: scoreColumn),
        isGenuine: pair.isGenuine,
        subjects: subject.map { ($0(pair.a), $0(pair.b)) }
      )
    }
  }

  private static func score(in row: CSVRow, column: Int) throws(CSVError) -> Double? {
    let text = row[column]
    if text.utf8.allSatisfy({ $0 == UInt8(ascii: " ") }) { return nil }
    guard let score = Double(text), !score.isInfinite else {
      throw .badValue(
        at: row.location(of: column, name: "score"),
        expected: "a finite number",
        found: text
      )
    }
    return score
  }
}
