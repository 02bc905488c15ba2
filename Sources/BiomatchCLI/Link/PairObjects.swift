import Biomatch
import BiomatchCore
import BiomatchLinkage
import Foundation

/// Pairs of records in NDJSON, an object with `a`, `b` and `score` a line; empty lines are passed over.
struct PairObjects: ~Copyable {
  private static let lineLimit = 1 << 16

  private struct Object: Decodable {
    var a: ReferenceID
    var b: ReferenceID
    var score: Double
  }

  private let path: String
  private var lines: TextLines
  private let decoder = JSONDecoder()

  init(_ path: String) throws {
    self.path = path
    lines = try TextLines(path, limit: Self.lineLimit)
  }

  /// The next pair; `nil` at the end.
  mutating func next() throws -> PairReader.Pair? {
    while let (bytes, line) = try lines.next() {
      if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { continue }
      guard bytes.count <= Self.lineLimit,
        let object = try? decoder.decode(Object.self, from: Data(bytes)),
        (0...1).contains(object.score)
      else {
        throw CSVError.badValue(
          at: ErrorLocation(file: path, line: line),
          expected: "an object with the identifiers a and b and a score in 0...1",
          found: String(decoding: bytes.prefix(40), as: UTF8.self)
        )
      }
      return PairReader.Pair(
        a: ArraySlice(object.a.string.utf8),
        b: ArraySlice(object.b.string.utf8),
        score: object.score
      )
    }
    return nil
  }
}
