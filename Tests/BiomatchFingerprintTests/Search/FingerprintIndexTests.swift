import BiomatchFingerprint
import BiomatchTestSupport
import Testing

@Suite("Fingerprint index")
struct FingerprintIndexTests {
  @Test("finds what scoring every pair and sorting would", arguments: UInt64(0)..<40)
  func oracle(seed: UInt64) throws {
    let directory = try TemporaryDirectory()
    var random = SeededGenerator(seed: seed)
    var index = FingerprintIndex(matcher: Pool.matcher)
    var naive = NaiveIndex()
    for step in 0..<Int.random(in: 1...16, using: &random) {
      switch Int.random(in: 0..<10, using: &random) {
      case 0..<4: try append(to: index, &naive, &random, seed)
      case 4..<6: try remove(from: index, &naive, &random, seed)
      case 6: try index.compact()
      default:
        // In a place of its own now and then, else where it was.
        if index.directory == nil || Int.random(in: 0..<4, using: &random) == 0 {
          try index.save(to: directory.file("\(step)"))
        } else {
          try index.save()
        }
        if Bool.random(using: &random), let place = index.directory {
          let generation = index.generation
          index = try FingerprintIndex(opening: place, matcher: Pool.matcher)
          #expect(index.generation == generation, "seed \(seed)")
          try index.verify()
        }
      }
      try expectEqual(index, naive, &random, seed)
    }
  }

  private func append(
    to index: FingerprintIndex,
    _ naive: inout NaiveIndex,
    _ random: inout SeededGenerator,
    _ seed: UInt64
  ) throws {
    let prints = try (0..<Int.random(in: 1...9, using: &random)).map { _ in
      try StoredPrint.random(using: &random)
    }
    let references = Set(prints.map(\.reference))
    let isNew =
      references.count == prints.count && references.isDisjoint(with: naive.prints.keys)
    do throws(IndexError) {
      try index.append(prints.map(\.entry), threads: 2)
      #expect(isNew, "seed \(seed)")
      for print in prints { naive.prints[print.reference] = print }
    } catch {
      #expect(error.code == "index.duplicate-reference" && !isNew, "seed \(seed): \(error)")
    }
  }

  private func remove(
    from index: FingerprintIndex,
    _ naive: inout NaiveIndex,
    _ random: inout SeededGenerator,
    _ seed: UInt64
  ) throws {
    let known = naive.prints.keys.sorted().shuffled(using: &random)
      .prefix(Int.random(in: 0...6, using: &random))
    let other = try ReferenceID("other")
    #expect(try index.remove(known + [other]) == known.count, "seed \(seed)")
    for reference in known { naive.prints[reference] = nil }
  }

  private func expectEqual(
    _ index: FingerprintIndex,
    _ naive: NaiveIndex,
    _ random: inout SeededGenerator,
    _ seed: UInt64
  ) throws {
    #expect(index.count == naive.prints.count, "seed \(seed)")
    let options = FingerprintSearchOptions.exhaustive(
      limit: Int.random(in: 1...30, using: &random),
      threshold: [nil, SimilarityScore(3), SimilarityScore(60)].randomElement(using: &random)
        ?? nil,
      threads: Int.random(in: 1...3, using: &random)
    )
    for (probe, found) in try index.candidates(options).enumerated() {
      #expect(found == naive.candidates(ofProbe: probe, options), "seed \(seed), probe \(probe)")
    }
  }

  @Test("a reference is stored once, and a batch with a known one adds nothing")
  func duplicates() throws {
    var random = SeededGenerator(seed: 1)
    let prints = try StoredPrint.random(6, using: &random)
    let index = FingerprintIndex(matcher: Pool.matcher)
    try index.append(prints[..<3].map(\.entry))
    let generation = index.generation
    for batch in [[prints[3], prints[1]], [prints[4], prints[5], prints[4]]] {
      let duplicate = batch == [prints[3], prints[1]] ? prints[1] : prints[4]
      #expect(throws: IndexError.duplicateReference(duplicate.reference)) {
        try index.append(batch.map(\.entry))
      }
    }
    #expect(index.count == 3)
    #expect(index.generation == generation)
    #expect(
      try index.candidates(.exhaustive(limit: 9)).first
        == NaiveIndex(Array(prints[..<3])).candidates(ofProbe: 0, .exhaustive(limit: 9))
    )
  }

  @Test("what was removed never returns, also under its own reference")
  func removal() throws {
    var random = SeededGenerator(seed: 2)
    var print = try StoredPrint.random(using: &random)
    let index = FingerprintIndex(matcher: Pool.matcher)
    for template in 0..<6 {
      print.template = template
      try index.append([print.entry])
      #expect(
        try index.candidates(.exhaustive(limit: 9)).enumerated().allSatisfy {
          $1 == NaiveIndex([print]).candidates(ofProbe: $0, .exhaustive(limit: 9))
        }
      )
      #expect(try index.unknown([print.reference]).isEmpty)
      #expect(try index.remove([print.reference, print.reference]) == 1)
      #expect(try index.remove([print.reference]) == 0)
      #expect(try index.unknown([print.reference, print.reference]) == [print.reference])
      #expect(index.count == 0)
      #expect(try index.candidates(.exhaustive(limit: 9)).allSatisfy(\.isEmpty))
    }
  }

  @Test("a snapshot stays as it was")
  func snapshots() throws {
    var random = SeededGenerator(seed: 3)
    let prints = try StoredPrint.random(20, using: &random)
    let index = FingerprintIndex(matcher: Pool.matcher)
    try index.append(prints[..<10].map(\.entry))
    let snapshot = index.snapshot()
    try index.remove(prints[..<5].map(\.reference))
    try index.append(prints[10...].map(\.entry))
    let options = FingerprintSearchOptions.exhaustive(limit: 20)
    let result = try snapshot.searchBlocking([FingerprintSearchProbe(Pool.probes[0])], options)[0]
    #expect(result.candidates == NaiveIndex(Array(prints[..<10])).candidates(ofProbe: 0, options))
    #expect(result.coverage == Coverage(searched: 10, total: 10, generation: 1))
    #expect((snapshot.count, index.count) == (10, 15))
    #expect((snapshot.generation, index.generation) == (1, 3))
  }

  @Test("an empty index finds nothing, and an empty batch of probes is answered by nothing")
  func empty() throws {
    let index = FingerprintIndex(matcher: Pool.matcher)
    let results = try index.snapshot().searchBlocking(
      [FingerprintSearchProbe(Pool.probes[0])],
      FingerprintSearchOptions(limit: 3)
    )
    #expect(results.map(\.candidates) == [[]])
    #expect(results.map(\.coverage) == [Coverage(searched: 0, total: 0, generation: 0)])
    let options = FingerprintSearchOptions(limit: 3)
    #expect(try index.snapshot().searchBlocking([], options).isEmpty)
  }
}
