import BiomatchCore

/// A population of faces that nobody has, as the vectors that a model would make of their images, for
/// demonstrations, tests and measurements at any scale.
///
/// Sample 2 of identity 123 is the same bits on every machine, in whatever order, batch and number of
/// threads vectors are made: each identity and each sample has a random stream of its own, and the
/// arithmetic rounds alike everywhere. So a gallery of a million identities begins with the gallery of
/// a thousand; sample 1 of the same identities are mated probes, identities behind the gallery are
/// non-mated ones.
///
/// ```swift
/// let faces = SyntheticFaces(seed: 7)
/// let gallery = faces.vectors(identities: 0..<10_000)
/// let mated = faces.vectors(identities: 0..<100, samples: 1..<2)
/// let strangers = faces.vectors(identities: 10_000..<10_100)
/// ```
///
/// The model is statistical: identities are normal along main axes of falling variance, share a part
/// with their population and with a group of lookalikes, and samples deviate from them by noise whose
/// length depends on both. `docs/synthetic-faces.md` describes it and compares its scores with those
/// of real faces. A change of the model or its parameters changes the bits and is noted in the
/// changelog.
///
/// Never use it to state how accurate a face model is on people.
public struct SyntheticFaces: Sendable {
  /// Names the population.
  public let seed: UInt64
  /// The constants that the vectors follow.
  public let parameters: SyntheticFaceParameters

  let space: FaceSpace
  let populations: FaceGroups
  let lookalikes: FaceGroups

  /// The population of that seed.
  ///
  /// - Parameters:
  ///   - seed: Populations of different seeds are different people, seen by the same model.
  ///   - parameters: The constants, which ``SyntheticFaceParameters/validate()`` accepts.
  /// - Complexity: O(rank x number of groups): about a millisecond for the presets.
  public init(seed: UInt64, parameters: SyntheticFaceParameters = .fullRank()) {
    precondition(parameters.flaw == nil, "the parameters of synthetic faces are out of range")
    self.seed = seed
    self.parameters = parameters
    space = FaceSpace(parameters)
    populations = FaceGroups(
      count: parameters.populations,
      share: parameters.populationShare,
      space: space,
      SeededGenerator(seed: seed, stream: .max, 0)
    )
    lookalikes = FaceGroups(
      count: parameters.lookalikeGroups,
      share: parameters.lookalikeShare,
      space: space,
      SeededGenerator(seed: seed, stream: .max, 1)
    )
  }

  /// The vector of a sample, of unit length.
  ///
  /// - Parameters:
  ///   - identity: 0 or more; there is no last identity.
  ///   - sample: 0 or more; there is no last sample.
  /// - Complexity: O(d log d) for the dimension d.
  public func vector(identity: Int, sample: Int) -> [Float] {
    vectors(identities: identity..<identity + 1, samples: sample..<sample + 1).values
  }

  /// The vectors of samples, of unit length: all of the first identity, then those of the next.
  ///
  /// - Parameters:
  ///   - identities: The identities, from 0 on.
  ///   - samples: The samples of each, from 0 on; the first unless told.
  /// - Complexity: O(d log d) for each vector of dimension d.
  public func vectors(identities: Range<Int>, samples: Range<Int> = 0..<1) -> FaceVectors {
    let count = identities.count * samples.count * parameters.dimension
    let values = [Float](unsafeUninitializedCapacity: count) { values, initializedCount in
      fill(values, identities, samples)
      initializedCount = count
    }
    return FaceVectors(dimension: parameters.dimension, checked: values)
  }

  /// The same vectors in an array that is used again, which spares its allocation.
  ///
  /// - Parameter values: The array; it is brought to the size of the result and overwritten.
  public func fill(
    _ values: inout [Float],
    identities: Range<Int>,
    samples: Range<Int> = 0..<1
  ) {
    let count = identities.count * samples.count * parameters.dimension
    if values.count != count { values = [Float](repeating: 0, count: count) }
    values.withUnsafeMutableBufferPointer { fill($0, identities, samples) }
  }

  private func fill(
    _ values: UnsafeMutableBufferPointer<Float>,
    _ identities: Range<Int>,
    _ samples: Range<Int>
  ) {
    precondition(identities.lowerBound >= 0, "identities are numbered from 0")
    precondition(samples.lowerBound >= 0, "samples are numbered from 0")
    var draft = FaceDraft(of: self)
    let dimension = parameters.dimension
    var row = 0
    for identity in identities where !samples.isEmpty {
      draft.draw(identity: identity)
      for sample in samples {
        draft.draw(sample: sample)
        draft.write(to: UnsafeMutableBufferPointer(rebasing: values[row..<row + dimension]))
        row += dimension
      }
    }
  }
}

extension SyntheticFaces: Hashable {
  /// Whether two populations are the same: they have the same seed and parameters.
  public static func == (a: SyntheticFaces, b: SyntheticFaces) -> Bool {
    a.seed == b.seed && a.parameters == b.parameters
  }

  /// Hashes the seed and the parameters.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(seed)
    hasher.combine(parameters)
  }
}
