import BiomatchCore
import Foundation

/// A directory without files, in memory where the system has such a place: saving waits for the disk.
struct FuzzedDirectory {
  let path: String

  init() {
    let memory = "/dev/shm"
    let parent = access(memory, W_OK) == 0 ? memory : NSTemporaryDirectory()
    path = parent + "/biomatch-fuzz-\(getpid()).index"
    remove()
    mkdir(path, 0o700)
  }

  func remove() {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] {
      unlink(path + "/" + name)
    }
    rmdir(path)
  }

  func write(_ bytes: [UInt8], to name: String) {
    guard let file = fopen(path + "/" + name, "w") else {
      preconditionFailure("cannot write \(name)")
    }
    precondition(fwrite(bytes, 1, bytes.count, file) == bytes.count)
    fclose(file)
  }
}

/// What every kind of index has in its files, with right checksums.
struct FuzzedIndex {
  var kind: SegmentLabel
  var removals: SegmentLabel
  var engine: SegmentLabel
  var parameters: ParameterDigest
  /// Lines of the manifest that only the kind has.
  var details: [String] = []
  var revision: UInt64
  var generation: UInt64
  /// Rows of the one segment, with the references r0, r1, ...; no segment for none.
  var rows: Int
  /// The sections behind the identifiers.
  var sections: [(SegmentLabel, [UInt8])]
  /// The marks of removed rows; no such file for none.
  var marks: [UInt8]
  /// How many rows the manifest tells to be removed.
  var removed: Int

  func write(to directory: FuzzedDirectory) {
    var files: [String] = []
    if rows > 0 {
      let entry = segment(directory, "rows-1-1.segment", kind, rows: rows) {
        writer throws(SegmentError) in
        var identifiers = SegmentRows()
        for row in 0..<rows {
          guard let reference = try? ReferenceID("r\(row)"), let subject = try? SubjectID("s")
          else {
            preconditionFailure("these are identifiers")
          }
          identifiers.append(reference: reference, subject: subject)
        }
        try writer.writeRows(identifiers)
        for (label, bytes) in sections {
          try writer.beginSection(label)
          try writer.append(bytes)
        }
      }
      files.append(entry)
    }
    var text = """
      {
        "format": 1,
        "kind": "\(kind)",
        "engine": "\(engine)",
        "parameters": "\(parameters.hex)",
      \(details.map { "  \($0),\n" }.joined())\
        "revision": \(revision),
        "generation": \(generation),
        "segments": [\(files.map { "\n    " + $0 + "\n  " }.joined())],

      """
    if !marks.isEmpty {
      let entry = segment(directory, "removed-1.segment", removals, rows: removed) {
        writer throws(SegmentError) in
        try writer.beginSection("removed")
        try writer.append(marks)
      }
      text += "  \"removed\": \(entry),\n"
    }
    let checksum = Self.hex(CRC32C.checksum(of: Array(text.utf8)))
    text += "  \"checksum\": \"\(checksum)\"\n}\n"
    directory.write(Array(text.utf8), to: "manifest.json")
  }

  /// Writes a segment; what the manifest says of it.
  private func segment(
    _ directory: FuzzedDirectory,
    _ name: String,
    _ kind: SegmentLabel,
    rows: Int,
    _ body: (inout SegmentWriter) throws(SegmentError) -> Void
  ) -> String {
    let path = directory.path + "/" + name
    let identity = SegmentIdentity(kind: kind, engine: engine, parameters: parameters)
    do throws(SegmentError) {
      var writer = try SegmentWriter(path: path, identity: identity, generation: 1)
      try body(&writer)
      try writer.publish()
      let segment = try Segment(path: path)
      return "{\"file\": \"\(name)\", \"rows\": \(rows), \"bytes\": \(segment.fileSize), "
        + "\"checksum\": \"\(Self.hex(segment.checksum))\"}"
    } catch {
      preconditionFailure("a segment is written: \(error)")
    }
  }

  private static func hex(_ checksum: UInt32) -> String {
    let digits = String(checksum, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }
}

/// What an index target takes of its input, piece by piece.
struct FuzzedInput {
  /// Revisions and generations: such as an index has, and such as cannot be counted up.
  private static let counts: [UInt64] = [1, 2, 1 << 61, .max - 1, .max]

  let rows: Int
  let revision: UInt64
  let generation: UInt64
  let markCount: Int
  let removed: Int
  private var rest: ArraySlice<UInt8>

  /// A byte each: number of rows with the manifest's revision and generation, number of bytes of marks,
  /// number of rows said to be removed.
  init?(_ input: [UInt8]) {
    guard input.count >= 3 else { return nil }
    rows = Int(input[0]) % 9
    revision = Self.counts[Int(input[0]) / 9 % 5]
    generation = Self.counts[Int(input[0]) / 45 % 5]
    markCount = Int(input[1]) % 4
    removed = Int(input[2])
    rest = input.dropFirst(3)
  }

  /// The next bytes, and zeros behind the last.
  mutating func take(_ count: Int) -> [UInt8] {
    let bytes = rest.prefix(count)
    rest = rest.dropFirst(count)
    return bytes + Array(repeating: 0, count: count - bytes.count)
  }

  /// The bytes that are left.
  mutating func takeAll() -> [UInt8] { take(rest.count) }

  /// A byte for each row, as numbers of four bytes.
  mutating func takeNumbers(_ count: Int) -> [UInt8] { take(count).flatMap { [$0, 0, 0, 0] } }
}
