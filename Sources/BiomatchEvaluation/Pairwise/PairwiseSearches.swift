import BiomatchCore
import Synchronization

/// Searches among samples, each of which is compared with all others.
///
/// Two kinds of searches are counted over the same comparisons:
///
/// - *Leave one out*: a sample whose subject has others is searched among all other samples.
/// - *Open set*: half of the subjects, drawn at random and one more where they are odd, are enrolled with
///   their first sample each. Their other samples make mated searches, all samples of the other subjects
///   non-mated ones.
public struct PairwiseSearches: Sendable {
  /// The samples.
  public let groups: SampleGroups
  /// The positions of the samples that are searched for, rising.
  private let probes: [Int]
  /// Which subjects are enrolled in the open set.
  private let isEnrolled: [Bool]
  private let threads: Int
  private let compare: PairwiseScores.Comparison

  /// Searches among the given samples.
  ///
  /// - Parameters:
  ///   - limit: for how many samples, drawn at random, is searched at most; for all for `nil`.
  ///   - seed: which are drawn, and which subjects are enrolled.
  ///   - threads: how many compute; all processors unless told. No result depends on it.
  ///   - compare: how samples are compared; with the sample itself, too, for which any score will do.
  public init(
    among groups: SampleGroups,
    limit: Int? = nil,
    seed: UInt64 = 1,
    threads: Int = ParallelScan.processorCount,
    compare: @escaping PairwiseScores.Comparison
  ) {
    precondition(limit ?? 1 > 0, "there is at least one search")
    self.groups = groups
    self.threads = threads
    self.compare = compare
    var random = SeededGenerator(seed: seed)
    let enrolled = RandomSample.draw(
      (groups.subjectCount + 1) / 2,
      of: groups.subjectCount,
      using: &random
    )
    var isEnrolled = Array(repeating: false, count: groups.subjectCount)
    for subject in enrolled { isEnrolled[subject] = true }
    self.isEnrolled = isEnrolled
    probes = RandomSample.draw(
      min(groups.count, limit ?? .max),
      of: groups.count,
      using: &random
    )
  }

  /// How many searches at a time are made together, so that the samples stay in the processor's cache.
  private static let (blockSize, tileSize) = (32, 256)

  /// How many blocks the searches come in.
  public var blockCount: Int { (probes.count + Self.blockSize - 1) / Self.blockSize }

  /// The samples that are enrolled in the open set, by their numbers.
  public var enrolled: [Int] {
    isEnrolled.indices.filter { isEnrolled[$0] }.map { groups.samples[groups.starts[$0]] }
  }

  /// What each search found, by rising position.
  func outcomes(finished: @escaping @Sendable (Int) -> Void) -> [SearchOutcome] {
    let blocks = Mutex<[[SearchOutcome]]>(Array(repeating: [], count: blockCount))
    ParallelScan(partCount: blockCount, threads: threads).complete { block in
      let range = block * Self.blockSize..<min(probes.count, (block + 1) * Self.blockSize)
      let found = search(for: probes[range])
      blocks.withLock { $0[block] = found }
      finished(1)
    }
    return blocks.withLock { Array($0.joined()) }
  }

  private func search(for positions: ArraySlice<Int>) -> [SearchOutcome] {
    var outcomes = positions.map { SearchOutcome(position: $0, subject: groups.subjects[$0]) }
    for start in stride(from: 0, to: groups.count, by: Self.tileSize) {
      let tile = start..<min(groups.count, start + Self.tileSize)
      for index in outcomes.indices {
        let scores = compare(outcomes[index].position, tile)
        for (other, score) in zip(tile, scores) { add(score, of: other, to: &outcomes[index]) }
      }
    }
    return outcomes
  }

  private func add(_ score: Float, of other: Int, to outcome: inout SearchOutcome) {
    guard other != outcome.position else { return }
    let sample = groups.samples[other]
    if let best = outcome.best {
      if score > best.score || score == best.score && sample < best.sample {
        outcome.best = (score, sample, groups.subjects[other])
      }
    } else {
      outcome.best = (score, sample, groups.subjects[other])
    }
    let subject = groups.subjects[other]
    guard isEnrolled[subject], groups.starts[subject] == other else { return }
    if subject == outcome.subject { outcome.mate = score }
    outcome.bestEnrolled = max(outcome.bestEnrolled ?? score, score)
  }

  /// Whether the sample is searched for among all others.
  func isLeftOut(_ outcome: SearchOutcome) -> Bool {
    groups.positions(of: outcome.subject).count > 1
  }

  /// What the open set makes of a search; `nil` for an enrolled sample.
  func openSetScore(of outcome: SearchOutcome) -> (score: Float, isMated: Bool)? {
    isEnrolled[outcome.subject]
      ? outcome.mate.map { ($0, true) } : outcome.bestEnrolled.map { ($0, false) }
  }
}

/// What a search found.
struct SearchOutcome: Sendable {
  let position: Int
  let subject: Int
  /// The sample that is most like the probe, of several the first one.
  var best: (score: Float, sample: Int, subject: Int)?
  /// The highest score of an enrolled sample.
  var bestEnrolled: Float?
  /// The score of the enrolled sample of the probe's subject.
  var mate: Float?
}
