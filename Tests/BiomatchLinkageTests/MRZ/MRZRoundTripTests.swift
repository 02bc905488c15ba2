import BiomatchCore
import BiomatchLinkage
import Testing

@Suite("Writing machine-readable zones")
struct MRZRoundTripTests {
  @Test("what is written is read as the same, in every format", arguments: MRZFormat.allCases)
  func roundTrip(format: MRZFormat) throws {
    var random = RandomMRZ(seed: 11)
    for index in 0..<500 {
      var mrz = try random.next(format)
      mrz.hasFillerForEmptyCheckDigit =
        format == .td3 && mrz.optionalData.isEmpty && index.isMultiple(of: 2)
      let lines = try mrz.lines()
      #expect(lines.count == format.lineCount)
      #expect(lines.allSatisfy { $0.utf8.count == format.lineLength })
      let reading = try MRZParser().parse(lines.joined(separator: "\n"))
      #expect(reading.mrz == mrz, "seed 11, zone \(index): \(lines)")
      #expect(reading.findings.isEmpty)
    }
  }

  @Test("a document number goes on in the optional data of cards, to its last possible character")
  func longNumbers() throws {
    for (format, longest) in [(MRZFormat.td1, 22), (.td2, 14)] {
      for count in 9...longest {
        var mrz = try RandomMRZ.plain(format)
        mrz.documentNumber = String("123456789ABCDEFGHIJKLM".prefix(count))
        let lines = try mrz.lines()
        #expect(try MRZParser().parse(lines.joined(separator: "\n")).mrz == mrz)
        let numbers = format == .td1 ? lines[0].dropFirst(5) : lines[1].prefix(10)
        #expect(numbers.dropFirst(9).first == (count > 9 ? "<" : "7"))
      }
    }
    // Doc 9303 part 5, 4.2.2.3 j: the first nine, a filler, the rest, the check digit, a filler.
    var mrz = try RandomMRZ.plain(.td1)
    mrz.documentNumber = "D23145890734"
    #expect(try mrz.lines()[0] == "I<UTOD23145890<7349<<<<<<<<<<<")
    #expect(MRZCheckDigit.of("D23145890734") == 9)
  }

  @Test(
    "values that no zone can have are refused",
    arguments: [
      ("mrz.build.document-number", "1234567890", "", "P"),
      ("mrz.build.document-number", "", "", "P"),
      ("mrz.build.document-number", "<1", "", "P"), ("mrz.build.document-number", "12a", "", "P"),
      ("mrz.build.optional-data", "1", "123456789012345", "P"),
      ("mrz.build.optional-data", "1", "1<", "P"), ("mrz.build.document-code", "1", "", "I"),
      ("mrz.build.document-code", "1", "", "PPP"), ("mrz.build.document-code", "1", "", "P9"),
    ]
  )
  func refused(code: String, number: String, optional: String, documentCode: String) throws {
    var mrz = try RandomMRZ.plain(.td3)
    mrz.documentNumber = number
    mrz.optionalData = optional
    mrz.documentCode = documentCode
    let error = #expect(throws: MRZError.self) { try mrz.lines() }
    #expect(error?.code == code)
  }

  @Test("a zone without a name, a State or a complete date of expiry is refused")
  func missing() throws {
    let mrz = try RandomMRZ.plain(.td3)
    var changed = mrz
    changed.name = nil
    #expect(throws: MRZError.self) { try changed.lines() }
    changed = mrz
    changed.issuer = nil
    #expect(throws: MRZError.self) { try changed.lines() }
    changed = mrz
    changed.nationality = nil
    #expect(throws: MRZError.self) { try changed.lines() }
    changed = mrz
    changed.expiryDate = MRZDate(try PartialDate("2030-00-00"))
    #expect(throws: MRZError.self) { try changed.lines() }
    changed = mrz
    changed.secondOptionalData = "X"
    #expect(throws: MRZError.self) { try changed.lines() }
  }

  @Test("what is unknown of a date of birth is fillers")
  func unknownBirth() throws {
    for (date, text) in [
      ("1984-05-00", "8405<<"), ("1984-00-00", "84<<<<"), ("0000-00-00", "<<<<<<"),
      ("0000-05-12", "<<0512"),
    ] {
      var mrz = try RandomMRZ.plain(.td3)
      mrz.birthDate = MRZDate(try PartialDate(date))
      let lines = try mrz.lines()
      #expect(lines[1].dropFirst(13).prefix(6) == text)
      #expect(try MRZParser().parse(lines.joined(separator: "\n")).mrz.birthDate == mrz.birthDate)
    }
  }
}

extension RandomMRZ {
  /// A zone with nothing special.
  static func plain(_ format: MRZFormat) throws -> MRZ {
    MRZ(
      format: format,
      documentCode: format == .td3 ? "P" : format == .td1 || format == .td2 ? "I" : "V",
      issuer: try CountryCode("UTO"),
      name: try PersonName(primary: "Eriksson", secondary: "Anna Maria"),
      documentNumber: "D23145890",
      nationality: try CountryCode("UTO"),
      birthDate: MRZDate(try PartialDate("1974-08-12")),
      sex: .female,
      expiryDate: MRZDate(try PartialDate("2012-04-15"))
    )
  }
}
