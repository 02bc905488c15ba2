/// A short name inside a ``Segment``: 1 to 24 lower-case letters, digits, hyphens, full stops.
public struct SegmentLabel: Sendable, Hashable {
  static let maximumByteCount = 24

  /// The name.
  public let string: String

  /// The label with that name; `nil` when it breaks the rule.
  public init?(_ string: String) {
    guard (1...Self.maximumByteCount).contains(string.utf8.count),
      string.utf8.allSatisfy(Self.isAllowed)
    else { return nil }
    self.string = string
  }

  /// The label stored in a field that zeros fill up.
  init?(field: some Collection<UInt8>) {
    let name = field.prefix { $0 != 0 }
    guard field.dropFirst(name.count).allSatisfy({ $0 == 0 }) else { return nil }
    self.init(String(decoding: name, as: UTF8.self))
  }

  /// The name, filled up with zeros.
  var field: [UInt8] {
    let name = Array(string.utf8)
    return name + Array(repeating: 0, count: Self.maximumByteCount - name.count)
  }

  private static func isAllowed(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "-"), UInt8(ascii: "."):
      true
    default: false
    }
  }
}

extension SegmentLabel: ExpressibleByStringLiteral {
  /// The label with that name; a literal that breaks the rule is a programmer error.
  public init(stringLiteral value: String) {
    guard let label = Self(value) else { preconditionFailure("\(value) is no segment label") }
    self = label
  }
}

extension SegmentLabel: CustomStringConvertible {
  /// The name.
  public var description: String { string }
}
