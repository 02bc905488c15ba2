import Biomatch
import BiomatchCore
import BiomatchLinkage

/// Pairs of records in NDJSON, an object with `a`, `b` and `score` a line; empty lines are passed over.
struct PairObjects: ~Copyable {
  private var lines: JSONLines

  /// Opens the file at `path`.
  init(_ path: String) throws { lines = try JSONLines(path) }

  /// The pairs of a text in memory.
  init(bytes: [UInt8]) { lines = JSONLines(bytes: bytes) }

  /// Whether they can be read again from the same path: a pipe has them once.
  var isRepeatable: Bool { lines.isRepeatable }

  /// The next pair; `nil` at the end.
  mutating func next() throws -> PairReader.Pair? {
    guard let line = try lines.next() else { return nil }
    let document = try line.document.get()
    guard let pair = Self.pair(document) else {
      throw CSVError.badValue(
        at: line.location,
        expected: "an object with the identifiers a and b and a score in 0...1",
        found: String(document.text(isIndented: false).prefix(40))
      )
    }
    return pair
  }

  private static func pair(_ document: JSONDocument) -> PairReader.Pair? {
    guard case .string(let a)? = document["a"], case .string(let b)? = document["b"],
      case .number(let digits)? = document["score"],
      let a = try? ReferenceID(a), let b = try? ReferenceID(b),
      let score = ScoreText.value(ArraySlice(digits.utf8)), (0...1).contains(score)
    else { return nil }
    return PairReader.Pair(
      a: ArraySlice(a.string.utf8),
      b: ArraySlice(b.string.utf8),
      score: score
    )
  }
}
