import BiomatchCrypto
import BiomatchFace
import BiomatchTestSupport
import Foundation

@testable import BiomatchFingerprint
@testable import BiomatchGallery

/// What files may hold of a person, in the forms in which a gallery and its indexes write it.
struct PersonTraces {
  /// One kind of trace: patterns, any of which gives the person away.
  struct Trace {
    let name: String
    let patterns: [BytePattern]
  }

  /// What everybody could read: only in a gallery in clear.
  private(set) var plain: [Trace] = []
  /// What rows of indexes hold, likewise.
  private(set) var indexed: [Trace] = []
  /// What stays in clear in every gallery.
  private(set) var named: [Trace] = []
  /// What is sealed, and the key under which it is.
  private(set) var sealed: [Trace] = []
  /// The key itself, which no file ever has.
  private(set) var key: [Trace] = []

  /// Everything.
  var all: [Trace] { plain + indexed + named + sealed + key }

  /// The traces of a person as enrolled or updated.
  init(of person: Person) throws {
    named.append(Trace("identifier", [Array(person.subject.string.utf8)]))
    for sample in person.samples {
      named.append(Trace("reference \(sample.reference)", [Array(sample.reference.string.utf8)]))
      try add(sample)
    }
    for name in person.demographics.names {
      plain.append(Trace("name", [Array(name.primary.utf8)]))
    }
    for document in person.demographics.documents {
      plain.append(Trace("document number", [Array(document.number.utf8)]))
    }
  }

  /// Adds what a gallery has of its subject under seal.
  mutating func addSealed(_ gallery: Gallery, _ subject: SubjectID) async throws {
    guard let vault = gallery.store.vault else { return }
    let (row, samples) = try await gallery.read { snapshot in
      let row = try SubjectRow.fetch(snapshot.db, subject)
      return (row, try SampleRow.fetchAll(snapshot.db, of: row?.number ?? 0))
    }
    guard let row, let number = row.key else { return }
    sealed.append(Trace("sealed profile", pieces: Array(row.profile)))
    for sample in samples {
      sealed.append(Trace("sealed \(sample.reference)", pieces: Array(sample.content)))
    }
    sealed.append(Trace("wrapped key", [try await gallery.wrappedKey(number) ?? []]))
    let bytes = try vault.read { keys in
      try keys.key(number, of: subject).bytes.withBytes { bytes in
        (0..<bytes.byteCount).map { bytes.unsafeLoad(fromByteOffset: $0, as: UInt8.self) }
      }
    }
    key.append(Trace("key", [bytes]))
  }

  private mutating func add(_ sample: Sample) throws {
    switch sample {
    case .finger(let finger):
      // Records of different fingers begin alike.
      plain.append(Trace("record", pieces: Array(finger.record.dropFirst(40))))
      var sample = finger
      sample.format = .iso2005
      let template = try sample.storedTemplate(of: try SubjectID("anybody"))
      let packed = FingerprintMatcher().describe(template).packed
      indexed.append(Trace("packed print", pieces: Array(packed.dropFirst(40).prefix(640)), of: 64))
    case .face(let face):
      plain.append(Trace("original", [face.original]))
      plain.append(Trace("vector", pieces: face.vector.flatMap { Self.bytes(of: $0.bitPattern) }))
      let vectors = try FaceVectors(dimension: face.vector.count, values: face.vector)
      let unit = UnitFaceVectors(vectors).values
      indexed.append(Trace("unit vector", pieces: unit.flatMap { Self.bytes(of: $0.bitPattern) }))
      let halves = CodedFace(unit)
      indexed.append(Trace("lower halves of codes", [halves.lower.flatMap(Self.bytes)]))
      indexed.append(
        Trace(
          name: "upper halves of codes",
          patterns: [BytePattern(parts: halves.upper.map(Self.bytes), stride: 64)]
        )
      )
    }
  }

  private static func bytes(of word: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) }
  }
}

extension PersonTraces.Trace {
  fileprivate init(_ name: String, _ patterns: [[UInt8]]) {
    self.init(name: name, patterns: patterns.map { BytePattern(parts: [$0], stride: 0) })
  }

  /// Pages of a database cut what is long: any piece counts.
  init(_ name: String, pieces bytes: [UInt8], of size: Int = 24) {
    let pieces = stride(from: 0, through: bytes.count - size, by: size).map {
      Array(bytes[$0..<$0 + size])
    }
    // One with few values in it may be anybody's.
    self.init(name, pieces.filter { Set($0).count >= 12 })
  }

  /// Whether any file below a path has it.
  func isFound(in files: [Data]) -> Bool {
    patterns.contains { pattern in files.contains { pattern.isFound(in: $0) } }
  }
}

/// Bytes that lie behind one another, or in parts at equal distances.
struct BytePattern {
  let parts: [[UInt8]]
  let stride: Int

  func isFound(in data: Data) -> Bool {
    guard let first = parts.first, !first.isEmpty else { return false }
    var rest = data.startIndex..<data.endIndex
    while let match = data.range(of: Data(first), in: rest) {
      let isWhole = parts.enumerated().allSatisfy { number, part in
        let start = match.lowerBound + number * stride
        return start + part.count <= data.endIndex
          && data[start..<start + part.count].elementsEqual(part)
      }
      if isWhole { return true }
      rest = match.lowerBound + 1..<data.endIndex
    }
    return false
  }
}

/// The codes of a face as `docs/formats/face-index.md` has them, computed from that page alone.
private struct CodedFace {
  /// A word for each eight values.
  private(set) var upper: [UInt32] = []
  private(set) var lower: [UInt32] = []

  init(_ unit: [Float]) {
    let largest = unit.reduce(0) { max($0, $1.magnitude) }
    let scale = Float(bitPattern: ((largest * (1 / 127)).bitPattern & 0xFFFF_0000) + 0x1_0000)
    let bytes = unit.map { value -> UInt32 in
      let code = (value * (1 / scale)).rounded(.toNearestOrEven)
      return UInt32(min(max(code, -127), 127) + 128)
    }
    for group in Swift.stride(from: 0, to: bytes.count, by: 8) {
      func word(_ half: (UInt32) -> UInt32) -> UInt32 {
        (0..<4).reduce(0) { word, byte in
          let pair = half(bytes[group + byte]) | half(bytes[group + 4 + byte]) << 4
          return word | pair << (8 * UInt32(byte))
        }
      }
      upper.append(word { $0 / 16 })
      lower.append(word { $0 % 16 })
    }
  }
}
