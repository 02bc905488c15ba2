import Biomatch
import BiomatchCore
import BiomatchLinkage

/// Candidate pairs read from CSV or the binary form of anonlink, their records numbered in the order of identifiers.
struct CandidateFile {
  /// The identifiers of both sides by number.
  private(set) var a: [ReferenceID]
  private(set) var b: [ReferenceID]
  private(set) var pairs: [CandidatePair] = []

  init(_ path: String) throws {
    if AnonlinkPairFile.isNamed(path) {
      let read = try AnonlinkPairFile.read(path)
      let (rowsA, rowsB) = (Rows(read.map(\.a)), Rows(read.map(\.b)))
      pairs = read.map {
        CandidatePair(a: rowsA.place(of: $0.a), b: rowsB.place(of: $0.b), score: $0.score)
      }
      (a, b) = (try rowsA.names(), try rowsB.names())
      return
    }
    var (namesA, namesB) = (Names(), Names())
    var rows: [CandidatePair] = []
    var table = try CSVReader(file: path)
    let columns = (try table.column("a"), try table.column("b"), try table.column("score"))
    while let row = try table.nextRow() {
      guard let score = Double(row[columns.2]), (0...1).contains(score) else {
        throw CSVError.badValue(
          at: row.location(of: columns.2, name: "score"),
          expected: "a number in 0...1",
          found: row[columns.2]
        )
      }
      rows.append(
        CandidatePair(
          a: try namesA.number(row, columns.0, "a"),
          b: try namesB.number(row, columns.1, "b"),
          score: score
        )
      )
    }
    let (orderA, orderB) = (namesA.places, namesB.places)
    pairs = rows.map { CandidatePair(a: orderA[$0.a], b: orderB[$0.b], score: $0.score) }
    a = namesA.sorted
    b = namesB.sorted
  }

  /// Numbers of records, of which a file may have few large ones.
  private struct Rows {
    private let rows: [Int]
    private let places: [Int: Int]

    init(_ numbers: [Int]) {
      rows = Set(numbers).sorted()
      places = Dictionary(
        rows.enumerated().map { ($1, $0) },
        uniquingKeysWith: { first, _ in first }
      )
    }

    func place(of row: Int) -> Int { places[row, default: 0] }

    /// What records without identifiers are called.
    func names() throws -> [ReferenceID] { try rows.map { try ReferenceID("row\($0)") } }
  }

  /// Identifiers in the order in which they come.
  private struct Names {
    private var numbers: [ReferenceID: Int] = [:]
    private var all: [ReferenceID] = []

    mutating func number(_ row: CSVRow, _ column: Int, _ name: String) throws -> Int {
      let identifier: ReferenceID
      do { identifier = try ReferenceID(utf8: row.bytes(of: column)) } catch {
        throw CodesFileError.identifier(error, at: row.location(of: column, name: name))
      }
      if let number = numbers[identifier] { return number }
      numbers[identifier] = all.count
      all.append(identifier)
      return all.count - 1
    }

    var sorted: [ReferenceID] { all.sorted { NaturalOrder.isLess($0.string, $1.string) } }

    /// Where each identifier is among the sorted ones.
    var places: [Int] {
      var places = [Int](repeating: 0, count: all.count)
      for (place, identifier) in sorted.enumerated() {
        if let number = numbers[identifier] { places[number] = place }
      }
      return places
    }
  }
}

/// The order of texts in which runs of digits count as numbers.
enum NaturalOrder {
  /// Whether `a` comes before `b`; texts that differ in leading zeros alone are ordered by their bytes.
  static func isLess(_ a: String, _ b: String) -> Bool {
    var (x, y) = (Substring(a).utf8, Substring(b).utf8)
    while let first = x.first, let second = y.first {
      if isDigit(first), isDigit(second) {
        let (left, right) = (takeNumber(&x), takeNumber(&y))
        if left.count != right.count { return left.count < right.count }
        if left != right { return left.lexicographicallyPrecedes(right) }
      } else if first != second {
        return first < second
      } else {
        x.removeFirst()
        y.removeFirst()
      }
    }
    if x.isEmpty != y.isEmpty { return x.isEmpty }
    return a.utf8.lexicographicallyPrecedes(b.utf8)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
  }

  /// The digits at the start, without leading zeros.
  private static func takeNumber(_ text: inout Substring.UTF8View) -> [UInt8] {
    let digits = text.prefix(while: isDigit)
    text = text[digits.endIndex...]
    return Array(digits.drop { $0 == UInt8(ascii: "0") })
  }
}
