import BiomatchCore
import BiomatchFingerprint
import Foundation

/// Saved fingerprint indexes: the manifest as it comes, and directories whose checksums are right.
let fingerprintIndexTargets: [FuzzTarget] = [
  FuzzTarget(name: "fingerprint-index") { input in
    let directory = FuzzedDirectory()
    defer { directory.remove() }
    directory.write(input, to: "manifest.json")
    use(directory.path)
    if let index = ForgedIndex(input) {
      index.write(to: directory)
      use(directory.path)
    }
  }
]

private let matcher = FingerprintMatcher()

/// A print that has a few minutiae in common with nobody.
private let probe = invented(minutiae: 20)
/// One with as many as there can be, which fill every buffer.
private let largeProbe = invented(minutiae: 128)

private func invented(minutiae count: Int) -> FingerprintSearchProbe? {
  let minutiae = (0..<count).map { index in
    Minutia(
      kind: .ending,
      x: 60 + 53 * index % 260,
      y: 60 + 97 * index % 300,
      angle: MinutiaAngle(steps: 37 * index, per: 256),
      quality: 60
    )
  }
  let view = FingerView(width: 388, height: 480, minutiae: minutiae)
  return (try? FingerprintTemplate(view: view)).map { FingerprintSearchProbe(matcher.prepare($0)) }
}

/// Opens, verifies, searches, changes and compacts the index.
private func use(_ path: String) {
  guard let probe, let largeProbe else { preconditionFailure("the probes are templates") }
  var failures = 0
  do throws(IndexError) {
    let index = try FingerprintIndex(opening: path, matcher: matcher)
    var isVerified = true
    do throws(IndexError) { try index.verify() } catch { isVerified = false }
    func attempt(_ work: () throws(IndexError) -> Void) {
      do throws(IndexError) { try work() } catch {
        precondition(!error.description.isEmpty)
        failures += 1
      }
    }
    var narrow = probe
    narrow.positions = FingerPositionFilter([.rightThumb])
    for mode in SearchMode.allCases {
      var options = FingerprintSearchOptions(limit: 3)
      options.mode = mode
      options.threads = 1
      attempt { () throws(IndexError) in
        let results = try index.snapshot().searchBlocking([probe, narrow, largeProbe], options)
        precondition(results.allSatisfy(\.coverage.isComplete))
        precondition(results.allSatisfy { $0.candidates.count <= 3 })
      }
    }
    attempt { () throws(IndexError) in _ = try index.snapshot().info() }
    attempt { () throws(IndexError) in
      _ = try index.snapshot().select { _, _, position in position == .unknown }
    }
    for name in ["r0", "r2", "x"] {
      guard let reference = try? ReferenceID(name) else { continue }
      attempt { () throws(IndexError) in try index.remove([reference]) }
    }
    attempt { () throws(IndexError) in try index.save() }
    attempt { () throws(IndexError) in try index.compact() }
    precondition(!isVerified || failures == 0, "verified, and damaged all the same")
  } catch {
    precondition(!error.description.isEmpty)
  }
}

/// A directory without files, in memory where the system has such a place: saving waits for the disk.
private struct FuzzedDirectory {
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

/// An index of one segment whose sections are the input's, with a manifest that fits it.
///
/// A byte each: number of rows with the manifest's revision and generation, number of bytes of marks, number of rows said to be removed; then the
/// marks, a position, a start (two bytes) and a place in the order a row, and the prints.
private struct ForgedIndex {
  /// Revisions and generations: such as an index has, and such as cannot be counted up.
  private static let counts: [UInt64] = [1, 2, 1 << 61, .max - 1, .max]

  private var rows: Int
  private var revision: UInt64
  private var generation: UInt64
  private var marks: [UInt8]
  private var removed: Int
  private var positions: [UInt8]
  private var starts: [UInt8] = []
  private var order: [UInt8] = []
  private var prints: [UInt8]

  init?(_ input: [UInt8]) {
    guard input.count >= 3 else { return nil }
    rows = Int(input[0]) % 9
    revision = Self.counts[Int(input[0]) / 9 % 5]
    generation = Self.counts[Int(input[0]) / 45 % 5]
    removed = Int(input[2])
    var rest = input.dropFirst(3)
    func take(_ count: Int) -> [UInt8] {
      let bytes = rest.prefix(count)
      rest = rest.dropFirst(count)
      return bytes + Array(repeating: 0, count: count - bytes.count)
    }
    marks = take(Int(input[1]) % 4)
    positions = take(rows)
    for _ in 0..<rows { starts += take(2) + [0, 0] }
    for place in take(rows) { order += [place, 0, 0, 0] }
    prints = Array(rest)
  }

  func write(to directory: FuzzedDirectory) {
    let digest = matcher.digest
    var files: [String] = []
    if rows > 0 {
      let entry = segment(directory, "rows-1-1.segment", kind: "fingerprint-index", rows: rows) {
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
        let sections: [(SegmentLabel, [UInt8])] = [
          ("positions", positions), ("starts", starts), ("order", order), ("prints", prints),
        ]
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
        "kind": "fingerprint-index",
        "engine": "cylinders-1",
        "parameters": "\(digest.hex)",
        "revision": \(revision),
        "generation": \(generation),
        "segments": [\(files.map { "\n    " + $0 + "\n  " }.joined())],

      """
    if !marks.isEmpty {
      let kind: SegmentLabel = "fingerprint-removals"
      let entry = segment(directory, "removed-1.segment", kind: kind, rows: removed) {
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
    kind: SegmentLabel,
    rows: Int,
    _ body: (inout SegmentWriter) throws(SegmentError) -> Void
  ) -> String {
    let path = directory.path + "/" + name
    let identity = SegmentIdentity(kind: kind, engine: "cylinders-1", parameters: matcher.digest)
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
