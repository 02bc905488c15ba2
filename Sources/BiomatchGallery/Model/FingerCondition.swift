import BiomatchFingerprint

/// Why a finger gave no sample.
public enum FingerCondition: UInt8, Sendable, Hashable, Codable, CaseIterable {
  /// It was not captured; nothing is known of the reason.
  case missing = 1
  /// It is bandaged and may be captured later.
  case bandaged = 2
  /// It, or its tip, is not there any more.
  case amputated = 3
}

/// The condition of one finger of a person.
public struct FingerStatus: Sendable, Hashable, Codable {
  /// Which finger.
  public var position: FingerPosition
  /// Why there is no sample of it.
  public var condition: FingerCondition

  /// The condition of the finger at that position.
  public init(position: FingerPosition, condition: FingerCondition) {
    self.position = position
    self.condition = condition
  }
}
