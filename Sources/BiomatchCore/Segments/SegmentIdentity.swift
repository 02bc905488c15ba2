/// What a ``Segment`` holds and how it came about: segments work together when these are equal.
public struct SegmentIdentity: Sendable, Hashable {
  /// What is stored, `fingerprint-index` for example.
  public var kind: SegmentLabel
  /// The algorithm that made it and its generation, `cylinders-1` for example.
  public var engine: SegmentLabel
  /// The parameters, or the model, that it was made with.
  public var parameters: ParameterDigest

  /// An identity of the given parts.
  public init(kind: SegmentLabel, engine: SegmentLabel, parameters: ParameterDigest) {
    self.kind = kind
    self.engine = engine
    self.parameters = parameters
  }
}
