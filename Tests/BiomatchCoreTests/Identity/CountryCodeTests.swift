import BiomatchCore
import Foundation
import Testing

@Suite("Codes of States and organizations")
struct CountryCodeTests {
  @Test(
    "every addition of Doc 9303 is known, with its kind",
    arguments: [
      ("D", CountryKind.state), ("RKS", .state), ("GBD", .britishNational),
      ("GBN", .britishNational), ("GBO", .britishNational), ("GBP", .britishNational),
      ("GBS", .britishNational), ("EUE", .organization), ("UNO", .organization),
      ("UNA", .organization), ("UNK", .organization), ("XBA", .organization),
      ("XIM", .organization), ("XCC", .organization), ("XCE", .organization),
      ("XCO", .organization), ("XEC", .organization), ("XPO", .organization),
      ("XES", .organization), ("XMP", .organization), ("XOM", .organization),
      ("XDC", .organization), ("IAO", .organization), ("XXA", .stateless), ("XXB", .refugee),
      ("XXC", .refugee), ("XXX", .unspecified), ("ANT", .former), ("NTZ", .former),
      ("UTO", .specimen), ("GBR", .state), ("DEU", .state),
    ]
  )
  func additions(text: String, kind: CountryKind) throws {
    let code = try CountryCode(text)
    #expect(code.isKnown)
    #expect(code.kind == kind)
    #expect(code.name?.isEmpty == false)
    #expect(code.description == text)
  }

  @Test("the 249 codes of ISO 3166-1 are there, with D and RKS, once each and in order")
  func iso() throws {
    let states = CountryCode.known.filter { $0.kind == .state }
    #expect(states.count == 249 + 2)
    #expect(CountryCode.known == CountryCode.known.sorted())
    #expect(Set(CountryCode.known).count == CountryCode.known.count)
    #expect(states.allSatisfy { $0.string.count == 3 || $0.string == "D" })
  }

  @Test("well-formed codes that no list has are codes, without a name")
  func unknown() throws {
    let code = try CountryCode("YTO")
    #expect(!code.isKnown)
    #expect(code.name == nil)
    #expect(code.kind == nil)
  }

  @Test("what is no code is refused", arguments: ["", "DEUT", "de", "D<<", "Ä", "1"])
  func refused(text: String) {
    let error = #expect(throws: CountryCodeError.self) { try CountryCode(text) }
    #expect(error?.code == "country.code")
  }

  @Test("codes of the same State have one canonical code")
  func canonical() throws {
    #expect(try CountryCode("D").canonical == CountryCode("DEU"))
    #expect(try CountryCode("XKX").canonical == CountryCode("RKS"))
    #expect(try CountryCode("FRA").canonical == CountryCode("FRA"))
  }

  @Test("codes travel as plain strings")
  func coding() throws {
    let codes = try [CountryCode("D"), CountryCode("XXB")]
    let data = try JSONEncoder().encode(codes)
    #expect(String(decoding: data, as: UTF8.self) == #"["D","XXB"]"#)
    #expect(try JSONDecoder().decode([CountryCode].self, from: data) == codes)
  }
}
