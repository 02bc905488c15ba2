import BiomatchEvaluation
import BiomatchFace
import BiomatchTestSupport
import Testing

/// Whether the presets are like the models that they imitate, within the tolerances that
/// `docs/synthetic-faces.md` states.
@Suite("Distribution of synthetic faces")
struct SyntheticFaceDistributionTests {
  /// What real vectors of LFW give.
  struct Reference: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var parameters: SyntheticFaceParameters
    var impostor: (mean: Double, deviation: Double)
    var genuine: (mean: Double, deviation: Double)
    /// At FMR 1e-3 and 1e-5.
    var thresholds: [Double]
  }

  static let references = [
    Reference(
      testDescription: "low rank, 512",
      parameters: .lowRank(),
      impostor: (0.013, 0.076),
      genuine: (0.607, 0.110),
      thresholds: [0.267, 0.394]
    ),
    Reference(
      testDescription: "full rank, 128",
      parameters: .fullRank(dimension: 128),
      impostor: (0.005, 0.095),
      genuine: (0.681, 0.108),
      thresholds: [0.323, 0.467]
    ),
  ]

  @Test("means and deviations of cosines are those of real vectors", arguments: Self.references)
  func moments(reference: Reference) {
    let sample = FaceSample(reference.parameters, identities: BuildMode.isOptimised ? 2000 : 250)
    for (found, expected) in [
      (sample.impostor.mean, reference.impostor.mean),
      (sample.impostor.deviation, reference.impostor.deviation),
      (sample.genuine.mean, reference.genuine.mean),
      (sample.genuine.deviation, reference.genuine.deviation),
    ] {
      #expect(abs(found - expected) <= 0.02, "\(found), real \(expected)")
    }
  }

  @Test(
    "thresholds and the error rate are near those of real vectors",
    .enabled(if: BuildMode.isOptimised, "\(BuildMode.notOptimised)"),
    arguments: Self.references
  )
  func tail(reference: Reference) throws {
    let sample = FaceSample(reference.parameters, identities: 2000)
    let impostor = sample.impostor.sorted(by: >)
    for (share, expected) in zip([1e-3, 1e-5], reference.thresholds) {
      let found = impostor[Int(share * Double(impostor.count))]
      #expect(abs(found - expected) <= 0.03, "at \(share): \(found), real \(expected)")
    }
    // A normal distribution passes 4.26 deviations in 1e-5 of the cases.
    let normal = impostor.mean + 4.26 * impostor.deviation
    #expect(impostor[impostor.count / 100_000] > normal + 0.02)
    let rates = ErrorRates(
      of: ScoreSet(name: "synthetic", genuine: sample.genuine, impostor: impostor)
    )
    let eer = try #require(rates.rates.eer)
    #expect((0.001...0.01).contains(eer), "\(eer)")
  }

  @Test("the full rank of 512 dimensions is more even, and as easy to tell apart")
  func fullRank() {
    let sample = FaceSample(.fullRank(), identities: BuildMode.isOptimised ? 2000 : 250)
    #expect((0.056...0.064).contains(sample.impostor.deviation), "\(sample.impostor.deviation)")
    #expect((0.661...0.701).contains(sample.genuine.mean), "\(sample.genuine.mean)")
  }

  @Test("vectors span the rank of their parameters")
  func rank() {
    let dimension = BuildMode.isOptimised ? 512 : 64
    for parameters in [
      SyntheticFaceParameters.fullRank(dimension: dimension), .lowRank(dimension: dimension),
    ] {
      let vectors = SyntheticFaces(seed: 1, parameters: parameters)
        .vectors(identities: 0..<2 * dimension)
      #expect(vectors.numericalRank == parameters.rank)
    }
  }

  @Test("no value varies much more than another", arguments: [64, 96, 500, 512, 1023])
  func evenness(dimension: Int) {
    var parameters = SyntheticFaceParameters.fullRank(dimension: dimension)
    parameters.lookalikeGroups = 100_000 / dimension
    let count = BuildMode.isOptimised ? 2000 : 300
    let vectors = SyntheticFaces(seed: 1, parameters: parameters).vectors(identities: 0..<count)
    let deviations = (0..<dimension).map { column in
      (0..<count).map { Double(vectors.values[$0 * dimension + column]) }.deviation
    }
    let ratio = (deviations.max() ?? .infinity) / (deviations.min() ?? 0)
    #expect(ratio < 2, "\(ratio)")
  }

  @Test("more noise and a steeper spectrum do what their names say")
  func parameters() {
    let identities = 200
    let before = FaceSample(.fullRank(dimension: 64), identities: identities)
    var parameters = SyntheticFaceParameters.fullRank(dimension: 64)
    parameters.sampleNoise *= 2
    let noisy = FaceSample(parameters, identities: identities)
    #expect(noisy.genuine.mean < before.genuine.mean - 0.1)
    parameters = .fullRank(dimension: 64)
    parameters.spectralDecay *= 4
    let steep = FaceSample(parameters, identities: identities)
    #expect(steep.impostor.deviation > before.impostor.deviation + 0.03)
    parameters = .fullRank(dimension: 64)
    parameters.commonEnergy = 0.5
    let common = FaceSample(parameters, identities: identities)
    #expect(common.impostor.mean > before.impostor.mean + 0.2)
  }
}

/// Two samples of each of some identities, compared.
private struct FaceSample {
  var genuine: [Double] = []
  var impostor: [Double] = []

  init(_ parameters: SyntheticFaceParameters, identities: Int) {
    let faces = SyntheticFaces(seed: 1, parameters: parameters)
    let first = faces.vectors(identities: 0..<identities, samples: 0..<1)
    let second = faces.vectors(identities: 0..<identities, samples: 1..<2)
    for a in 0..<identities {
      genuine.append(cosine(first[a], second[a]))
      for b in 0..<a { impostor.append(cosine(first[a], second[b])) }
    }
  }

  private func cosine(_ a: ArraySlice<Float>, _ b: ArraySlice<Float>) -> Double {
    a.withUnsafeBufferPointer { a in
      b.withUnsafeBufferPointer { b in
        var sums = (0.0, 0.0)
        var k = 0
        while k + 1 < a.count {
          sums.0 += Double(a[k]) * Double(b[k])
          sums.1 += Double(a[k + 1]) * Double(b[k + 1])
          k += 2
        }
        return sums.0 + sums.1
      }
    }
  }
}

extension [Double] {
  fileprivate var mean: Double { reduce(0, +) / Double(count) }

  fileprivate var deviation: Double {
    let mean = mean
    return (reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count)).squareRoot()
  }
}

extension FaceVectors {
  /// How many vectors are no linear combinations of those before them, but for a remainder of 1/1000.
  fileprivate var numericalRank: Int {
    var basis: [[Double]] = []
    for row in 0..<count where basis.count < dimension {
      var rest = self[row].map(Double.init)
      for axis in basis {
        var share = 0.0
        for k in rest.indices { share += rest[k] * axis[k] }
        for k in rest.indices { rest[k] -= share * axis[k] }
      }
      let length = rest.reduce(0) { $0 + $1 * $1 }.squareRoot()
      if length > 1e-3 { basis.append(rest.map { $0 / length }) }
    }
    return basis.count
  }
}
