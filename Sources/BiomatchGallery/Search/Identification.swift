import BiomatchCore
import BiomatchFingerprint

/// A stored sample that resembles a probe.
public struct GalleryCandidate: Sendable, Hashable, Codable {
  /// Whose sample it is.
  public var subject: SubjectID
  /// Which sample.
  public var reference: ReferenceID
  /// What kind of sample.
  public var kind: SampleKind
  /// Which finger the sample is of; `nil` for a face.
  public var position: FingerPosition?
  /// How alike probe and sample are.
  public var score: SimilarityScore
  /// The place in the list, counted from one.
  public var rank: Int

  /// Whether it is listed before `other`: by higher score, then by lower reference.
  func precedes(_ other: GalleryCandidate) -> Bool {
    score == other.score ? reference < other.reference : score > other.score
  }
}

/// What a search found for one probe.
public struct Identification: Sendable, Hashable, Codable {
  /// The subjects who were found, each with their best sample, best first; equal scores are ordered by
  /// reference. Best means the highest score of any of the probe's samples: nothing is fused.
  public var candidates: [GalleryCandidate]
  /// For each sample of the probe what it found: for every listed subject the best sample, best first.
  public var searches: [[GalleryCandidate]]
  /// How much was compared, all samples of the probe together.
  public var coverage: Coverage
  /// The score from which on subjects are listed, as the policy gave it; `nil` without one.
  public var threshold: SimilarityScore?
  /// The generation of the gallery that was searched.
  public var generation: Int64
}

/// What comparing a probe with one subject gave.
public struct Verification: Sendable, Hashable, Codable {
  /// A sample of the probe and one of the subject.
  public struct Comparison: Sendable, Hashable, Codable {
    /// The place of the sample in the probe, counted from zero.
    public var probe: Int
    /// Which sample of the subject.
    public var reference: ReferenceID
    /// What kind of sample.
    public var kind: SampleKind
    /// Which finger the sample is of; `nil` for a face.
    public var position: FingerPosition?
    /// How alike they are.
    public var score: SimilarityScore
  }

  /// The subject.
  public var subject: SubjectID
  /// The highest score; `nil` where the subject has no sample to compare with.
  public var score: SimilarityScore?
  /// Every pair that was compared, best first; equal scores by reference.
  public var comparisons: [Comparison]
  /// The generation of the gallery that had the samples.
  public var generation: Int64
}
