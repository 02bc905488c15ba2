import BiomatchFace
import Testing

@Suite("Parameters of synthetic faces")
struct SyntheticFaceParametersTests {
  @Test("the presets are in range at every dimension")
  func presets() throws {
    for dimension in FaceVectors.dimensions {
      try SyntheticFaceParameters.fullRank(dimension: dimension).validate()
      try SyntheticFaceParameters.lowRank(dimension: dimension).validate()
    }
    #expect(SyntheticFaceParameters.lowRank().rank == 191)
    #expect(SyntheticFaceParameters.fullRank().rank == 512)
  }

  @Test("what is out of range is named", arguments: [Double.nan, .infinity, -1])
  func range(value: Double) {
    let fields: [(String, WritableKeyPath<SyntheticFaceParameters, Double>)] = [
      ("spectralDecay", \.spectralDecay), ("commonEnergy", \.commonEnergy),
      ("populationShare", \.populationShare), ("sampleNoise", \.sampleNoise),
      ("sampleSpread", \.sampleSpread),
    ]
    for (name, path) in fields {
      var parameters = SyntheticFaceParameters.fullRank()
      parameters[keyPath: path] = value
      #expect(throws: SyntheticFaceParametersError.self) { try parameters.validate() }
      do { try parameters.validate() } catch { #expect(error.name == name) }
    }
  }

  @Test("a dimension, rank or share that cannot be is named")
  func impossible() {
    let changes: [(String, (inout SyntheticFaceParameters) -> Void)] = [
      ("dimension", { $0.dimension = 63 }),
      ("dimension", { $0.dimension = 4097 }),
      ("rank", { $0.rank = 513 }),
      ("rank", { $0.rank = 1 }),
      ("populations", { $0.populations = 0 }),
      ("lookalikeGroups", { $0.lookalikeGroups = 100_001 }),
      (
        "populationShare + lookalikeShare", { ($0.populationShare, $0.lookalikeShare) = (0.6, 0.5) }
      ),
    ]
    for (name, change) in changes {
      var parameters = SyntheticFaceParameters.fullRank()
      change(&parameters)
      do {
        try parameters.validate()
        Issue.record("\(name) is accepted")
      } catch {
        #expect(error.name == name)
      }
    }
  }

  @Test("the extremes of the ranges make vectors of unit length")
  func extremes() throws {
    for isHigh in [false, true] {
      var parameters = SyntheticFaceParameters.fullRank(dimension: 64)
      let bound = isHigh ? 1.0 : 0
      parameters.rank = isHigh ? 64 : 2
      parameters.spectralDecay = 30 * bound
      parameters.commonEnergy = 100 * bound
      (parameters.populations, parameters.lookalikeGroups) = isHigh ? (1000, 1000) : (1, 1)
      (parameters.populationShare, parameters.lookalikeShare) = (bound, 0)
      parameters.sampleNoise = 100 * bound
      (parameters.identitySpread, parameters.sampleSpread) = (bound, bound)
      try parameters.validate()
      let vectors = SyntheticFaces(seed: 1, parameters: parameters)
        .vectors(identities: 0..<50, samples: 0..<2)
      for row in 0..<vectors.count { #expect(abs(vectors.length(row) - 1) < 1e-6) }
    }
  }
}

extension FaceVectors {
  func length(_ row: Int) -> Double {
    self[row].reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
  }
}
