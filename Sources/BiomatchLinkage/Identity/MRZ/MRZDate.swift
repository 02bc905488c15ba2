import BiomatchCore

/// A date as a machine-readable zone has it: two digits of the year, month and day, fillers for what is
/// unknown of a date of birth (ICAO Doc 9303 part 3, section 4.8).
///
/// The zone does not say which century. The caller's reference date decides; the library never asks
/// the clock.
///
/// ```swift
/// let birth = reading.mrz.birthDate           // 74 08 12
/// birth.birthDate(asOf: try PartialDate("2026-10-01"))  // 1974-08-12
/// ```
public struct MRZDate: Sendable, Hashable, Codable {
  /// The last two digits of the year, 0...99, or `nil` when it is unknown.
  public let yearOfCentury: Int?
  /// The month, 1...12, or `nil` when it is unknown.
  public let month: Int?
  /// The day of the month, 1...31, or `nil` when it is unknown.
  public let day: Int?

  /// Nothing known.
  public static let unknown = MRZDate(parts: nil, nil, nil)

  /// The date without its century.
  public init(_ date: PartialDate) {
    self.init(parts: date.year.map { $0 % 100 }, date.month, date.day)
  }

  init(parts yearOfCentury: Int?, _ month: Int?, _ day: Int?) {
    self.yearOfCentury = yearOfCentury
    self.month = month
    self.day = day
  }

  /// Whether year, month and day are all known.
  public var isComplete: Bool { yearOfCentury != nil && month != nil && day != nil }

  /// The date of birth of someone who is not yet a hundred years old on a day: the latest such date
  /// that is not after it.
  ///
  /// - Parameter reference: when the document was read; what is unknown of it counts as its last day.
  ///   Without a year, the year of the result is unknown.
  public func birthDate(asOf reference: PartialDate) -> PartialDate {
    guard let yearOfCentury, let latest = reference.year else { return resolved(year: nil) }
    var year = latest - latest % 100 + yearOfCentury
    if isAfter(reference, inYear: year) { year -= 100 }
    return resolved(year: year)
  }

  /// The date of expiry that is nearest to a day: at most 50 years before, less than 50 after its year.
  ///
  /// - Parameter reference: when the document was read. Without a year, the year of the result is
  ///   unknown.
  public func expiryDate(asOf reference: PartialDate) -> PartialDate {
    guard let yearOfCentury, let near = reference.year else { return resolved(year: nil) }
    let first = near - 50
    return resolved(year: first + (yearOfCentury - first % 100 + 100) % 100)
  }

  private func isAfter(_ reference: PartialDate, inYear year: Int) -> Bool {
    // The latest day of the reference against the earliest of the date.
    let end = (reference.year ?? 9999, reference.month ?? 12, reference.day ?? 31)
    return (year, month ?? 1, day ?? 1) > end
  }

  private func resolved(year: Int?) -> PartialDate {
    // A century may have no 29 February of a year; the day is then not known for certain.
    let year = year.flatMap { (1...9999).contains($0) ? $0 : nil }
    if let date = try? PartialDate(year: year, month: month, day: day) { return date }
    if let date = try? PartialDate(year: year, month: month) { return date }
    return PartialDate.unknown
  }
}

extension MRZDate: CustomStringConvertible {
  /// The six characters of the zone.
  public var description: String { String(decoding: bytes, as: UTF8.self) }

  var bytes: [UInt8] {
    [yearOfCentury, month, day].flatMap { part in
      part.map { [MRZCharacter.digit($0 / 10), MRZCharacter.digit($0 % 10)] }
        ?? [MRZCharacter.filler, MRZCharacter.filler]
    }
  }

  /// The date in six characters, or `nil` when they are none.
  init?(_ bytes: [UInt8], _ range: Range<Int>) {
    func part(_ offset: Int) -> Int?? {
      let (tens, ones) = (bytes[offset], bytes[offset + 1])
      if tens == MRZCharacter.filler, ones == MRZCharacter.filler { return .some(nil) }
      guard MRZCharacter.isDigit(tens), MRZCharacter.isDigit(ones) else { return nil }
      return MRZCharacter.value(of: tens) * 10 + MRZCharacter.value(of: ones)
    }
    guard let year = part(range.lowerBound), let month = part(range.lowerBound + 2),
      let day = part(range.lowerBound + 4)
    else { return nil }
    if let month, !(1...12).contains(month) { return nil }
    if let day, !(1...Self.days(inMonth: month, ofYear: year)).contains(day) { return nil }
    self.init(parts: year, month, day)
  }

  /// The date in six digits of which some issuers leave month or day zero when they are unknown.
  init?(zerosAsUnknown bytes: [UInt8], _ range: Range<Int>) {
    var bytes = bytes
    let zero = UInt8(ascii: "0")
    for offset in [range.lowerBound + 2, range.lowerBound + 4]
    where bytes[offset] == zero && bytes[offset + 1] == zero {
      bytes[offset] = MRZCharacter.filler
      bytes[offset + 1] = MRZCharacter.filler
    }
    self.init(bytes, range)
  }

  /// 00 may be a leap year or not.
  private static func days(inMonth month: Int?, ofYear year: Int?) -> Int {
    switch month {
    case 4, 6, 9, 11: 30
    case 2: year.map { $0 % 4 == 0 } ?? true ? 29 : 28
    default: 31
    }
  }
}
