import BiomatchTestSupport
import Foundation
import Testing

@testable import BiomatchFace

@Suite("Saved face index")
struct SavedFaceIndexTests {
  private static func names(_ directory: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: directory).sorted()
  }

  private static func faces(_ count: Int, seed: UInt64) throws -> [StoredFace] {
    var random = SeededGenerator(seed: seed)
    return try StoredFace.random(count, using: &random)
  }

  /// Expects that searches at every level find those faces and no other.
  private func expect(_ index: FaceIndex, finds faces: some Sequence<StoredFace>) throws {
    let naive = NaiveFaces(faces)
    let all = FaceSearchOptions(limit: 10_000, threads: 2)
    #expect(try index.candidates(all) == naive.candidates(all))
    let few = FaceSearchOptions(limit: 5)
    let expected = naive.candidates(few)
    for simd in SIMDLevel.available {
      #expect(try index.snapshot().with(simd: simd).candidates(few) == expected, "\(simd)")
    }
  }

  @Test("what is saved, changed, saved, opened and compacted is found as in memory")
  func course() throws {
    let directory = try TemporaryDirectory()
    let path = directory.file("index")
    let faces = try Self.faces(300, seed: 31)
    let index = try FaceIndex.ofPool()
    try index.append(faces[..<200])
    try index.save(to: path)
    #expect(try Self.names(path) == ["manifest.json", "rows-1-1.segment"])
    let first = try FileBytes.read(path + "/rows-1-1.segment")
    try index.append(faces[200...])
    try expect(index, finds: faces)
    try index.save()
    #expect(try Self.names(path) == ["manifest.json", "rows-1-1.segment", "rows-2-1.segment"])
    try index.remove([faces[3].reference])
    try index.remove([faces[250].reference])
    try index.save()
    #expect(
      try Self.names(path) == [
        "manifest.json", "removed-3.segment", "rows-1-1.segment", "rows-2-1.segment",
      ]
    )
    #expect(try FileBytes.read(path + "/rows-1-1.segment") == first)
    // Nothing to save: nothing is written.
    let manifest = try FileBytes.read(path + "/manifest.json")
    try index.save()
    #expect(try FileBytes.read(path + "/manifest.json") == manifest)
    let left = faces.filter { ![faces[3], faces[250]].contains($0) }
    let opened = try FaceIndex(opening: path)
    try opened.verify()
    try expect(opened, finds: left)
    let info = opened.snapshot().info
    #expect((info.count, info.removed, info.segments, info.unsaved) == (298, 2, 2, 0))
    #expect((info.model, info.dimension, info.generation) == ("pool", 67, 4))
    try index.compact()
    try index.compact()
    #expect(try Self.names(path) == ["manifest.json", "rows-4-1.segment"])
    let compacted = try FaceIndex(opening: path)
    try compacted.verify()
    #expect(compacted.snapshot().info.removed == 0)
    try expect(compacted, finds: left)
    // Who had it open before keeps what was there.
    try expect(opened, finds: left)
    try opened.verify()
  }

  @Test(
    "blocks are taken over or made anew: the bytes are those of an index made at once",
    arguments: [
      [], [0], [1100], [15], [16], [1023, 1024], Array(0..<64), Array(64..<1088), [500, 900],
    ]
  )
  func rewriting(removed: [Int]) throws {
    let directory = try TemporaryDirectory()
    let faces = try Self.faces(1101, seed: 32)
    let index = try FaceIndex.ofPool()
    for start in stride(from: 0, to: 1101, by: 367) { try index.append(faces[start..<start + 367]) }
    try index.save(to: directory.file("a"))
    try index.append([
      StoredFace(reference: try ReferenceID("x"), subject: try SubjectID("s"), vector: 9)
    ])
    try index.remove(removed.map { faces[$0].reference } + [try ReferenceID("x")])
    try index.compact()
    let gone = Set(removed)
    let left = faces.indices.filter { !gone.contains($0) }.map { faces[$0] }
    let other = try FaceIndex.ofPool()
    try other.append(left)
    try other.save(to: directory.file("b"))
    let segments = try [("a", "rows-2-1.segment"), ("b", "rows-1-1.segment")].map { place, name in
      try Segment(path: directory.file(place) + "/" + name)
    }
    for label in ["identifiers", "order", "upper", "blocks", "lower", "vectors"] as [SegmentLabel] {
      let bytes = try segments.map { segment in
        try segment.withBytes(of: label) { span in span.withUnsafeBytes { Array($0) } }
      }
      #expect(bytes[0] == bytes[1], "\(label)")
    }
    try index.verify()
    try expect(try FaceIndex(opening: directory.file("a")), finds: left)
  }

  @Test("many small saves leave few segments, and the marks of what was removed")
  func manySaves() throws {
    let directory = try TemporaryDirectory()
    let faces = try Self.faces(60, seed: 38)
    let index = try FaceIndex.ofPool()
    try index.save(to: directory.path)
    for step in 0..<20 {
      try index.append(faces[3 * step..<3 * step + 3])
      if step.isMultiple(of: 5) { try index.remove([faces[step].reference]) }
      try index.save()
      let opened = try FaceIndex(opening: directory.path)
      try opened.verify()
      #expect(opened.snapshot().info.segments <= 5, "after \(step + 1) saves")
    }
    let removed = Set(stride(from: 0, to: 20, by: 5).map { faces[$0] })
    try expect(try FaceIndex(opening: directory.path), finds: Set(faces).subtracting(removed))
  }

  @Test(
    "a save writes at most 256 MiB of older vectors anew",
    arguments: [64, 512, 1024, 1025, 4096]
  )
  func limits(dimension: Int) {
    let kind = FaceIndexKind(
      model: FacePool.model,
      dimension: dimension,
      kernels: VectorKernels(level: .portable)
    )
    let bytes = kind.limits.mergedRowCount * 4 * dimension
    #expect(bytes <= 1 << 28)
    #expect(kind.limits.mergedRowCount == 1 << 16 || bytes > 1 << 27)
  }

  @Test("an index of another model or version is refused")
  func models() throws {
    let directory = try TemporaryDirectory()
    let index = try FaceIndex(model: FacePool.model("m", "1"), dimension: 64)
    try index.save(to: directory.path)
    for (other, name) in [
      (FacePool.model("m", "2"), "m 2"), (FacePool.model("n", "1"), "n 1"),
      (FacePool.model("m"), "m"),
    ] {
      let expected = IndexError.wrongModel(path: directory.path, expected: name, found: "m 1")
      #expect(throws: expected) { try FaceIndex(opening: directory.path, model: other) }
      #expect(expected.code == "index.model" && expected.category == .badData)
    }
    for model in [nil, FacePool.model("m", "1")] {
      let opened = try FaceIndex(opening: directory.path, model: model)
      #expect(opened.model == index.model)
      #expect((opened.dimension, opened.parameters) == (64, index.parameters))
    }
  }

  @Test("opening looks at no row: it succeeds where every byte of every section is damaged")
  func openingReadsTablesOnly() throws {
    let directory = try TemporaryDirectory()
    let index = try FaceIndex.ofPool()
    try index.append(try Self.faces(100, seed: 33))
    try index.save(to: directory.path)
    let path = directory.file("rows-1-1.segment")
    var bytes = try FileBytes.read(path)
    let sections = try Segment(path: path).sections
    #expect(
      sections.map(\.label) == ["identifiers", "order", "upper", "blocks", "lower", "vectors"]
    )
    for section in sections {
      for offset in section.offset..<section.end { bytes[offset] ^= 0xFF }
    }
    try SavedFiles(directory.path).replacing("rows-1-1.segment", with: bytes) {
      let opened = try FaceIndex(opening: directory.path)
      #expect((opened.count, opened.snapshot().info.segments) == (100, 1))
      #expect(throws: IndexError.self) { try opened.candidates(FaceSearchOptions(limit: 1)) }
      #expect(throws: IndexError.self) { try opened.verify() }
    }
  }

  @Test("an index without vectors is saved and opened")
  func empty() throws {
    let directory = try TemporaryDirectory()
    #expect(throws: IndexError.neverSaved) { try FaceIndex.ofPool().save() }
    try FaceIndex.ofPool().save(to: directory.path)
    let opened = try FaceIndex(opening: directory.path, model: FacePool.model)
    try opened.verify()
    try opened.compact()
    try expect(opened, finds: [])
    #expect(throws: IndexError.exists(path: directory.path)) {
      try FaceIndex.ofPool().save(to: directory.path)
    }
  }
}
