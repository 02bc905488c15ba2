import BiomatchCore
import BiomatchFace
import BiomatchTestSupport
import Testing

/// What is known of the Haar distribution on all orthonormal maps of d values. The bounds are four
/// standard errors of what is measured; seeds make the outcome the same every time.
@Suite("Distribution of face rotations")
struct RotationDistributionTests {
  private static let keys = 240
  private static let dimension = 64

  private struct Sample {
    var corner: [Double] = []
    var entries: [Double] = []
    var traces: [Double] = []
    var squareTraces: [Double] = []
    var cosines: [Double] = []
    var determinants: [Double] = []
  }

  private static let sample = Result { try drawSample() }

  private static func drawSample() throws -> Sample {
    var sample = Sample()
    let face = Array(
      SyntheticFaces(seed: 1, parameters: .fullRank(dimension: dimension))
        .vector(identity: 0, sample: 0)
    )
    for seed in 0..<UInt64(keys) {
      let columns = try Rotations.matrix(seed: seed, dimension: dimension)
      sample.corner.append(Double(columns[0][0]))
      sample.entries += [(5, 3), (0, 40), (63, 63), (63, 0)].map { Double(columns[$0.0][$0.1]) }
      sample.traces.append((0..<dimension).reduce(0) { $0 + Double(columns[$1][$1]) })
      var squares = 0.0
      var image = [Float](repeating: 0, count: dimension)
      for (column, values) in columns.enumerated() {
        for (row, value) in values.enumerated() {
          squares += Double(value) * Double(columns[row][column])
          image[row] += value * face[column]
        }
      }
      sample.squareTraces.append(squares)
      sample.cosines.append(Rotations.product(face, image))
      if seed < 60 { sample.determinants.append(Rotations.determinant(columns)) }
    }
    return sample
  }

  private func expect(
    _ values: [Double],
    mean: Double,
    variance: Double,
    _ name: String,
    at location: SourceLocation = #_sourceLocation
  ) {
    let count = Double(values.count)
    let found = (Rotations.mean(values), Rotations.variance(values))
    let limit = 4 * (variance / count).squareRoot()
    #expect(abs(found.0 - mean) < limit, "mean of \(name)", sourceLocation: location)
    // Nearly normal values: the variance of the squares is twice the square of the variance.
    let spread = 4 * (2 / count).squareRoot() * variance
    #expect(abs(found.1 - variance) < spread, "variance of \(name)", sourceLocation: location)
  }

  @Test("every entry of the matrix has mean 0 and variance 1/d")
  func entries() throws {
    let sample = try Self.sample.get()
    let variance = 1 / Double(Self.dimension)
    expect(sample.corner, mean: 0, variance: variance, "the first entry")
    expect(sample.entries, mean: 0, variance: variance, "entries")
  }

  /// Source: Diaconis, Evans, "Linear functionals of eigenvalues of random matrices", Transactions of
  /// the AMS 353(7), 2001, doi:10.1090/S0002-9947-01-02800-8.
  @Test("the trace has mean 0 and variance 1, that of the square mean 1 and variance 2")
  func traces() throws {
    let sample = try Self.sample.get()
    expect(sample.traces, mean: 0, variance: 1, "the trace")
    expect(sample.squareTraces, mean: 1, variance: 2, "the trace of the square")
  }

  @Test("a face and its image are like strangers")
  func images() throws {
    let sample = try Self.sample.get()
    expect(sample.cosines, mean: 0, variance: 1 / Double(Self.dimension), "the cosine")
  }

  @Test("half of the maps are proper rotations, half have a reflection")
  func determinants() throws {
    let sample = try Self.sample.get()
    #expect(sample.determinants.allSatisfy { abs(abs($0) - 1) < 1e-4 })
    // 60 throws of a coin: four standard errors are 15.5.
    #expect(abs(sample.determinants.count { $0 > 0 } - 30) < 16)
  }
}
