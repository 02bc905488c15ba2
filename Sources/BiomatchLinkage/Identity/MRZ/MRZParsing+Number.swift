extension MRZParsing {
  /// The document number and what is left of the optional data.
  ///
  /// A number of more than nine characters has the filler for its check digit and goes on in the optional
  /// data of TD1 and TD2, followed by its check digit and a filler (ICAO Doc 9303 parts 5 and 6,
  /// 4.2.2, note j).
  mutating func documentNumber() throws(MRZError) -> (text: String, optional: Range<Int>) {
    let range = layout.number
    if bytes[range.lowerBound] == MRZCharacter.filler {
      try report(
        .documentNumber,
        at: range.lowerBound,
        field: "document number",
        "a document number must begin at the first position of its field, found '\(raw(range))'"
      )
    }
    if let end = layout.longNumberCheck(in: bytes) { return try longNumber(until: end) }
    var sum = MRZCheckSum()
    sum.add(bytes, range)
    try compare(sum, digit: layout.numberCheck, .documentNumberCheck, field: "document number")
    return (text(range), layout.optional)
  }

  private mutating func longNumber(
    until end: Int
  ) throws(MRZError) -> (text: String, optional: Range<Int>) {
    if end + 1 == layout.optional.upperBound {
      try report(
        .documentNumber,
        at: end,
        field: "document number",
        "a filler must follow the check digit of a long document number, found the end of the field"
      )
    }
    let rest = layout.optional.lowerBound..<end
    var sum = MRZCheckSum()
    sum.add(bytes, layout.number)
    sum.add(bytes, rest)
    try compare(sum, digit: end, .documentNumberCheck, field: "document number")
    let next = min(end + 2, layout.optional.upperBound)
    return (raw(layout.number) + raw(rest), next..<layout.optional.upperBound)
  }
}

extension MRZLayout {
  /// Where the check digit of a document number of more than nine characters is, or `nil` when the
  /// number is none.
  func longNumberCheck(in bytes: [UInt8]) -> Int? {
    guard format.hasLongNumbers, bytes[numberCheck] == MRZCharacter.filler,
      bytes[numberCheck - 1] != MRZCharacter.filler
    else { return nil }
    let end = bytes[optional].firstIndex(of: MRZCharacter.filler) ?? optional.upperBound
    // One character of the number at least, and the check digit.
    return end - optional.lowerBound >= 2 ? end - 1 : nil
  }
}
