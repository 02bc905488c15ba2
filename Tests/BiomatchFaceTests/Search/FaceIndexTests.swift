import BiomatchCore
import BiomatchFace
import BiomatchTestSupport
import Testing

@Suite("Face index")
struct FaceIndexTests {
  @Test("finds what scoring every pair and sorting would", arguments: UInt64(0)..<30)
  func oracle(seed: UInt64) throws {
    let directory = try TemporaryDirectory()
    var random = SeededGenerator(seed: seed)
    var index = try FaceIndex.ofPool()
    var naive = NaiveFaces()
    for step in 0..<Int.random(in: 1...12, using: &random) {
      switch Int.random(in: 0..<10, using: &random) {
      case 0..<4: try append(to: index, &naive, &random, seed)
      case 4..<6: try remove(from: index, &naive, &random, seed)
      case 6:
        try index.compact()
        #expect(index.snapshot().info.removed == 0, "seed \(seed)")
      default:
        // In a place of its own now and then, else where it was.
        if index.directory == nil || Int.random(in: 0..<4, using: &random) == 0 {
          try index.save(to: directory.file("\(step)"))
        } else {
          try index.save()
        }
        if Bool.random(using: &random), let place = index.directory {
          let generation = index.generation
          index = try FaceIndex(opening: place)
          #expect(index.generation == generation, "seed \(seed)")
          try index.verify()
        }
      }
      try expectEqual(index, naive, &random, seed)
    }
  }

  private func append(
    to index: FaceIndex,
    _ naive: inout NaiveFaces,
    _ random: inout SeededGenerator,
    _ seed: UInt64
  ) throws {
    // Less than a block of codes, and more than a span of blocks.
    let faces = try (0..<Int.random(in: 1...80, using: &random)).map { row in
      try StoredFace.one(using: &random, prefix: row < 5 ? "" : "\(seed)-\(index.count)-\(row)-")
    }
    let references = Set(faces.map(\.reference))
    let isNew = references.count == faces.count && references.isDisjoint(with: naive.faces.keys)
    do throws(IndexError) {
      try index.append(
        references: faces.map(\.reference),
        subjects: faces.map(\.subject),
        vectors: FacePool.vectors(faces.map(\.vector)),
        threads: Int.random(in: 1...3, using: &random)
      )
      #expect(isNew, "seed \(seed)")
      for face in faces { naive.faces[face.reference] = face }
    } catch {
      #expect(error.code == "index.duplicate-reference" && !isNew, "seed \(seed): \(error)")
    }
  }

  private func remove(
    from index: FaceIndex,
    _ naive: inout NaiveFaces,
    _ random: inout SeededGenerator,
    _ seed: UInt64
  ) throws {
    let known = naive.faces.keys.sorted().shuffled(using: &random)
      .prefix(Int.random(in: 0...60, using: &random))
    let other = try ReferenceID("other")
    #expect(try index.remove(known + [other]) == known.count, "seed \(seed)")
    for reference in known { naive.faces[reference] = nil }
  }

  private func expectEqual(
    _ index: FaceIndex,
    _ naive: NaiveFaces,
    _ random: inout SeededGenerator,
    _ seed: UInt64
  ) throws {
    #expect(index.count == naive.faces.count, "seed \(seed)")
    let options = FaceSearchOptions(
      limit: [1, 3, 30, 1000].randomElement(using: &random) ?? 1,
      threshold: [nil, SimilarityScore(0.2), SimilarityScore(-1)].randomElement(using: &random)
        ?? nil,
      threads: Int.random(in: 1...3, using: &random)
    )
    #expect(try index.candidates(options) == naive.candidates(options), "seed \(seed)")
  }

  @Test("vectors are added all or none")
  func allOrNothing() throws {
    var random = SeededGenerator(seed: 1)
    let faces = try StoredFace.random(6, using: &random)
    let index = try FaceIndex.ofPool()
    try index.append(faces[..<3])
    let (generation, found) = (index.generation, try index.candidates(FaceSearchOptions(limit: 9)))

    func expectNothing(_ error: IndexError, _ work: () throws -> Void) throws {
      #expect(throws: error, performing: work)
      #expect((index.count, index.generation) == (3, generation))
      #expect(try index.candidates(FaceSearchOptions(limit: 9)) == found)
    }
    for batch in [[faces[3], faces[1]], [faces[4], faces[5], faces[4]]] {
      let duplicate = batch.count == 2 ? faces[1] : faces[4]
      try expectNothing(.duplicateReference(duplicate.reference)) { try index.append(batch) }
    }
    let two = faces[3...4]
    let (references, subjects) = (two.map(\.reference), two.map(\.subject))
    let vectors = FacePool.vectors(two.map(\.vector))
    for dimension in [64, 66, 68, 134] {
      let others = try FaceVectors(
        dimension: dimension,
        values: Array(repeating: 1, count: 2 * dimension)
      )
      try expectNothing(.dimension(expected: 67, found: dimension)) {
        try index.append(references: references, subjects: subjects, vectors: others)
      }
    }
    for (references, subjects, found) in [
      ([], subjects, 0), (references + references, subjects, 4), (references, [subjects[0]], 1),
    ] {
      try expectNothing(.identifierCount(expected: 2, found: found)) {
        try index.append(references: references, subjects: subjects, vectors: vectors)
      }
    }
    for threads in [0, -1, Int.min] {
      try expectNothing(.threads(threads)) {
        try index.append(
          references: references,
          subjects: subjects,
          vectors: vectors,
          threads: threads
        )
      }
    }
    try index.append([StoredFace]())
    #expect(index.generation == generation)
    try index.append(two)
    #expect((index.count, index.generation) == (5, generation + 1))
  }

  @Test("an index has vectors of 64 to 4,096 values", arguments: [0, -1, 63, 4097, Int.max])
  func dimensions(dimension: Int) {
    #expect(throws: FaceVectorError.dimension(dimension)) {
      try FaceIndex(model: FacePool.model, dimension: dimension)
    }
  }

  @Test("what was removed never returns, also under its own reference")
  func removal() throws {
    var random = SeededGenerator(seed: 2)
    var face = try StoredFace.random(1, using: &random)[0]
    let index = try FaceIndex.ofPool()
    let options = FaceSearchOptions(limit: 9)
    for vector in 0..<6 {
      face.vector = vector
      try index.append([face])
      #expect(try index.candidates(options) == NaiveFaces([face]).candidates(options))
      #expect(try index.unknown([face.reference]).isEmpty)
      #expect(try index.remove([face.reference, face.reference]) == 1)
      #expect(try index.remove([face.reference]) == 0)
      #expect(try index.unknown([face.reference, face.reference]) == [face.reference])
      #expect(index.count == 0)
      #expect(try index.candidates(options).allSatisfy(\.isEmpty))
    }
  }

  @Test("a snapshot stays as it was")
  func snapshots() throws {
    let directory = try TemporaryDirectory()
    var random = SeededGenerator(seed: 3)
    let faces = try StoredFace.random(90, using: &random)
    let index = try FaceIndex.ofPool()
    try index.append(faces[..<70])
    let snapshot = index.snapshot()
    let options = FaceSearchOptions(limit: 100)
    let expected = NaiveFaces(faces[..<70]).candidates(options)
    func check() throws {
      let results = try snapshot.searchBlocking(try snapshot.prepare(FacePool.probes), options)
      #expect(results.map(\.candidates) == expected)
      let coverage = Coverage(searched: 70, total: 70, generation: 1)
      #expect(results.allSatisfy { $0.coverage == coverage })
      #expect((snapshot.count, snapshot.generation) == (70, 1))
    }
    try index.remove(faces[..<65].map(\.reference))
    try check()
    try index.append(faces[70...])
    try check()
    #expect((index.count, index.generation) == (25, 3))
    try index.compact()
    try check()
    try index.save(to: directory.path)
    try check()
    try index.remove([faces[80].reference])
    try index.compact()
    try check()
    #expect(index.count == 24)
  }

  @Test("an empty index finds nothing, and an empty batch of probes is answered by nothing")
  func empty() throws {
    let index = try FaceIndex.ofPool()
    let snapshot = index.snapshot()
    let options = FaceSearchOptions(limit: 3)
    let results = try snapshot.searchBlocking(try index.prepare(FacePool.vectors([0])), options)
    #expect(results.map(\.candidates) == [[]])
    #expect(results.map(\.coverage) == [Coverage(searched: 0, total: 0, generation: 0)])
    #expect(try snapshot.searchBlocking([], options).isEmpty)
    #expect(try snapshot.select { _, _ in true }.count == 0)
    #expect(snapshot.info.codeBytesPerValue == 0)
    try index.compact()
    try index.verify()
  }

  @Test("codes take 1.6 bytes a value at most", arguments: [64, 65, 127, 256, 512, 1000, 4096])
  func memory(dimension: Int) throws {
    let directory = try TemporaryDirectory()
    let index = try FaceIndex(model: FacePool.model, dimension: dimension)
    let count = 160
    var random = SeededGenerator(seed: 4)
    try index.append(
      references: try (0..<count).map { try ReferenceID("\($0)") },
      subjects: try (0..<count).map { try SubjectID("\($0)") },
      vectors: try FaceDistribution.random.vectors(count, dimension: dimension, using: &random)
    )
    let info = index.snapshot().info
    #expect(info.vectorByteCount == 4 * dimension * count)
    #expect(info.codeBytesPerValue <= (dimension < 256 ? 1.2 : 1.02))
    // What the files have for them is as much.
    try index.save(to: directory.path)
    let segment = try Segment(path: directory.file("rows-1-1.segment"))
    let sizes = segment.sections.reduce(into: [:]) { $0["\($1.label)"] = $1.count }
    let codes = ["upper", "blocks", "lower"].compactMap { sizes[$0] }
    #expect(codes.count == 3 && codes.reduce(0, +) == info.codeByteCount)
    #expect(index.snapshot().info.codeByteCount == info.codeByteCount)
    #expect(sizes["vectors"] == info.vectorByteCount)
  }
}
