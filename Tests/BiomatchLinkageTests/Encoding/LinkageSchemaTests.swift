import BiomatchCore
import BiomatchLinkage
import BiomatchTestSupport
import Foundation
import Testing

@Suite("Linkage schemas")
struct LinkageSchemaTests {
  @Test("a schema is read, written and read as the same")
  func roundTrip() throws {
    let schema = try SchemaFixtures.schema()
    #expect(
      schema.features.map(\.identifier) == ["id", "name", "birth", "sex", "children", "document"]
    )
    #expect(schema.bits == 1024 && schema.folds == 0 && schema.wordsPerCode == 16)
    #expect(schema.features[0].encoding == nil)
    let reading = try LinkageSchema.parse(Array(schema.json().utf8))
    #expect(reading.schema == schema)
    #expect(reading.remarks.isEmpty)
    #expect(reading.schema.json() == schema.json())
  }

  /// What is replaced in the fixture, by what, and the code and place of the error.
  struct Fault: Sendable, CustomTestStringConvertible {
    var old: String
    var new: String
    var code: String
    var place: String

    var testDescription: String { "\(old) -> \(new)" }
  }

  static let faults = [
    Fault(old: "\"version\": 3", new: "\"version\": 4", code: "schema.version", place: "$.version"),
    Fault(old: "\"version\": 3,", new: "", code: "schema.missing", place: "$"),
    Fault(
      old: "\"version\": 3",
      new: "\"version\": \"3\"",
      code: "schema.kind",
      place: "$.version"
    ),
    Fault(old: "\"l\": 1024", new: "\"l\": 1020", code: "schema.range", place: "$.clkConfig.l"),
    Fault(
      old: "\"l\": 1024",
      new: "\"l\": 1000",
      code: "schema.hash",
      place: "$.features[1].hashing.hash"
    ),
    Fault(old: "\"l\": 1024", new: "\"l\": 1024.5", code: "schema.kind", place: "$.clkConfig.l"),
    Fault(
      old: "\"l\": 1024",
      new: "\"l\": 1024, \"xor_folds\": 7",
      code: "schema.range",
      place: "$.clkConfig.xor_folds"
    ),
    Fault(old: "\"HKDF\"", new: "\"PBKDF2\"", code: "schema.value", place: "$.clkConfig.kdf.type"),
    Fault(
      old: "\"HKDF\"",
      new: "\"HKDF\", \"salt\": \"abc\"",
      code: "schema.base64",
      place: "$.clkConfig.kdf.salt"
    ),
    Fault(
      old: "\"HKDF\"",
      new: "\"HKDF\", \"keySize\": 65",
      code: "schema.hash",
      place: "$.features[1].hashing.hash"
    ),
    Fault(
      old: "\"HKDF\"",
      new: "\"HKDF\", \"keySize\": 4000",
      code: "schema.range",
      place: "$.clkConfig.kdf.keySize"
    ),
    Fault(
      old: "\"HKDF\"",
      new: "\"HKDF\", \"hash\": \"MD5\"",
      code: "schema.value",
      place: "$.clkConfig.kdf.hash"
    ),
    Fault(
      old: "\"ignored\": true",
      new: "\"ignored\": true, \"n\": 1",
      code: "schema.unknown-key",
      place: "$.features[0].n"
    ),
    Fault(
      old: "\"case\": \"upper\"",
      new: "\"case\": \"title\"",
      code: "schema.value",
      place: "$.features[1].format.case"
    ),
    Fault(
      old: "\"maxLength\": 20",
      new: "\"maxLength\": 0",
      code: "schema.range",
      place: "$.features[1].format.maxLength"
    ),
    Fault(
      old: "\"maxLength\": 20",
      new: "\"maximum\": 20",
      code: "schema.unknown-key",
      place: "$.features[1].format.maximum"
    ),
    Fault(
      old: "\"n\": 2",
      new: "\"n\": 0",
      code: "schema.range",
      place: "$.features[1].hashing.comparison.n"
    ),
    Fault(
      old: "\"type\": \"ngram\", \"n\": 2",
      new: "\"type\": \"soundex\"",
      code: "schema.value",
      place: "$.features[1].hashing.comparison.type"
    ),
    Fault(
      old: "\"bitsPerFeature\": 100",
      new: "\"k\": 100",
      code: "schema.unknown-key",
      place: "$.features[1].hashing.strategy.k"
    ),
    Fault(
      old: "\"bitsPerFeature\": 100",
      new: "\"bitsPerFeature\": 0",
      code: "schema.range",
      place: "$.features[1].hashing.strategy.bitsPerFeature"
    ),
    Fault(
      old: "%Y-%m-%d",
      new: "%Y-%j",
      code: "schema.date-format",
      place: "$.features[2].format.format"
    ),
    Fault(
      old: "%Y-%m-%d",
      new: "%Y-%Y",
      code: "schema.date-format",
      place: "$.features[2].format.format"
    ),
    Fault(
      old: "\"thresholdDistance\": 5",
      new: "\"thresholdDistance\": 0.2",
      code: "schema.range",
      place: "$.features[4].hashing.comparison"
    ),
    Fault(
      old: "\"doubleHash\"",
      new: "\"blakeHash\", \"prevent_singularity\": true",
      code: "schema.unknown-key",
      place: "$.features[4].hashing.hash.prevent_singularity"
    ),
    Fault(
      old: "{3}\"",
      new: "{3}(?=x)\"",
      code: "schema.pattern",
      place: "$.features[5].format.pattern"
    ),
    Fault(
      old: "\"pattern\":",
      new: "\"case\": \"upper\", \"pattern\":",
      code: "schema.unknown-key",
      place: "$.features[5].format.case"
    ),
    Fault(old: "\"features\": [", new: "\"features\": {", code: "json.syntax", place: ""),
  ]

  @Test("a broken rule is told with its place", arguments: faults)
  func faulty(fault: Fault) throws {
    let json = SchemaFixtures.json.replacingOccurrences(of: fault.old, with: fault.new)
    try #require(json != SchemaFixtures.json)
    let error = try #require(throws: LinkageSchemaError.self) {
      try LinkageSchema.parse(Array(json.utf8), file: "schema.json")
    }
    #expect(error.code == fault.code)
    #expect(error.location.file == "schema.json")
    if !fault.place.isEmpty { #expect(error.location.field == fault.place) }
    #expect(!error.rule.isEmpty && !error.remedy.isEmpty && error.category == .badData)
  }

  @Test("a schema that encodes nothing is refused")
  func nothing() {
    let error = #expect(throws: LinkageSchemaError.self) {
      try LinkageSchema(features: [LinkageFeature("id", nil)])
    }
    #expect(error?.code == "schema.features")
  }

  @Test(
    "names that clkhash passes over are told",
    arguments: [
      ("\"l\": 1024", "\"l\": 1024, \"xorFolds\": 1", "$.clkConfig.xorFolds"),
      (
        "\"resolution\": 3", "\"resolution\": 3, \"fractionalPrecision\": 1",
        "$.features[4].hashing.comparison.fractionalPrecision"
      ),
    ]
  )
  func remarks(old: String, new: String, path: String) throws {
    let json = SchemaFixtures.json.replacingOccurrences(of: old, with: new)
    let reading = try LinkageSchema.parse(Array(json.utf8))
    #expect(reading.remarks.map(\.path) == [path])
    // Without effect means that it is the same schema.
    #expect(reading.schema == (try SchemaFixtures.schema()))
  }

  @Test("equal schemas have one digest however they are written, others another")
  func digests() throws {
    let schema = try SchemaFixtures.schema()
    let digest = try SchemaDigest(of: schema)
    let rewritten = SchemaFixtures.json
      .replacingOccurrences(of: "[\"F\", \"M\"]", with: "[ \"M\",\"\\u0046\" ]")
      .replacingOccurrences(of: "\"bitsPerToken\": 12", with: "\"bitsPerToken\": 12.0")
      .replacingOccurrences(
        of: "\"type\": \"HKDF\"",
        with: "\"keySize\": 64, \"info\": \"\", \"hash\": \"SHA256\", \"type\": \"HKDF\""
      )
    #expect(try SchemaDigest(of: LinkageSchema.parse(Array(rewritten.utf8)).schema) == digest)
    #expect(SchemaDigest(hex: digest.hex) == digest)
    let other = SchemaFixtures.json.replacingOccurrences(of: "12", with: "13")
    #expect(try SchemaDigest(of: LinkageSchema.parse(Array(other.utf8)).schema) != digest)
  }

  @Test("schemas of versions 1 and 2 come to what clkhash makes of them")
  func older() throws {
    let settings = "\"l\": 1024, \"kdf\": {\"type\": \"HKDF\"}"
    let first = """
      {"version": 1, "clkConfig": {\(settings), "k": 20, "hash": {"type": "doubleHash"}},
       "features": [
        {"identifier": "a", "format": {"type": "string"}, "hashing": {"ngram": 2, "weight": 0.625}},
        {"identifier": "b", "format": {"type": "string"},
         "hashing": {"ngram": 1, "positional": true, "weight": 0.5}},
        {"identifier": "c", "format": {"type": "string"}, "hashing": {"ngram": 1, "weight": 0}}]}
      """
    let second = """
      {"version": 2, "clkConfig": {\(settings)}, "features": [
        {"identifier": "a", "format": {"type": "string"},
         "hashing": {"ngram": 2, "strategy": {"k": 12}, "hash": {"type": "doubleHash"}}},
        {"identifier": "b", "format": {"type": "string"},
         "hashing": {"ngram": 1, "positional": true, "strategy": {"k": 10},
                     "hash": {"type": "doubleHash"}}},
        {"identifier": "c", "ignored": true}]}
      """
    let schema = try LinkageSchema.parse(Array(first.utf8)).schema
    #expect(schema == (try LinkageSchema.parse(Array(second.utf8)).schema))
    let encoding = try #require(schema.features[1].encoding)
    #expect(encoding.comparison == .ngrams(n: 1, positional: true))
    #expect(encoding.strategy == .bitsPerToken(10))
    #expect(encoding.hash == .double(preventSingularity: false))
    // 12.5 is rounded to the even number.
    #expect(schema.features[0].encoding?.strategy == .bitsPerToken(12))
    #expect(schema.features[2].encoding == nil)
  }

  @Test("the schemas of the how-to are good", arguments: ["border.json", "febrl4.json"])
  func documented(name: String) throws {
    let path = URL(filePath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "docs/how-to/schemas/\(name)").path
    let reading = try LinkageSchema.read(path)
    #expect(reading.remarks.isEmpty)
    #expect(try FileBytes.read(path) == Array(reading.schema.json().utf8))
  }
}
