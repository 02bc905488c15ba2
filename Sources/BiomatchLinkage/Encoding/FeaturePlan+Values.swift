import BiomatchCore

extension FeaturePlan {
  /// Checks a value and brings it into the form that is cut into tokens, in `scalars`.
  func format(
    _ bytes: ArraySlice<UInt8>,
    into scalars: inout [UInt32]
  ) throws(RecordRuleBroken) {
    if let sentinel, sentinel.elementsEqual(bytes) {
      scalars = replacement
      return
    }
    switch encoding.format {
    case .text(let format):
      try read(bytes, into: &scalars)
      if checksFormat { try check(format, scalars) }
    case .pattern(let pattern, _):
      try read(bytes, into: &scalars)
      guard !checksFormat || pattern.matches(scalars) else {
        throw RecordRuleBroken(.pattern, "the text must match \(pattern.source)")
      }
    case .integer(let minimum, let maximum):
      try read(bytes, into: &scalars)
      guard let number = PythonNumber.integer(scalars) else {
        throw RecordRuleBroken(.integer, "the value must be a whole number")
      }
      if checksFormat { try check(number, minimum: minimum, maximum: maximum) }
      scalars.removeAll(keepingCapacity: true)
      scalars.append(contentsOf: number.unicodeScalars.lazy.map(\.value))
    case .date(let format):
      try read(bytes, into: &scalars)
      guard let (year, month, day) = format.date(scalars) else {
        throw RecordRuleBroken(
          .date,
          "the value must be a date of the calendar in the form \(format.pattern), from the year 1000 on"
        )
      }
      scalars.removeAll(keepingCapacity: true)
      for (number, unit) in [(year, 1000), (month, 10), (day, 10)] {
        var unit = unit
        while unit > 0 {
          scalars.append(UInt32(0x30 + number / unit % 10))
          unit /= 10
        }
      }
    case .values:
      guard !checksFormat || allowed.contains(Array(bytes)) else {
        throw RecordRuleBroken(.value, "the value must be one of those that the schema lists")
      }
      try read(bytes, into: &scalars)
    }
  }

  private func read(
    _ bytes: ArraySlice<UInt8>,
    into scalars: inout [UInt32]
  ) throws(RecordRuleBroken) {
    scalars.removeAll(keepingCapacity: true)
    var union: UInt8 = 0
    for byte in bytes {
      union |= byte
      scalars.append(UInt32(byte))
    }
    guard union >= 0x80 else { return }
    guard characters != .ascii else { throw RecordRuleBroken(.encoding, "the text must be ASCII") }
    scalars.removeAll(keepingCapacity: true)
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    while true {
      switch decoder.decode(&iterator) {
      case .scalarValue(let scalar): scalars.append(scalar.value)
      case .emptyInput: return
      case .error: throw RecordRuleBroken(.encoding, "the text must be UTF-8")
      }
    }
  }

  private func check(_ format: TextFormat, _ scalars: [UInt32]) throws(RecordRuleBroken) {
    if let least = format.minimumLength, scalars.count < least {
      throw RecordRuleBroken(
        .length,
        "the text must have at least \(least) characters, found \(scalars.count)"
      )
    }
    if let most = format.maximumLength, scalars.count > most {
      throw RecordRuleBroken(
        .length,
        "the text must have at most \(most) characters, found \(scalars.count)"
      )
    }
    switch format.letterCase {
    case .mixed: break
    case .upper:
      guard scalars.allSatisfy(LetterCases.isUnchangedInUpperCase) else {
        throw RecordRuleBroken(.letterCase, "the text must be in upper case")
      }
    case .lower:
      guard scalars.allSatisfy(LetterCases.isUnchangedInLowerCase) else {
        throw RecordRuleBroken(.letterCase, "the text must be in lower case")
      }
    }
  }

  private func check(
    _ number: String,
    minimum: Int?,
    maximum: Int?
  ) throws(RecordRuleBroken) {
    guard minimum != nil || maximum != nil else { return }
    // What does not fit into 64 bits lies beyond every bound on its side.
    let isNegative = number.utf8.first == UInt8(ascii: "-")
    let value = Int(number) ?? (isNegative ? Int.min : Int.max)
    let fits = Int(number) != nil
    if let minimum, value < minimum || !fits && isNegative {
      throw RecordRuleBroken(.range, "the number must be at least \(minimum)")
    }
    if let maximum, value > maximum || !fits && !isNegative {
      throw RecordRuleBroken(.range, "the number must be at most \(maximum)")
    }
  }
}

/// A rule that a value breaks, before it is known where the value stands.
struct RecordRuleBroken: Error {
  let rule: RecordRule
  let text: String

  init(_ rule: RecordRule, _ text: String) {
    self.rule = rule
    self.text = text
  }
}

/// Whether a change of case would leave a character alone.
enum LetterCases {
  static func isUnchangedInUpperCase(_ value: UInt32) -> Bool {
    if value < 0x80 { return !(0x61...0x7A ~= value) }
    return Unicode.Scalar(value).map { !$0.properties.changesWhenUppercased } ?? true
  }

  static func isUnchangedInLowerCase(_ value: UInt32) -> Bool {
    if value < 0x80 { return !(0x41...0x5A ~= value) }
    return Unicode.Scalar(value).map { !$0.properties.changesWhenLowercased } ?? true
  }
}
