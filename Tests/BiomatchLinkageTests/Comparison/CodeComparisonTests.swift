import BiomatchCore
import BiomatchTestSupport
import Testing

@testable import BiomatchLinkage

@Suite("Comparison of codes")
struct CodeComparisonTests {
  static func options(
    _ threshold: Double,
    limit: Int? = nil,
    threads: Int = 1,
    simd: SIMDLevel = .active
  ) throws -> CodeComparisonOptions {
    var options = CodeComparisonOptions(threshold: try DiceThreshold(threshold), limit: limit)
    options.threads = threads
    options.simd = simd
    options.allowsUnknownSchema = true
    return options
  }

  @Test(
    "Every SIMD level finds what the definition says",
    arguments: [64, 72, 128, 200, 512, 1000, 1024, 2048, 4096],
    [0.05, 0.32, 0.68, 0.9]
  )
  func simdEquality(bits: Int, fill: Double) throws {
    let seed = UInt64(bits) &+ UInt64(fill * 100)
    let (a, b) = try RandomCodes.sides(bits: bits, countA: 19, countB: 35, fill: fill, seed: seed)
    for threshold in [0, 0.31, 0.5, 2.0 / 3, 0.8, 0.95, 1] {
      for limit in [nil, 1, 3] {
        let expected = NaiveComparison.candidates(a, b, threshold: threshold, limit: limit)
        for level in SIMDLevel.available {
          let comparison = try CodeComparison(
            a,
            b,
            Self.options(threshold, limit: limit, simd: level)
          )
          #expect(
            comparison.candidates() == expected,
            "\(level), threshold \(threshold), limit \(String(describing: limit)), seed \(seed)"
          )
          #expect(comparison.candidateCount() == expected.count, "\(level), threshold \(threshold)")
        }
      }
    }
  }

  @Test("Any number of threads gives the same batches' worth", arguments: [0.0, 0.7, 0.9])
  func threads(threshold: Double) throws {
    let (a, b) = try RandomCodes.sides(bits: 128, countA: 700, countB: 300, fill: 0.5, seed: 5)
    let expected = NaiveComparison.candidates(a, b, threshold: threshold, limit: nil)
    for threads in [1, 2, 5] {
      let found = try CodeComparison(a, b, Self.options(threshold, threads: threads)).candidates()
      #expect(found == expected, "\(threads) threads")
      let comparison = try CodeComparison(a, b, Self.options(threshold, threads: threads))
      #expect(comparison.candidateCount() == expected.count, "\(threads) threads")
    }
  }

  @Test("Batches stay small however many candidates there are")
  func boundedBatches() throws {
    let code = [[UInt8]](repeating: [1, 2, 3, 4, 5, 6, 7, 8], count: 1500)
    let a = try RandomCodes.make(Array(code[..<900]), bits: 64, name: "a")
    let b = try RandomCodes.make(code, bits: 64, name: "b")
    var (count, largest) = (0, 0)
    try CodeComparison(a, b, Self.options(0.5, threads: 2)).forEachBatchBlocking { batch in
      for (index, pair) in batch.enumerated() {
        guard pair.a == (count + index) / 1500, pair.b == (count + index) % 1500 else {
          Issue.record("pair \(count + index) is \(pair.a), \(pair.b)")
          return
        }
      }
      count += batch.count
      largest = max(largest, batch.count)
    }
    #expect(count == 900 * 1500)
    #expect(largest <= 1 << 19)
  }

  @Test("What waits to be handed over takes a bounded number of bytes", arguments: [1, 2, 4])
  func boundedMemory(threads: Int) throws {
    let code = [[UInt8]](repeating: [1, 2, 3, 4, 5, 6, 7, 8], count: 3000)
    let a = try RandomCodes.make(Array(code[..<2000]), bits: 64, name: "a")
    let b = try RandomCodes.make(code, bits: 64, name: "b")
    let comparison = try CodeComparison(a, b, Self.options(0.5, threads: threads))
    var progress = CodeScanProgress(CodeScan(comparison, comparison.preparedBlocking(.second)))
    var (count, most) = (0, 0)
    while let round = progress.next() {
      _ = round.parallel.runBlocking(worker: round.worker) { round.scan($0, &$1) }
      let parts = progress.finish(round)
      count += parts.reduce(0) { $0 + $1.candidates.count }
      let bytes = parts.reduce(0) {
        $0 + $1.candidates.capacity * MemoryLayout<CandidatePair>.stride
      }
      most = max(most, bytes)
    }
    #expect(count == 2000 * 3000)
    // Half a million candidates of 16 bytes, and a part of each thread.
    #expect(most <= (threads + 1) << 23)
  }

  @Test("A round whose first part comes last does not end the comparison")
  func lateFirstPart() throws {
    let code = [[UInt8]](repeating: [1, 2, 3, 4, 5, 6, 7, 8], count: 2000)
    let a = try RandomCodes.make(Array(code[..<1024]), bits: 64, name: "a")
    let b = try RandomCodes.make(code, bits: 64, name: "b")
    let comparison = try CodeComparison(a, b, Self.options(0.5, threads: 4))
    var progress = CodeScanProgress(CodeScan(comparison, comparison.preparedBlocking(.second)))
    let first = try #require(progress.next())
    var worker = first.worker()
    for index in [1, 2, 0] { first.scan(index, &worker) }
    var count = progress.finish(first).reduce(0) { $0 + $1.candidates.count }
    #expect(count > 0 && progress.next() != nil)
    while let round = progress.next() {
      _ = round.parallel.runBlocking(worker: round.worker) { round.scan($0, &$1) }
      count += progress.finish(round).reduce(0) { $0 + $1.candidates.count }
    }
    #expect(count == 1024 * 2000)
  }

  @Test("Of many equal and near scores the order is that of single ones")
  func manyCandidates() throws {
    let (a, b) = try RandomCodes.sides(bits: 64, countA: 12, countB: 2500, fill: 0.5, seed: 8)
    for limit in [nil, 400] {
      let comparison = try CodeComparison(a, b, Self.options(0.1, limit: limit))
      let expected = NaiveComparison.candidates(a, b, threshold: 0.1, limit: limit)
      #expect(comparison.candidates() == expected)
    }
  }

  @Test("A comparison stops at its deadline and says so")
  func deadline() async throws {
    let (a, b) = try RandomCodes.sides(bits: 64, countA: 40, countB: 30, fill: 0.5, seed: 6)
    var options = try Self.options(0.5)
    options.deadline = .now - .seconds(1)
    let late = try CodeComparison(a, b, options)
    var found = 0
    var isComplete = late.forEachBatchBlocking { found += $0.count }
    #expect(!isComplete && found == 0)
    isComplete = try await late.forEachBatch { found += $0.count }
    #expect(!isComplete && found == 0)
    options.deadline = .now + .seconds(3600)
    isComplete = try CodeComparison(a, b, options).forEachBatchBlocking { _ in }
    #expect(isComplete)
  }

  @Test("A task finds the same, and ends when it is cancelled")
  func task() async throws {
    let (a, b) = try RandomCodes.sides(bits: 128, countA: 700, countB: 300, fill: 0.5, seed: 5)
    let comparison = try CodeComparison(a, b, Self.options(0.3, threads: 2))
    var found: [CandidatePair] = []
    let isComplete = try await comparison.forEachBatch { batch async in found += batch }
    #expect(isComplete && found == comparison.candidates())
    let cancelled = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      try await comparison.forEachBatch { _ async in }
    }
    await #expect(throws: CancellationError.self) { try await cancelled.value }
  }

  @Test("The least number of common bits agrees with the quotient at every near tie")
  func nearTies() throws {
    var random = SeededGenerator(seed: 11)
    for _ in 0..<300 {
      let sum = Int.random(in: 1...8192, using: &random)
      let common = Int.random(in: 0...sum / 2, using: &random)
      let score = DiceThreshold.score(common: common, sum: sum)
      for value in [score, score.nextUp, score.nextDown] where (0...1).contains(value) {
        let threshold = try DiceThreshold(value)
        for other in [sum, 2 * sum, max(1, sum - 1), sum + 1] where other <= 8192 {
          let least = threshold.least(sum: other)
          #expect(2 * Double(least) / Double(other) >= value)
          #expect(least == 0 || 2 * Double(least - 1) / Double(other) < value)
        }
      }
    }
  }

  @Test("An empty code is like nothing, and a candidate only at threshold 0")
  func emptyCodes() throws {
    let a = try RandomCodes.make([[0, 0, 0, 0, 0, 0, 0, 0]], bits: 64, name: "a")
    let b = try RandomCodes.make(
      [[0, 0, 0, 0, 0, 0, 0, 0], [255, 0, 0, 0, 0, 0, 0, 0]],
      bits: 64,
      name: "b"
    )
    let all = try CodeComparison(a, b, Self.options(0)).candidates()
    #expect(all.map(\.score) == [0, 0])
    let none = try CodeComparison(a, b, Self.options(Double.leastNonzeroMagnitude)).candidates()
    #expect(none.isEmpty)
  }

  @Test("Codes of different schemas, or of unknown ones, do not compare unless allowed")
  func schemas() throws {
    let first = try #require(SchemaDigest(bytes: Array(repeating: 1, count: 32)))
    let second = try #require(SchemaDigest(bytes: Array(repeating: 2, count: 32)))
    let a = try Codes(bits: 64, schema: first)
    var options = CodeComparisonOptions(threshold: try DiceThreshold(0.8))
    #expect(throws: CodesError.differentSchemas(first, second)) {
      try CodeComparison(a, Codes(bits: 64, schema: second), options)
    }
    #expect(throws: CodesError.unknownSchema(.second)) {
      try CodeComparison(a, Codes(bits: 64, schema: nil), options)
    }
    #expect(throws: CodesError.differentLengths(64, 128)) {
      try CodeComparison(a, Codes(bits: 128, schema: first), options)
    }
    options.allowsUnknownSchema = true
    #expect(throws: CodesError.differentSchemas(first, second)) {
      try CodeComparison(a, Codes(bits: 64, schema: second), options)
    }
    _ = try CodeComparison(a, Codes(bits: 64, schema: nil), options)
  }

  @Test("Codes under different secrets, or under unknown ones, do not compare unless allowed")
  func secrets() throws {
    let schema = SchemaDigest(bytes: Array(repeating: 1, count: 32))
    let first = try #require(SecretCheck(bytes: Array(repeating: 1, count: 8)))
    let second = try #require(SecretCheck(bytes: Array(repeating: 2, count: 8)))
    let a = try Codes(bits: 64, schema: schema, secret: first)
    var options = CodeComparisonOptions(threshold: try DiceThreshold(0.8))
    _ = try CodeComparison(a, a, options)
    let unknown = try Codes(bits: 64, schema: schema)
    #expect(throws: CodesError.unknownSecret(.second)) { try CodeComparison(a, unknown, options) }
    #expect(throws: CodesError.unknownSecret(.first)) { try CodeComparison(unknown, a, options) }
    let other = try Codes(bits: 64, schema: schema, secret: second)
    options.allowsUnknownSchema = true
    #expect(throws: CodesError.differentSecrets(first, second)) {
      try CodeComparison(a, other, options)
    }
    _ = try CodeComparison(a, unknown, options)
  }

  @Test("Only pairs that share a block are compared, once each", arguments: [nil, 2])
  func blocks(limit: Int?) throws {
    var random = SeededGenerator(seed: 3)
    let (a, b) = try RandomCodes.sides(bits: 200, countA: 90, countB: 80, fill: 0.4, seed: 9)
    func keys(_ count: Int) -> [[String]] {
      (0..<count).map { _ in
        (0..<Int.random(in: 0...3, using: &random)).map { _ in
          "k\(Int.random(in: 0..<12, using: &random))"
        }
      }
    }
    let (keysA, keysB) = (keys(90), keys(80))
    let plan = BlockPlan(a: keysA, b: keysB)
    func share(_ x: Int, _ y: Int) -> Bool { !Set(keysA[x]).isDisjoint(with: keysB[y]) }
    let expected = NaiveComparison.candidates(
      a,
      b,
      threshold: 0.3,
      limit: limit,
      where: share
    )
    let comparison = try CodeComparison(a, b, Self.options(0.3, limit: limit), blocks: plan)
    #expect(comparison.candidates() == expected)
    let pairs = (0..<90).flatMap { x in (0..<80).map { (a: x, b: $0) } }
    #expect(comparison.pairCount == pairs.count { share($0.a, $0.b) })
    let quality = plan.quality(matches: pairs.filter { $0.a == $0.b })
    #expect(quality.reductionRatio == 1 - Double(plan.pairCount) / 7200)
    #expect(quality.pairCompleteness == Double((0..<80).count { share($0, $0) }) / 80)
  }
}
