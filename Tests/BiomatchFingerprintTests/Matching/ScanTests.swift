import BiomatchCore
import BiomatchTestSupport
import Testing

@testable import BiomatchFingerprint

@Suite("Scans of packed prints")
struct ScanTests {
  /// Packed prints one behind the other.
  struct Arena {
    var bytes: [UInt8] = []
    var offsets: [UInt32] = []

    mutating func append(_ print: FingerprintDescriptors) {
      offsets.append(UInt32(bytes.count / 8))
      bytes += print.packed
    }
  }

  private static func templates(_ count: Int) throws -> [FingerprintTemplate] {
    try (0..<count).map { k in
      // Three impressions of each finger; some prints are empty or tiny.
      let minutiae = [30, 0, 40, 5, 60, 2, 100, 1][k / 3 % 8]
      let finger = SyntheticFinger(seed: UInt64(k / 3), minutiae: minutiae)
      return try FingerprintTemplate(view: finger.impression(seed: UInt64(k)))
    }
  }

  private func scan(
    _ matcher: FingerprintMatcher,
    _ probe: FingerprintTemplate,
    _ arena: Arena,
    mode: SearchMode
  ) throws -> (scores: [Int: SimilarityScore], order: [Int], counts: ScanCounts) {
    var scores: [Int: SimilarityScore] = [:]
    var order: [Int] = []
    let counts = try arena.bytes.withUnsafeBytes { bytes in
      try arena.offsets.withUnsafeBufferPointer { offsets in
        try matcher.scan(
          matcher.prepare(probe),
          arena: bytes,
          offsets: offsets,
          mode: mode,
          workspace: ScanWorkspace()
        ) { index, score in
          order.append(index)
          scores[index] = score
        }
      }
    }
    return (scores, order, counts)
  }

  @Test(
    "an exhaustive scan gives every pair the score of a comparison",
    arguments: SIMDLevel.available
  )
  func exhaustiveScores(simd: SIMDLevel) throws {
    let matcher = FingerprintMatcher(simd: simd)
    let prints = try Self.templates(60)
    var arena = Arena()
    for print in prints { arena.append(matcher.describe(print)) }
    for probe in prints.prefix(12) {
      let found = try scan(matcher, probe, arena, mode: .exhaustive)
      #expect(found.order == found.order.sorted())
      #expect(found.counts.pairs == prints.count)
      for (k, print) in prints.enumerated() {
        let expected = try matcher.score(matcher.prepare(probe), matcher.describe(print))
        #expect(found.scores[k] ?? SimilarityScore(0) == expected, "print \(k)")
      }
    }
  }

  @Test("bytes that are no packed print are named, and nothing outside the arena is read")
  func damagedPrints() throws {
    let matcher = FingerprintMatcher()
    let prints = try Self.templates(9)
    var arena = Arena()
    for print in prints { arena.append(matcher.describe(print)) }
    let start = Int(arena.offsets[7]) * 8
    let damages: [(String, (inout Arena) -> Void)] = [
      ("too many minutiae", { $0.bytes[start + 1] = 1 }),
      ("too few blocks", { $0.bytes[start + 2] = 0 }),
      ("too many blocks", { $0.bytes[start + 3] = 255 }),
      ("an offset behind the end", { $0.offsets[7] = .max }),
      ("an arena that ends early", { $0.bytes.removeLast($0.bytes.count - start - 100) }),
      ("an arena that ends in the header", { $0.bytes.removeLast($0.bytes.count - start - 3) }),
    ]
    #expect(matcher.describe(prints[7]).count > 16)
    for (what, damage) in damages {
      var damaged = arena
      damage(&damaged)
      for mode in SearchMode.allCases {
        #expect(throws: DamagedPrint(index: 7), "\(what)") {
          try scan(matcher, prints[0], damaged, mode: mode)
        }
      }
    }
  }
}
