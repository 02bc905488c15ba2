import BiomatchCore
import BiomatchLinkage
import BiomatchTestSupport
import Testing

@Suite("Reading machine-readable zones")
struct MRZParserTests {
  @Test("the specimens of Doc 9303 say what the Doc says", arguments: MRZVectors.all.specimens)
  func specimens(specimen: MRZVectors.Specimen) throws {
    let reading = try MRZParser().parse(specimen.lines.joined(separator: "\n"))
    let mrz = reading.mrz
    #expect(mrz.format.rawValue == specimen.format)
    #expect(mrz.name == (try PersonName(components: specimen.primary, specimen.secondary)))
    #expect(mrz.issuer?.string == specimen.issuer)
    #expect(mrz.nationality?.string == specimen.nationality)
    #expect(mrz.documentNumber == specimen.documentNumber)
    #expect(mrz.birthDate.description == specimen.birth)
    #expect(mrz.sex.rawValue == specimen.sex)
    #expect(mrz.expiryDate.description == specimen.expiry)
    #expect(mrz.optionalData == specimen.optionalData)
    #expect(!mrz.isNamePossiblyTruncated)
    #expect(reading.findings.isEmpty)
    #expect(reading.lines == specimen.lines)
    #expect(try mrz.lines() == specimen.lines)
    // In one line, with Windows line ends, and among empty lines it is the same.
    for separator in ["", "\r\n", "\n\n  \n"] {
      #expect(try MRZParser().parse(specimen.lines.joined(separator: separator)).mrz == mrz)
    }
  }

  @Test("the check digits of the Doc's examples come out")
  func checkDigits() {
    #expect(MRZCheckDigit.of("520727") == 3)
    #expect(MRZCheckDigit.of("AB2134<<<") == 5)
    #expect(MRZCheckDigit.of("L898902C3") == 6)
    #expect(MRZCheckDigit.of("ZE184226B<<<<<") == 1)
    #expect(MRZCheckDigit.of("a") == nil)
  }

  private static let passport = [
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
  ]

  /// A change at line and column (from one), and the code and place of what a strict reading says.
  struct Breach: Sendable, CustomTestStringConvertible {
    var line: Int
    var column: Int
    var text: String
    var code: String
    var testDescription: String { "\(code) by \(text) at \(line):\(column)" }

    var lines: [String] {
      var lines = MRZParserTests.passport
      var characters = Array(lines[line - 1])
      characters.replaceSubrange(column - 1..<column - 1 + text.count, with: Array(text))
      lines[line - 1] = String(characters)
      return lines
    }
  }

  @Test(
    "every broken rule is refused with its code, line and column, and reported leniently",
    arguments: [
      Breach(line: 1, column: 1, text: "Q", code: "mrz.document-code"),
      Breach(line: 1, column: 3, text: "U1O", code: "mrz.issuer"),
      Breach(line: 1, column: 9, text: "0", code: "mrz.name"),
      Breach(line: 1, column: 6, text: "<", code: "mrz.name"),
      Breach(line: 1, column: 20, text: "<<", code: "mrz.name"),
      Breach(line: 2, column: 11, text: "U<O", code: "mrz.nationality"),
      Breach(line: 2, column: 14, text: "741312", code: "mrz.birth-date"),
      Breach(line: 2, column: 14, text: "7408<2", code: "mrz.birth-date"),
      Breach(line: 2, column: 21, text: "K", code: "mrz.sex"),
      Breach(line: 2, column: 22, text: "120431", code: "mrz.expiry-date"),
      Breach(line: 2, column: 22, text: "1204<<", code: "mrz.expiry-date"),
      Breach(line: 2, column: 10, text: "7", code: "mrz.check-digit.document-number"),
      Breach(line: 2, column: 20, text: "3", code: "mrz.check-digit.birth-date"),
      Breach(line: 2, column: 28, text: "0", code: "mrz.check-digit.expiry-date"),
      Breach(line: 2, column: 43, text: "2", code: "mrz.check-digit.optional-data"),
      Breach(line: 2, column: 44, text: "1", code: "mrz.check-digit.composite"),
      Breach(line: 2, column: 1, text: "<", code: "mrz.document-number"),
    ]
  )
  func breaches(breach: Breach) throws {
    let text = breach.lines.joined(separator: "\n")
    let error = try #require(throws: MRZError.self) { try MRZParser().parse(text) }
    #expect(error.code == breach.code)
    #expect(error.location.line == breach.line)
    #expect(error.location.field != nil)
    let column = try #require(error.location.column)
    #expect((breach.column...breach.column + breach.text.count).contains(column))
    #expect(error.rule.contains("ICAO Doc 9303 part "))
    #expect(!error.remedy.isEmpty)

    let reading = try MRZParser(strictness: .lenient).parse(text)
    #expect(reading.findings.map(\.code).contains(breach.code))
    #expect(reading.lines == breach.lines)
  }

  @Test(
    "text that is no zone is refused in either mode",
    arguments: [
      "", "\n", "P<UTO", "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
      "A\nB\nC", String(repeating: "<", count: 500), "P<UTOERIKSSON<<ÄNNA\nX",
    ]
  )
  func noZone(text: String) {
    for strictness in MRZParser.Strictness.allCases {
      let error = #expect(throws: MRZError.self) {
        try MRZParser(strictness: strictness).parse(text)
      }
      #expect(error?.code == "mrz.format" || error?.code == "mrz.character")
    }
  }

  @Test("a lenient reading takes small letters, spaces for fillers and missing fillers")
  func lenientCharacters() throws {
    let text = "p<utoeriksson  anna maria\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"
    #expect(throws: MRZError.self) { try MRZParser().parse(text) }
    let reading = try MRZParser(strictness: .lenient).parse(
      "p<utoeriksson  anna maria<<<<<<<<<<<<<<<<<\n" + Self.passport[1]
    )
    #expect(reading.lines == Self.passport)
    #expect(Set(reading.findings.map(\.code)) == ["mrz.character", "mrz.line-length"])
  }

  @Test("a zone cut out of a file names the file's lines")
  func places() throws {
    let good = Self.passport.joined(separator: "\n")
    let bad = good.replacing("7408122F", with: "7408123F")
    let texts = MRZText.all(in: Array("\(good)\n\n\(bad)\n\(good)\n".utf8), file: "zones.txt")
    #expect(texts.map(\.firstLine) == [1, 4, 6])
    let error = try #require(throws: MRZError.self) { try MRZParser().parse(texts[1]) }
    #expect(error.location.description == "zones.txt, line 5, column 20, date of birth")
    #expect(throws: Never.self) { try MRZParser().parse(texts[2]) }
  }

  @Test("zones of all formats, in lines or in one, are told apart in a file")
  func files() throws {
    let zones = MRZVectors.all.specimens.map(\.lines)
    let apart = zones.flatMap { $0 }.joined(separator: "\n")
    let together = zones.map { $0.joined() }.joined(separator: "\n")
    for text in [apart, together] {
      let texts = MRZText.all(in: Array(text.utf8))
      #expect(try texts.map { try MRZParser().parse($0).lines } == zones)
    }
  }

  @Test("names are read with one part, many parts, and parts in excess")
  func names() throws {
    func name(_ field: String) throws -> MRZReading {
      let line = "P<UTO" + field + String(repeating: "<", count: 39 - field.count)
      return try MRZParser(strictness: .lenient).parse(line + "\n" + Self.passport[1])
    }
    #expect(try name("ARKFREITH").mrz.name?.description == "ARKFREITH")
    #expect(try name("VAN<DER<MUELLEN<<MARTIN").mrz.name?.primary == ["VAN", "DER", "MUELLEN"])
    let three = try name("A<<B<<C")
    #expect(three.mrz.name?.secondary == ["B", "C"])
    #expect(three.findings.map(\.code) == ["mrz.name"])
    let digit = try name("MORRIS0N<<ANNA")
    #expect(digit.mrz.name?.primary == ["MORRISON"])
    #expect(try name("<<ANNA").mrz.name?.primary == ["ANNA"])
    let none = try name("")
    #expect(none.mrz.name == nil)
    #expect(none.findings.map(\.code) == ["mrz.name"])
  }

  @Test("a passport without optional data may have zero or the filler as their check digit")
  func emptyOptionalData() throws {
    for (text, isFiller) in [
      ("HA672242<6YTO5802254M9601086<<<<<<<<<<<<<<08", false),
      ("HA672242<6YTO5802254M9601086<<<<<<<<<<<<<<<8", true),
    ] {
      let reading = try MRZParser().parse(Self.passport[0] + "\n" + text)
      #expect(reading.mrz.hasFillerForEmptyCheckDigit == isFiller)
      #expect(try reading.mrz.lines()[1] == text)
    }
  }

  @Test(
    "all zones of the development data read strictly and are written as they were",
    .enabled(if: SharedData.isPresent, Comment(rawValue: SharedData.absence)),
    arguments: ["A", "B"]
  )
  func developmentData(file: String) throws {
    let bytes = try SharedData.bytes("linkage/border_dev_\(file).csv")
    var rows = try CSVReader(bytes: bytes)
    let (first, second) = try (rows.column("mrz_line1"), rows.column("mrz_line2"))
    var count = 0
    while let row = try rows.nextRow() {
      let lines = [row[first], row[second]]
      guard lines != ["", ""] else { continue }
      let reading = try MRZParser().parse(lines.joined(separator: "\n"))
      #expect(try reading.mrz.lines() == lines)
      count += 1
    }
    #expect(count > 1000)
  }
}
