import BiomatchCore
import BiomatchFingerprint
import Testing

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

  @Test("what cannot be repaired is refused in both modes", arguments: Trap.fatal)
  func fatal(_ trap: Trap) throws {
    var bytes = try GoldenRecord.bytes(of: trap.format)
    trap.damage(&bytes)
    for strictness in DecodingStrictness.allCases {
      let error = try #require(throws: MinutiaeFormatError.self) {
        try MinutiaeDecoder(strictness: strictness, format: trap.format).decode(bytes)
      }
      let format = trap.format.rawValue.filter { $0 != "-" }
      #expect(error.code == "minutiae.\(format).\(trap.rule)", "\(error)")
      #expect(error.location.byteOffset == trap.offset, "\(error)")
    }
  }

  @Test("many cut-off cores and deltas before a long tail take time in proportion")
  func manyOverruns() throws {
    let view = FingerView(
      width: 10,
      height: 10,
      minutiae: [],
      ridgeEndingType: .ridgeSkeletonEndpoint,
      extendedData: [.raw(type: 0xFFFF, data: [15])]
    )
    var bytes = try MinutiaeEncoder(format: .iso2011).encode(MinutiaeRecord(views: [view])).bytes
    var representation = Array(bytes[15...])
    // The area becomes one of cores and deltas, which says that 15 cores follow.
    representation.replaceSubrange(
      representation.count - 5..<representation.count - 3,
      with: [0, 2]
    )
    let count = 4000
    bytes.removeSubrange(15...)
    bytes.replaceSubrange(12...13, with: [UInt8(count >> 8), UInt8(count & 0xFF)])
    for _ in 0..<count { bytes += representation }
    bytes += [UInt8](repeating: 0xA5, count: 64 << 20)
    // If each view looked at the tail, this would take minutes rather than a moment.
    let decoder = MinutiaeDecoder(strictness: .lenient, format: .iso2011)
    let decoded = try decoder.decode(bytes)
    #expect(decoded.record.views.count == count)
    #expect(decoded.record.views.allSatisfy { $0.extendedData == [.raw(type: 2, data: [15])] })
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
      ("1 2 3\n12345678 2 3\n", 2), ("- 2 3\n", 1), ("99999999999999999999 2 3\n", 1),
      ("# x y theta\n1 2 3\n", 1), ("1 2 3 0.87\n", 1), ("1,2,3\n", 1), ("\u{FEFF}1 2 3\n", 1),
      ("1 2 3\u{0}\n", 1), ("+1 2 3\n", 1),
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

  @Test(
    "minutiae of .xyt that cannot lie in the image are refused, since the context must be wrong",
    arguments: ["-1 2 3\n", "1 101 3\n", "70000 2 3\n", "1 -70000 3\n"],
    DecodingStrictness.allCases
  )
  func textOutside(text: String, strictness: DecodingStrictness) {
    let context = RecordContext(width: 100, height: 100)
    let error = #expect(throws: MinutiaeFormatError.self) {
      try MinutiaeDecoder(strictness: strictness, format: .xyt, context: context)
        .decode(Array(text.utf8))
    }
    #expect(error?.code == "minutiae.xyt.coordinate")
    #expect(error?.location.byteOffset == 0)
  }

  @Test(
    "an empty .xyt file is a view without minutiae",
    arguments: ["", "\n", " \t\r\n\n"]
  )
  func emptyText(text: String) throws {
    let context = RecordContext(width: 100, height: 100)
    let decoded = try MinutiaeDecoder(format: .xyt, context: context).decode(Array(text.utf8))
    #expect(decoded.record.views.map(\.minutiae.count) == [0])
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
