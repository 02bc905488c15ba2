import BiomatchTestSupport
import Testing

@testable import BiomatchFace

/// A forged index of faces: two segments of vectors with their codes, as an index saves them.
private struct ForgedFaces {
  struct Rows {
    var references: [String]
    var order: [UInt32]
    var vectors: [Float]
    /// The sections of codes by label.
    var codes: [SegmentLabel: [UInt8]]
    var omitted: SegmentLabel?
    /// The bytes of vectors, where they are no whole rows.
    var vectorBytes: [UInt8]?

    /// Makes the codes those of the vectors.
    mutating func encode() throws {
      codes = try ForgedFaces.codes(of: vectors, count: references.count)
    }
  }

  var segments: [Rows]
  var parameters = FaceIndexKind.ofPool.parameters
  var details = FaceIndexKind.ofPool.details

  init() throws {
    segments = []
    for (references, order) in [(["b", "c", "a"], [2, 0, 1]), (["d"], [0])]
      as [([String], [UInt32])]
    {
      let numbers = references.indices.map { 5 * $0 + 10 * segments.count }
      let vectors = UnitFaceVectors(FacePool.vectors(numbers)).values
      var rows = Rows(references: references, order: order, vectors: vectors, codes: [:])
      try rows.encode()
      segments.append(rows)
    }
  }

  func write(to path: String) throws {
    var index = ForgedIndex(FaceIndexKind.format, parameters)
    index.details = details
    index.segments = segments.map { rows in
      var sections: [(label: SegmentLabel, bytes: [UInt8])] = [
        ("order", ForgedIndex.bytes(rows.order))
      ]
      for label in [SavedFaces.upperLabel, SavedFaces.headersLabel, SavedFaces.lowerLabel] {
        sections.append((label, rows.codes[label] ?? []))
      }
      let vectors = rows.vectorBytes ?? ForgedIndex.bytes(rows.vectors.map(\.bitPattern))
      sections.append((SavedFaces.vectorsLabel, vectors))
      return ForgedIndex.Rows(rows.references, sections.filter { $0.label != rows.omitted })
    }
    try index.write(to: path)
  }

  /// What an index saves as codes of the vectors.
  private static func codes(of vectors: [Float], count: Int) throws -> [SegmentLabel: [UInt8]] {
    var rows = MemoryRows()
    for row in 0..<count {
      rows.append(reference: try ReferenceID("\(row)"), subject: try SubjectID("s"))
    }
    let kind = FaceIndexKind.ofPool
    let part = MemoryFaces(rows, layout: kind.layout, kernels: kind.kernels, threads: 1) {
      range,
      target in
      for index in 0..<range.count * FacePool.dimension {
        target[index] = vectors[range.lowerBound * FacePool.dimension + index]
      }
    }
    let source = CodeSource(
      [RowRun(FacePart.memory(part), 0..<count)],
      layout: kind.layout,
      kernels: kind.kernels
    )
    let upper = try source.codes(0..<count, .upper)
    return [
      SavedFaces.upperLabel: upper.plane, SavedFaces.headersLabel: upper.headers,
      SavedFaces.lowerLabel: try source.codes(0..<count, .lower).plane,
    ]
  }
}

extension FaceIndexKind {
  fileprivate static let ofPool = FaceIndexKind(
    model: FacePool.model,
    dimension: FacePool.dimension,
    kernels: VectorKernels(level: .active)
  )
}

/// Does everything that reads a saved index; how many calls failed, and what verifying says.
private func use(_ path: String) throws -> (failures: Int, verified: IndexError?) {
  let index: FaceIndex
  do throws(IndexError) { index = try FaceIndex(opening: path) } catch { return (1, error) }
  var failures = 0
  func attempt(_ work: () throws -> Void) throws {
    do { try work() } catch is IndexError { failures += 1 }
  }
  for simd in SIMDLevel.available {
    for limit in [1, 9] {
      try attempt {
        _ = try index.snapshot().with(simd: simd).candidates(FaceSearchOptions(limit: limit))
      }
    }
    // So many probes that the codes are compared whole.
    try attempt {
      let snapshot = index.snapshot().with(simd: simd)
      let probes = try snapshot.prepare(FacePool.vectors(0..<70))
      _ = try snapshot.searchBlocking(probes, FaceSearchOptions(threshold: SimilarityScore(0.3)))
    }
  }
  try attempt { _ = try index.snapshot().select { _, _ in true } }
  _ = index.snapshot().info
  var verified: IndexError?
  do throws(IndexError) { try index.verify() } catch { verified = error }
  for reference in ["0", "a", "b", "c", "d", "e"] {
    let reference = try ReferenceID(reference)
    try attempt { try index.remove([reference]) }
    try attempt {
      try index.append([StoredFace(reference: reference, subject: try SubjectID("s"), vector: 0)])
    }
  }
  try attempt { try index.compact() }
  try attempt { _ = try index.candidates(FaceSearchOptions(limit: 9)) }
  return (failures, verified)
}

@Suite("Forged directories of face indexes")
struct ForgedFaceIndexTests {
  @Test("the example without a change is in order")
  func example() throws {
    let directory = try TemporaryDirectory()
    try ForgedFaces().write(to: directory.path)
    let found = try use(directory.path)
    #expect((found.failures, found.verified) == (0, nil))
  }

  private struct Change: CustomTestStringConvertible {
    let testDescription: String
    let code: String
    /// Where in the file the damage is said to be; not compared for `nil`.
    let field: String?
    let apply: @Sendable (inout ForgedFaces) throws -> Void

    init(
      _ what: String,
      _ code: String,
      at field: String? = nil,
      _ apply: @escaping @Sendable (inout ForgedFaces) throws -> Void
    ) {
      (testDescription, self.code, self.field, self.apply) = (what, code, field, apply)
    }

    /// A change of a byte of the first segment's codes.
    static func byte(
      _ what: String,
      _ label: SegmentLabel,
      _ offset: Int,
      _ change: @escaping @Sendable (UInt8) -> UInt8
    ) -> Change {
      Change(what, "index.rows", at: "row 0 of section '\(label)'") { forged in
        let old = forged.segments[0].codes[label]?[offset] ?? 0
        forged.segments[0].codes[label]?[offset] = change(old)
      }
    }

    /// Another value of row 1 of the first segment.
    static func value(_ what: String, _ value: Float, encoded: Bool = false) -> Change {
      Change(
        "\(what)\(encoded ? ", and codes made of it" : "")",
        "index.rows",
        at: "row 1 of section 'vectors'"
      ) {
        forged in
        forged.segments[0].vectors[FacePool.dimension + 5] = value
        if encoded { try forged.segments[0].encode() }
      }
    }

    /// Other four bytes of the first block's header.
    static func header(_ what: String, _ offset: Int, _ value: Float) -> Change {
      Change(what, "index.rows", at: "row 0 of section 'blocks'") { forged in
        forged.segments[0].codes["blocks"]?.replaceSubrange(
          offset..<offset + 4,
          with: ForgedIndex.bytes([value.bitPattern])
        )
      }
    }
  }

  private static let changes: [Change] = [
    // Codes that are not those of the vectors.
    .byte("an upper half is another", "upper", 0) { $0 ^ 1 },
    .byte("an upper half of a value behind the last is another", "upper", 8 * 64 + 3) { $0 ^ 0xF0 },
    .byte("an upper half of a row behind the last is another", "upper", 4 * 3) { $0 ^ 0x10 },
    .byte("a lower half is another", "lower", 0) { $0 ^ 0x80 },
    .byte("a lower half of a row behind the last is another", "lower", 15 * 36) { $0 ^ 1 },
    .byte("a scale is larger", "blocks", 0) { $0 ^ 1 },
    .byte("a scale of a row behind the last is another", "blocks", 31) { $0 ^ 1 },
    .header("scales are not numbers", 0, .nan),
    .header("scales are infinite", 0, .infinity),
    .header("scales are zero", 0, 0),
    .header("scales are negative", 0, -1),
    .header("what codes leave is not a number", 32, .nan),
    .header("what codes leave is infinite", 32, .infinity),
    .header("what codes leave is less than nothing", 32, -.greatestFiniteMagnitude),
    .header("what codes leave is nothing", 32, 0),
    .header("what upper halves leave is not a number", 36, .nan),
    .header("what upper halves leave is infinite", 36, .infinity),
    .header("what upper halves leave is less than nothing", 36, -.infinity),
    // Vectors of another length than one.
    .value("a value is not a number", .nan), .value("a value is not a number", .nan, encoded: true),
    .value("a value is infinite", .infinity),
    .value("a value is infinite", .infinity, encoded: true),
    .value("a value is the largest", -.greatestFiniteMagnitude, encoded: true),
    .value("a vector is longer", 1, encoded: true),
    Change("a vector is shorter", "index.rows", at: "row 2 of section 'vectors'") {
      for index in 2 * FacePool.dimension..<3 * FacePool.dimension {
        $0.segments[0].vectors[index] *= 1 - 0x1p-18
      }
      try $0.segments[0].encode()
    },
    Change("a vector is zero", "index.rows", at: "row 0 of section 'vectors'") {
      $0.segments[1].vectors = Array(repeating: 0, count: FacePool.dimension)
      try $0.segments[1].encode()
    },
    Change("vectors change places", "index.rows", at: "row 0 of section 'blocks'") {
      for index in 0..<FacePool.dimension {
        $0.segments[0].vectors.swapAt(index, FacePool.dimension + index)
      }
    },
    // Sections of other lengths.
    Change("the last value is missing", "index.rows", at: "row 0 of section 'vectors'") {
      let bytes = ForgedIndex.bytes($0.segments[0].vectors.map(\.bitPattern))
      $0.segments[0].vectorBytes = Array(bytes.dropLast(4))
    },
    Change("there is a vector too many", "index.rows", at: "row 0 of section 'vectors'") {
      $0.segments[0].vectors += $0.segments[1].vectors
    },
    Change("there are no vectors", "index.rows", at: "row 0 of section 'vectors'") {
      $0.segments[0].vectors = []
    },
    Change("a block is cut off", "index.rows", at: "row 0 of section 'upper'") {
      $0.segments[0].codes["upper"]?.removeLast()
    },
    Change("there is a block too many", "index.rows", at: "row 0 of section 'lower'") {
      $0.segments[0].codes["lower"]? += Array(repeating: 0, count: 16 * 36)
    },
    Change("there is a byte too many", "index.rows", at: "row 0 of section 'blocks'") {
      $0.segments[0].codes["blocks"]?.append(0)
    },
    Change("upper halves are missing", "segment.section") { $0.segments[0].omitted = "upper" },
    Change("headers are missing", "segment.section") { $0.segments[0].omitted = "blocks" },
    Change("lower halves are missing", "segment.section") { $0.segments[1].omitted = "lower" },
    Change("vectors are missing", "segment.section") { $0.segments[1].omitted = "vectors" },
    Change("the order is missing", "segment.section") { $0.segments[1].omitted = "order" },
    Change("the order has a row that is not there", "index.rows") {
      $0.segments[0].order = [2, 0, 3]
    },
    Change("a reference has two vectors", "index.rows") { $0.segments[1].references = ["b"] },
    // A manifest that contradicts itself.
    Change("the model is missing", "index.manifest") { $0.details.removeFirst() },
    Change("the model has no name", "index.manifest") { $0.details[0] = IndexDetail("model", "") },
    Change("the model is a number", "index.manifest") { $0.details[0] = IndexDetail("model", 7) },
    Change("the version is missing", "index.manifest") { $0.details.remove(at: 1) },
    Change("the dimension is missing", "index.manifest") { $0.details.removeLast() },
    Change("the dimension is a text", "index.manifest") {
      $0.details[2] = IndexDetail("dimension", "67")
    },
    Change("the dimension is none", "index.manifest") {
      $0.details[2] = IndexDetail("dimension", 63)
    },
    Change("the dimension is out of range", "index.manifest") {
      $0.details[2] = IndexDetail("dimension", .max)
    },
    Change("the dimension is another than the digest's", "index.parameters") {
      $0.details[2] = IndexDetail("dimension", 68)
    },
    Change("the model is another than the digest's", "index.parameters") {
      $0.details[0] = IndexDetail("model", "other")
    },
    Change("the digest is another than the model's", "index.parameters") {
      $0.parameters = ParameterDigest(of: "other".utf8)
    },
  ]

  @Test(
    "content that breaks a rule behind right checksums is found, and never traps",
    arguments: changes
  )
  private func forgeries(change: Change) throws {
    let directory = try TemporaryDirectory()
    var forged = try ForgedFaces()
    try change.apply(&forged)
    try forged.write(to: directory.path)
    let error = try #require(try use(directory.path).verified)
    #expect(error.code == change.code, "\(error)")
    if let field = change.field { #expect(error.location.field == field) }
  }

  @Test("a vector whose score is no number says where it is when it is compared")
  func score() throws {
    let directory = try TemporaryDirectory()
    for value in [Float.nan, .infinity, .greatestFiniteMagnitude] {
      let path = directory.file("\(value)")
      var forged = try ForgedFaces()
      // Every value, so that no probe passes over it.
      for index in 0..<FacePool.dimension {
        forged.segments[0].vectors[FacePool.dimension + index] = value
      }
      try forged.write(to: path)
      let index = try FaceIndex(opening: path)
      let damage = IndexError.corruptRows(
        path: path + "/rows-1-1.segment",
        row: 1,
        section: "vectors"
      )
      let probe = try FaceVectors(
        dimension: FacePool.dimension,
        values: Array(repeating: 1, count: FacePool.dimension)
      )
      let snapshot = index.snapshot()
      #expect(throws: damage) {
        try snapshot.searchBlocking(try snapshot.prepare(probe), FaceSearchOptions(limit: 9))
      }
    }
  }

  @Test("random content behind right checksums never traps", arguments: UInt64(0)..<25)
  func random(seed: UInt64) throws {
    let directory = try TemporaryDirectory()
    var random = SeededGenerator(seed: seed)
    var forged = try ForgedFaces()
    func change(_ bytes: inout [UInt8]) {
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        guard let index = bytes.indices.randomElement(using: &random) else { return }
        bytes[index] = [0, 1, 7, 0x7F, 0x80, 0xFF].randomElement(using: &random) ?? 0
      }
    }
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      switch Int.random(in: 0..<6, using: &random) {
      case 0: change(&forged.segments[0].codes["upper", default: []])
      case 1: change(&forged.segments[0].codes["lower", default: []])
      case 2, 3: change(&forged.segments[0].codes["blocks", default: []])
      case 4:
        var bytes = ForgedIndex.bytes(forged.segments[0].vectors.map(\.bitPattern))
        change(&bytes)
        forged.segments[0].vectorBytes = bytes
      default:
        forged.segments[0].order[Int.random(in: 0..<3, using: &random)] = .random(
          in: 0...3,
          using: &random
        )
      }
    }
    try forged.write(to: directory.path)
    let found = try use(directory.path)
    // What verifying accepts can be used.
    if found.verified == nil { #expect(found.failures == 0, "seed \(seed)") }
  }
}
