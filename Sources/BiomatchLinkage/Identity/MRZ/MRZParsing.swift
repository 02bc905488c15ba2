import BiomatchCore

/// One zone being read.
struct MRZParsing {
  let bytes: [UInt8]
  let layout: MRZLayout
  let isLenient: Bool
  private let firstLine: Int
  private let file: String?
  private(set) var findings: [MRZFinding]

  init(_ characters: MRZCharacters, isLenient: Bool, findings: [MRZFinding]) {
    bytes = characters.bytes
    layout = characters.format.layout
    firstLine = characters.firstLine
    file = characters.file
    self.isLenient = isLenient
    self.findings = findings
  }

  mutating func parse() throws(MRZError) -> MRZ {
    let documentCode = try documentCode()
    let issuer = try country(layout.issuer, .issuer, field: "issuing State")
    let number = try documentNumber()
    let nationality = try country(layout.nationality, .nationality, field: "nationality")
    let birth = try date(layout.birth, .birthDate, field: "date of birth")
    try check(layout.birth, digit: layout.birthCheck, .birthDateCheck, field: "date of birth")
    let sex = try sex()
    let expiry = try expiryDate()
    try check(layout.expiry, digit: layout.expiryCheck, .expiryDateCheck, field: "date of expiry")
    let hasFiller = try optionalCheck()
    try compositeCheck()
    return MRZ(
      format: layout.format,
      documentCode: documentCode,
      issuer: issuer,
      name: try name(),
      documentNumber: number.text,
      nationality: nationality,
      birthDate: birth,
      sex: sex,
      expiryDate: expiry,
      optionalData: text(number.optional),
      secondOptionalData: text(layout.secondOptional),
      hasFillerForEmptyCheckDigit: hasFiller
    )
  }

  /// Throws the finding of a strict reading, and notes that of a lenient one.
  mutating func report(
    _ rule: MRZRule,
    at offset: Int,
    field: String,
    _ text: String
  ) throws(MRZError) {
    let place = layout.place(of: offset)
    let finding = MRZFinding(
      rule: rule,
      location: ErrorLocation(
        file: file,
        line: firstLine + place.line,
        column: place.column + 1,
        field: field
      ),
      text: text,
      clause: rule.clause(in: layout.format)
    )
    guard isLenient else { throw .malformed(finding) }
    findings.append(finding)
  }

  /// A field without its trailing fillers.
  func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range.lowerBound..<trimmedEnd(range)], as: UTF8.self)
  }

  func trimmedEnd(_ range: Range<Int>) -> Int {
    var end = range.upperBound
    while end > range.lowerBound, bytes[end - 1] == MRZCharacter.filler { end -= 1 }
    return end
  }

  /// A field as it is, for findings.
  func raw(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
}

extension MRZParsing {
  private mutating func documentCode() throws(MRZError) -> String {
    let (first, second) = (bytes[0], bytes[1])
    let isAllowed =
      switch layout.format {
      case .td3: first == UInt8(ascii: "P") && !MRZCharacter.isDigit(second)
      case .mrvA, .mrvB: first == UInt8(ascii: "V")
      case .td1, .td2:
        [UInt8(ascii: "A"), UInt8(ascii: "C"), UInt8(ascii: "I")].contains(first)
          && second != UInt8(ascii: "V")
      }
    if !isAllowed {
      let expected =
        switch layout.format {
        case .td3: "P and a letter or filler"
        case .mrvA, .mrvB: "V and another character"
        case .td1, .td2: "A, C or I and another character but V"
        }
      try report(
        .documentCode,
        at: 0,
        field: "document code",
        "the document code must be \(expected), found '\(raw(layout.documentCode))'"
      )
    }
    return text(layout.documentCode)
  }

  private mutating func country(
    _ range: Range<Int>,
    _ rule: MRZRule,
    field: String
  ) throws(MRZError) -> CountryCode? {
    let letters = bytes[range.lowerBound..<trimmedEnd(range)]
    if let code = CountryCode(letters: letters) { return code }
    try report(
      rule,
      at: range.lowerBound,
      field: field,
      "a code must be letters with fillers behind them, found '\(raw(range))'"
    )
    return nil
  }

  private mutating func date(
    _ range: Range<Int>,
    _ rule: MRZRule,
    field: String
  ) throws(MRZError) -> MRZDate {
    if let date = MRZDate(bytes, range) { return date }
    try report(
      rule,
      at: range.lowerBound,
      field: field,
      "a date must be YYMMDD, found '\(raw(range))'"
    )
    return MRZDate(zerosAsUnknown: bytes, range) ?? .unknown
  }

  private mutating func expiryDate() throws(MRZError) -> MRZDate {
    let date = try date(layout.expiry, .expiryDate, field: "date of expiry")
    if !date.isComplete, MRZDate(bytes, layout.expiry) != nil {
      try report(
        .expiryDate,
        at: layout.expiry.lowerBound,
        field: "date of expiry",
        "only a date of birth may be unknown, found '\(raw(layout.expiry))'"
      )
    }
    return date
  }

  private mutating func sex() throws(MRZError) -> Sex {
    switch bytes[layout.sex] {
    case UInt8(ascii: "F"): return .female
    case UInt8(ascii: "M"): return .male
    case MRZCharacter.filler: return .unspecified
    default:
      try report(
        .sex,
        at: layout.sex,
        field: "sex",
        "the sex must be F, M or <, found '\(raw(layout.sex..<layout.sex + 1))'"
      )
      return .unspecified
    }
  }
}

extension MRZParsing {
  /// Whether the check digit of empty optional data is the filler.
  private mutating func optionalCheck() throws(MRZError) -> Bool {
    guard let digit = layout.optionalCheck else { return false }
    let isEmpty = trimmedEnd(layout.optional) == layout.optional.lowerBound
    if isEmpty, bytes[digit] == MRZCharacter.filler { return true }
    try check(layout.optional, digit: digit, .optionalDataCheck, field: "optional data")
    return false
  }

  private mutating func compositeCheck() throws(MRZError) {
    guard let digit = layout.compositeCheck else { return }
    var sum = MRZCheckSum()
    for range in layout.composite { sum.add(bytes, range) }
    try compare(sum, digit: digit, .compositeCheck, field: "composite check digit")
  }

  private mutating func check(
    _ range: Range<Int>,
    digit: Int,
    _ rule: MRZRule,
    field: String
  ) throws(MRZError) {
    var sum = MRZCheckSum()
    sum.add(bytes, range)
    try compare(sum, digit: digit, rule, field: field)
  }

  mutating func compare(
    _ sum: MRZCheckSum,
    digit: Int,
    _ rule: MRZRule,
    field: String
  ) throws(MRZError) {
    guard bytes[digit] != MRZCharacter.digit(sum.digit) else { return }
    let what =
      rule == .compositeCheck ? "the composite check digit" : "the check digit of the \(field)"
    try report(
      rule,
      at: digit,
      field: field,
      "\(what) must be \(sum.digit), found '\(raw(digit..<digit + 1))'"
    )
  }
}
