import Biomatch
import BiomatchCore
import BiomatchCrypto
import BiomatchLinkage

/// The demonstration's part on linkage: two authorities encode their records, the codes are compared,
/// and links chosen.
struct DemoLinkageRun {
  /// Records of each authority, of which one half is of people whom both know.
  static let count = 5000
  static let threshold = 0.7

  let directory: String
  let seed: UInt64
  let simd: SIMDLevel
  let threads: Int

  /// Does everything and measures it.
  func measured() throws -> DemoLinkageResult {
    let people = DemoRecords(count: Self.count, seed: seed)
    let schema = try Self.schema()
    // For this demonstration only: whoever knows the seed knows it.
    var random = SeededGenerator(seed: ~seed)
    let secret = (0..<4).map { _ in String(random.next(), radix: 16) }.joined()
    let files = try DemoLinkageFiles(
      directory: directory,
      people: people,
      schema: schema,
      secret: secret
    )
    let encoder = try RecordEncoder(
      schema: schema,
      secret: SecretBytes(copying: Array(secret.utf8))
    )
    let clock = ContinuousClock()
    var sides: [Codes] = []
    let encoding = try clock.measure {
      sides = try DemoLinkageFiles.names.map { name in
        try encode(files.path(name + ".csv"), by: encoder)
      }
    }
    for (name, codes) in zip(DemoLinkageFiles.names, sides) {
      try codes.write(to: files.path(name + ".codes"))
    }
    var options = CodeComparisonOptions(threshold: try DiceThreshold(Self.threshold))
    options.simd = simd
    options.threads = threads
    var links: [CandidatePair] = []
    let comparing = try clock.measure {
      let comparison = try CodeComparison(sides[0], sides[1], options)
      links = LinkageSolver.links(comparison.candidates(), by: .greedy)
    }
    let truth = LinkageTruth(a: people.a.map(\.person), b: people.b.map(\.person))
    return DemoLinkageResult(
      files: files,
      quality: truth.quality(of: links),
      encoding: encoding,
      comparing: comparing
    )
  }

  private func encode(_ path: String, by encoder: RecordEncoder) throws -> Codes {
    var codes = try Codes(of: encoder)
    var table = try RecordTable(file: path, schema: encoder.schema)
    while let batch = try encoder.encode(&table, threads: threads) { try codes.append(batch) }
    return codes
  }

  private static func schema() throws -> LinkageSchema {
    func text(_ comparison: TokenComparison, _ bits: Int) -> FeatureEncoding {
      FeatureEncoding(
        format: .text(TextFormat()),
        comparison: comparison,
        strategy: .bitsPerFeature(bits),
        missingValue: MissingValue(sentinel: "")
      )
    }
    let pairs = TokenComparison.ngrams(n: 2, positional: false)
    let digits = TokenComparison.ngrams(n: 2, positional: true)
    let encodings: [FeatureEncoding?] = [
      nil, text(pairs, 100), text(pairs, 100), text(digits, 160), text(.exact, 15),
      text(pairs, 100),
    ]
    return try LinkageSchema(
      features: zip(DemoRecords.columns, encodings).map { LinkageFeature($0, $1) }
    )
  }
}
