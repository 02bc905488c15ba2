import BiomatchCore
import BiomatchCrypto
import BiomatchLinkage
import BiomatchTestSupport
import Foundation
import Testing

/// Two tables with known truth, encoded by a documented schema.
struct LinkageFixture {
  let codes: [Codes]
  let keys: [[[String]]]
  let truth: LinkageTruth

  /// Encodes the tables of the development data.
  init(_ name: String, blocks: [String] = []) throws {
    let schema = try LinkageSchema.read(
      Self.root.appending(path: "docs/how-to/schemas/\(name).json").path
    ).schema
    let secret = SecretBytes(copying: Array("the secret of a test, 32 bytes..".utf8))
    let encoder = try RecordEncoder(schema: schema, secret: secret)
    let keyer = try BlockKeyer(
      blocks.map { try BlockKey($0) },
      schema: schema,
      secret: secret
    )
    var codes: [Codes] = []
    var keys: [[[String]]] = []
    for file in name == "border" ? ["border_dev_A", "border_dev_B"] : ["febrl4a", "febrl4b"] {
      let path = try SharedData.url("linkage/\(file).csv").path
      var side = try Codes(of: encoder)
      var sideKeys: [[String]] = []
      var table = try RecordTable(file: path, schema: schema)
      while let batch = try encoder.encode(&table, blocks: keyer) {
        #expect(batch.rejects.isEmpty)
        try side.append(batch)
        sideKeys += batch.blockKeys
      }
      codes.append(side)
      keys.append(sideKeys)
    }
    self.codes = codes
    self.keys = keys
    let sides = ["A", "B"]
    let persons = try zip(codes, sides).map { codes, side in
      name == "border"
        ? try Self.persons("linkage/border_dev_\(side)_key.csv", codes)
        // rec-1070-org and rec-1070-dup-0 are of one person.
        : codes.identifiers.map { String($0.string.split(separator: "-")[1]) }
    }
    truth = LinkageTruth(a: persons[0], b: persons[1])
  }

  private static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  private static func persons(_ path: String, _ codes: Codes) throws -> [String?] {
    var persons: [String: String] = [:]
    var table = try CSVReader(file: try SharedData.url(path).path)
    while let row = try table.nextRow() { persons[row[0]] = row[1] }
    return codes.identifiers.map { persons[$0.string] }
  }
}

@Suite("Accuracy of linkage", .enabled(if: SharedData.isPresent, "\(SharedData.absence)"))
struct LinkageAccuracyTests {
  @Test(
    "the documented schemas reach the documented F1 at the best threshold",
    arguments: [("border", 2000, 1000, 0.968), ("febrl4", 5000, 5000, 0.9998)]
  )
  func accuracy(name: String, records: Int, matches: Int, least: Double) throws {
    let fixture = try LinkageFixture(name)
    #expect(fixture.codes.map(\.count) == [records, records])
    #expect(fixture.truth.matchCount == matches)
    let comparison = try CodeComparison(
      fixture.codes[0],
      fixture.codes[1],
      CodeComparisonOptions(threshold: DiceThreshold(0.6))
    )
    let links = LinkageSolver.links(comparison.candidates(), by: .greedy)
    let best = try #require(fixture.truth.best(of: links))
    #expect(best.quality.f1 >= least, "F1 \(best.quality.f1) at \(best.threshold)")
  }

  @Test(
    "block keys keep the documented share of matches and save the documented share of pairs",
    arguments: BlockingFigure.all
  )
  func blocking(figure: BlockingFigure) throws {
    let fixture = try LinkageFixture(figure.name, blocks: figure.blocks)
    let quality = BlockPlan(a: fixture.keys[0], b: fixture.keys[1])
      .quality(matches: fixture.truth.matches)
    let found = [quality.pairCompleteness, quality.reductionRatio].map { ($0 * 10_000).rounded() }
    #expect(found == [figure.completeness, figure.reduction], "\(quality)")
  }
}

/// What docs/record-linkage.md says of block keys, in ten-thousandths.
struct BlockingFigure: CustomTestStringConvertible {
  var name: String
  var blocks: [String]
  var completeness: Double
  var reduction: Double

  init(_ name: String, _ blocks: [String], _ completeness: Double, _ reduction: Double) {
    self.name = name
    self.blocks = blocks
    self.completeness = completeness
    self.reduction = reduction
  }

  var testDescription: String { "\(name): \(blocks.joined(separator: " or "))" }

  private static let year = "year(date_of_birth)"
  private static let borderNames = "soundex(surname,given_names)"
  private static let febrlNames = "soundex(surname,given_name)"

  static let all = [
    BlockingFigure("border", ["soundex(surname)"], 8810, 9971),
    BlockingFigure("border", [borderNames], 9920, 9909),
    BlockingFigure("border", [year], 9600, 9831),
    BlockingFigure("border", [borderNames, year], 9990, 9743),
    BlockingFigure("border", ["\(borderNames)+\(year)"], 9530, 9996),
    BlockingFigure("febrl4", ["soundex(surname)"], 7660, 9953),
    BlockingFigure("febrl4", [febrlNames], 9644, 9863),
    BlockingFigure("febrl4", [year], 9118, 9903),
    BlockingFigure("febrl4", [febrlNames, year], 9966, 9770),
    BlockingFigure("febrl4", ["\(febrlNames)+\(year)"], 8796, 9997),
  ]
}
