/// A date of the Gregorian calendar of which any part may be unknown, a date of birth above all.
///
/// Its text has zeros for what is unknown: `1984-05-12`, `1984-05-00`, `1984-00-00`, `0000-00-00`.
///
/// ```swift
/// let birth = try PartialDate("1984-00-00")
/// birth.year   // 1984
/// birth.month  // nil
/// ```
///
/// Dates are ordered part by part, an unknown part first.
public struct PartialDate: Sendable, Hashable {
  // Zero is "unknown", as in the text.
  private let yearNumber: UInt16
  private let monthNumber: UInt8
  private let dayNumber: UInt8

  /// The year, 1...9999, or `nil` when it is unknown.
  public var year: Int? { yearNumber == 0 ? nil : Int(yearNumber) }
  /// The month, 1...12, or `nil` when it is unknown.
  public var month: Int? { monthNumber == 0 ? nil : Int(monthNumber) }
  /// The day of the month, 1...31, or `nil` when it is unknown.
  public var day: Int? { dayNumber == 0 ? nil : Int(dayNumber) }

  /// The date with the given parts.
  ///
  /// - Throws: ``PartialDateError`` when a part is out of its range, or the day is none of the month
  ///   (29 February needs a leap year or an unknown one).
  public init(year: Int?, month: Int? = nil, day: Int? = nil) throws(PartialDateError) {
    if let year, !(1...9999).contains(year) { throw .part("year", range: 1...9999, found: year) }
    if let month, !(1...12).contains(month) { throw .part("month", range: 1...12, found: month) }
    let days = 1...Self.days(inMonth: month, ofYear: year)
    if let day, !days.contains(day) { throw .part("day", range: days, found: day) }
    yearNumber = UInt16(year ?? 0)
    monthNumber = UInt8(month ?? 0)
    dayNumber = UInt8(day ?? 0)
  }

  /// The date of which nothing is known, `0000-00-00`.
  public static let unknown = PartialDate()

  private init() { (yearNumber, monthNumber, dayNumber) = (0, 0, 0) }

  /// Whether year, month and day are all known.
  public var isComplete: Bool { yearNumber != 0 && monthNumber != 0 && dayNumber != 0 }

  /// Whether nothing of the date is known.
  public var isUnknown: Bool { yearNumber == 0 && monthNumber == 0 && dayNumber == 0 }

  /// Whether both can be the same day: no part is known in both and different.
  public func isCompatible(with other: PartialDate) -> Bool {
    func agree(_ a: Int?, _ b: Int?) -> Bool { a == nil || b == nil || a == b }
    guard agree(year, other.year), agree(month, other.month), agree(day, other.day) else {
      return false
    }
    // 29 February of an unknown year is no day of 1985; nor is the 31st a day of some February.
    guard let day = day ?? other.day else { return true }
    return day <= Self.days(inMonth: month ?? other.month, ofYear: year ?? other.year)
  }

  /// How many days a month has; as many as it can have where month or year are unknown.
  private static func days(inMonth month: Int?, ofYear year: Int?) -> Int {
    switch month {
    case 4, 6, 9, 11: 30
    case 2: year.map(isLeap) ?? true ? 29 : 28
    default: 31
    }
  }

  private static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }
}

extension PartialDate: Comparable {
  /// Whether `lhs` comes before `rhs` in the order of their texts.
  public static func < (lhs: Self, rhs: Self) -> Bool {
    (lhs.yearNumber, lhs.monthNumber, lhs.dayNumber)
      < (rhs.yearNumber, rhs.monthNumber, rhs.dayNumber)
  }
}

extension PartialDate: CustomStringConvertible {
  /// `YYYY-MM-DD` with zeros for the parts that are unknown.
  public var description: String {
    func padded(_ number: some BinaryInteger, _ count: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: count - digits.count) + digits
    }
    return "\(padded(yearNumber, 4))-\(padded(monthNumber, 2))-\(padded(dayNumber, 2))"
  }

  /// The date that `text` writes: `YYYY-MM-DD`, `YYYY-MM` or `YYYY`, with zeros for unknown parts.
  ///
  /// - Throws: ``PartialDateError``.
  public init(_ text: String) throws(PartialDateError) {
    let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard (1...3).contains(parts.count) else { throw .text(text) }
    var numbers = [0, 0, 0]
    for (index, part) in parts.enumerated() {
      guard part.count == (index == 0 ? 4 : 2) else { throw .text(text) }
      for byte in part {
        guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { throw .text(text) }
        numbers[index] = numbers[index] * 10 + Int(byte - UInt8(ascii: "0"))
      }
    }
    let known = numbers.map { $0 == 0 ? nil : Optional($0) }
    try self.init(year: known[0], month: known[1], day: known[2])
  }
}

extension PartialDate: Codable {
  /// Decodes from its text, by the rules of ``init(_:)``.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    do {
      try self.init(container.decode(String.self))
    } catch let error as PartialDateError {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: error.description)
    }
  }

  /// Encodes as its text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
