import BiomatchCore
import BiomatchCrypto
import BiomatchLinkage
import BiomatchTestSupport
import Testing

@Suite("Encoding of records")
struct RecordEncoderTests {
  private static let secret = Array("correct horse battery staple".utf8)

  private func encoder(_ secret: [UInt8] = Self.secret) throws -> RecordEncoder {
    try RecordEncoder(
      schema: SchemaFixtures.schema(),
      secret: SecretBytes(copying: secret)
    )
  }

  private static let record = ["1", "ERIKSSON", "1974-08-12", "F", "2", "L898"]

  @Test(
    "a value that breaks a rule is told with its rule, and not with the value",
    arguments: [
      (1, "Eriksson", "record.case"), (1, "ABCDEFGHIJKLMNOPQRSTU", "record.length"),
      (1, "ERIKSSON\u{DF}", "record.case"), (2, "1974-02-30", "record.date"),
      (2, "12.08.1974", "record.date"), (2, "0974-08-12", "record.date"),
      (2, "1974-08-12 ", "record.date"), (3, "X", "record.value"), (4, "two", "record.integer"),
      (4, "21", "record.range"), (4, "-1", "record.range"),
      (4, "99999999999999999999999", "record.range"), (5, "l898", "record.pattern"),
      (5, "L8989", "record.pattern"),
    ]
  )
  func rules(column: Int, value: String, code: String) throws {
    let encoder = try encoder()
    _ = try encoder.code(of: Self.record)
    var record = Self.record
    record[column] = value
    let error = try #require(throws: RecordError.self) { try encoder.code(of: record) }
    #expect(error.code == code)
    #expect(error.location.field == encoder.schema.features[column].identifier)
    #expect(!error.description.contains(value))
  }

  @Test("a record has as many values as there are features")
  func count() throws {
    let encoder = try encoder()
    let error = try #require(throws: RecordError.self) { try encoder.code(of: ["1", "A"]) }
    #expect(error.code == "record.fields")
  }

  @Test(
    "numbers and dates that are written otherwise have one code",
    arguments: [(4, "2", " +02\u{A0}"), (4, "0", "-0"), (4, "12", "1_2"), (4, "7", "\u{667}")]
  )
  func equivalents(column: Int, first: String, second: String) throws {
    let encoder = try encoder()
    var (one, other) = (Self.record, Self.record)
    one[column] = first
    other[column] = second
    #expect(try encoder.code(of: one) == encoder.code(of: other))
  }

  @Test("what is missing adds nothing, or what replaces it")
  func missing() throws {
    let encoder = try encoder()
    let empty = try encoder.code(of: ["1", "", "", "", "", ""])
    // Only the replacement of the document is left, of 80 bits that may coincide.
    let count = empty.reduce(0) { $0 + $1.nonzeroBitCount }
    #expect((60...80).contains(count))
  }

  @Test("the column that is ignored has no part in the code, any other has")
  func parts() throws {
    let encoder = try encoder()
    let code = try encoder.code(of: Self.record)
    for (column, value) in [(1, "ERIKSEN"), (2, "1974-08-21"), (3, "M"), (4, "3"), (5, "L899")] {
      var record = Self.record
      record[column] = value
      #expect(try encoder.code(of: record) != code)
    }
    var record = Self.record
    record[0] = "2"
    #expect(try encoder.code(of: record) == code)
  }

  @Test("another secret gives another code and another check, the same secret the same")
  func secrets() throws {
    let (first, same) = (try encoder(), try encoder())
    let other = try encoder(Array("another".utf8))
    #expect(try first.code(of: Self.record) == same.code(of: Self.record))
    #expect(try first.code(of: Self.record) != other.code(of: Self.record))
    #expect(first.secretCheck == same.secretCheck)
    #expect(first.secretCheck != other.secretCheck)
    #expect(first.schemaDigest == other.schemaDigest)
    #expect(throws: CryptoError.self) { try encoder([]) }
  }

  @Test("the codes of a table do not depend on threads or on what was encoded before")
  func determinism() throws {
    var random = SeededGenerator(seed: 7)
    var text = SchemaFixtures.header
    for row in 0..<3000 {
      let name = (0..<Int.random(in: 1...12, using: &random)).map { _ in
        String(UnicodeScalar(UInt8.random(in: 65...90, using: &random)))
      }.joined()
      let month = Int.random(in: 10...12, using: &random)
      let number = Int.random(in: 100...999, using: &random)
      text +=
        "\(row),\(name),19\(number % 90 + 10)-\(month)-\(number % 18 + 10),F,\(row % 20),A\(number)\n"
    }
    let schema = try SchemaFixtures.schema()
    func words(_ encoder: RecordEncoder, threads: Int) throws -> [UInt64] {
      var table = try RecordTable(bytes: Array(text.utf8), schema: schema)
      var words: [UInt64] = []
      while let batch = try encoder.encode(&table, threads: threads) {
        #expect(batch.rejects.isEmpty)
        words += batch.words
      }
      return words
    }
    let encoder = try encoder()
    let first = try words(encoder, threads: 1)
    #expect(first.count == 3000 * 16)
    #expect(try words(encoder, threads: 4) == first)
    #expect(try words(self.encoder(), threads: 3) == first)
    let again = try self.encoder()
    var scanner = CSVScanner()
    scanner.feed(Array(text.utf8))
    scanner.finish()
    _ = try scanner.nextRow()
    for index in 0..<50 {
      let next = try scanner.nextRow()
      let row = try #require(next)
      #expect(try again.code(of: row.strings) == Array(first[index * 16..<(index + 1) * 16]))
    }
  }

  @Test("a legacy key that BLAKE2b does not take is told at once")
  func legacy() throws {
    let encoding = FeatureEncoding(
      format: .text(TextFormat()),
      comparison: .exact,
      strategy: .bitsPerToken(3)
    )
    let schema = try LinkageSchema(
      keyDerivation: .legacy,
      features: [LinkageFeature("a", encoding), LinkageFeature("b", encoding)]
    )
    #expect(throws: CryptoError.self) {
      try RecordEncoder(
        schema: schema,
        secret: SecretBytes(copying: Array(repeating: 1, count: 65))
      )
    }
    let encoder = try RecordEncoder(schema: schema, secret: SecretBytes(copying: [1]))
    // Every feature has the same key, so that it does not matter where a value stands.
    #expect(try encoder.code(of: ["x", "y"]) == encoder.code(of: ["y", "x"]))
    #expect(try LinkageSchema.parse(Array(schema.json().utf8)).schema == schema)
  }
}
