/// A format of machine-readable zones, by size and kind of document.
public enum MRZFormat: String, Sendable, Hashable, Codable, CaseIterable {
  /// Cards: three lines of 30 characters (ICAO Doc 9303 part 5).
  case td1
  /// Larger cards: two lines of 36 characters (part 6).
  case td2
  /// Passports: two lines of 44 characters (part 4).
  case td3
  /// Visas of format A: two lines of 44 characters (part 7).
  case mrvA = "mrv-a"
  /// Visas of format B: two lines of 36 characters (part 7).
  case mrvB = "mrv-b"

  /// How many lines there are.
  public var lineCount: Int { self == .td1 ? 3 : 2 }

  /// How many characters a line has.
  public var lineLength: Int {
    switch self {
    case .td1: 30
    case .td2, .mrvB: 36
    case .td3, .mrvA: 44
    }
  }

  /// How many characters there are for the name, separators included.
  public var nameCapacity: Int { layout.name.count }

  /// The format's name for people.
  public var title: String {
    switch self {
    case .td1, .td2, .td3: rawValue.uppercased()
    case .mrvA: "MRV-A"
    case .mrvB: "MRV-B"
    }
  }

  /// The part of Doc 9303 that defines the format.
  var part: Int {
    switch self {
    case .td1: 5
    case .td2: 6
    case .td3: 4
    case .mrvA, .mrvB: 7
    }
  }

  var isVisa: Bool { self == .mrvA || self == .mrvB }

  /// Whether a document number of more than nine characters goes on in the optional data.
  var hasLongNumbers: Bool { self == .td1 || self == .td2 }

  /// How many characters a document number may have; a long one is followed by its check digit and a
  /// filler.
  var numberCapacity: Int { hasLongNumbers ? 9 + layout.optional.count - 2 : 9 }
}
