import BiomatchCore

extension MRZ {
  /// The lines of the zone, with their check digits.
  ///
  /// - Parameter truncation: how a name is shortened that is too long for its field.
  /// - Throws: ``MRZError/unbuildable(_:)`` when a value does not fit, or is missing.
  public func lines(truncation: NameTruncation = .initials) throws(MRZError) -> [String] {
    var writing = MRZWriting(format: format)
    return format.lines(of: try writing.write(self, truncation))
  }
}

/// One zone being written.
private struct MRZWriting {
  private let layout: MRZLayout
  private var bytes: [UInt8]

  init(format: MRZFormat) {
    layout = format.layout
    let count = format.lineCount * format.lineLength
    bytes = Array(repeating: MRZCharacter.filler, count: count)
  }

  mutating func write(_ mrz: MRZ, _ truncation: NameTruncation) throws(MRZError) -> [UInt8] {
    try put(Array(mrz.documentCode.utf8), layout.documentCode, .documentCode, "document code")
    try put(country(mrz.issuer, .issuer, "issuing State"), layout.issuer)
    try put(country(mrz.nationality, .nationality, "nationality"), layout.nationality)
    try putName(mrz.name, truncation)
    try putNumber(mrz)
    put(mrz.birthDate.bytes, layout.birth)
    guard mrz.expiryDate.isComplete else {
      throw refusal(.expiryDate, "date of expiry", "a date of expiry must be complete")
    }
    put(mrz.expiryDate.bytes, layout.expiry)
    switch mrz.sex {
    case .female: bytes[layout.sex] = UInt8(ascii: "F")
    case .male: bytes[layout.sex] = UInt8(ascii: "M")
    case .unspecified: break
    }
    try put(
      Array(mrz.secondOptionalData.utf8),
      layout.secondOptional,
      .optionalData,
      "second optional data"
    )
    bytes[layout.birthCheck] = checkDigit(layout.birth)
    bytes[layout.expiryCheck] = checkDigit(layout.expiry)
    if let offset = layout.optionalCheck,
      !(mrz.optionalData.isEmpty && mrz.hasFillerForEmptyCheckDigit)
    {
      bytes[offset] = checkDigit(layout.optional)
    }
    if let offset = layout.compositeCheck {
      var sum = MRZCheckSum()
      for range in layout.composite { sum.add(bytes, range) }
      bytes[offset] = MRZCharacter.digit(sum.digit)
    }
    return try verified()
  }

  /// Every rule of a strict reading holds for what was written: a document code of the wrong letter, a
  /// number that begins with a filler and the like show here.
  private func verified() throws(MRZError) -> [UInt8] {
    do {
      _ = try MRZParser().parse(bytes)
      return bytes
    } catch {
      throw .unbuildable(error.finding)
    }
  }

  private mutating func putName(_ name: PersonName?, _ truncation: NameTruncation) throws(MRZError)
  {
    guard let name else { throw refusal(.name, "name", "a zone must have a name") }
    let parts = truncation.applied(name.primary, name.secondary, capacity: layout.name.count)
    put(NameField.bytes(parts.primary, parts.secondary), layout.name)
  }

  private mutating func putNumber(_ mrz: MRZ) throws(MRZError) {
    let number = Array(mrz.documentNumber.utf8)
    let optional = Array(mrz.optionalData.utf8)
    guard !number.isEmpty, number.count <= mrz.format.numberCapacity else {
      throw refusal(
        .documentNumber,
        "document number",
        "a document number of \(mrz.format.title) must have 1...\(mrz.format.numberCapacity) characters, "
          + "found \(number.count)"
      )
    }
    if number.count <= 9 {
      try put(number, layout.number, .documentNumber, "document number")
      bytes[layout.numberCheck] = checkDigit(layout.number)
      return try put(optional, layout.optional, .optionalData, "optional data")
    }
    guard number.allSatisfy(MRZCharacter.isValid), !number.contains(MRZCharacter.filler) else {
      throw refusal(
        .documentNumber,
        "document number",
        "a document number of more than 9 characters must have letters and digits only"
      )
    }
    var sum = MRZCheckSum()
    for byte in number { sum.add(byte) }
    put(Array(number.prefix(9)), layout.number)
    let rest = number.dropFirst(9) + [MRZCharacter.digit(sum.digit), MRZCharacter.filler]
    let behind = layout.optional.lowerBound + rest.count
    put(Array(rest), layout.optional)
    try put(optional, behind..<layout.optional.upperBound, .optionalData, "optional data")
  }

  private func country(
    _ code: CountryCode?,
    _ rule: MRZRule,
    _ field: String
  ) throws(MRZError) -> [UInt8] {
    guard let code else { throw refusal(rule, field, "a zone must have a code here") }
    return Array(code.string.utf8)
  }

  /// Puts text of the zone's alphabet into a field that it may not fit into.
  private mutating func put(
    _ text: [UInt8],
    _ range: Range<Int>,
    _ rule: MRZRule,
    _ field: String
  ) throws(MRZError) {
    guard text.count <= range.count else {
      throw refusal(
        rule,
        field,
        "there must be at most \(range.count) characters in \(layout.format.title), found \(text.count)"
      )
    }
    guard text.allSatisfy(MRZCharacter.isValid), text.last != MRZCharacter.filler else {
      throw refusal(rule, field, "the characters must be A–Z, 0–9 and, inside, <")
    }
    put(text, range)
  }

  private mutating func put(_ text: [UInt8], _ range: Range<Int>) {
    bytes.replaceSubrange(range.lowerBound..<range.lowerBound + text.count, with: text)
  }

  private func checkDigit(_ range: Range<Int>) -> UInt8 {
    var sum = MRZCheckSum()
    sum.add(bytes, range)
    return MRZCharacter.digit(sum.digit)
  }

  private func refusal(_ rule: MRZRule, _ field: String, _ text: String) -> MRZError {
    .unbuildable(
      MRZFinding(
        rule: rule,
        location: ErrorLocation(field: field),
        text: text,
        clause: rule.clause(in: layout.format)
      )
    )
  }
}
