import BiomatchCore
import BiomatchTestSupport
import Testing

@testable import BiomatchFace

@Suite("What a search of faces is limited to")
struct FaceSearchOptionTests {
  private let index: FaceIndex
  private let faces: [StoredFace]

  init() throws {
    var random = SeededGenerator(seed: 21)
    faces = try StoredFace.random(700, using: &random)
    index = try FaceIndex.ofPool()
    try index.append(faces)
    try index.remove(faces[..<100].map(\.reference))
  }

  private var naive: NaiveFaces { NaiveFaces(faces[100...]) }

  @Test(
    "a predicate of any selectivity is evaluated inside the scan",
    arguments: [0, 1, 6, 300, 600],
    [1, 10, 1000]
  )
  func predicate(count: Int, limit: Int) throws {
    var random = SeededGenerator(seed: UInt64(count))
    let snapshot = index.snapshot()
    // One behind the other, and here and there.
    for live in [faces[100...], faces[100...].shuffled(using: &random)[...]] {
      let chosen = Set(live.prefix(count).map(\.reference))
      let selection = try snapshot.select { reference, _ in chosen.contains(reference) }
      #expect(selection.count == count)
      for threshold in [nil, SimilarityScore(0.1)] {
        var options = FaceSearchOptions(limit: limit, threshold: threshold, threads: 2)
        options.selection = selection
        let results = try snapshot.searchBlocking(try snapshot.prepare(FacePool.probes), options)
        let expected = naive.candidates(options) { chosen.contains($0.reference) }
        #expect(results.map(\.candidates) == expected)
        let coverage = Coverage(searched: count, total: count, generation: 2)
        #expect(results.allSatisfy { $0.coverage == coverage && $0.counts.rows == count })
      }
    }
  }

  @Test("a predicate sees reference and subject of every row that is not removed")
  func predicateArguments() throws {
    let snapshot = index.snapshot()
    var seen: [ReferenceID: SubjectID] = [:]
    let selection = try snapshot.select { reference, subject in
      seen[reference] = subject
      return subject.string < "s5"
    }
    #expect(seen == naive.faces.mapValues(\.subject))
    #expect(selection.count == naive.faces.values.count { $0.subject.string < "s5" })
    var options = FaceSearchOptions(limit: 1000)
    options.selection = selection
    let expected = naive.candidates(options) { $0.subject.string < "s5" }
    #expect(try snapshot.candidates(options) == expected)
  }

  @Test("a selection belongs to its snapshot")
  func foreignSelection() throws {
    var options = FaceSearchOptions(limit: 1)
    options.selection = try index.snapshot().select { _, _ in true }
    _ = try index.snapshot().searchBlocking([], options)
    try index.remove([faces[150].reference])
    let expected = IndexError.selection
    #expect(throws: expected) { try index.snapshot().searchBlocking([], options) }
    options.selection = try index.snapshot().select { _, _ in true }
    try index.compact()
    #expect(throws: expected) { try index.snapshot().searchBlocking([], options) }
    let other = try FaceIndex.ofPool()
    try other.append(faces[..<600])
    #expect(throws: expected) { try other.snapshot().searchBlocking([], options) }
  }

  @Test("a threshold alone lists all that reach it, a limit cuts the list")
  func thresholds() throws {
    // A score that several rows have.
    let threshold = naive.candidates(ofProbe: 2, FaceSearchOptions(limit: 300))[299].score
    var options = FaceSearchOptions(threshold: threshold)
    #expect(options.limit == 65_536)
    let all = try index.candidates(options)
    #expect(all == naive.candidates(options))
    #expect(all[2].count >= 300)
    options.limit = 5
    #expect(try index.candidates(options) == all.map { Array($0.prefix(5)) })
    options = FaceSearchOptions(threshold: SimilarityScore(2))
    #expect(try index.candidates(options).allSatisfy(\.isEmpty))
  }

  @Test("the longest list is longer than the index")
  func longestList() throws {
    for limit in [600, 601, 65_536] {
      let options = FaceSearchOptions(limit: limit)
      #expect(try index.candidates(options) == naive.candidates(options))
    }
  }

  @Test("a limit out of range is a typed error", arguments: [0, -1, 65_537, Int.max, Int.min])
  func limits(limit: Int) {
    #expect(throws: IndexError.limit(limit)) {
      try index.snapshot().searchBlocking([], FaceSearchOptions(limit: limit))
    }
  }

  @Test("work by no thread is a typed error", arguments: [0, -1, Int.min])
  func threads(threads: Int) async throws {
    let options = FaceSearchOptions(limit: 1, threads: threads)
    let error = IndexError.threads(threads)
    #expect(throws: error) { try index.snapshot().searchBlocking([], options) }
    await #expect(throws: error) { try await index.snapshot().search([], options) }
  }

  @Test("a probe of another model, version or dimension is a typed error")
  func probes() throws {
    let options = FaceSearchOptions(limit: 1)
    let others = try [
      FaceIndex(model: FacePool.model("other"), dimension: 67),
      FaceIndex(model: FacePool.model("pool", "2"), dimension: 67),
      FaceIndex(model: FacePool.model, dimension: 68),
    ]
    for other in others {
      let vectors = try FaceVectors(
        dimension: other.dimension,
        values: Array(repeating: 1, count: other.dimension)
      )
      let probes = try index.prepare(FacePool.vectors([0])) + other.prepare(vectors)
      let error = IndexError.probeParameters(expected: index.parameters, found: other.parameters)
      #expect(throws: error) { try index.snapshot().searchBlocking(probes, options) }
    }
    let expected = IndexError.dimension(expected: 68, found: 67)
    #expect(throws: expected) { try others[2].prepare(FacePool.probes) }
    // Of an index of the same model, saved or not, they are welcome.
    let same = try FaceIndex.ofPool()
    #expect(same.parameters == index.parameters)
    let results = try index.snapshot().searchBlocking(try same.prepare(FacePool.probes), options)
    #expect(results.map(\.candidates) == naive.candidates(options))
  }

  @Test("a deadline that has passed gives an answer of nothing, and says so", arguments: [1, 2])
  func deadline(threads: Int) async throws {
    var options = FaceSearchOptions(limit: 5, threads: threads)
    options.deadline = .now - .seconds(1)
    let snapshot = index.snapshot()
    let probes = try index.prepare(FacePool.probes)
    let chosen = Set(faces[200..<230].map(\.reference))
    let selection = try snapshot.select { reference, _ in chosen.contains(reference) }
    for (selection, total) in [(nil, 600), (selection, 30)] {
      options.selection = selection
      for results in [
        try await snapshot.search(probes, options), try snapshot.searchBlocking(probes, options),
      ] {
        #expect(results.allSatisfy { $0.candidates.isEmpty && !$0.coverage.isComplete })
        let coverage = Coverage(searched: 0, total: total, generation: 2)
        #expect(results.allSatisfy { $0.coverage == coverage })
      }
    }
  }

  /// So many probes that a search has many parts; all are alike.
  private func manyProbes(groups: Int) throws -> [PreparedFace] {
    let probe = try index.prepare(FacePool.vectors([3]))[0]
    return Array(repeating: probe, count: FaceScan.groupProbeCount * groups)
  }

  @Test("a deadline in mid-search gives candidates of what was searched")
  func partial() throws {
    var options = FaceSearchOptions(limit: 300, threads: 1)
    let probes = try manyProbes(groups: 40)
    var results: [FaceSearchResult] = []
    var searched = 0
    var wait = Duration.milliseconds(1)
    // How long is long enough, and not too long, depends on the machine and on what else it does.
    while searched == 0 || searched == 600 * probes.count {
      options.deadline = .now + wait
      results = try index.snapshot().searchBlocking(probes, options)
      searched = results.reduce(0) { $0 + $1.coverage.searched }
      if searched == 0 { wait *= 2 } else { wait = wait * 2 / 3 }
    }
    let expected = naive.candidates(ofProbe: 0, options)
    for result in results {
      #expect(result.coverage.total == 600)
      #expect(result.coverage.searched == result.counts.rows)
      #expect(result.candidates == (result.coverage.isComplete ? expected : []))
    }
  }

  @Test("a search that is cancelled on its way stops there")
  func cancellationOnTheWay() async throws {
    let probes = try manyProbes(groups: 100)
    let scan = try FaceScan(index.snapshot(), probes, FaceSearchOptions(limit: 3))
    await #expect(throws: CancellationError.self) {
      try await withCancellation { cancel in
        try await scan.parts.run(worker: { FaceScanWorker() }) {
          part,
          worker throws(IndexError) in
          try scan.scan(part, worker)
          if part == 20 { cancel() }
        }
      }
    }
    let searched = try scan.results(isComplete: false).reduce(0) { $0 + $1.coverage.searched }
    #expect(0 < searched && searched < 600 * probes.count)
  }

  @Test("a cancelled search throws")
  func cancellation() async throws {
    let (snapshot, probes) = (index.snapshot(), try manyProbes(groups: 20))
    await #expect(throws: CancellationError.self) {
      try await withCancellation { cancel in
        cancel()
        return try await snapshot.search(probes, FaceSearchOptions(limit: 3))
      }
    }
  }

  @Test("searches go on while vectors are added and removed")
  func concurrency() async throws {
    let (index, naive) = (index, naive)
    var random = SeededGenerator(seed: 22)
    let added = try StoredFace.random(60, using: &random).map { face in
      var face = face
      face.reference = try ReferenceID("new-\(face.reference)")
      return face
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        for start in stride(from: 0, to: 60, by: 3) {
          try index.append(added[start..<start + 3])
          if start.isMultiple(of: 2) { try index.remove([added[start].reference]) }
        }
      }
      for probe in 0..<FacePool.probes.count {
        group.addTask {
          let options = FaceSearchOptions(limit: 1000)
          let snapshot = index.snapshot()
          let probes = try snapshot.prepare(FacePool.probes)
          let result = try await snapshot.search([probes[probe]], options)[0]
          #expect(result.coverage.total == snapshot.count)
          #expect(result.coverage.isComplete)
          let old = result.candidates.filter { !$0.reference.string.hasPrefix("new-") }
          #expect(Candidate.ranked(old) == naive.candidates(ofProbe: probe, options))
        }
      }
      try await group.waitForAll()
    }
    #expect(index.count == 600 + 60 - 10)
  }
}
