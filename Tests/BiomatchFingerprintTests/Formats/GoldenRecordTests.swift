import BiomatchCore
import BiomatchFingerprint
import Foundation
import TestVectors
import Testing

/// A golden record: bytes written from the layout description by an independent program, and the
/// values that it put into them.
struct GoldenRecord: Sendable, Decodable, CustomTestStringConvertible {
  var file: String
  var format: MinutiaeFormat
  var context: RecordContext?
  var record: MinutiaeRecord

  var testDescription: String { file }

  /// Every golden record; a test of its own makes sure that there are some.
  static let all: [GoldenRecord] = {
    guard let bytes = try? TestVectors.bytes("minutiae/records.json") else { return [] }
    return (try? JSONDecoder().decode([GoldenRecord].self, from: Data(bytes))) ?? []
  }()

  func bytes() throws -> [UInt8] { try TestVectors.bytes(file) }

  static func bytes(of format: MinutiaeFormat) throws -> [UInt8] {
    try #require(all.first { $0.format == format }).bytes()
  }
}

@Suite("Golden records")
struct GoldenRecordTests {
  @Test("there is a golden record of every format")
  func complete() {
    #expect(Set(GoldenRecord.all.map(\.format)) == Set(MinutiaeFormat.allCases))
  }

  @Test(
    "a golden record decodes strictly to the values it was made from",
    arguments: GoldenRecord.all
  )
  func decodes(_ golden: GoldenRecord) throws {
    let decoder = MinutiaeDecoder(format: golden.format, context: golden.context)
    let decoded = try decoder.decode(golden.bytes(), file: golden.file)
    #expect(decoded.record == golden.record)
    if golden.format.hasHeader {
      #expect(try MinutiaeDecoder().decode(golden.bytes()) == decoded)
    }
  }

  @Test("encoding the values gives the golden record", arguments: GoldenRecord.all)
  func encodes(_ golden: GoldenRecord) throws {
    let encoded = try MinutiaeEncoder(format: golden.format).encode(golden.record)
    #expect(encoded.bytes == (try golden.bytes()))
    #expect(encoded.losses.isEmpty, "\(encoded.losses)")
  }

  @Test(
    "a record that is well formed in two formats is refused, naming both",
    arguments: DecodingStrictness.allCases
  )
  func ambiguous(strictness: DecodingStrictness) throws {
    let bytes = try TestVectors.bytes("minutiae/ambiguous-030.fmr")
    for format in [MinutiaeFormat.iso2011, .ansi2009] {
      #expect(throws: Never.self) { try MinutiaeDecoder(format: format).decode(bytes) }
    }
    let error = #expect(throws: MinutiaeFormatError.self) {
      try MinutiaeDecoder(strictness: strictness).decode(bytes)
    }
    guard case .ambiguous(let candidates, _) = error else {
      Issue.record("not ambiguous: \(String(describing: error))")
      return
    }
    #expect(candidates == [.iso2011, .ansi2009])
    #expect(error?.code == "minutiae.format.ambiguous")
    #expect(error?.description.contains("iso-2011, ansi-2009") == true)
  }
}
