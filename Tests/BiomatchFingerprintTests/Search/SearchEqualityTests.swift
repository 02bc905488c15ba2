import BiomatchFingerprint
import BiomatchTestSupport
import Foundation
import Testing

@Suite("The same answer however it is searched")
struct SearchEqualityTests {
  private static func prints() throws -> [StoredPrint] {
    var random = SeededGenerator(seed: 11)
    // More than two chunks of the scan.
    return try StoredPrint.random(600, using: &random)
  }

  private static func bytes(_ results: [FingerprintSearchResult]) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return try encoder.encode(results)
  }

  @Test(
    "threads, batches, the order of insertion and saving make no difference",
    arguments: SearchMode.allCases
  )
  func equality(mode: SearchMode) async throws {
    let directory = try TemporaryDirectory()
    var random = SeededGenerator(seed: 12)
    let prints = try Self.prints()
    let probes = Pool.probes.map { FingerprintSearchProbe($0) }
    var options = FingerprintSearchOptions(limit: 25)
    options.mode = mode
    var expected: Data?
    for order in 0..<3 {
      let index = FingerprintIndex(matcher: Pool.matcher)
      let prints = order == 0 ? prints : prints.shuffled(using: &random)
      var rest = prints[...]
      while !rest.isEmpty {
        let batch = rest.prefix(expected == nil ? 600 : Int.random(in: 1...300, using: &random))
        try index.append(batch.map(\.entry), threads: Int.random(in: 1...3, using: &random))
        rest = rest.dropFirst(batch.count)
        if order == 2 {
          try rest.count == 600 - batch.count
            ? index.save(to: directory.file("index")) : index.save()
        }
      }
      let snapshot = index.snapshot()
      for threads in [1, 2, 3, 8] {
        options.threads = threads
        var results = try await snapshot.search(probes, options)
        #expect(results == (try snapshot.searchBlocking(probes, options)))
        #expect(try results == probes.flatMap { try snapshot.searchBlocking([$0], options) })
        // The number of appends counts, and is not the answer's.
        for index in results.indices {
          let coverage = results[index].coverage
          results[index].coverage = Coverage(
            searched: coverage.searched,
            total: coverage.total,
            generation: 0
          )
        }
        let found = try Self.bytes(results)
        expected = expected ?? found
        #expect(found == expected, "\(threads) threads")
      }
    }
  }

  @Test("every SIMD level gives the same answer", arguments: SearchMode.allCases)
  func levels(mode: SearchMode) throws {
    // More than two chunks of the scan, of prints with few minutiae.
    let prints = try Self.prints().prefix(300).map { print in
      var print = print
      print.template %= 6
      return print
    }
    var options = FingerprintSearchOptions(limit: 25)
    options.mode = mode
    var expected: [FingerprintSearchResult]?
    for level in SIMDLevel.available {
      let matcher = FingerprintMatcher(simd: level)
      let index = FingerprintIndex(matcher: matcher)
      try index.append(prints.map(\.entry))
      let probes = Pool.probes.map { FingerprintSearchProbe(matcher.prepare($0.template)) }
      let found = try index.snapshot().searchBlocking(probes, options)
      expected = expected ?? found
      #expect(found == expected, "\(level)")
    }
  }

  @Test("a batch of more probes than one pass takes is answered in order")
  func largeBatch() throws {
    let prints = try Self.prints().prefix(30)
    let index = FingerprintIndex(matcher: Pool.matcher)
    try index.append(prints.map(\.entry))
    let options = FingerprintSearchOptions.exhaustive(limit: 4, threads: 3)
    let single = try index.candidates(options)
    let order = (0..<150).map { $0 * 5 % single.count }
    let probes = order.map { FingerprintSearchProbe(Pool.probes[$0]) }
    let found = try index.snapshot().searchBlocking(probes, options)
    #expect(found.map(\.candidates) == order.map { single[$0] })
  }
}
