import BiomatchTestSupport
import Foundation
import Testing

@testable import BiomatchFace

/// Galleries of rows that lie in a subspace, or nearly.
private enum Gallery: String, CaseIterable {
  case rankDeficient, noisy, clustered

  func vectors(
    _ count: Int,
    _ dimension: Int,
    using random: inout SeededGenerator
  ) throws -> FaceVectors {
    switch self {
    case .rankDeficient:
      return try FaceDistribution.rankDeficient.vectors(count, dimension: dimension, using: &random)
    case .clustered:
      return try FaceDistribution.clustered.vectors(count, dimension: dimension, using: &random)
    case .noisy:
      let axes = UnitFaceVectors(
        try FaceDistribution.random.vectors(40, dimension: dimension, using: &random)
      )
      let noise = UnitFaceVectors(
        try FaceDistribution.random.vectors(count, dimension: dimension, using: &random)
      )
      let values = (0..<count).flatMap { row in
        var sum = noise[row].map { 1e-3 * $0 }
        for axis in 0..<axes.count {
          let weight = Float.random(in: -0.3...0.3, using: &random)
          for (place, value) in axes[axis].enumerated() { sum[place] += weight * value }
        }
        return sum
      }
      return try FaceVectors(dimension: dimension, values: values)
    }
  }
}

/// An empty index that fits a basis to segments of few rows already.
private func index(_ dimension: Int, simd: SIMDLevel = .active, from rows: Int) throws -> FaceIndex
{
  var kind = FaceIndexKind(
    model: try FaceModel(name: "m"),
    dimension: dimension,
    kernels: VectorKernels(level: simd)
  )
  kind.fittedRowCount = rows
  return FaceIndex(IndexStore(kind))
}

extension FaceIndex {
  /// How many coordinates the codes of each part have.
  fileprivate var codeDimensions: [Int] {
    snapshot().content.parts.map(\.codeLayout.dimension)
  }

  fileprivate func append(_ rows: Range<Int>, of vectors: FaceVectors) throws {
    try append(
      references: try rows.map { try ReferenceID("r\($0)") },
      subjects: try rows.map { try SubjectID("s\($0 / 2)") },
      vectors: try FaceVectors(dimension: dimension, values: rows.flatMap { vectors[$0] })
    )
  }
}

@Suite("Codes in a subspace")
struct FaceBasisTests {
  private static let dimension = 128
  private static let kernels = VectorKernels(level: .active)

  @Test(
    "searches of saved rows with codes in a subspace find what comparing all finds",
    arguments: SIMDLevel.available,
    Gallery.allCases
  )
  private func exact(simd: SIMDLevel, gallery: Gallery) throws {
    for seed in UInt64(1)...2 {
      var random = SeededGenerator(seed: seed)
      let count = 480
      let all = try gallery.vectors(count + 8, Self.dimension, using: &random)
      let foreign = try FaceDistribution.random.vectors(
        6,
        dimension: Self.dimension,
        using: &random
      )
      let rows = try FaceVectors(
        dimension: Self.dimension,
        values: (0..<count - 6).flatMap { all[$0] } + foreign.values
      )
      let probeCount = [3, 90][Int(seed) % 2]
      let probes = try FaceVectors(
        dimension: Self.dimension,
        values: (0..<probeCount).flatMap { all[count + 7 - 5 * $0 % 400] } + foreign[1]
      )
      let directory = try TemporaryDirectory()
      let path = directory.file("index")
      let index = try index(Self.dimension, simd: simd, from: 200)
      // A segment with a basis, a small one without, and rows in memory.
      try index.append(0..<400, of: rows)
      try index.save(to: path)
      try check(index, rows, 0..<400, probes, seed)
      try index.append(400..<420, of: rows)
      try index.append(420..<count, of: rows)
      try check(index, rows, 0..<count, probes, seed)
      try index.save()
      try check(index, rows, 0..<count, probes, seed)
      let opened = try FaceIndex(opening: path, simd: simd)
      #expect(opened.codeDimensions == index.codeDimensions)
      try check(opened, rows, 0..<count, probes, seed)
      try opened.verify()
      try index.compact()
      #expect((index.codeDimensions[0] < Self.dimension) == (gallery != .clustered))
      try check(index, rows, 0..<count, probes, seed)
      try index.verify()
    }
  }

  private func check(
    _ index: FaceIndex,
    _ rows: FaceVectors,
    _ range: Range<Int>,
    _ probes: FaceVectors,
    _ seed: UInt64
  ) throws {
    let vectors = try FaceVectors(
      dimension: rows.dimension,
      values: range.flatMap { rows[$0] }
    )
    let references = try range.map { try ReferenceID("r\($0)") }
    let oracle = OracleFaceSearch(
      references: references,
      subjects: try range.map { try SubjectID("s\($0 / 2)") },
      vectors: vectors
    )
    let unit = UnitFaceVectors(probes)
    let snapshot = index.snapshot()
    let prepared = try snapshot.prepare(probes)
    var random = SeededGenerator(seed: seed)
    for limit in [1, 10, 300] {
      var options = FaceSearchOptions(limit: limit)
      options.threads = Int.random(in: 1...3, using: &random)
      if Bool.random(using: &random) {
        options.threshold = oracle.scores(of: unit, 0).randomElement(using: &random)
          .map { SimilarityScore($0) }
      }
      var chosen = Set(references)
      if Bool.random(using: &random) {
        chosen = Set(references.filter { _ in Int.random(in: 0..<3, using: &random) > 0 })
        options.selection = try snapshot.select { reference, _ in chosen.contains(reference) }
      }
      for (probe, result) in try snapshot.searchBlocking(prepared, options).enumerated() {
        let expected = oracle.candidates(
          of: unit,
          probe,
          limit: limit,
          threshold: options.threshold
        ) { chosen.contains(references[$0]) }
        #expect(result.candidates == expected, "seed \(seed), limit \(limit), probe \(probe)")
      }
    }
  }

  @Test("a basis has as many rows as the vectors have rank, the same at every SIMD level")
  func rank() throws {
    var random = SeededGenerator(seed: 5)
    for (gallery, rank) in [(Gallery.rankDeficient, 4), (.noisy, 40)] {
      let rows = UnitFaceVectors(try gallery.vectors(300, Self.dimension, using: &random))
      let bases = SIMDLevel.available.map { level in
        FaceBasis(
          fitting: rows.values,
          dimension: Self.dimension,
          kernels: VectorKernels(level: level)
        )
      }
      let basis = try #require(bases[0])
      #expect(bases.allSatisfy { $0 == basis })
      #expect(basis.layout.dimension == rank)
      #expect(basis.deviation < 1e-5)
      for row in 0..<rows.count {
        #expect(basis.coordinates(of: rows[row], Self.kernels).outside < 0.011)
      }
    }
  }

  @Test("the bounds hold for vectors and probes in and out of the subspace")
  func bounds() throws {
    var random = SeededGenerator(seed: 6)
    let inside = UnitFaceVectors(try Gallery.noisy.vectors(64, Self.dimension, using: &random))
    let outside = UnitFaceVectors(
      try FaceDistribution.random.vectors(8, dimension: Self.dimension, using: &random)
    )
    let basis = try #require(
      FaceBasis(fitting: inside.values, dimension: Self.dimension, kernels: Self.kernels)
    )
    let rows = (0..<64).map { inside[$0] } + (0..<8).map { outside[$0] }
    for a in rows {
      let first = basis.coordinates(of: a, Self.kernels)
      for b in rows {
        let second = basis.coordinates(of: b, Self.kernels)
        let product = zip(a, b).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
        let inner = zip(first.coordinates, second.coordinates)
          .reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
        let bound = Double(first.outside) * Double(second.outside) + 2 * basis.deviation + 0x1p-21
        #expect(abs(product - inner) <= bound)
      }
    }
  }

  @Test("vectors of full rank, and few vectors, get no basis")
  func none() throws {
    var random = SeededGenerator(seed: 7)
    let rows = try FaceDistribution.random.vectors(400, dimension: 128, using: &random)
    let directory = try TemporaryDirectory()
    for (path, from) in [("full", 100), ("few", 401)] {
      let index = try index(128, from: from)
      let noisy = try Gallery.noisy.vectors(400, 128, using: &random)
      try index.append(0..<400, of: path == "full" ? rows : noisy)
      try index.save(to: directory.file(path))
      #expect(index.codeDimensions == [128])
    }
  }

  @Test("a basis that is not nearly orthonormal, or not of numbers, is none")
  func refused() throws {
    var values = [Float](repeating: 0, count: 2 * 64)
    (values[0], values[65]) = (1, 1)
    #expect(FaceBasis(values, dimension: 64, kernels: Self.kernels) != nil)
    for value in [Float.nan, .infinity, 2, 0, 1.001, .greatestFiniteMagnitude] {
      values[65] = value
      #expect(FaceBasis(values, dimension: 64, kernels: Self.kernels) == nil, "\(value)")
    }
  }

  @Test("a changed bit of a basis is found by searching and by verifying")
  func damage() throws {
    var random = SeededGenerator(seed: 8)
    let directory = try TemporaryDirectory()
    let path = directory.file("index")
    let rows = try Gallery.noisy.vectors(400, 128, using: &random)
    let saved = try index(128, from: 100)
    try saved.append(0..<400, of: rows)
    try saved.save(to: path)
    let name = path + "/rows-1-1.segment"
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: name)))
    let basis = try #require(
      FaceBasis(
        fitting: UnitFaceVectors(rows).values,
        dimension: 128,
        kernels: Self.kernels
      )
    )
    let expected = basis.values.withUnsafeBytes { [UInt8]($0) }
    let start = try #require(
      stride(from: 0, to: bytes.count - expected.count, by: 4096).first {
        bytes[$0..<$0 + expected.count].elementsEqual(expected)
      }
    )
    for _ in 0..<20 {
      var changed = bytes
      changed[start + Int.random(in: expected.indices, using: &random)] ^=
        1 << UInt8.random(in: 0..<8, using: &random)
      try Data(changed).write(to: URL(filePath: name))
      let opened = try FaceIndex(opening: path)
      #expect(throws: IndexError.self) { try opened.verify() }
      let snapshot = opened.snapshot()
      let probes = try snapshot.prepare(rows)
      #expect(throws: IndexError.self) {
        try snapshot.searchBlocking(probes, FaceSearchOptions(limit: 3))
      }
    }
  }

  @Test("forged bases behind right checksums are damage, never a trap")
  func forged() throws {
    var random = SeededGenerator(seed: 9)
    let directory = try TemporaryDirectory()
    let rows = try Gallery.noisy.vectors(400, 128, using: &random)
    let right = try index(128, from: 100)
    try right.append(0..<400, of: rows)
    try right.save(to: directory.file("right"))
    let original = try Segment(path: directory.file("right") + "/rows-1-1.segment")
    let size = try #require(original.section(SavedFaces.basisLabel)).count
    let basis = try original.withBytes(of: SavedFaces.basisLabel, in: 0..<size) { span in
      span.withUnsafeBytes { Array($0) }
    }
    let nan = (0..<4).map { UInt8(truncatingIfNeeded: Float.nan.bitPattern >> (8 * $0)) }
    let forgeries: [[UInt8]] = [
      [], Array(basis.dropLast()), Array(basis.dropLast(512)), basis + basis + basis + basis,
      Array(repeating: 0, count: size), Array(repeating: 255, count: size),
      nan + basis.dropFirst(4),
      Array(basis[512..<1024]) + basis.dropFirst(512),
    ]
    for (number, forgery) in forgeries.enumerated() {
      let path = directory.file("forged\(number)")
      let index = try index(128, from: 1000)
      try index.append(0..<400, of: rows)
      try index.save(to: path)
      try rewrite(path + "/rows-1-1.segment", from: original, basis: forgery)
      // What a segment holds is checked when it is opened or when it is used.
      #expect(throws: IndexError.self, "forgery \(number)") {
        let opened = try FaceIndex(opening: path)
        let snapshot = opened.snapshot()
        _ = try snapshot.searchBlocking(try snapshot.prepare(rows), FaceSearchOptions(limit: 3))
      }
    }
  }

  /// Writes a segment anew, with another basis.
  private func rewrite(_ path: String, from original: Segment, basis: [UInt8]) throws {
    var writer = try SegmentWriter(
      path: path,
      identity: original.identity,
      generation: original.generation
    )
    var rows = SegmentRows()
    for row in 0..<original.rowCount {
      rows.append(
        reference: try original.reference(ofRow: row),
        subject: try original.subject(ofRow: row)
      )
    }
    try writer.writeRows(rows)
    for label in ["order", "basis", "upper", "blocks", "lower", "vectors"] as [SegmentLabel] {
      let section = try #require(original.section(label))
      try writer.beginSection(label, blockSize: section.blockSize)
      let bytes = try original.withBytes(of: label, in: 0..<section.count) { span in
        span.withUnsafeBytes { Array($0) }
      }
      try writer.append(label == SavedFaces.basisLabel ? basis : bytes)
    }
    try writer.publish()
  }
}
