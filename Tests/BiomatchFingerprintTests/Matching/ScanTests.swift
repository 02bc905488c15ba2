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

    init(_ prints: [FingerprintDescriptors]) {
      for print in prints {
        offsets.append(UInt32(bytes.count / 8))
        bytes += print.packed
      }
    }
  }

  /// What a scan found, in an order that does not depend on the kernels' tiles.
  struct Found: Equatable {
    var scores: [[Int: SimilarityScore]]
    var counts: [ScanCounts]
  }

  /// Three impressions of each finger; some prints are empty or tiny.
  private static func templates(_ count: Int) throws -> [FingerprintTemplate] {
    try (0..<count).map { k in
      let minutiae = [30, 0, 40, 5, 60, 2, 100, 1, 17, 33, 200][k / 3 % 11]
      let finger = SyntheticFinger(seed: UInt64(k / 3), minutiae: minutiae)
      return try FingerprintTemplate(view: finger.impression(seed: UInt64(k)))
    }
  }

  private static func scan(
    _ matcher: FingerprintMatcher,
    _ probes: [FingerprintTemplate],
    _ arena: Arena,
    mode: SearchMode,
    wanted: [UInt32]? = nil
  ) throws -> Found {
    var scores = Array(repeating: [Int: SimilarityScore](), count: probes.count)
    var counts = Array(repeating: ScanCounts(), count: probes.count)
    let wanted = wanted ?? arena.offsets.map { _ in UInt32(1) << UInt32(probes.count) - 1 }
    try arena.bytes.withUnsafeBytes { bytes in
      try arena.offsets.withUnsafeBufferPointer { offsets in
        try wanted.withUnsafeBufferPointer { wanted in
          try matcher.scan(
            probes.map { matcher.prepare($0).points },
            arena: bytes,
            offsets: offsets,
            wanted: wanted,
            mode: mode,
            workspace: ScanWorkspace(),
            counts: &counts
          ) { probe, index, score in
            #expect(scores[probe].updateValue(score, forKey: index) == nil)
          }
        }
      }
    }
    return Found(scores: scores, counts: counts)
  }

  @Test(
    "an exhaustive scan gives every pair the score of a comparison",
    arguments: SIMDLevel.available
  )
  func exhaustiveScores(simd: SIMDLevel) throws {
    let matcher = FingerprintMatcher(simd: simd)
    let prints = try Self.templates(60)
    let descriptors = prints.map(matcher.describe)
    let probes = Array(prints.prefix(12))
    let found = try Self.scan(matcher, probes, Arena(descriptors), mode: .exhaustive)
    for (q, probe) in probes.enumerated() {
      #expect(found.counts[q].pairs == prints.count)
      #expect(found.counts[q].pastSecondGate == prints.count)
      for (k, print) in descriptors.enumerated() {
        let expected = try matcher.score(matcher.prepare(probe), print)
        #expect(found.scores[q][k] ?? SimilarityScore(0) == expected, "probe \(q), print \(k)")
      }
    }
  }

  @Test(
    "what passes the gates has the score of a comparison, mates pass, most others do not",
    arguments: [MatcherParameters.standard, .anyRotation]
  )
  func screenedScores(parameters: MatcherParameters) throws {
    let matcher = FingerprintMatcher(parameters: parameters)
    let prints = try (0..<120).map { k in
      let finger = SyntheticFinger(seed: UInt64(k / 2), minutiae: 40)
      return try FingerprintTemplate(view: finger.impression(seed: UInt64(k)))
    }
    let descriptors = prints.map(matcher.describe)
    let probes = (0..<16).map { prints[2 * $0] }
    let screened = try Self.scan(matcher, probes, Arena(descriptors), mode: .screened)
    let exhaustive = try Self.scan(matcher, probes, Arena(descriptors), mode: .exhaustive)
    for q in probes.indices {
      for (k, score) in screened.scores[q] { #expect(exhaustive.scores[q][k] == score) }
      #expect(screened.scores[q][2 * q] != nil)
      #expect(screened.scores[q][2 * q + 1] != nil)
      let counts = screened.counts[q]
      #expect(counts.pairs == prints.count)
      #expect(counts.pairs > counts.pastFirstGate)
      #expect(counts.pastFirstGate >= counts.pastSecondGate)
      #expect(counts.pastSecondGate >= screened.scores[q].count)
    }
    let passed = screened.counts.reduce(0) { $0 + $1.pastSecondGate }
    #expect(passed < probes.count * prints.count / 4)
  }

  @Test(
    "the same pairs pass the gates at every SIMD level",
    arguments: [MatcherParameters.standard, .anyRotation]
  )
  func screenedLevels(parameters: MatcherParameters) throws {
    let portable = FingerprintMatcher(parameters: parameters, simd: .portable)
    let prints = try Self.templates(100)
    let arena = Arena(prints.map(portable.describe))
    let probes = (0..<16).map { prints[($0 * 7) % prints.count] }
    let expected = try Self.scan(portable, probes, arena, mode: .screened)
    #expect(expected.counts.contains { $0.pastSecondGate > 0 })
    for simd in SIMDLevel.available where simd != .portable {
      let matcher = FingerprintMatcher(parameters: parameters, simd: simd)
      #expect(try Self.scan(matcher, probes, arena, mode: .screened) == expected, "\(simd)")
    }
  }

  @Test(
    "a probe finds the same alone, in a batch, and beside other prints",
    arguments: SearchMode.allCases
  )
  func batches(mode: SearchMode) throws {
    let matcher = FingerprintMatcher()
    let prints = try Self.templates(50)
    let descriptors = prints.map(matcher.describe)
    let probes = Array(prints.prefix(16))
    let together = try Self.scan(matcher, probes, Arena(descriptors), mode: mode)
    for (q, probe) in probes.enumerated() {
      let alone = try Self.scan(matcher, [probe], Arena(descriptors), mode: mode)
      #expect(alone.scores[0] == together.scores[q])
      #expect(alone.counts[0] == together.counts[q])
    }
    let reversed = try Self.scan(matcher, probes, Arena(descriptors.reversed()), mode: mode)
    for q in probes.indices {
      let places = reversed.scores[q].map { (descriptors.count - 1 - $0.key, $0.value) }
      #expect(Dictionary(uniqueKeysWithValues: places) == together.scores[q])
    }
  }

  @Test("a probe meets only the prints that want it", arguments: SearchMode.allCases)
  func wantedPairs(mode: SearchMode) throws {
    let matcher = FingerprintMatcher()
    let prints = try Self.templates(40)
    let arena = Arena(prints.map(matcher.describe))
    let probes = Array(prints.prefix(5))
    let all = try Self.scan(matcher, probes, arena, mode: mode)
    var random = SeededGenerator(seed: 3)
    let wanted = prints.map { _ in UInt32.random(in: 0..<32, using: &random) }
    let some = try Self.scan(matcher, probes, arena, mode: mode, wanted: wanted)
    for q in probes.indices {
      let expected = all.scores[q].filter { wanted[$0.key] >> UInt32(q) & 1 == 1 }
      #expect(some.scores[q] == expected)
      #expect(some.counts[q].pairs == wanted.count { $0 >> UInt32(q) & 1 == 1 })
    }
  }

  @Test("the kernels' score of the second gate is the matcher's, but for rounding")
  func gateScore() throws {
    // Gates open but for the second: what passes is what scores enough under the gate's hypothesis,
    // so nothing that the matcher scores lower than the gate can pass.
    let prints = try Self.templates(60)
    for least: Float in [40, 200] {
      var gates = ScreeningGates()
      gates.supportFactor = 0
      gates.leastScore = least
      let matcher = FingerprintMatcher(gates: gates)
      let arena = Arena(prints.map(matcher.describe))
      let found = try Self.scan(matcher, Array(prints.prefix(12)), arena, mode: .screened)
      let all = try Self.scan(matcher, Array(prints.prefix(12)), arena, mode: .exhaustive)
      var passed = 0
      for q in 0..<12 {
        for (k, score) in all.scores[q] {
          let passes = found.scores[q][k] != nil
          passed += passes ? 1 : 0
          if score.value < 0.7 * least { #expect(!passes, "probe \(q), print \(k): \(score)") }
          if score.value > 2 * least { #expect(passes, "probe \(q), print \(k): \(score)") }
        }
      }
      #expect(passed > 12)
    }
  }

  @Test("bytes that are no packed print are named, and nothing outside the arena is read")
  func damagedPrints() throws {
    let matcher = FingerprintMatcher()
    let prints = try Self.templates(9)
    let arena = Arena(prints.map(matcher.describe))
    let start = Int(arena.offsets[7]) * 8
    // Behind the header, 16 half planes, and 46 bytes a lane of signature, place and norm.
    let angles = 8 + 32 + 46 * 16 * ((matcher.describe(prints[7]).count + 15) / 16)
    let damages: [(String, (inout Arena) -> Void)] = [
      ("too many minutiae", { $0.bytes[start + 1] = 1 }),
      ("too few blocks", { $0.bytes[start + 2] = 0 }),
      ("too many blocks", { $0.bytes[start + 3] = 255 }),
      ("angles that descend", { $0.bytes[start + angles] = 255 }),
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
          try Self.scan(matcher, [prints[0]], damaged, mode: mode)
        }
      }
    }
  }
}
