import BiomatchCore
import BiomatchFace
import BiomatchTestSupport
import Testing

@Suite struct FaceMatcherTests {
  @Test(
    "a score is the sum of eight lanes in double precision at every SIMD level",
    arguments: SIMDLevel.available,
    [64, 65, 71, 100, 128, 512, 513, 4096]
  )
  func canonical(simd: SIMDLevel, dimension: Int) throws {
    var random = SeededGenerator(seed: UInt64(dimension))
    let values = (0..<8 * dimension).map { _ in Float.random(in: -1...1, using: &random) }
    let vectors = UnitFaceVectors(try FaceVectors(dimension: dimension, values: values), simd: simd)
    let matcher = FaceMatcher(simd: simd)
    for row in 0..<8 {
      #expect(
        Array(vectors[row]) == naiveUnit(Array(values[row * dimension..<(row + 1) * dimension]))
      )
      let expected = (0..<8).map { naiveScore(Array(vectors[row]), Array(vectors[$0])) }
      #expect(matcher.scores(of: vectors, row, with: vectors, rows: 0..<8) == expected)
      #expect(matcher.score(vectors, row, vectors, 3) == SimilarityScore(expected[3]))
    }
  }

  @Test(
    "scores are symmetric, and one with itself up to a rounding",
    arguments: SIMDLevel.available
  )
  func symmetric(simd: SIMDLevel) throws {
    var random = SeededGenerator(seed: 3)
    let values = (0..<64 * 512).map { _ in Float.random(in: -1e-20...1e-20, using: &random) }
    let vectors = UnitFaceVectors(try FaceVectors(dimension: 512, values: values), simd: simd)
    let matcher = FaceMatcher(simd: simd)
    for row in 0..<64 {
      #expect(abs(matcher.score(vectors, row, vectors, row).value - 1) < 1e-6)
      for other in 0..<row {
        #expect(
          matcher.score(vectors, row, vectors, other) == matcher.score(vectors, other, vectors, row)
        )
      }
    }
  }

  @Test("the largest and the smallest numbers have a direction", arguments: SIMDLevel.available)
  func extremes(simd: SIMDLevel) throws {
    for value in [Float.greatestFiniteMagnitude, .leastNonzeroMagnitude] {
      let vectors = UnitFaceVectors(
        try FaceVectors(dimension: 64, values: Array(repeating: value, count: 64)),
        simd: simd
      )
      #expect(vectors.values == Array(repeating: 0.125, count: 64))
    }
  }

  private func naiveScore(_ a: [Float], _ b: [Float]) -> Float {
    Float(naiveSum(a, b))
  }

  private func naiveUnit(_ a: [Float]) -> [Float] {
    let scale = 1 / naiveSum(a, a).squareRoot()
    return a.map { Float(Double($0) * scale) }
  }

  private func naiveSum(_ a: [Float], _ b: [Float]) -> Double {
    var lanes = [Double](repeating: 0, count: 8)
    for (index, (x, y)) in zip(a, b).enumerated() { lanes[index % 8] += Double(x) * Double(y) }
    return ((lanes[0] + lanes[4]) + (lanes[2] + lanes[6]))
      + ((lanes[1] + lanes[5]) + (lanes[3] + lanes[7]))
  }
}
