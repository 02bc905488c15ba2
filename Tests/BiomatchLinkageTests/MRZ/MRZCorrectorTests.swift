import BiomatchCore
import BiomatchLinkage
import Testing

@Suite("Correcting misread zones")
struct MRZCorrectorTests {
  private static let zone = """
    P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<
    L898902C36UTO7408122F1204159ZE184226B<<<<<10
    """

  @Test(
    "a character that one confusion explains is put right",
    arguments: [
      ("L898902C3", "L8989O2C3", "line 2, column 6: O is 0"),
      ("740812", "74O812", "line 2, column 16: O is 0"),
      ("2F12", "ZF12", "line 2, column 20: Z is 2"),
      ("<<10", "<<I0", "line 2, column 43: I is 1"),
    ]
  )
  func single(right: String, wrong: String, change: String) throws {
    let text = Self.zone.replacing(right, with: wrong)
    #expect(throws: MRZError.self) { try MRZParser().parse(text) }
    let correction = try #require(MRZCorrector().correction(of: text))
    #expect(correction.reading.lines.joined(separator: "\n") == Self.zone)
    #expect(correction.changes.map(\.description) == [change])
    #expect(correction.reading.findings.isEmpty)
  }

  @Test("letters in the place of digits are put right together with one other confusion")
  func several() throws {
    let text = Self.zone.replacing("L898902C3", with: "L8989O2C3")
      .replacing("7408122", with: "74O8I2Z")
    let correction = try #require(MRZCorrector().correction(of: text))
    #expect(correction.reading.lines.joined(separator: "\n") == Self.zone)
    #expect(correction.changes.count == 4)
  }

  @Test("a zone without fault, or with one that no confusion explains, gets no proposal")
  func none() throws {
    #expect(MRZCorrector().correction(of: Self.zone) == nil)
    // No character of this number is ever confused with one that a check digit tells from it.
    var mrz = try RandomMRZ.plain(.td3)
    mrz.documentNumber = "A3C4E6F7H"
    let right = try mrz.lines().joined(separator: "\n")
    #expect(MRZCorrector().correction(of: right.replacing("A3C4", with: "A4C4")) == nil)
    // A letter in a date that looks like no digit.
    #expect(MRZCorrector().correction(of: Self.zone.replacing("740812", with: "74X812")) == nil)
    #expect(MRZCorrector().correction(of: "P<UTO") == nil)
  }

  @Test(
    "when no more characters were confused than it may change, a proposal is what the document says",
    arguments: MRZFormat.allCases,
    [1, 2]
  )
  func proof(format: MRZFormat, changes: Int) throws {
    var random = RandomMRZ(seed: 53)
    var generator = SeededGenerator(seed: 59)
    var proposals = 0
    for index in 0..<400 {
      let lines = try random.next(format).lines()
      var text = Array(lines.joined())
      let positions = Self.coveredPositions(format).filter { Self.confusions[text[$0]] != nil }
      for position in positions.shuffled(using: &generator).prefix(changes) {
        text[position] = Self.confusions[text[position]]!.randomElement(using: &generator)!
      }
      let corrector = MRZCorrector(maximumChanges: changes)
      guard let correction = corrector.correction(of: String(text)) else { continue }
      proposals += 1
      #expect(correction.reading.lines == lines, "seeds 53 and 59, zone \(index): \(String(text))")
    }
    #expect(proposals > (changes == 1 ? 100 : 5))
  }

  @Test("optional data without a check digit are no reading that a check digit allows")
  func missingCheckDigit() {
    let text = Self.zone.replacing("B<<<<<10", with: "B<<<<<<0")
      .replacing("L898902C3", with: "L8989O2C3")
    #expect(MRZCorrector().correction(of: text) == nil)
  }

  @Test("of two readings that the check digits allow none is proposed")
  func ambiguous() {
    // B may be read as 8 in the personal number, but another character may be wrong as well.
    let text = Self.zone.replacing("ZE184226B", with: "ZE1842268")
    #expect(throws: MRZError.self) { try MRZParser().parse(text) }
    #expect(MRZCorrector().correction(of: text) == nil)
  }

  @Test("another misreading may be taken for a confusion: a proposal is to be confirmed")
  func otherErrors() throws {
    var random = RandomMRZ(seed: 61)
    var generator = SeededGenerator(seed: 67)
    var wrong = 0
    let count = 1000
    for _ in 0..<count {
      let lines = try random.next(.td3).lines()
      var text = Array(lines.joined())
      let position = 44 + Int.random(in: 0..<9, using: &generator)
      text[position] = Array("3467ACEFHJ").filter { $0 != text[position] }
        .randomElement(using: &generator)!
      if let correction = MRZCorrector().correction(of: String(text)) {
        wrong += correction.reading.lines == lines ? 0 : 1
      }
    }
    // docs/mrz.md says one in nine.
    #expect((count * 8 / 100...count * 15 / 100).contains(wrong), "\(wrong) of \(count)")
  }

  /// Confusions that check digits notice: without 6 and G.
  private static let confusions: [Character: [Character]] = [
    "0": ["O", "Q", "D"], "O": ["0"], "Q": ["0"], "D": ["0"], "1": ["I"], "I": ["1"], "2": ["Z"],
    "Z": ["2"], "5": ["S"], "S": ["5"], "8": ["B"], "B": ["8"],
  ]

  /// Positions under a check digit, and the check digits themselves.
  private static func coveredPositions(_ format: MRZFormat) -> [Int] {
    let second = format.lineLength
    if format == .td1 { return Array(5..<37) + Array(38..<45) + Array(48..<60) }
    let end = format == .td2 || format == .td3 ? 2 * second : second + 28
    return Array(second..<second + 10) + Array(second + 13..<second + 20)
      + Array(second + 21..<end)
  }
}
