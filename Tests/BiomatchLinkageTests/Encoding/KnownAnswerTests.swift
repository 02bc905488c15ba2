import BiomatchCore
import BiomatchCrypto
@testable import BiomatchLinkage
import BiomatchTestSupport
import Testing

@Suite(
  "Codes and their parts are those of clkhash",
  .enabled(if: SharedData.isPresent, Comment(rawValue: SharedData.absence))
)
struct KnownAnswerTests {
  @Test("there are known answers of every kind")
  func presence() {
    for name in ["kdf", "tokens", "hash", "fold", "schemas"] {
      #expect(!KnownAnswers.list(name).isEmpty)
    }
  }

  @Test("a secret gives the known keys", arguments: KnownAnswers.list("kdf"))
  func keys(answer: KnownAnswer) throws {
    let hash = try #require(HKDFSettings.Hash(rawValue: answer.text("hash")))
    let settings = HKDFSettings(
      hash: hash,
      salt: try #require(Base64.bytes(answer.text("salt"))),
      info: try #require(Base64.bytes(answer.text("info"))),
      keySize: answer.integer("key_size")
    )
    let feature = LinkageFeature(
      "x",
      FeatureEncoding(
        format: .text(TextFormat()),
        comparison: .exact,
        strategy: .bitsPerToken(1)
      )
    )
    let count = answer.integer("num_identifier")
    let schema = try LinkageSchema(
      keyDerivation: .hkdf(settings),
      features: Array(repeating: feature, count: count)
    )
    let keys = try FeatureKeys.all(
      of: schema,
      secret: SecretBytes(copying: Array(answer.text("secret").utf8))
    )
    let expected = answer.value["keys"]?.values.map(\.texts) ?? []
    #expect(keys.count == count)
    for (keys, expected) in zip(keys, expected) {
      #expect(contents(keys.first) == hexadecimal(expected[0]))
      #expect(contents(keys.second) == hexadecimal(expected[1]))
    }
  }

  @Test("a value is cut into the known tokens", arguments: KnownAnswers.list("tokens"))
  func tokens(answer: KnownAnswer) throws {
    let comparison = try comparison(answer.value["comparison"] ?? .null)
    let expected = answer.texts("tokens")
    for strategy in [TokenStrategy.bitsPerToken(30), .bitsPerFeature(137)] {
      let encoding = FeatureEncoding(
        format: .text(TextFormat()),
        comparison: comparison,
        strategy: strategy
      )
      let keys = FeatureKeys(
        first: SecretBytes(copying: [1, 2, 3]),
        second: SecretBytes(copying: [4])
      )
      let schema = try LinkageSchema(
        features: [
          LinkageFeature(
            "x",
            FeatureEncoding(
              format: .text(TextFormat()),
              comparison: .exact,
              strategy: .bitsPerToken(1)
            )
          )
        ]
      )
      let plan = try FeaturePlan("x", encoding, keys: keys, schema: schema)
      var count = 0
      // Twice, so that the bits are remembered the second time.
      for _ in 0..<2 {
        let found = try row(bits: 1024) { row in
          var scalars: [UInt32] = []
          var token: [UInt8] = []
          try plan.format(Array(answer.text("input").utf8)[...], into: &scalars)
          count = try plan.setTokens(of: &scalars, in: row, token: &token)
        }
        let hasher = try TokenHasher(.blake, keys: keys, bits: 1024)
        let known = try row(bits: 1024) { row in
          for (index, token) in expected.enumerated() {
            let share = plan.share(of: expected.count)
            let bits = share.bits + (index < share.more ? 1 : 0)
            try hasher.set(bits, bitsOf: Array(token.utf8), in: row)
          }
        }
        #expect(count == expected.count)
        #expect(found == known)
      }
    }
  }

  @Test("tokens set the known bits", arguments: KnownAnswers.list("hash"))
  func hashes(answer: KnownAnswer) throws {
    let hash: TokenHash
    switch answer.text("type") {
    case "blakeHash": hash = .blake
    case "doubleHash": hash = .double(preventSingularity: false)
    default: hash = .double(preventSingularity: true)
    }
    let key = answer.texts("key").map(hexadecimal)
    let keys = FeatureKeys(
      first: SecretBytes(copying: key[0]),
      second: SecretBytes(copying: key[1])
    )
    let bits = answer.integer("l")
    let hasher = try TokenHasher(hash, keys: keys, bits: bits)
    let found = try row(bits: bits) { row in
      for token in answer.texts("ngrams") {
        try hasher.set(answer.integer("k"), bitsOf: Array(token.utf8), in: row)
      }
    }
    #expect(Base64.text(clkBytes(found, bits: bits)) == answer.text("clk"))
  }

  @Test("a code is folded as known", arguments: KnownAnswers.list("fold"))
  func folds(answer: KnownAnswer) throws {
    var input = words(try #require(Base64.bytes(answer.text("input"))))
    let folds = answer.integer("folds")
    let bits = input.count * 64 >> folds
    let found = input.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.map { start in
        row(bits: bits) { output in
          BitRow(start, wordCount: buffer.count).fold(bits: bits, times: folds, into: output)
        }
      }
    }
    #expect(Base64.text(clkBytes(found ?? [], bits: bits)) == answer.text("output"))
  }

  @Test("records get the known codes", arguments: KnownAnswers.list("schemas"))
  func codes(answer: KnownAnswer) throws {
    let json = answer.value["schema"]?.text(isIndented: false) ?? ""
    let schema = try LinkageSchema.parse(Array(json.utf8)).schema
    let encoder = try RecordEncoder(
      schema: schema,
      secret: SecretBytes(copying: Array(answer.text("secret").utf8)),
      // The answers were made without validation: names are not in the case that the schemas state.
      checksFormats: false
    )
    let records = answer.value["records"]?.values.map(\.texts) ?? []
    let expected = answer.texts("clks")
    #expect(records.count == expected.count && !records.isEmpty)
    for (record, expected) in zip(records, expected) {
      let code = try encoder.code(of: record)
      #expect(Base64.text(clkBytes(code, bits: schema.bits)) == expected)
    }
    let rewritten = try LinkageSchema.parse(Array(schema.json().utf8))
    #expect(rewritten.schema == schema)
    #expect(rewritten.remarks.isEmpty)
  }

  private func contents(_ secret: borrowing SecretBytes) -> [UInt8] {
    secret.withBytes { bytes in
      (0..<bytes.byteCount).map { bytes.unsafeLoad(fromByteOffset: $0, as: UInt8.self) }
    }
  }

  private func comparison(_ value: JSONDocument) throws -> TokenComparison {
    switch value["type"]?.text {
    case "exact": return .exact
    case "numeric":
      guard case .number(let distance)? = value["thresholdDistance"] else { break }
      let neighbourhood = NumericNeighbourhood(
        thresholdDistance: Double(distance) ?? 0,
        resolution: value["resolution"]?.integer ?? 0,
        fractionalPrecision: value["fractional_precision"]?.integer ?? 0
      )
      return .numeric(try #require(neighbourhood))
    default: break
    }
    return .ngrams(n: value["n"]?.integer ?? -1, positional: value["positional"] == .bool(true))
  }
}
