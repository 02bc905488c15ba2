/// The kinds of biometric samples that a gallery holds.
public enum SampleKind: String, Sendable, Hashable, Codable, CaseIterable {
  /// An impression of one finger.
  case finger
  /// A face, as the vector that a model made of it.
  case face
}
