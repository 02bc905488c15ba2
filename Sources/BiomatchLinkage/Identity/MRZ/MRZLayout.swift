/// Where the fields of a format are, as offsets into its lines one behind the other.
struct MRZLayout: Sendable {
  let format: MRZFormat
  let name: Range<Int>
  let number: Range<Int>
  let nationality: Range<Int>
  let birth: Range<Int>
  let sex: Int
  let expiry: Range<Int>
  let optional: Range<Int>
  /// The optional data of the second line of TD1; empty in the other formats.
  let secondOptional: Range<Int>
  /// The check digit of the optional data, in TD3 only.
  let optionalCheck: Int?
  /// The composite check digit, in TD1, TD2 and TD3.
  let compositeCheck: Int?
  /// What the composite check digit covers, in the order of its weights.
  let composite: [Range<Int>]

  let documentCode = 0..<2
  let issuer = 2..<5
  var numberCheck: Int { number.upperBound }
  var birthCheck: Int { birth.upperBound }
  var expiryCheck: Int { expiry.upperBound }

  /// Line and column of an offset, both counted from zero.
  func place(of offset: Int) -> (line: Int, column: Int) {
    let (line, column) = offset.quotientAndRemainder(dividingBy: format.lineLength)
    return (line, column)
  }

  private static let td1 = MRZLayout(
    format: .td1,
    name: 60..<90,
    number: 5..<14,
    nationality: 45..<48,
    birth: 30..<36,
    sex: 37,
    expiry: 38..<44,
    optional: 15..<30,
    secondOptional: 48..<59,
    optionalCheck: nil,
    compositeCheck: 59,
    composite: [5..<37, 38..<45, 48..<59]
  )

  private static let td2 = twoLines(.td2, optional: 7)
  private static let td3 = twoLines(.td3, optional: 14)
  private static let mrvA = twoLines(.mrvA, optional: 16)
  private static let mrvB = twoLines(.mrvB, optional: 8)

  /// All formats of two lines are alike but for their ends.
  private static func twoLines(_ format: MRZFormat, optional count: Int) -> MRZLayout {
    let second = format.lineLength
    let optional = second + 28..<second + 28 + count
    let last = 2 * second - 1
    return MRZLayout(
      format: format,
      name: 5..<second,
      number: second..<second + 9,
      nationality: second + 10..<second + 13,
      birth: second + 13..<second + 19,
      sex: second + 20,
      expiry: second + 21..<second + 27,
      optional: optional,
      secondOptional: last..<last,
      optionalCheck: format == .td3 ? optional.upperBound : nil,
      compositeCheck: format.isVisa ? nil : last,
      composite: [second..<second + 10, second + 13..<second + 20, second + 21..<last]
    )
  }

  static func of(_ format: MRZFormat) -> MRZLayout {
    switch format {
    case .td1: td1
    case .td2: td2
    case .td3: td3
    case .mrvA: mrvA
    case .mrvB: mrvB
    }
  }
}

extension MRZFormat {
  var layout: MRZLayout { .of(self) }
}
