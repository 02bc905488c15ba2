import BiomatchCore
import BiomatchFingerprint
import TestVectors
import Testing

/// A golden record with one thing wrong, as real writers get it wrong.
struct Trap: Sendable, CustomTestStringConvertible {
  var name: String
  var format: MinutiaeFormat
  /// The last part of the error and repair codes.
  var rule: String
  /// Where strict decoding finds it.
  var offset: Int
  var damage: @Sendable (inout [UInt8]) -> Void
  /// What lenient decoding must make of it, given the undamaged record.
  var check: @Sendable (MinutiaeRecord, MinutiaeRecord) -> Bool = { $0 == $1 }

  var testDescription: String { "\(format.rawValue): \(name)" }

  static let all: [Trap] = [
    Trap(name: "version 020", format: .iso2005, rule: "version", offset: 4) { $0[4] = 0x30 },
    Trap(name: "version 020", format: .ansi2004, rule: "version", offset: 4) { $0[4] = 0x30 },
    Trap(name: "length one short", format: .iso2005, rule: "length", offset: 8) { $0[11] -= 1 },
    Trap(name: "length one long", format: .ansi2009, rule: "length", offset: 8) { $0[11] += 1 },
    Trap(name: "length of zero", format: .iso2011, rule: "length", offset: 8) { $0[11] = 0 },
    Trap(name: "zero padding", format: .iso2005, rule: "trailing", offset: 119) {
      $0 += [UInt8](repeating: 0, count: 100)
    },
    Trap(name: "something behind the record", format: .iso2011, rule: "trailing", offset: 183) {
      $0 += [1, 2, 3]
    },
    Trap(name: "500 dpi in the field for px/cm", format: .iso2005, rule: "resolution", offset: 18) {
      $0[18] = 0x01
      $0[19] = 0xF4
    },
    Trap(
      name: "no resolution",
      format: .iso2005,
      rule: "resolution",
      offset: 18,
      damage: { $0[19] = 0 },
      check: { $0.views[0].resolutionX == 198 && $1.views[0].resolutionX == 197 }
    ),
    Trap(
      name: "1,000 dpi in the field for px/cm",
      format: .iso2011,
      rule: "resolution",
      offset: 50,
      damage: {
        $0[50] = 0x03
        $0[51] = 0xE8
      },
      check: { repaired, _ in repaired.views[0].resolutionX == 394 }
    ),
    Trap(
      name: "a minutia quality above 100",
      format: .iso2005,
      rule: "quality",
      offset: 33,
      damage: { $0[33] = 101 },
      check: { repaired, _ in repaired.views[0].minutiae[0].quality == nil }
    ),
    Trap(
      name: "a finger quality above 100",
      format: .ansi2004,
      rule: "quality",
      offset: 28,
      damage: { $0[28] = 255 },
      check: { repaired, _ in repaired.views[0].quality == nil }
    ),
    Trap(
      name: "a direction beyond a full turn",
      format: .ansi2004,
      rule: "angle",
      offset: 34,
      damage: { $0[34] = 183 }
    ),
    Trap(
      name: "the reserved minutia type",
      format: .iso2005,
      rule: "minutia-type",
      offset: 28,
      damage: { $0[28] |= 0xC0 },
      check: { repaired, _ in repaired.views[0].minutiae[0].kind == .other }
    ),
    Trap(name: "reserved bits beside y", format: .iso2005, rule: "reserved", offset: 30) {
      $0[30] |= 0x80
    },
    Trap(name: "a reserved byte", format: .iso2005, rule: "reserved", offset: 23) { $0[23] = 7 },
    Trap(
      name: "a finger position of another standard",
      format: .iso2005,
      rule: "position",
      offset: 24,
      damage: { $0[24] = 13 },
      check: { repaired, _ in repaired.views[0].position == .unknown }
    ),
    Trap(
      name: "an impression type of another standard",
      format: .iso2005,
      rule: "impression",
      offset: 25,
      damage: { $0[25] = 0x09 },
      check: { repaired, _ in repaired.views[0].impressionType == 24 }
    ),
    Trap(
      name: "a minutia outside the image",
      format: .iso2005,
      rule: "image-size",
      offset: 14,
      damage: {
        $0[14] = 0
        $0[15] = 100
      },
      check: { $0.views[0].width == 256 && $0.views[0].minutiae == $1.views[0].minutiae }
    ),
    Trap(
      name: "no image size",
      format: .ansi2009,
      rule: "image-size",
      offset: 29,
      damage: { $0[29] = 0 },
      check: { repaired, _ in repaired.views[0].width == 256 }
    ),
    Trap(
      name: "an extended data length without its own header",
      format: .ansi2004,
      rule: "extended-data",
      offset: 104,
      damage: { $0[107] = 3 }
    ),
    Trap(
      name: "a ridge count of a minutia that is not there",
      format: .iso2005,
      rule: "ridge-counts",
      offset: 58,
      damage: { $0[60] = 5 },
      check: { repaired, original in repaired != original }
    ),
    Trap(
      name: "a capture month of 13",
      format: .iso2011,
      rule: "capture-time",
      offset: 21,
      damage: { $0[21] = 13 },
      check: { repaired, _ in repaired.views[0].captureTime?.month == nil }
    ),
    Trap(
      name: "an unknown device technology",
      format: .iso2011,
      rule: "device-technology",
      offset: 28,
      damage: { $0[28] = 21 },
      check: { repaired, _ in repaired.views[0].device.technology == 0 }
    ),
    Trap(
      name: "a representation length that is off",
      format: .iso2011,
      rule: "representation-length",
      offset: 15
    ) { $0[18] -= 1 },
    Trap(
      name: "an unknown ridge ending type",
      format: .iso2011,
      rule: "ending-type",
      offset: 59,
      damage: { $0[59] = 0x6F },
      check: { repaired, _ in repaired.views[0].ridgeEndingType == nil }
    ),
    Trap(name: "a certification flag of 2", format: .iso2011, rule: "certification", offset: 14) {
      $0[14] = 2
    },
  ]
}

@Suite("Records that break their format")
struct TrapTests {
  @Test("strict decoding refuses, with rule, place and clause", arguments: Trap.all)
  func strict(_ trap: Trap) throws {
    var bytes = try GoldenRecord.bytes(of: trap.format)
    trap.damage(&bytes)
    for decoder in [MinutiaeDecoder(), MinutiaeDecoder(format: trap.format)] {
      let error = try #require(throws: MinutiaeFormatError.self) {
        try decoder.decode(bytes, file: "damaged.fmr")
      }
      // Detection may find another format to be closer; a named format must find the trap itself.
      guard decoder.format != nil else { continue }
      let format = trap.format.rawValue.filter { $0 != "-" }
      #expect(error.code == "minutiae.\(format).\(trap.rule)", "\(error)")
      #expect(error.location.byteOffset == trap.offset, "\(error)")
      #expect(error.location.file == "damaged.fmr")
      #expect(error.category == .badData)
      let standard = trap.format == .iso2005 || trap.format == .iso2011 ? "ISO/IEC" : "ANSI/INCITS"
      #expect(error.rule.contains(standard), "\(error.rule) names no clause")
    }
  }

  @Test("lenient decoding repairs, and reports exactly that", arguments: Trap.all)
  func lenient(_ trap: Trap) throws {
    let original = try GoldenRecord.bytes(of: trap.format)
    var bytes = original
    trap.damage(&bytes)
    let expected = try MinutiaeDecoder(format: trap.format).decode(original).record
    for decoder in [
      MinutiaeDecoder(strictness: .lenient),
      MinutiaeDecoder(strictness: .lenient, format: trap.format),
    ] {
      let decoded = try decoder.decode(bytes)
      #expect(decoded.format == trap.format)
      let codes = Set(decoded.repairs.map(\.code))
      let format = trap.format.rawValue.filter { $0 != "-" }
      #expect(codes == ["minutiae.\(format).\(trap.rule)"], "\(decoded.repairs)")
      #expect(trap.check(decoded.record, expected), "\(decoded.repairs)")
    }
  }

  @Test("what is missing is not made up", arguments: GoldenRecord.all)
  func truncated(_ golden: GoldenRecord) throws {
    let bytes = try golden.bytes()
    let isText = golden.format == .xyt
    for count in 0..<bytes.count {
      for strictness in DecodingStrictness.allCases {
        let decoder = MinutiaeDecoder(
          strictness: strictness,
          format: golden.format,
          context: golden.context
        )
        guard let decoded = try? decoder.decode(Array(bytes[..<count])) else { continue }
        // A shorter list of minutiae is complete in formats that do not count them; extended data
        // may be cut short in lenient mode.
        #expect(
          !golden.format.hasHeader || strictness == .lenient,
          "\(golden.file) cut to \(count) bytes decodes strictly"
        )
        #expect(isText || decoded.record.views.count == golden.record.views.count)
        #expect(
          !golden.format.hasHeader || !decoded.repairs.isEmpty,
          "\(golden.file) cut to \(count) bytes is repaired without a report"
        )
      }
    }
  }

  @Test("zonal quality is read with the image size that a later view repairs")
  func repairedZones() throws {
    var bytes = try GoldenRecord.bytes(of: .iso2005)
    bytes[14...15] = [0, 1]  // image width
    bytes[35] = 100  // x of minutia 2
    bytes[40...41] = [0, 16]  // x of minutia 3
    let decoded = try MinutiaeDecoder(strictness: .lenient).decode(bytes)
    #expect(decoded.record.views.map(\.width) == [201, 201])
    guard case .zonalQuality(let quality) = decoded.record.views[0].extendedData.last else {
      Issue.record("no zonal quality: \(decoded.record.views[0].extendedData)")
      return
    }
    #expect(quality.zones == [1, 15, 2, 14, 3, 13])
    let encoded = try MinutiaeEncoder(format: .iso2005).encode(decoded.record)
    #expect(encoded.losses.isEmpty)
    #expect(try MinutiaeDecoder().decode(encoded.bytes).record == decoded.record)
  }

  @Test("a .xyt file counts y from the bottom and turns theta by half a turn")
  func xytGeometry() throws {
    let context = RecordContext(width: 100, height: 80, position: .leftThumb)
    let decoder = MinutiaeDecoder(format: .xyt, context: context)
    let view = try decoder.decode(Array("10 80 0 99\n20 1 90\n".utf8)).record.views[0]
    #expect(view.minutiae.map(\.x) == [10, 20])
    #expect(view.minutiae.map(\.y) == [0, 79])
    #expect(view.minutiae.map(\.angle.degrees) == [180, 270])
    #expect(view.minutiae.map(\.quality) == [99, nil])
    #expect(view.position == .leftThumb)
  }

  @Test("one direction is the same in every unit of angle")
  func angleUnits() throws {
    let minutia = Minutia(kind: .ending, x: 5, y: 6, angle: MinutiaAngle(steps: 1, per: 4))
    let record = MinutiaeRecord(views: [FingerView(width: 100, height: 100, minutiae: [minutia])])
    let directionBytes: [(MinutiaeFormat, Int, UInt8)] = [
      (.iso2005, 32, 64), (.ansi2004, 34, 45), (.iso2005CardNormal, 4, 64),
    ]
    for (format, offset, value) in directionBytes {
      #expect(try MinutiaeEncoder(format: format).encode(record).bytes[offset] == value)
    }
    let compact = try MinutiaeEncoder(format: .iso2005CardCompact).encode(record).bytes
    #expect(compact == [3, 3, 1 << 6 | 16])
    let text = try MinutiaeEncoder(format: .xyt).encode(record).bytes
    #expect(String(decoding: text, as: UTF8.self) == "5 94 270\n")
  }

  @Test(
    "formats without a header are refused without a context, or with a senseless one",
    arguments: MinutiaeFormat.allCases.filter { !$0.hasHeader }
  )
  func context(_ format: MinutiaeFormat) throws {
    let bytes = try GoldenRecord.bytes(of: format)
    let contexts: [RecordContext?] = [
      nil, RecordContext(width: 0, height: 100), RecordContext(width: 100, height: 70_000),
      RecordContext(width: 100, height: 100, resolution: 0),
    ]
    for context in contexts {
      let error = #expect(throws: MinutiaeFormatError.self) {
        try MinutiaeDecoder(strictness: .lenient, format: format, context: context).decode(bytes)
      }
      #expect(error?.category == .usage)
      #expect(error?.code.hasSuffix(".context") == true)
    }
    let error = #expect(throws: MinutiaeFormatError.self) { try MinutiaeDecoder().decode(bytes) }
    #expect(error?.code == "minutiae.format.unrecognised")
  }

  @Test(
    "text that is not .xyt is refused with its line",
    arguments: [
      ("1 2\n", 1), ("1 2 3\n4 x 6\n", 2), ("1 2 3 4 5\n", 1), ("1 2 3\n\n1.5 2 3\n", 3),
      ("1 2 3\n12345678 2 3\n", 2), ("- 2 3\n", 1),
    ]
  )
  func malformedText(text: String, line: Int) {
    let context = RecordContext(width: 100, height: 100)
    let error = #expect(throws: MinutiaeFormatError.self) {
      try MinutiaeDecoder(strictness: .lenient, format: .xyt, context: context)
        .decode(Array(text.utf8))
    }
    #expect(error?.code == "minutiae.xyt.line")
    #expect(error?.location.line == line)
  }

  @Test("line ends of other systems and theta beyond a turn are read")
  func foreignText() throws {
    let context = RecordContext(width: 100, height: 100)
    let bytes = Array("1 2 -90\r\n\r\n3 4 450 7".utf8)
    let decoder = MinutiaeDecoder(strictness: .lenient, format: .xyt, context: context)
    let decoded = try decoder.decode(bytes)
    #expect(decoded.record.views[0].minutiae.map(\.angle.degrees) == [90, 270])
    #expect(decoded.repairs.map(\.code) == ["minutiae.xyt.angle", "minutiae.xyt.angle"])
    #expect(throws: MinutiaeFormatError.self) {
      try MinutiaeDecoder(format: .xyt, context: context).decode(bytes)
    }
  }

  @Test("card coordinates are lengths: 0.01 mm and 0.1 mm")
  func cardUnits() throws {
    let context = RecordContext(width: 400, height: 400, resolution: 197)
    let normal = try MinutiaeDecoder(format: .iso2005CardNormal, context: context)
      .decode([0x40 | 0x03, 0xE8, 0x07, 0xD0, 0x80]).record.views[0].minutiae
    #expect(normal.map { [$0.x, $0.y] } == [[197, 394]])
    #expect(normal[0].angle.degrees == 180)
    let compact = try MinutiaeDecoder(format: .iso2005CardCompact, context: context)
      .decode([100, 200, 0x80 | 0x20]).record.views[0].minutiae
    #expect(compact.map { [$0.x, $0.y] } == [[197, 394]])
    #expect(compact[0].angle.degrees == 180)
    #expect(compact[0].kind == .bifurcation)
  }

  @Test(
    "bytes of no format at all are told as such",
    arguments: [
      [], [0x46, 0x4D, 0x52], [UInt8](repeating: 0, count: 64), Array("FMR\0 99\0 and more".utf8),
      Array("FIR\0 20\0 and more".utf8),
    ]
  )
  func unrecognised(bytes: [UInt8]) {
    let error = #expect(throws: MinutiaeFormatError.self) {
      try MinutiaeDecoder(strictness: .lenient).decode(bytes, file: "x")
    }
    #expect(error?.code == "minutiae.format.unrecognised")
    #expect(error?.description.contains("x, byte") == true)
  }
}
