import BiomatchCore

/// One biometric sample of a person.
public enum Sample: Sendable, Hashable {
  /// An impression of one finger.
  case finger(FingerSample)
  /// A face.
  case face(FaceSample)

  /// The sample's identifier.
  public var reference: ReferenceID {
    switch self {
    case .finger(let sample): sample.reference
    case .face(let sample): sample.reference
    }
  }

  /// What kind of sample it is.
  public var kind: SampleKind {
    switch self {
    case .finger: .finger
    case .face: .face
    }
  }
}

/// A sample of the gallery, with whose it is.
public struct StoredSample: Sendable, Hashable {
  /// Its number: later samples have greater ones, and none is used twice.
  public var number: Int64
  /// Whose it is.
  public var subject: SubjectID
  /// The sample itself.
  public var sample: Sample

  /// A stored sample of those parts.
  public init(number: Int64, subject: SubjectID, sample: Sample) {
    self.number = number
    self.subject = subject
    self.sample = sample
  }
}
