import Biomatch
import BiomatchCore
import BiomatchLinkage
import BiomatchTestSupport
import Foundation
import Testing

@testable import BiomatchCLI

@Suite("Files of candidate pairs")
struct CandidateFileTests {
  private static let pairs = (0..<2000).map { number in
    (a: "a\(number * 7 % 90)", b: "b\(number * 13 % 80)", score: "0.\(number * 31 % 100)")
  }

  private static func text(
    _ name: String,
    _ pairs: [(a: String, b: String, score: String)]
  ) -> String {
    name.hasSuffix(".ndjson")
      ? pairs.map { #"{"a":"\#($0.a)","b":"\#($0.b)","score":\#($0.score)}\#n"# }.joined()
      : "a,b,score\n" + pairs.map { "\($0.a),\($0.b),\($0.score)\n" }.joined()
  }

  private func write(_ text: String, to path: String) throws {
    try Data(text.utf8).write(to: URL(filePath: path))
  }

  private func withFile(_ name: String, _ body: (String) throws -> Void) throws {
    try TemporaryDirectory.with { directory in
      let path = directory.appending(path: name).path(percentEncoded: false)
      try write(Self.text(name, Self.pairs), to: path)
      try body(path)
    }
  }

  @Test(
    "Pairs that are read from the file each time give what those in memory give",
    arguments: ["pairs.csv", "pairs.ndjson"]
  )
  func passes(name: String) throws {
    try withFile(name) { path in
      let (kept, again) = (
        try CandidateFile(path, threshold: 0.2), try CandidateFile(path, threshold: 0.2, limit: 10)
      )
      #expect(again.a == kept.a && again.b == kept.b)
      func all(_ file: CandidateFile) throws -> [CandidatePair] {
        var pairs: [CandidatePair] = []
        try file.forEachBatch { pairs += $0 }
        return pairs
      }
      let pairs = try all(kept)
      #expect(pairs.count > 1000)
      for _ in 0..<3 { #expect(try all(again) == pairs) }
      for method in LinkageSolver.Method.allCases {
        #expect(try again.links(by: method) == kept.links(by: method))
      }
      // The one in memory needs no file any more, the other does.
      try FileManager.default.removeItem(atPath: path)
      #expect(try all(kept) == pairs)
      #expect(throws: (any Error).self) { try all(again) }
    }
  }

  /// What may happen to a file between two passes.
  enum Change: CaseIterable {
    case unknownRecord, otherScore, otherPair, otherOrder, more, fewer

    func applied(
      to pairs: [(a: String, b: String, score: String)]
    ) -> [(a: String, b: String, score: String)] {
      var pairs = pairs
      switch self {
      case .unknownRecord: pairs[700].a = "new"
      case .otherScore: pairs[700].score = "0.999"
      case .otherPair: pairs[700].b = pairs[701].b
      case .otherOrder: pairs.swapAt(700, 701)
      case .more: pairs.append(pairs[0])
      case .fewer: pairs.removeLast()
      }
      return pairs
    }
  }

  @Test(
    "A file that changes between passes is told",
    arguments: ["pairs.csv", "pairs.ndjson"],
    Change.allCases
  )
  func changed(name: String, change: Change) throws {
    try withFile(name) { path in
      let file = try CandidateFile(path, threshold: 0, limit: 10)
      _ = try file.links(by: .greedy)
      try write(Self.text(name, change.applied(to: Self.pairs)), to: path)
      let error = #expect(throws: (any Error).self) { try file.links(by: .greedy) }
      #expect((error as? any BiomatchError)?.code == "candidates.changed")
    }
  }

  @Test("A score is the number nearest to what is written", arguments: 0..<8)
  func scores(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<5000 {
      let digits = (0..<Int.random(in: 1...20, using: &random)).map { _ in
        String(Int.random(in: 0...9, using: &random))
      }
      var text = digits.joined()
      if Bool.random(using: &random) {
        let place = Int.random(in: 0...text.count, using: &random)
        text.insert(".", at: text.index(text.startIndex, offsetBy: place))
      }
      if Int.random(in: 0..<8, using: &random) == 0 {
        text += "e\(Int.random(in: -20...20, using: &random))"
      }
      if Int.random(in: 0..<8, using: &random) == 0 { text = "-" + text }
      #expect(ScoreText.value(ArraySlice(text.utf8)) == Double(text), "\(text)")
    }
    for text in ["", ".", "1.", ".5", "0.1.2", "1e", "x", " 1", "-", "+0.5", "0x1p-1", "nan"] {
      #expect(
        ScoreText.value(ArraySlice(text.utf8)).map(\.bitPattern) == Double(text).map(\.bitPattern)
      )
    }
  }

  @Test(
    "Lines of NDJSON that are no pair are told, with their place",
    arguments: [
      (#"{"a":"x","b":"y","score":1.5}"#, "csv.value", nil),
      (#"{"a":"x","b":"","score":0.5}"#, "csv.value", nil),
      (#"{"a":"x","score":0.5}"#, "csv.value", nil), ("[]", "csv.value", nil),
      (#"{"a":"x","a":"z","b":"y","score":0.5}"#, "json.duplicate-name", 10),
      (#"{"a":"x","b":"y","score":.5}"#, "json.syntax", 26),
      (String(repeating: " ", count: 1 << 16) + "{}", "csv.row-length", nil),
    ] as [(String, String, Int?)]
  )
  func badObjects(line: String, code: String, column: Int?) throws {
    let good = #"{"score": 5e-1, "more": [], "b": "y\u0301", "a": "x"}"#
    var objects = PairObjects(bytes: Array("\(good)\n \t\n\(line)\n".utf8))
    let first = try #require(try objects.next())
    #expect(Array(first.a) == Array("x".utf8) && Array(first.b) == Array("y\u{301}".utf8))
    #expect(first.score == 0.5)
    do {
      _ = try objects.next()
      Issue.record("the line was read")
    } catch let error as any BiomatchError {
      #expect(error.code == code && error.location.line == 3 && error.location.column == column)
    }
  }

  @Test("Whatever bytes a file has, pairs are whole or an error is told", arguments: 0..<8)
  func anyBytes(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let good = Array(#"{"a":"x\u00e9","b":"y","score":0.25}"#.utf8)
    for _ in 0..<500 {
      var bytes = good + [0x0A] + good
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let place = Int.random(in: bytes.indices, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.insert(bytes.randomElement(using: &random) ?? 0, at: place)
        default: bytes.remove(at: place)
        }
      }
      var objects = PairObjects(bytes: bytes)
      do {
        while let pair = try objects.next() {
          #expect(1...64 ~= pair.a.count && 1...64 ~= pair.b.count)
          #expect((0...1).contains(pair.score))
        }
      } catch {
        #expect(error is any BiomatchError, "\(error)")
      }
    }
  }
}
