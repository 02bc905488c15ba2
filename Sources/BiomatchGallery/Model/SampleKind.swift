/// The kinds of biometric samples that a gallery holds.
public enum SampleKind: String, Sendable, Hashable, Codable, CaseIterable {
  /// An impression of one finger.
  case finger
  /// A face, as the vector that a model made of it.
  case face

  /// The number that stands for the kind in files.
  var number: Int {
    switch self {
    case .finger: 1
    case .face: 2
    }
  }

  init?(number: Int) {
    guard let kind = Self.allCases.first(where: { $0.number == number }) else { return nil }
    self = kind
  }
}
