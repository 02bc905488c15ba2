import BiomatchCore
import BiomatchCrypto
import BiomatchTestSupport
import Foundation
import Testing

@testable import BiomatchLinkage

@Suite("Files of codes")
struct CodesFileTests {
  static func codes(
    bits: Int,
    count: Int = 37,
    schema: SchemaDigest? = nil,
    secret: SecretCheck? = nil
  ) throws -> Codes {
    let (made, _) = try RandomCodes.sides(
      bits: bits,
      countA: count,
      countB: 1,
      fill: 0.4,
      seed: UInt64(bits)
    )
    var named = try Codes(bits: bits, schema: schema, secret: secret)
    for row in 0..<count {
      try named.append(RandomCodes.reference("row\(row)"), code: made.bytes(ofRow: row))
    }
    return named
  }

  @Test(
    "What is written is read back",
    arguments: CodesFormat.allCases,
    [64, 72, 1000, 1024, 4096]
  )
  func roundTrip(format: CodesFormat, bits: Int) throws {
    let directory = try TemporaryDirectory()
    let path = directory.path + "/c.\(format.rawValue)"
    let known = try Self.codes(
      bits: bits,
      schema: SchemaDigest(bytes: Array(0..<32)),
      secret: SecretCheck(bytes: Array(1...8))
    )
    try known.write(to: path)
    #expect(
      try Codes(file: path, bits: bits) == (format == .codes ? known : Self.codes(bits: bits))
    )
    let unknown = try Self.codes(bits: bits)
    try unknown.write(to: path)
    #expect(try Codes(file: path, bits: bits) == unknown)
  }

  @Test("A file of no codes is written and read back", arguments: CodesFormat.allCases)
  func none(format: CodesFormat) throws {
    let directory = try TemporaryDirectory()
    let path = directory.path + "/c.\(format.rawValue)"
    let none = try Codes(bits: 128, schema: nil)
    try none.write(to: path)
    #expect(try Codes(file: path, bits: 128) == none)
    // The container alone says how long its codes are. Read back again, that is as unknown as before.
    guard format != .bytes, format != .packed else { return }
    let read = try Codes(file: path)
    #expect(read.count == 0 && read.bits == (format == .codes ? 128 : 0))
    try read.write(to: path)
    #expect(try Codes(file: path) == read)
    // Where nobody knew, the caller may.
    #expect(try Codes(file: path, bits: read.bits == 0 ? 1024 : 128).bits > 0)
    if format == .codes {
      let secret = SecretCheck(bytes: [1, 2, 3, 4, 5, 6, 7, 8])
      try Codes(unknownLength: nil, secret: secret).write(to: path)
      #expect(try Codes(file: path, bits: 1024) == Codes(bits: 1024, schema: nil, secret: secret))
    }
  }

  @Test("To codes of which nobody knows the length none can be added")
  func appendUnknownLength() throws {
    var none = try Codes(text: Array("{\"clks\": []}".utf8), format: .json)
    for code in [[], [1, 2, 3, 4, 5, 6, 7, 8]] as [[UInt8]] {
      #expect(throws: CodesError.length(bits: 0)) {
        try none.append(RandomCodes.reference("x"), code: code)
      }
    }
    #expect(none.count == 0)
  }

  @Test("No codes compare with any, and have no candidates")
  func noCandidates() throws {
    let none = try Codes(text: Array("{\"clks\": []}".utf8), format: .json)
    let some = try Self.codes(bits: 1000)
    var options = CodeComparisonOptions(threshold: try DiceThreshold(0))
    options.allowsUnknownSchema = true
    for (a, b) in [(none, some), (some, none), (none, none)] {
      #expect(try CodeComparison(a, b, options).candidates() == [])
      #expect(try CodeComparison(a, b, options).candidateCount() == 0)
    }
  }

  @Test("The bytes of anonlink's service are codes alone, or each behind its number")
  func serviceBytes() throws {
    // Python's struct.pack("!I8s", 258, code) of codes with bits 0, 9, 63 and with bit 63.
    let packed: [UInt8] = [
      0, 0, 1, 2, 0x80, 0x40, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1,
    ]
    let read = try Codes(text: packed, format: .packed, bits: 64)
    let words: [UInt64] = [0x8000_0000_0000_0201, 0x8000_0000_0000_0000]
    #expect(read.words == words)
    #expect(read.identifiers.map(\.string) == ["row258", "row0"])
    let bytes = [UInt8](packed[4..<12]) + [UInt8](packed[16...])
    let alone = try Codes(text: bytes, format: .bytes, bits: 64)
    #expect(alone.words == read.words && alone.identifiers.map(\.string) == ["row0", "row1"])
    var text = CodesText(.packed, bits: 64)
    #expect(text.start() == [])
    let (zero, one): ([UInt8], [UInt8]) = ([0, 0, 0, 0], [0, 0, 0, 1])
    let written = text.rows(alone.identifiers, words: alone.words[...])
    #expect(written == zero + bytes[..<8] + one + bytes[8...])
  }

  @Test(
    "Bytes of a length that is unknown, or that does not fit, are refused",
    arguments: [
      (.bytes, nil, "codes.unknown-length", nil), (.packed, nil, "codes.unknown-length", nil),
      (.bytes, 72, "codes.partial", 18), (.packed, 64, "codes.partial", 12),
      (.bytes, 7, "codes.length", nil), (.json, 72, "codes.json", 0),
    ] as [(CodesFormat, Int?, String, Int?)]
  )
  func unfitBytes(format: CodesFormat, bits: Int?, code: String, offset: Int?) {
    let error = #expect(throws: CodesFileError.self) {
      try Codes(text: Array(repeating: 1, count: 20), format: format, bits: bits)
    }
    #expect(error?.code == code && error?.location.byteOffset == offset)
  }

  @Test(
    "Codes of another length than the caller knows are refused",
    arguments: CodesFormat.allCases
  )
  func otherLength(format: CodesFormat) throws {
    let directory = try TemporaryDirectory()
    let path = directory.path + "/c.\(format.rawValue)"
    try Self.codes(bits: 64, count: 3).write(to: path)
    let error = #expect(throws: CodesFileError.self) { try Codes(file: path, bits: 1024) }
    #expect(["codes.code-length", "codes.partial"].contains(error?.code))
  }

  @Test("What a text does not state, the caller may")
  func statedSchema() throws {
    let digest = SchemaDigest(bytes: Array(0..<32))
    let text = Array("id,clk\na,gEAAAAAAAAE=\n".utf8)
    #expect(try Codes(text: text, format: .csv, schema: digest).schema == digest)
  }

  @Test(
    "A writer that is given up leaves nothing, nor an older file changed",
    arguments: CodesFormat.allCases
  )
  func givenUp(format: CodesFormat) throws {
    let directory = try TemporaryDirectory()
    let path = directory.path + "/c.\(format.rawValue)"
    let codes = try Self.codes(bits: 64)
    try codes.write(to: path)
    do { _ = try CodesWriter(path: path, bits: 64, schema: nil, secret: nil) }
    #expect(try Codes(file: path, bits: 64) == codes)
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path).count == 1)
  }

  @Test("A container with any byte changed is refused, or gives the same codes all the same")
  func damage() throws {
    let directory = try TemporaryDirectory()
    let path = directory.path + "/c.codes"
    let codes = try Self.codes(
      bits: 128,
      count: 5,
      schema: SchemaDigest(bytes: Array(0..<32)),
      secret: SecretCheck(bytes: Array(1...8))
    )
    try codes.write(to: path)
    let bytes = Array(try Data(contentsOf: URL(filePath: path)))
    var refused = 0
    for place in bytes.indices where bytes[place] != 0 || place % 64 == 0 {
      var damaged = bytes
      damaged[place] ^= 1
      try Data(damaged).write(to: URL(filePath: path))
      do {
        #expect(try Codes(file: path) == codes, "byte \(place)")
      } catch {
        refused += 1
      }
    }
    #expect(refused > 200)
    for count in [0, 1, 100, 4096, bytes.count - 1] {
      try Data(bytes[..<count]).write(to: URL(filePath: path))
      #expect(throws: CodesFileError.self) { try Codes(file: path) }
    }
  }

  @Test("Batches of an encoder are written as they are collected", arguments: CodesFormat.allCases)
  func batches(format: CodesFormat) throws {
    let directory = try TemporaryDirectory()
    let path = directory.path + "/c.\(format.rawValue)"
    let schema = try SchemaFixtures.schema()
    let encoder = try RecordEncoder(schema: schema, secret: SecretBytes(copying: [1]))
    var table = try RecordTable(
      bytes: Array((SchemaFixtures.header + "1,ERIKSSON,1974-08-12,F,2,L898\n").utf8),
      schema: schema
    )
    var collected = try Codes(of: encoder)
    var writer = try CodesWriter(path: path, encoder: encoder)
    while let batch = try encoder.encode(&table) {
      try collected.append(batch)
      try writer.append(batch)
    }
    try writer.publish()
    let read = try Codes(file: path, bits: encoder.schema.bits)
    #expect(read.count == 1 && read.bytes(ofRow: 0) == collected.bytes(ofRow: 0))
    if format == .codes {
      #expect(read.schema == encoder.schemaDigest && read.secret == encoder.secretCheck)
    }
  }

  @Test("A batch with an identifier that came before is refused")
  func duplicateBatch() throws {
    let schema = try SchemaFixtures.schema()
    let encoder = try RecordEncoder(schema: schema, secret: SecretBytes(copying: [1]))
    var table = try RecordTable(
      bytes: Array((SchemaFixtures.header + "1,ERIKSSON,1974-08-12,F,2,L898\n").utf8),
      schema: schema
    )
    let batch = try #require(try encoder.encode(&table))
    var codes = try Codes(of: encoder)
    try codes.append(batch)
    #expect(throws: CodesError.duplicate(batch.identifiers[0])) { try codes.append(batch) }
    #expect(codes.count == 1)
  }

  @Test("The JSON of clkhash 0.18.3 is read in its order of bits")
  func clkhash() throws {
    // serialize_bitarray of bits 0, 9 and 63.
    let read = try Codes(text: Array("{\"clks\": [\"gEAAAAAAAAE=\"]}".utf8), format: .json)
    #expect(read.bits == 64 && read.words == [1 | 1 << 9 | 1 << 63])
    #expect(read.identifiers.map(\.string) == ["row0"])
  }

  @Test("Lines with id and clk are read, whatever else is in them")
  func lines() throws {
    let text = """
      {"id":"a\\u00e9","clk":"gEAAAAAAAAE=","more":[1,{"x":null}]}
      {"clk":"\\/\\/\\/\\/\\/\\/\\/\\/\\/\\/8=", "id":"b"}
      """
    let read = try Codes(text: Array(text.utf8), format: .json)
    #expect(read.identifiers.map(\.string) == ["aé", "b"])
    #expect(read.ones(ofRow: 1) == 64)
  }

  @Test(
    "Text that is no file of codes is refused, with the place",
    arguments: [
      ("", "codes.none", 0), (" ", "codes.none", 0), ("[]", "codes.json", 0),
      ("{\"clks\": [\"gEAAAAAAAAE=\"", "codes.json", 24), ("{}", "codes.json", 0),
      ("{\"clks\": [\"gEAAAAAAAAE\"]}", "codes.base64", 10),
      ("{\"clks\": [\"gEA=\"]}", "codes.length", 10),
      ("{\"clks\": [\"gEAAAAAAAAE=\", \"gEA=\"]}", "codes.code-length", 26),
      ("{\"id\":\"\",\"clk\":\"gEAAAAAAAAE=\"}", "identifier.empty", 6),
      ("{\"clks\": [\"\\x\"]}", "codes.json", 11),
    ] as [(String, String, Int?)]
  )
  func refusals(text: String, code: String, offset: Int?) {
    let error = #expect(throws: CodesFileError.self) {
      try Codes(text: Array(text.utf8), format: .json)
    }
    #expect(error?.code == code)
    #expect(error?.location.byteOffset == offset)
  }

  @Test("Two records of one identifier are refused, with the line")
  func duplicates() {
    let text = "id,clk\na,gEAAAAAAAAE=\na,gEAAAAAAAAE=\n"
    let error = #expect(throws: CodesFileError.self) {
      try Codes(text: Array(text.utf8), format: .csv)
    }
    #expect(error?.code == "codes.duplicate" && error?.location.line == 3)
  }

  @Test("Candidate pairs in the form of anonlink 0.15.3 are read and written")
  func candidates() throws {
    // dump_candidate_pairs of (0.5, 0, 1, 2, 3) and (0.25, 0, 1, 7, 70000).
    let bytes: [UInt8] = [
      1, 8, 4, 4, 0, 0, 0, 0, 0, 0, 0xE0, 0x3F, 0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0,
      0, 0, 0, 0, 0, 0, 0xD0, 0x3F, 0, 0, 0, 0, 1, 0, 0, 0, 7, 0, 0, 0, 0x70, 0x11, 1, 0,
    ]
    let pairs = [
      CandidatePair(a: 2, b: 3, score: 0.5), CandidatePair(a: 7, b: 70000, score: 0.25),
    ]
    #expect(try AnonlinkCandidates.pairs(bytes) == pairs)
    #expect(AnonlinkCandidates.headerBytes + AnonlinkCandidates.bytes(of: pairs) == bytes)
    for count in 0..<bytes.count where count < 4 || (count - 4) % 24 != 0 {
      #expect(throws: CodesFileError.self) { try AnonlinkCandidates.pairs(Array(bytes[..<count])) }
    }
  }
}
