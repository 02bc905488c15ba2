import BiomatchCore
import BiomatchFace
import BiomatchTestSupport
import Foundation
import Testing

@Suite("The same answer however faces are searched")
struct FaceSearchEqualityTests {
  /// What the answer consists of: how rows were compared is no part of it, nor how often was appended.
  private static func bytes(_ results: [FaceSearchResult]) throws -> Data {
    struct Answer: Encodable {
      let candidates: [Candidate]
      let searched, total: Int
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return try encoder.encode(
      results.map {
        Answer(
          candidates: $0.candidates,
          searched: $0.coverage.searched,
          total: $0.coverage.total
        )
      }
    )
  }

  @Test(
    "threads, SIMD levels, batches, the order of insertion and saving make no difference",
    arguments: [(25, nil), (1, nil), (1000, SimilarityScore(0.05))] as [(Int, SimilarityScore?)]
  )
  func equality(limit: Int, threshold: SimilarityScore?) async throws {
    let directory = try TemporaryDirectory()
    var random = SeededGenerator(seed: 12)
    let faces = try StoredFace.random(800, using: &random)
    var options = FaceSearchOptions(limit: limit, threshold: threshold)
    var expected: Data?
    for order in 0..<3 {
      let index = try FaceIndex.ofPool()
      var rest = (order == 0 ? faces : faces.shuffled(using: &random))[...]
      while !rest.isEmpty {
        let batch = rest.prefix(order == 0 ? 800 : Int.random(in: 1...300, using: &random))
        try index.append(batch, threads: Int.random(in: 1...3, using: &random))
        rest = rest.dropFirst(batch.count)
        if order == 2 {
          try index.directory == nil ? index.save(to: directory.file("index")) : index.save()
        }
      }
      for (number, simd) in SIMDLevel.available.enumerated() {
        let snapshot = index.snapshot().with(simd: simd)
        let probes = try snapshot.prepare(FacePool.probes)
        options.threads = number % 3 + 1
        let results = try Self.bytes(try await snapshot.search(probes, options))
        expected = expected ?? results
        #expect(results == expected, "order \(order), \(simd)")
      }
      let snapshot = index.snapshot()
      let probes = try snapshot.prepare(FacePool.probes)
      for threads in 1...3 {
        options.threads = threads
        let results = try Self.bytes(snapshot.searchBlocking(probes, options))
        #expect(results == expected, "order \(order), \(threads) threads")
      }
      let single = try probes.flatMap { try snapshot.searchBlocking([$0], options) }
      #expect(try Self.bytes(single) == expected, "order \(order), one by one")
    }
  }

  @Test("probes of any SIMD level are the same, and so are the bytes that are saved")
  func levels() throws {
    let directory = try TemporaryDirectory()
    var random = SeededGenerator(seed: 13)
    let faces = try StoredFace.random(70, using: &random)
    var expected: (segment: [UInt8], results: Data)?
    for simd in SIMDLevel.available {
      let path = directory.file("\(simd)")
      let index = try FaceIndex.ofPool(simd: simd)
      try index.append(faces)
      try index.save(to: path)
      let segment = try FileBytes.read(path + "/rows-1-1.segment")
      let probes = try index.prepare(FacePool.probes)
      let plain = index.snapshot().with(simd: .portable)
      let results = try Self.bytes(
        try plain.searchBlocking(probes, FaceSearchOptions(limit: 30))
      )
      expected = expected ?? (segment, results)
      #expect(segment == expected?.segment, "\(simd)")
      #expect(results == expected?.results, "\(simd)")
    }
  }

  @Test(
    "an index of any number of rows around that of a block, a span and a chunk is searched whole",
    arguments: [1, 2, 15, 16, 17, 31, 63, 64, 65, 127, 128, 129, 1023, 1024, 1025, 1087, 2049]
  )
  func sizes(count: Int) throws {
    let directory = try TemporaryDirectory()
    var random = SeededGenerator(seed: UInt64(count))
    let faces = try StoredFace.random(count, using: &random)
    let naive = NaiveFaces(faces)
    let index = try FaceIndex.ofPool()
    try index.append(faces)
    for isSaved in [false, true] {
      if isSaved { try index.save(to: directory.path) }
      for limit in [1, 17, 65_536] {
        let options = FaceSearchOptions(limit: limit, threads: 2)
        #expect(try index.candidates(options) == naive.candidates(options), "limit \(limit)")
      }
    }
    try index.verify()
  }

  @Test("vectors of the fewest and of the most values", arguments: [64, 65, 4095, 4096])
  func dimensions(dimension: Int) throws {
    let directory = try TemporaryDirectory()
    var random = SeededGenerator(seed: UInt64(dimension))
    let count = 40
    let vectors = try FaceDistribution.allCases.flatMap {
      try $0.vectors(count / 8, dimension: dimension, using: &random).values
    }
    let gallery = try FaceVectors(dimension: dimension, values: vectors)
    let references = try (0..<gallery.count).map { try ReferenceID("\($0)") }
    let subjects = try (0..<gallery.count).map { try SubjectID("\($0)") }
    let index = try FaceIndex(model: FacePool.model, dimension: dimension)
    try index.append(references: references, subjects: subjects, vectors: gallery)
    let oracle = OracleFaceSearch(references: references, subjects: subjects, vectors: gallery)
    let unit = UnitFaceVectors(gallery)
    let expected = (0..<gallery.count).map { row in
      oracle.candidates(of: unit, row, limit: 7, threshold: nil) { _ in true }
    }
    for isSaved in [false, true] {
      if isSaved { try index.save(to: directory.path) }
      let snapshot = index.snapshot()
      let probes = try snapshot.prepare(gallery)
      let options = FaceSearchOptions(limit: 7)
      for simd in SIMDLevel.available {
        let found = try snapshot.with(simd: simd).searchBlocking(probes, options)
        #expect(found.map(\.candidates) == expected, "\(simd)")
        // Few probes are compared with the upper halves of codes first.
        let few = try snapshot.with(simd: simd).searchBlocking(Array(probes[..<3]), options)
        #expect(few.map(\.candidates) == Array(expected[..<3]), "\(simd)")
      }
    }
    try index.verify()
  }

  @Test("of thousands of equal vectors those with the lowest references are listed")
  func ties() throws {
    let count = 3000
    let order = (0..<count).map { $0 * 7 % count }
    let faces = try order.map { number in
      StoredFace(
        reference: try ReferenceID(String(10_000 + number)),
        subject: try SubjectID("s"),
        vector: number.isMultiple(of: 100) ? 20 : 3
      )
    }
    let index = try FaceIndex.ofPool()
    try index.append(faces)
    let removed = faces.filter { $0.reference.string < "10500" }
    try index.remove(removed.map(\.reference))
    let naive = NaiveFaces(Set(faces).subtracting(removed))
    for limit in [1, 50, 2400, 2500] {
      for threads in [1, 3] {
        let options = FaceSearchOptions(limit: limit, threads: threads)
        #expect(try index.candidates(options) == naive.candidates(options), "limit \(limit)")
      }
    }
  }

  @Test("a batch of any number of probes is answered in order", arguments: [64, 65, 256, 257, 600])
  func batches(count: Int) throws {
    var random = SeededGenerator(seed: 14)
    let faces = try StoredFace.random(100, using: &random)
    let index = try FaceIndex.ofPool()
    try index.append(faces)
    let options = FaceSearchOptions(limit: 4, threads: 3)
    let single = NaiveFaces(faces).candidates(options)
    let probes = try index.prepare(FacePool.probes)
    let order = (0..<count).map { $0 * 5 % probes.count }
    let found = try index.snapshot().searchBlocking(order.map { probes[$0] }, options)
    #expect(found.map(\.candidates) == order.map { single[$0] })
  }
}
