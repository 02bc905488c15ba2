import Foundation

/// What a saved index consists of: the one file of its directory that is replaced.
///
/// `docs/formats/index-directory.md` is the specification.
package struct IndexManifest: Sendable, Hashable {
  /// The version of the format.
  static let version = 1
  /// The highest revision and generation: counting there takes longer than any index lives, and the
  /// next number is still one.
  package static let largestCount: UInt64 = 1 << 62
  /// The most rows that an index has, removed ones included.
  package static let largestRowCount = Int(UInt32.max)

  /// A segment of the directory.
  package struct File: Sendable, Hashable, Codable {
    package var file: String
    /// How many rows it has, or marks as removed.
    package var rows: Int
    package var bytes: Int
    /// The checksum of its header.
    package var checksum: String
  }

  package let format: IndexFormat
  /// Names what the rows were made with.
  package var parameters: ParameterDigest
  /// What only the kind has, in the format's order.
  package var details: [IndexDetail]
  /// Counts the manifests of this index.
  package var revision: UInt64
  /// The state of the content.
  package var generation: UInt64
  /// The segments with rows, in the order of the rows.
  package var segments: [File]
  /// Which rows are removed; `nil` when none is.
  package var removed: File?
  /// The key of the index, sealed by the caller's with ``authenticated``; `nil` where segments are not
  /// sealed.
  var sealedKey: [UInt8]?

  package init(
    format: IndexFormat,
    parameters: ParameterDigest,
    details: [IndexDetail] = [],
    revision: UInt64,
    generation: UInt64,
    segments: [File] = [],
    removed: File? = nil
  ) {
    self.format = format
    self.parameters = parameters
    self.details = details
    self.revision = revision
    self.generation = generation
    self.segments = segments
    self.removed = removed
  }

  /// The member of that name that only the kind has; `nil` where it is left out.
  package subscript(detail name: String) -> IndexDetail? { details.first { $0.name == name } }

  /// The names of the files that belong to the index, this one's apart.
  var files: Set<String> { Set((segments + [removed].compactMap { $0 }).map(\.file)) }
}

extension IndexManifest {
  /// The bytes of the file: one way to write it, so that any change of them shows.
  package var encoded: [UInt8] {
    var text = unsealed
    if let sealedKey { text += "  \"sealed\": \"\(Self.hex(sealedKey))\",\n" }
    let checksum = IndexChecksum.hex(CRC32C.checksum(of: Array(text.utf8)))
    return Array((text + "  \"checksum\": \"\(checksum)\"\n}\n").utf8)
  }

  /// What is sealed with the key of the index: every member in front of it.
  var authenticated: [UInt8] { Array("biomatch index 1\n\(unsealed)".utf8) }

  private var unsealed: String {
    var lines = [
      #"  "format": \#(Self.version)"#,
      #"  "kind": "\#(format.kind)""#,
      #"  "engine": "\#(format.engine)""#,
      #"  "parameters": "\#(parameters.hex)""#,
    ]
    lines += details.map { "  \($0.encoded)" }
    lines += [
      #"  "revision": \#(revision)"#,
      #"  "generation": \#(generation)"#,
    ]
    let segments = segments.map { "\n    \($0.encoded)" }.joined(separator: ",")
    lines.append(#"  "segments": [\#(segments)\#(segments.isEmpty ? "" : "\n  ")]"#)
    if let removed { lines.append(#"  "removed": \#(removed.encoded)"#) }
    return "{\n" + lines.joined(separator: ",\n") + ",\n"
  }

  private static func hex(_ bytes: [UInt8]) -> String {
    bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }

  private static func bytes(hex: String) -> [UInt8]? {
    let digits = hex.utf8.map { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 ? $0 - 48 : $0 &- 87 }
    guard digits.count.isMultiple(of: 2), digits.allSatisfy({ $0 < 16 }) else { return nil }
    return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }

  /// Reads the bytes of the file at `path`; what is wrong with them decides the error.
  package init(
    decoding bytes: [UInt8],
    path: String,
    _ format: IndexFormat
  ) throws(IndexError) {
    let decoder = JSONDecoder()
    let data = Data(bytes)
    guard let head = try? decoder.decode(Head.self, from: data), head.kind == format.kind.string
    else {
      throw .foreign(path: path, kind: format.kind)
    }
    guard head.format == Self.version else {
      throw .unsupportedVersion(path: path, found: head.format)
    }
    guard let body = try? decoder.decode(Body.self, from: data),
      let members = try? decoder.decode([String: Member].self, from: data),
      let parameters = ParameterDigest(hex: body.parameters)
    else { throw .corruptManifest(path: path) }
    guard body.engine == format.engine.string else {
      throw .wrongEngine(path: path, expected: format.engine.string, found: body.engine)
    }
    self.init(
      format: format,
      parameters: parameters,
      details: format.details.compactMap { name in
        members[name]?.value.map { IndexDetail(name: name, value: $0) }
      },
      revision: body.revision,
      generation: body.generation,
      segments: body.segments,
      removed: body.removed
    )
    sealedKey = body.sealed.flatMap { Self.bytes(hex: $0) }
    guard isValid, encoded == bytes else { throw .corruptManifest(path: path) }
  }

  private struct Head: Decodable {
    var format: Int
    var kind: String
  }

  private struct Body: Decodable {
    var engine: String
    var parameters: String
    var revision: UInt64
    var generation: UInt64
    var segments: [File]
    var removed: File?
    var sealed: String?
  }

  /// A member of any name: a number, a text, or something else that is no detail.
  private struct Member: Decodable {
    var value: IndexDetail.Value?

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let number = try? container.decode(Int.self) {
        value = .number(number)
      } else {
        value = (try? container.decode(String.self)).map { .text($0) }
      }
    }
  }

  /// Whether names and numbers are such as an index gives.
  var isValid: Bool {
    let rows = segments.reduce(0) { sum, file in
      let (next, overflow) = sum.addingReportingOverflow(file.rows)
      return overflow || file.rows < 1 ? Int.max : next
    }
    return (1...Self.largestCount).contains(revision) && generation <= Self.largestCount
      && rows <= Self.largestRowCount && (0...rows).contains(removed?.rows ?? 0)
      && details.allSatisfy(\.isPlain)
      && segments.allSatisfy { IndexFileName.isRows($0.file) }
      && removed.map { IndexFileName.isRemoved($0.file) } ?? true
      && files.count == segments.count + (removed == nil ? 0 : 1)
  }
}

extension IndexManifest.File {
  /// The file that a segment was read from.
  package init(_ segment: Segment, name: String, rows: Int) {
    self.init(
      file: name,
      rows: rows,
      bytes: segment.fileSize,
      checksum: IndexChecksum.hex(segment.checksum)
    )
  }

  fileprivate var encoded: String {
    #"{"file": "\#(file)", "rows": \#(rows), "bytes": \#(bytes), "checksum": "\#(checksum)"}"#
  }
}

/// How a checksum is written in a manifest.
enum IndexChecksum {
  /// Eight lower-case hexadecimal digits.
  static func hex(_ checksum: UInt32) -> String {
    let digits = String(checksum, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }
}

/// The names of an index's files. The number is that of the manifest that named a file first, and no
/// name is given twice.
package enum IndexFileName {
  package static let manifest = "manifest.json"

  package static func rows(revision: UInt64, number: Int) -> String {
    "rows-\(revision)-\(number).segment"
  }
  package static func removed(revision: UInt64) -> String { "removed-\(revision).segment" }

  static func isRows(_ name: String) -> Bool {
    numbers(of: name, prefix: "rows-").map { $0.count == 2 } ?? false
  }

  static func isRemoved(_ name: String) -> Bool {
    numbers(of: name, prefix: "removed-").map { $0.count == 1 } ?? false
  }

  /// Whether a save may have left a file of that name behind, whole or in the making.
  static func isOurs(_ name: String) -> Bool {
    if isRows(name) || isRemoved(name) { return true }
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4, parts[3] == "tmp" else { return false }
    let target = "\(parts[0]).\(parts[1])"
    return target == manifest || isRows(target) || isRemoved(target)
  }

  private static func numbers(of name: String, prefix: String) -> [Substring]? {
    let suffix = ".segment"
    guard name.hasPrefix(prefix), name.hasSuffix(suffix),
      name.utf8.count <= 64
    else { return nil }
    let middle = name.dropFirst(prefix.count).dropLast(suffix.count)
    let numbers = middle.split(separator: "-", omittingEmptySubsequences: false)
    let areNumbers = numbers.allSatisfy { number in
      !number.isEmpty && number.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")) ~= $0 }
    }
    return areNumbers ? numbers : nil
  }
}
