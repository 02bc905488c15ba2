import BiomatchCore

@testable import BiomatchLinkage

/// Codes as they come, and as they are hardest: of any fill, empty, full, alike but for a few bits.
enum RandomCodes {
  static func reference(_ text: String) -> ReferenceID {
    guard let reference = try? ReferenceID(text) else { fatalError("\(text) is an identifier") }
    return reference
  }

  static func make(_ codes: [[UInt8]], bits: Int, name: String) throws -> Codes {
    var made = try Codes(bits: bits, schema: nil)
    for (row, code) in codes.enumerated() {
      try made.append(reference("\(name)\(row)"), code: code)
    }
    return made
  }

  /// Two sides, of which the second has many variants of the first's codes.
  static func sides(
    bits: Int,
    countA: Int,
    countB: Int,
    fill: Double,
    seed: UInt64
  ) throws -> (Codes, Codes) {
    var random = SeededGenerator(seed: seed)
    func code(_ fill: Double) -> [UInt8] {
      (0..<bits / 8).map { _ in
        (0..<8).reduce(UInt8(0)) { byte, _ in
          byte << 1 | (Double.random(in: 0..<1, using: &random) < fill ? 1 : 0)
        }
      }
    }
    func variant(_ code: [UInt8]) -> [UInt8] {
      var code = code
      for _ in 0..<Int.random(in: 0...bits / 8, using: &random) {
        code[Int.random(in: code.indices, using: &random)] ^=
          1 << UInt8(Int.random(in: 0..<8, using: &random))
      }
      return code
    }
    func any() -> [UInt8] {
      switch Int.random(in: 0..<10, using: &random) {
      case 0: code(0)
      case 1: code(1)
      case 2: code(Double.random(in: 0...1, using: &random))
      default: code(fill)
      }
    }
    let a = (0..<countA).map { _ in any() }
    let b = (0..<countB).map { _ in
      if Bool.random(using: &random), let one = a.randomElement(using: &random) {
        return variant(one)
      }
      return any()
    }
    return (
      try make(a, bits: bits, name: "a"), try make(b, bits: bits, name: "b")
    )
  }
}

/// The definition, pair by pair.
enum NaiveComparison {
  static func candidates(
    _ a: Codes,
    _ b: Codes,
    threshold: Double,
    limit: Int?,
    where isCompared: (Int, Int) -> Bool = { _, _ in true }
  ) -> [CandidatePair] {
    let (codesA, codesB) = (bytes(a), bytes(b))
    return codesA.indices.flatMap { row in
      var list: [(b: Int, score: Double)] = []
      for other in codesB.indices where isCompared(row, other) {
        var (common, sum) = (0, 0)
        for (x, y) in zip(codesA[row], codesB[other]) {
          common += (x & y).nonzeroBitCount
          sum += x.nonzeroBitCount + y.nonzeroBitCount
        }
        let score = sum == 0 ? 0 : 2 * Double(common) / Double(sum)
        if score >= threshold { list.append((other, score)) }
      }
      list.sort { $0.score != $1.score ? $0.score > $1.score : $0.b < $1.b }
      return list.prefix(limit ?? list.count).map {
        CandidatePair(a: row, b: $0.b, score: $0.score)
      }
    }
  }

  private static func bytes(_ codes: Codes) -> [[UInt8]] {
    (0..<codes.count).map { codes.bytes(ofRow: $0) }
  }
}
