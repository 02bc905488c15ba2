import BiomatchCore
import BiomatchTestSupport
import Foundation

enum Fixture {
  static let identity = SegmentIdentity(
    kind: "test-index",
    engine: "test-1",
    parameters: ParameterDigest(of: Array("radius=70".utf8))
  )

  /// Writes the segment that the golden file holds: three rows, one of them deleted, and an arena of
  /// two and a half blocks.
  static func writeGolden(to path: String, generation: UInt64 = 7) throws {
    var rows = SegmentRows()
    rows.append(reference: try ReferenceID("r/1"), subject: try SubjectID("alice"))
    rows.append(reference: try ReferenceID("r/2"), subject: try SubjectID("bob"), isDeleted: true)
    rows.append(reference: try ReferenceID("é"), subject: try SubjectID("alice"))
    var writer = try SegmentWriter(path: path, identity: identity, generation: generation)
    try writer.writeRows(rows)
    try writer.beginSection("arena", blockSize: 4096)
    try writer.append(arena)
    try writer.beginSection("empty")
    try writer.publish()
  }

  /// 10,240 bytes: 0, 1, 2, ... in blocks of 4,096, each from another start.
  static let arena: [UInt8] = (0..<10_240).map { UInt8(truncatingIfNeeded: $0 + $0 / 4096) }

  static func bytes(of segment: Segment, _ label: SegmentLabel) throws -> [UInt8] {
    try segment.withBytes(of: label) { span in span.withUnsafeBytes { [UInt8]($0) } }
  }

  /// Reference and subject of each row, all read at once.
  static func identifiers(of segment: Segment, rows: Range<Int>) throws -> [[String]] {
    var texts: [[String]] = []
    try segment.forEachRow(in: rows) { row, reference, subject in
      precondition(row == rows.lowerBound + texts.count, "the rows come in order")
      texts.append([text(reference), text(subject)])
    }
    return texts
  }

  private static func text(_ bytes: RawSpan) -> String {
    bytes.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
  }
}
