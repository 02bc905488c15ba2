import BiomatchCrypto
import BiomatchLinkage
import Testing

@Suite("Block keys")
struct BlockKeyTests {
  @Test(
    "Soundex codes are those of the National Archives",
    arguments: [
      ("WASHINGTON", "W252"), ("LEE", "L000"), ("GUTIERREZ", "G362"), ("PFISTER", "P236"),
      ("JACKSON", "J250"), ("TYMCZAK", "T522"), ("VANDEUSEN", "V532"), ("ASHCRAFT", "A261"),
      ("ROBERT", "R163"), ("RUPERT", "R163"), ("RUBIN", "R150"), ("HONEYMAN", "H555"),
      ("A", "A000"),
    ]
  )
  func soundex(word: String, code: String) { #expect(Soundex.code(of: word) == code) }

  @Test("a word without a letter A–Z has no Soundex code")
  func noLetter() { #expect(Soundex.code(of: "12é") == nil && Soundex.code(of: "") == nil) }

  @Test("a description is read, with any spaces, and written without")
  func text() throws {
    let key = try BlockKey(" soundex( surname , given names )+year(born) ")
    #expect(key.terms.map(\.function) == [.soundex, .year])
    #expect(key.terms[0].columns == ["surname", "given names"])
    #expect(key.text == "soundex(surname,given names)+year(born)")
    #expect(try BlockKey(key.text) == key)
  }

  @Test(
    "what is no description is told",
    arguments: [
      ("", "block.syntax"), ("surname", "block.syntax"), ("soundex()", "block.syntax"),
      ("soundex(a,)", "block.syntax"), ("soundex(a", "block.syntax"), ("exact(a)x", "block.syntax"),
      ("exact(a)+", "block.syntax"), ("exact(a(b)", "block.syntax"), (")(", "block.syntax"),
      ("exact(a)+exact(b)+exact(c)+exact(d)+exact(e)", "block.syntax"),
      ("metaphone(a)", "block.function"), ("Soundex(a)", "block.function"),
    ]
  )
  func refusals(text: String, code: String) {
    let error = #expect(throws: BlockKeyError.self) { try BlockKey(text) }
    #expect(error?.code == code)
  }

  @Test("a key has a value for each combination of the terms' values")
  func values() throws {
    let record = ["n": "Müller-Łukasz", "g": "Мюллер", "d": "12.08.1974", "e": "  ", "x": " Q "]
    func values(_ text: String) throws -> [[String]] {
      try BlockKey(text).values { record[$0, default: ""] }
    }
    #expect(try values("soundex(n)") == [["M460"], ["L220"]])
    #expect(try values("soundex(n,g)+year(d)") == [["M460", "1974"], ["L220", "1974"]])
    #expect(try values("exact(x)") == [["Q"]])
    #expect(try values("exact(x)+exact(e)") == [])
    #expect(try values("year(x)") == [])
    #expect(try values("year(n,d)") == [["1974"]])
  }

  @Test("a record of very many names has a limited number of keys")
  func limit() throws {
    let names = ["BA", "CB", "DL", "FM", "GR", "HB", "JD", "KL", "LM", "MR", "NB", "PD"]
    let key = try BlockKey("soundex(n)+soundex(n)")
    #expect(key.values { _ in names.joined(separator: " ") }.count == 64)
  }

  private static func keyer(_ text: String, secret: UInt8) throws -> BlockKeyer {
    try BlockKeyer(
      [BlockKey(text)],
      schema: SchemaFixtures.schema(),
      secret: SecretBytes(copying: [secret])
    )
  }

  @Test("keys are those of one secret, one description and one value")
  func keyed() throws {
    let record = ["1", "ERIKSSON", "1974-08-12", "F", "2", "L898"]
    let codes = try Self.keyer("soundex(name)", secret: 1).codes(of: record)
    #expect(codes.count == 1 && codes[0].count == 32)
    var other = record
    other[1] = "Ericson"
    #expect(try Self.keyer("soundex( name )", secret: 1).codes(of: other) == codes)
    other[1] = "Smith"
    #expect(try Self.keyer("soundex(name)", secret: 1).codes(of: other) != codes)
    #expect(try Self.keyer("soundex(name)", secret: 2).codes(of: record) != codes)
    let year = try Self.keyer("year(birth)", secret: 1).codes(of: record)
    #expect(try Self.keyer("exact(birth)", secret: 1).codes(of: record) != year)
  }

  @Test("keys equal those that another implementation of HMAC and HKDF gives")
  func knownAnswer() throws {
    // HKDF-SHA-256 (IKM 01, salt: the digest of the fixture) and HMAC-SHA-256 by Python's hmac.
    let codes = try Self.keyer("soundex(name)", secret: 1)
      .codes(of: ["1", "ERIKSSON", "1974-08-12", "F", "2", "L898"])
    #expect(codes == ["52057bff9adae962d42d50113f605321"])
  }

  @Test("a column that the schema lacks is told")
  func column() {
    let error = #expect(throws: BlockKeyError.self) {
      try Self.keyer("soundex(passport)", secret: 1)
    }
    #expect(error?.code == "block.column")
  }
}
