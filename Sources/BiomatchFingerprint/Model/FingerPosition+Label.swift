extension FingerPosition: CustomStringConvertible {
  /// The position as one lower-case word for options and machine output, for example
  /// `right-index`.
  public var label: String {
    switch self {
    case .unknown: "unknown"
    case .rightThumb: "right-thumb"
    case .rightIndex: "right-index"
    case .rightMiddle: "right-middle"
    case .rightRing: "right-ring"
    case .rightLittle: "right-little"
    case .leftThumb: "left-thumb"
    case .leftIndex: "left-index"
    case .leftMiddle: "left-middle"
    case .leftRing: "left-ring"
    case .leftLittle: "left-little"
    }
  }

  /// The position with that ``label``, or `nil` when there is none.
  public init?(label: String) {
    guard let match = Self.allCases.first(where: { $0.label == label }) else { return nil }
    self = match
  }

  /// The position for people, for example `right index finger`.
  public var description: String {
    let words = label.split(separator: "-").joined(separator: " ")
    switch self {
    case .unknown: return "finger not stated"
    case .rightThumb, .leftThumb: return words
    default: return words + " finger"
    }
  }
}
