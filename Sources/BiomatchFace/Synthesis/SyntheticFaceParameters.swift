/// Every tunable constant of the synthetic face vectors, in one place.
///
/// The constants describe how the vectors of a face model lie in its space; they are summary
/// statistics and fitted constants, none is taken from one person's face.
/// `docs/synthetic-faces.md` says how far the vectors agree with those of real faces. Energies are
/// mean squared lengths, in units of that of an identity's deviation from the mean of all people.
///
/// ```swift
/// var parameters = SyntheticFaceParameters.fullRank(dimension: 256)
/// parameters.sampleNoise *= 2  // a model or a camera that is worse
/// ```
public struct SyntheticFaceParameters: Sendable, Hashable, Codable {
  /// How many values a vector has, ``FaceVectors/dimensions``.
  public var dimension: Int
  /// In how many dimensions the vectors vary, at most all.
  public var rank: Int
  /// Natural logarithm of the ratio of the largest to the smallest variance of identities along the
  /// main axes of the space, between which the variance falls exponentially; 0 for all alike. Falling
  /// variances spread the scores of different people: with energy shares p along the axes their
  /// variance is the sum of p².
  public var spectralDecay: Double

  // MARK: Who looks like whom

  /// Energy of the mean of all people. It moves the mean score of different people above zero.
  public var commonEnergy: Double
  /// How many populations there are whose people are like one another; each identity belongs to one.
  public var populations: Int = 64
  /// Share of the energy of an identity that is its population's.
  public var populationShare: Double = 0.15
  /// How many groups of lookalikes there are; each identity belongs to one. Two people are of one
  /// group with a probability of one over this number, whatever the size of the gallery.
  public var lookalikeGroups: Int = 1000
  /// Share of the energy of an identity that is its group's. It makes the upper tail of the scores of
  /// different people.
  public var lookalikeShare: Double

  // MARK: How samples of a person differ

  /// Energy of a sample's deviation from its identity, for a middling identity and a good sample.
  public var sampleNoise: Double
  /// Deviation of the natural logarithm of the noise's length between identities.
  public var identitySpread: Double = 0.14
  /// The same between samples. Half of the samples are good; the others have a longer noise, by e to
  /// the power of this times the magnitude of a normal deviate.
  public var sampleSpread: Double = 0.38

  /// A model that uses all dimensions.
  ///
  /// At 128 dimensions scores are distributed as those of the MobileFaceNet model that
  /// `docs/synthetic-faces.md` names. Larger models use their dimensions less evenly: the decay grows
  /// with the dimension, so that identities never spread more than over 256 even dimensions would.
  /// That is an assumption.
  ///
  /// - Parameter dimension: One of ``FaceVectors/dimensions``.
  public static func fullRank(dimension: Int = 512) -> SyntheticFaceParameters {
    SyntheticFaceParameters(
      dimension: dimension,
      rank: dimension,
      spectralDecay: min(30, 1 + Double(dimension) / 128),
      commonEnergy: 0.006,
      lookalikeShare: 0.39,
      sampleNoise: 0.32
    )
  }

  /// A model whose vectors lie in a subspace, of 191 dimensions out of 512 and in that proportion of
  /// others.
  ///
  /// At 512 dimensions scores are distributed as those of the EdgeFace-XS model that
  /// `docs/synthetic-faces.md` names.
  ///
  /// - Parameter dimension: One of ``FaceVectors/dimensions``.
  public static func lowRank(dimension: Int = 512) -> SyntheticFaceParameters {
    SyntheticFaceParameters(
      dimension: dimension,
      rank: (191 * dimension + 256) / 512,
      spectralDecay: 2,
      commonEnergy: 0.019,
      lookalikeShare: 0.34,
      sampleNoise: 0.46
    )
  }

  private init(
    dimension: Int,
    rank: Int,
    spectralDecay: Double,
    commonEnergy: Double,
    lookalikeShare: Double,
    sampleNoise: Double
  ) {
    self.dimension = dimension
    self.rank = rank
    self.spectralDecay = spectralDecay
    self.commonEnergy = commonEnergy
    self.lookalikeShare = lookalikeShare
    self.sampleNoise = sampleNoise
  }
}
