import BiomatchCore
import BiomatchFingerprint
import BiomatchTestSupport
import Foundation
import Testing

/// A published record, how it must be decoded, and the rules that lenient decoding reports.
struct PublishedRecord: Sendable, CustomTestStringConvertible {
  var file: String
  var format: MinutiaeFormat
  /// Codes of the repairs, without the format's part; empty when the record is conformant.
  var repairs: [String] = []
  /// The file that states the values, when there is one.
  var truth: String?

  var testDescription: String { file }

  static let all: [PublishedRecord] = [
    PublishedRecord(file: "Appendix-B2_Example.raw", format: .ansi2004),
    PublishedRecord(file: "Appendix-C2_Example.raw", format: .iso2005, repairs: ["length"]),
    PublishedRecord(
      file: "ansi378v2004-sample.dat",
      format: .ansi2004,
      repairs: ["version", "angle", "angle", "ridge-counts", "ridge-counts", "length"],
      truth: "ansi378v2004-sample.json"
    ),
    PublishedRecord(
      file: "ansi378v2009-sample.dat",
      format: .ansi2009,
      repairs: ["length"],
      truth: "ansi378v2009-sample.json"
    ),
    PublishedRecord(
      file: "ansi378v2009am1-sample.dat",
      format: .ansi2009am1,
      truth: "ansi378v2009am1-sample.json"
    ),
    PublishedRecord(file: "fmr.ansi2004", format: .ansi2004, repairs: ["extended-data"]),
    PublishedRecord(file: "fmr.ansi2007", format: .ansi2009, repairs: ["layout"]),
    PublishedRecord(
      file: "fmr.iso2005",
      format: .iso2005,
      repairs: ["extended-data", "extended-data"]
    ),
    PublishedRecord(file: "iso-matching.dat", format: .iso2005, repairs: ["trailing"]),
    PublishedRecord(file: "iso-nonmatching.dat", format: .iso2005, repairs: ["trailing"]),
    PublishedRecord(file: "iso-probe.dat", format: .iso2005, repairs: ["trailing"]),
    PublishedRecord(
      file: "iso19794p2v2005-sample.dat",
      format: .iso2005,
      repairs: ["extended-data"],
      truth: "iso19794p2v2005-sample.json"
    ),
    PublishedRecord(
      file: "iso19794p2v2011-sample.dat",
      format: .iso2011,
      truth: "iso19794p2v2011-sample.json"
    ),
  ]

  func bytes() throws -> [UInt8] { try SharedData.bytes("fingerprints/conformance/\(file)") }
}

@Suite("Published records", .enabled(if: SharedData.isPresent, "\(SharedData.absence)"))
struct ConformanceTests {
  @Test(
    "a record is detected and decoded with exactly the repairs it needs",
    arguments: PublishedRecord.all
  )
  func decodes(_ published: PublishedRecord) throws {
    let bytes = try published.bytes()
    let decoded = try MinutiaeDecoder(strictness: .lenient).decode(bytes, file: published.file)
    #expect(decoded.format == published.format)
    #expect(
      decoded.repairs.map { $0.code.split(separator: ".").last.map(String.init) }
        == published.repairs,
      "\(decoded.repairs)"
    )
    let named = MinutiaeDecoder(strictness: .lenient, format: published.format)
    #expect(try named.decode(bytes).record == decoded.record)
  }

  @Test("strict decoding takes conformant records and no others", arguments: PublishedRecord.all)
  func strict(_ published: PublishedRecord) throws {
    let bytes = try published.bytes()
    if published.repairs.isEmpty {
      let decoded = try MinutiaeDecoder().decode(bytes, file: published.file)
      #expect(decoded.format == published.format)
      #expect(decoded.repairs.isEmpty)
    } else {
      let error = try #require(throws: MinutiaeFormatError.self) {
        try MinutiaeDecoder().decode(bytes, file: published.file)
      }
      #expect(error.location.file == published.file)
      #expect(error.location.byteOffset != nil, "\(error)")
    }
  }

  @Test(
    "every value that the ground truth states is decoded",
    arguments: PublishedRecord.all.filter { $0.truth != nil }
  )
  func truth(_ published: PublishedRecord) throws {
    let record = try MinutiaeDecoder(strictness: .lenient).decode(published.bytes()).record
    let path = "fingerprints/conformance/\(published.truth ?? "")"
    let truth = try #require(
      try JSONSerialization.jsonObject(with: Data(SharedData.bytes(path))) as? [String: Any]
    )
    let described = GroundTruth.describe(record, as: published.format)
    let turn = GroundTruth.stepsPerTurn(in: published.format)
    #expect(
      GroundTruth.differences(expected: truth, found: described, stepsPerTurn: turn) == []
    )
  }

  @Test(
    "the comparison with the ground truth notices every value that differs",
    arguments: PublishedRecord.all.filter { $0.truth != nil }
  )
  func truthIsCompared(_ published: PublishedRecord) throws {
    let record = try MinutiaeDecoder(strictness: .lenient).decode(published.bytes()).record
    let truth = GroundTruth.describe(record, as: published.format)
    let changes: [(inout FingerView) -> Void] = [
      { $0.position = .rightThumb }, { $0.viewNumber += 1 }, { $0.impressionType = 2 },
      { $0.quality = 1 }, { $0.width += 1 }, { $0.resolutionY += 1 }, { $0.minutiae[3].x += 1 },
      { $0.minutiae[3].y += 1 }, { $0.minutiae[3].kind = .other }, { $0.minutiae[3].quality = 1 },
      { $0.minutiae[3].angle = MinutiaAngle(units: Int($0.minutiae[3].angle.units) + 5760) },
      { $0.minutiae.removeLast() }, { $0.extendedData.append(.raw(type: 300, data: [1])) },
    ]
    for (number, change) in changes.enumerated() {
      var changed = record
      change(&changed.views[0])
      let differences = GroundTruth.differences(
        expected: truth,
        found: GroundTruth.describe(changed, as: published.format),
        stepsPerTurn: GroundTruth.stepsPerTurn(in: published.format)
      )
      #expect(!differences.isEmpty, "change \(number)")
    }
  }

  @Test("NIST's record with cores and deltas keeps all of them")
  func singularPoints() throws {
    let bytes = try SharedData.bytes("fingerprints/conformance/fmr.iso2005")
    let record = try MinutiaeDecoder(strictness: .lenient).decode(bytes).record
    guard case .singularPoints(let points) = record.views[1].extendedData.first else {
      Issue.record("no cores and deltas: \(record.views[1].extendedData)")
      return
    }
    #expect(
      points.cores.map { [$0.x, $0.y, $0.angle?.steps(per: 256)] }
        == [[150, 250, 90], [100, 150, 45]]
    )
    #expect(points.deltas.map(\.x) == [143, 103, 136, 130])
    #expect(points.deltas.map { $0.angles?.second.steps(per: 256) } == [110, nil, 43, 67])
  }

  @Test("cores and deltas behind a block length that is too short are found")
  func shortBlock() throws {
    let bytes = try SharedData.bytes("fingerprints/conformance/fmr.ansi2004")
    let record = try MinutiaeDecoder(strictness: .lenient).decode(bytes).record
    guard case .singularPoints(let points) = record.views[2].extendedData.last else {
      Issue.record("no cores and deltas: \(record.views[2].extendedData)")
      return
    }
    #expect(
      points.cores.map { [$0.x, $0.y, $0.angle?.steps(per: 180)] }
        == [[150, 250, 90], [100, 150, 45]]
    )
    #expect(points.deltas.map { $0.angles?.third.steps(per: 180) } == [120, 176, 53, 77])
  }

  @Test("the draft layout of 2007 gives the values of its 2009 counterpart")
  func draft() throws {
    let decoder = MinutiaeDecoder(strictness: .lenient)
    let draft = try decoder.decode(SharedData.bytes("fingerprints/conformance/fmr.ansi2007"))
    let standard = try decoder.decode(
      SharedData.bytes("fingerprints/conformance/ansi378v2009-sample.dat")
    )
    #expect(draft.record.product == standard.record.product)
    for (a, b) in zip(draft.record.views, standard.record.views) {
      #expect(a.device == b.device)
      #expect(a.qualitySource == b.qualitySource)
      #expect(a.width == b.width && a.height == b.height && a.resolutionX == b.resolutionX)
      #expect(a.minutiae.count == b.minutiae.count)
    }
  }
}

@Suite(
  "Templates of the development data",
  .enabled(if: SharedData.isPresent, "\(SharedData.absence)")
)
struct TemplateTests {
  @Test("all templates decode strictly, with the counts, sizes and resolution of the manifest")
  func all() throws {
    let text = String(decoding: try SharedData.bytes("fingerprints/manifest.csv"), as: UTF8.self)
    let rows = text.split(whereSeparator: \.isNewline).dropFirst().map { $0.split(separator: ",") }
    #expect(rows.count == 1431)
    let decoder = MinutiaeDecoder()
    for row in rows {
      let path = String(row[4])
      let decoded = try decoder.decode(SharedData.bytes("fingerprints/\(path)"), file: path)
      let view = try #require(decoded.record.views.first)
      #expect(decoded.format == .iso2005, "\(path)")
      #expect(decoded.record.views.count == 1, "\(path)")
      let found = [view.minutiae.count, view.width, view.height].map(String.init)
      #expect(found == row[5...7].map { String($0) }, "\(path)")
      #expect(view.resolutionX == 197 && view.resolutionY == 197 && row[8] == "500", "\(path)")
    }
  }
}
