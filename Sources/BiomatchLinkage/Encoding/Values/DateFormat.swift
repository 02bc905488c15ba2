/// The format of a date in the notation of `strptime`: `%d/%m/%Y` for example.
///
/// Known are `%Y`, `%y` (69–99 are of the twentieth century), `%m`, `%d`, `%b` and `%B` (English, in
/// any case), `%H`, `%M`, `%S` and `%%`. A space stands for one or more, letters match in any case.
public struct DateFormat: Sendable, Hashable {
  /// The format as it is written.
  public let pattern: String

  private let parts: [Part]

  enum Part: Sendable, Hashable {
    case year, shortYear, month, day, hour, minute, second, monthName, shortMonthName
    case space
    case literal(UInt32)
  }

  /// The format; `nil` when it has a directive that is not known, or the same one twice.
  public init?(_ pattern: String) {
    var parts: [Part] = []
    var scalars = pattern.unicodeScalars[...]
    while let scalar = scalars.popFirst() {
      if scalar == "%" {
        guard let directive = scalars.popFirst(), let part = Self.part(directive) else {
          return nil
        }
        if case .literal = part {} else if parts.contains(part) { return nil }
        parts.append(part)
      } else if PythonCharacter.isSpace(scalar.value) {
        if parts.last != .space { parts.append(.space) }
      } else {
        parts.append(.literal(Self.folded(scalar.value)))
      }
    }
    let years = parts.filter { $0 == .year || $0 == .shortYear }.count
    let months = parts.filter { [.month, .monthName, .shortMonthName].contains($0) }.count
    guard years <= 1, months <= 1, !parts.isEmpty else { return nil }
    self.pattern = pattern
    self.parts = parts
  }

  private static func part(_ directive: Unicode.Scalar) -> Part? {
    switch directive {
    case "Y": .year
    case "y": .shortYear
    case "m": .month
    case "d": .day
    case "H": .hour
    case "M": .minute
    case "S": .second
    case "B": .monthName
    case "b": .shortMonthName
    case "%": .literal(0x25)
    default: nil
    }
  }

  /// Whether the text is a date of this format, from the year 1000 on.
  public func matches(_ text: String) -> Bool {
    date(text.unicodeScalars.map(\.value)) != nil
  }

  /// The year, month and day of the text; `nil` when it is no date of this format.
  ///
  /// What the format leaves out is 1900, January and the first. Years before 1000 are none: versions
  /// of Python disagree about how they are written.
  func date(_ text: [UInt32]) -> (year: Int, month: Int, day: Int)? {
    var fields = Fields()
    guard match(0, text, 0, &fields) == text.count else { return nil }
    guard (1000...9999).contains(fields.year), fields.second <= 59,
      fields.day <= Self.length(of: fields.month, in: fields.year)
    else { return nil }
    return (fields.year, fields.month, fields.day)
  }

  // MARK: Matching

  private struct Fields {
    var year = 1900
    var month = 1
    var day = 1
    var second = 0
  }

  /// Where the first way to match the parts from `index` on ends, as a backtracking matcher finds it.
  private func match(
    _ index: Int,
    _ text: [UInt32],
    _ start: Int,
    _ fields: inout Fields
  ) -> Int? {
    guard index < parts.count else { return start }
    switch parts[index] {
    case .literal(let scalar):
      guard start < text.count, Self.folded(text[start]) == scalar else { return nil }
      return match(index + 1, text, start + 1, &fields)
    case .space:
      var end = start
      while end < text.count, PythonCharacter.isSpace(text[end]) { end += 1 }
      while end > start {
        if let found = match(index + 1, text, end, &fields) { return found }
        end -= 1
      }
      return nil
    case .year:
      guard let year = digits(text, start, 4) else { return nil }
      fields.year = year
      return match(index + 1, text, start + 4, &fields)
    case .shortYear:
      guard let year = digits(text, start, 2) else { return nil }
      fields.year = year < 69 ? 2000 + year : 1900 + year
      return match(index + 1, text, start + 2, &fields)
    case .month:
      return number(text, start, 1...12) { month in
        fields.month = month.value
        return match(index + 1, text, month.end, &fields)
      }
    case .day:
      return number(text, start, 1...31, allowsSpace: true) { day in
        fields.day = day.value
        return match(index + 1, text, day.end, &fields)
      }
    case .hour:
      return number(text, start, 0...23) { match(index + 1, text, $0.end, &fields) }
    case .minute:
      return number(text, start, 0...59) { match(index + 1, text, $0.end, &fields) }
    case .second:
      return number(text, start, 0...61) { second in
        fields.second = second.value
        return match(index + 1, text, second.end, &fields)
      }
    case .monthName, .shortMonthName:
      let isShort = parts[index] == .shortMonthName
      for (month, name) in Self.monthNames.enumerated() {
        let name = isShort ? name.prefix(3) : name[...]
        guard start + name.count <= text.count,
          zip(name, text[start...]).allSatisfy({ $0 == Self.folded($1) })
        else { continue }
        fields.month = month + 1
        if let found = match(index + 1, text, start + name.count, &fields) { return found }
      }
      return nil
    }
  }

  private func digits(_ text: [UInt32], _ start: Int, _ count: Int) -> Int? {
    guard start + count <= text.count else { return nil }
    var value = 0
    for scalar in text[start..<start + count] {
      guard let digit = PythonCharacter.decimal(scalar) else { return nil }
      value = value * 10 + digit
    }
    return value
  }

  /// Tries a number of two digits, then one of one.
  private func number(
    _ text: [UInt32],
    _ start: Int,
    _ range: ClosedRange<Int>,
    allowsSpace: Bool = false,
    _ rest: ((value: Int, end: Int)) -> Int?
  ) -> Int? {
    if let value = digits(text, start, 2), range.contains(value),
      text[start] < 0x80, text[start + 1] < 0x80,
      let found = rest((value, start + 2))
    {
      return found
    }
    if start < text.count, text[start] < 0x80, let value = PythonCharacter.decimal(text[start]),
      range.contains(value), let found = rest((value, start + 1))
    {
      return found
    }
    if allowsSpace, start + 1 < text.count, text[start] == 0x20, text[start + 1] < 0x80,
      let value = PythonCharacter.decimal(text[start + 1]), range.contains(value)
    {
      return rest((value, start + 2))
    }
    return nil
  }

  private static func folded(_ scalar: UInt32) -> UInt32 {
    0x41...0x5A ~= scalar ? scalar + 0x20 : scalar
  }

  private static func length(of month: Int, in year: Int) -> Int {
    switch month {
    case 2:
      year.isMultiple(of: 4) && !year.isMultiple(of: 100) || year.isMultiple(of: 400) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  private static let monthNames: [[UInt32]] = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
  ].map { $0.unicodeScalars.map(\.value) }
}
