import BiomatchTestSupport
import Testing

@testable import BiomatchFingerprint

@Suite("What a search is limited to")
struct SearchOptionTests {
  private let index: FingerprintIndex
  private let prints: [StoredPrint]

  init() throws {
    var random = SeededGenerator(seed: 21)
    prints = try StoredPrint.random(300, using: &random)
    index = FingerprintIndex(matcher: Pool.matcher)
    try index.append(prints.map(\.entry))
    let removed = prints[..<40].map(\.reference)
    try index.remove(removed)
  }

  private var naive: NaiveIndex { NaiveIndex(Array(prints[40...])) }

  @Test("positions are filtered inside the scan, for each probe apart")
  func positions() throws {
    let filters: [FingerPositionFilter?] = [
      nil, FingerPositionFilter([.rightThumb]),
      FingerPositionFilter([.rightThumb, .leftIndex], includesUnknown: false),
      FingerPositionFilter([]), FingerPositionFilter([], includesUnknown: false),
      FingerPositionFilter([.leftRing]), FingerPositionFilter([.unknown], includesUnknown: false),
    ]
    let probes = filters.map { FingerprintSearchProbe(Pool.probes[1], positions: $0) }
    let options = FingerprintSearchOptions.exhaustive(limit: 300)
    let results = try index.snapshot().searchBlocking(probes, options)
    for (filter, result) in zip(filters, results) {
      func isSought(_ print: StoredPrint) -> Bool {
        guard let filter else { return true }
        return filter.positions.contains(print.position)
          || filter.includesUnknown && print.position == .unknown
      }
      let expected = naive.candidates(ofProbe: 1, options, where: isSought)
      #expect(result.candidates == expected, "\(String(describing: filter))")
      let total = naive.prints.values.count(where: isSought)
      #expect(result.coverage == Coverage(searched: total, total: total, generation: 2))
      #expect(result.counts.pairs == total)
    }
  }

  @Test("a predicate is evaluated inside the scan, together with positions")
  func predicate() throws {
    let snapshot = index.snapshot()
    let selection = try snapshot.select { reference, subject, position in
      subject.string < "s5" && position != .leftRingLittle && reference.string.hasSuffix("a")
    }
    var options = FingerprintSearchOptions.exhaustive(limit: 300)
    options.selection = selection
    let filter = FingerPositionFilter([.leftIndex])
    let probes = [nil, filter].map { FingerprintSearchProbe(Pool.probes[2], positions: $0) }
    let results = try snapshot.searchBlocking(probes, options)
    for (filter, result) in zip([nil, filter], results) {
      func isSought(_ print: StoredPrint) -> Bool {
        print.subject.string < "s5" && print.position != .leftRingLittle
          && print.reference.string.hasSuffix("a") && filter?.contains(print.position) ?? true
      }
      let expected = naive.candidates(ofProbe: 2, options, where: isSought)
      #expect(!expected.isEmpty)
      #expect(result.candidates == expected)
      #expect(result.coverage.total == naive.prints.values.count(where: isSought))
      #expect(result.coverage.isComplete)
    }
    #expect(selection.count == results[0].coverage.total)
  }

  @Test("a selection belongs to its snapshot")
  func foreignSelection() throws {
    var options = FingerprintSearchOptions(limit: 1)
    options.selection = try index.snapshot().select { _, _, _ in true }
    try index.remove([prints[50].reference])
    #expect(throws: IndexError.selection) {
      try index.snapshot().searchBlocking([], options)
    }
  }

  @Test("a threshold alone lists all that reach it, a limit cuts the list and says so")
  func thresholds() throws {
    let probe = FingerprintSearchProbe(Pool.probes[0])
    var options = FingerprintSearchOptions(threshold: SimilarityScore(2))
    options.mode = .exhaustive
    let all = try index.snapshot().searchBlocking([probe], options)[0]
    #expect(all.candidates == naive.candidates(ofProbe: 0, options))
    #expect(all.reached == all.candidates.count)
    #expect(all.candidates.count > 5)
    options.limit = 5
    let some = try index.snapshot().searchBlocking([probe], options)[0]
    #expect(some.candidates == Array(all.candidates.prefix(5)))
    #expect(some.reached == all.reached)
  }

  @Test("a limit out of range is a typed error", arguments: [0, -1, 65_537, Int.max, Int.min])
  func limits(limit: Int) {
    #expect(throws: IndexError.limit(limit)) {
      try index.snapshot().searchBlocking([], FingerprintSearchOptions(limit: limit))
    }
  }

  @Test("work by no thread is a typed error", arguments: [0, -1, Int.min])
  func threads(threads: Int) async throws {
    var options = FingerprintSearchOptions(limit: 1)
    options.threads = threads
    let error = IndexError.threads(threads)
    #expect(throws: error) { try index.snapshot().searchBlocking([], options) }
    await #expect(throws: error) { try await index.snapshot().search([], options) }
    #expect(throws: error) { try index.append([prints[0].entry], threads: threads) }
    #expect(throws: error) { try index.append([], threads: threads) }
  }

  @Test("a screened search scores every pair as the matcher does alone")
  func screened() throws {
    let options = FingerprintSearchOptions(limit: 300)
    let descriptors = Pool.templates.map { Pool.matcher.describe($0) }
    for (probe, found) in try index.candidates(options).enumerated() {
      let scores = try descriptors.map {
        try Pool.matcher.score(Pool.probes[probe], $0, mode: .screened)
      }
      let expected = prints[40...].map {
        Candidate(reference: $0.reference, subject: $0.subject, score: scores[$0.template])
      }
      #expect(found == Candidate.ranked(expected.filter { $0.score.value > 0 }), "probe \(probe)")
    }
  }

  @Test("a probe of other parameters is a typed error")
  func parameters() throws {
    let other = FingerprintMatcher(parameters: .anyRotation)
    let probe = FingerprintSearchProbe(other.prepare(Pool.templates[0]))
    #expect(
      throws: IndexError.probeParameters(
        expected: Pool.matcher.digest,
        found: other.digest
      )
    ) {
      try index.snapshot().searchBlocking([probe], FingerprintSearchOptions(limit: 1))
    }
  }

  @Test("a deadline that has passed gives an answer of nothing, and says so", arguments: [1, 2])
  func deadline(threads: Int) async throws {
    var options = FingerprintSearchOptions(limit: 5)
    options.deadline = .now - .seconds(1)
    options.threads = threads
    let filter = FingerPositionFilter([.rightThumb])
    let probes = [nil, filter].map { FingerprintSearchProbe(Pool.probes[0], positions: $0) }
    for results in [
      try await index.snapshot().search(probes, options),
      try index.snapshot().searchBlocking(probes, options),
    ] {
      let thumbs = naive.prints.values.count { filter.contains($0.position) }
      #expect(results.map(\.candidates) == [[], []])
      #expect(results.map(\.coverage.searched) == [0, 0])
      #expect(results.map(\.coverage.total) == [260, thumbs])
      #expect(results.allSatisfy { !$0.coverage.isComplete })
    }
  }

  @Test("a deadline in mid-search gives candidates of what was searched")
  func partial() throws {
    var options = FingerprintSearchOptions.exhaustive(limit: 300, threads: 1)
    // Many passes over the same prints, of which some are over by then on any machine.
    let probes = Array(repeating: FingerprintSearchProbe(Pool.probes[0]), count: 64 * 40)
    var results: [FingerprintSearchResult] = []
    var searched = 0
    var wait = Duration.milliseconds(1)
    // How long is long enough, and not too long, depends on the machine and on what else it does.
    while searched == 0 || searched == 260 * probes.count {
      options.deadline = .now + wait
      results = try index.snapshot().searchBlocking(probes, options)
      searched = results.reduce(0) { $0 + $1.coverage.searched }
      if searched == 0 { wait *= 2 } else { wait = wait * 2 / 3 }
    }
    let expected = naive.candidates(ofProbe: 0, options)
    for result in results {
      #expect(result.coverage.total == 260)
      #expect(result.coverage.searched == result.counts.pairs)
      if result.coverage.isComplete { #expect(result.candidates == expected) }
      #expect(
        result.candidates.allSatisfy { found in
          expected.contains { $0.reference == found.reference && $0.score == found.score }
        }
      )
    }
  }

  @Test("a search that is cancelled on its way stops there")
  func cancellationOnTheWay() async throws {
    let probes = Array(repeating: FingerprintSearchProbe(Pool.probes[0]), count: 64 * 100)
    let scan = try SearchScan(index.snapshot(), probes, .exhaustive(limit: 3))
    await #expect(throws: CancellationError.self) {
      try await withCancellation { cancel in
        try await scan.parts.run(worker: { SearchWorker() }) {
          part,
          worker throws(IndexError) in
          try scan.scan(part, worker)
          if part == 20 { cancel() }
        }
      }
    }
    let searched = try scan.results(isComplete: false).reduce(0) { $0 + $1.coverage.searched }
    #expect(0 < searched && searched < 260 * probes.count)
  }

  @Test("a cancelled search throws")
  func cancellation() async throws {
    let snapshot = index.snapshot()
    let probes = Array(repeating: FingerprintSearchProbe(Pool.probes[0]), count: 64 * 100)
    await #expect(throws: CancellationError.self) {
      try await withCancellation { cancel in
        cancel()
        return try await snapshot.search(probes, .exhaustive(limit: 3))
      }
    }
  }

  @Test("searches go on while prints are added and removed")
  func concurrency() async throws {
    let index = index
    let naive = naive
    var random = SeededGenerator(seed: 22)
    let added = try StoredPrint.random(60, using: &random).map { print in
      var print = print
      print.reference = try ReferenceID("new-\(print.reference)")
      return print
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        for start in stride(from: 0, to: 60, by: 3) {
          try index.append(added[start..<start + 3].map(\.entry), threads: 1)
          if start.isMultiple(of: 2) { try index.remove([added[start].reference]) }
        }
      }
      for probe in 0..<6 {
        group.addTask {
          let options = FingerprintSearchOptions.exhaustive(limit: 500)
          let snapshot = index.snapshot()
          let probes = [FingerprintSearchProbe(Pool.probes[probe])]
          let result = try await snapshot.search(probes, options)[0]
          #expect(result.coverage.total == snapshot.count)
          #expect(result.coverage.isComplete)
          let old = result.candidates.filter { !$0.reference.string.hasPrefix("new-") }
          #expect(Candidate.ranked(old) == naive.candidates(ofProbe: probe, options))
        }
      }
      try await group.waitForAll()
    }
    #expect(index.count == 260 + 60 - 10)
  }
}
