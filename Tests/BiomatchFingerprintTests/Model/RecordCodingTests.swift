import BiomatchFingerprint
import Foundation
import Testing

@Suite("Records as JSON")
struct RecordCodingTests {
  @Test("every record comes back from JSON as it was", arguments: MinutiaeFormat.allCases)
  func roundTrip(_ format: MinutiaeFormat) throws {
    for seed in UInt64(0)..<20 {
      var random = RandomRecords(format: format, seed: seed)
      let record = random.record()
      let data = try JSONEncoder().encode(record)
      #expect(try JSONDecoder().decode(MinutiaeRecord.self, from: data) == record, "seed \(seed)")
    }
  }

  @Test(
    "an area of extended data is named by its kind",
    arguments: [
      (
        ExtendedData.ridgeCounts(
          RidgeCounts(method: .octants, edges: [RidgeCounts.Edge(from: 1, to: 2, count: 3)])
        ),
        #"{"ridgeCounts":{"edges":[{"count":3,"from":1,"to":2}],"method":2}}"#
      ),
      (
        .singularPoints(
          SingularPoints(
            cores: [SingularPoints.Core(x: 4, y: 5, angle: MinutiaAngle(units: 64))],
            deltas: []
          )
        ),
        #"{"singularPoints":{"cores":[{"angle":{"units":64},"x":4,"y":5}],"deltas":[]}}"#
      ),
      (
        .zonalQuality(ZonalQuality(zoneWidth: 8, zoneHeight: 9, bitsPerZone: 4, zones: [15])),
        #"{"zonalQuality":{"bitsPerZone":4,"zoneHeight":9,"zoneWidth":8,"zones":[15]}}"#
      ),
      (.raw(type: 257, data: [1, 255]), #"{"raw":{"data":[1,255],"type":257}}"#),
    ]
  )
  func extendedData(area: ExtendedData, json: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    #expect(String(decoding: try encoder.encode(area), as: UTF8.self) == json)
    #expect(try JSONDecoder().decode(ExtendedData.self, from: Data(json.utf8)) == area)
  }

  @Test(
    "an area of no kind, or of two, is refused",
    arguments: [
      "{}", #"{"other":{}}"#,
      #"{"raw":{"data":[],"type":1},"singularPoints":{"cores":[],"deltas":[]}}"#,
    ]
  )
  func malformedArea(json: String) {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(ExtendedData.self, from: Data(json.utf8))
    }
  }

  @Test("an angle of a full turn or more is refused")
  func angleRange() throws {
    func angle(_ units: Int) throws -> MinutiaAngle {
      try JSONDecoder().decode(MinutiaAngle.self, from: Data(#"{"units":\#(units)}"#.utf8))
    }
    #expect(try angle(11_519) == MinutiaAngle(units: 11_519))
    for units in [11_520, 65_535, -1] {
      #expect(throws: DecodingError.self, "\(units)") { try angle(units) }
    }
  }
}
