import Biomatch
import BiomatchCore
import BiomatchFingerprint

/// Who is enrolled in the demonstration, and who is searched for.
///
/// Fingers are numbered from 0. The first impressions of the first fingers are enrolled; other
/// impressions of some of them, spread evenly, are the mated probes; impressions of the fingers behind
/// them the non-mated ones.
struct DemoPopulation: Sendable {
  let fingers: SyntheticFingers
  /// How many fingers are enrolled.
  let prints: Int
  /// How many non-mated probes there are, and how many mated ones where there are as many fingers.
  let probes: Int

  /// How many mated probes there are.
  var matedCount: Int { min(probes, prints) }

  /// The entries of some of the enrolled fingers.
  func entries(_ range: Range<Int>, threads: Int) throws -> [FingerprintIndexEntry] {
    try ParallelWork.map(range.count, threads: threads, chunk: 64) { chunk in
      try chunk.map { number in
        let finger = fingers.finger(range.lowerBound + number)
        return FingerprintIndexEntry(
          reference: try Self.reference(finger.index),
          subject: try SubjectID(SyntheticNames.subject(finger.subject)),
          template: fingers.impression(0, of: finger)
        )
      }
    }
  }

  /// Second impressions of enrolled fingers.
  func mated(threads: Int) throws -> [SearchProbe] {
    try probes(matedCount, impression: 1, threads: threads) { matedFinger($0) }
  }

  /// The reference of the finger that a mated probe is of.
  func mate(ofProbe number: Int) throws -> ReferenceID {
    try Self.reference(matedFinger(number))
  }

  /// Impressions of fingers that are not enrolled.
  func nonMated(threads: Int) throws -> [SearchProbe] {
    try probes(probes, impression: 0, threads: threads) { prints + $0 }
  }

  /// Fingers come in the order of their positions: equal steps alone might meet thumbs only.
  private func matedFinger(_ number: Int) -> Int {
    number * prints / matedCount + number % (prints / matedCount)
  }

  private func probes(
    _ count: Int,
    impression: Int,
    threads: Int,
    finger: @Sendable (Int) -> Int
  ) throws -> [SearchProbe] {
    try ParallelWork.map(count, threads: threads, chunk: 16) { chunk in
      chunk.map { number in
        let source = fingers.finger(finger(number))
        return SearchProbe(
          name: SyntheticNames.sample(finger: source.index, impression: impression),
          template: fingers.impression(impression, of: source)
        )
      }
    }
  }

  private static func reference(_ finger: Int) throws -> ReferenceID {
    try ReferenceID(SyntheticNames.sample(finger: finger, impression: 0))
  }
}
