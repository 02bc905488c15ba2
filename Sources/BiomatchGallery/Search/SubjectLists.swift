import BiomatchCore
import BiomatchFingerprint

/// The samples that a probe's sample found.
struct SampleList {
  var samples: [GalleryCandidate]
  var coverage: Coverage
}

/// Lists of subjects out of lists of samples.
enum SubjectLists {
  /// Searches with longer and longer lists of samples until each has as many subjects as are wanted, or all
  /// there are.
  static func complete<Probe: Sendable>(
    _ probes: [Probe],
    limit: Int,
    _ search: ([Probe], Int) async throws -> [SampleList]
  ) async throws -> [SampleList] {
    // Most subjects have two impressions of a finger at most.
    var length = min(2 * limit + 8, Candidate.longestList)
    var lists: [SampleList?] = probes.map { _ in nil }
    var open = Array(probes.indices)
    while !open.isEmpty {
      let found = try await search(open.map { probes[$0] }, length)
      for (place, list) in zip(open, found) { lists[place] = list }
      open = zip(open, found).filter { _, list in
        list.samples.count == length && length < Candidate.longestList
          && Set(list.samples.map(\.subject)).count < limit
      }.map(\.0)
      length = min(8 * length, Candidate.longestList)
    }
    return lists.compactMap { $0 }
  }
}

extension GalleryCandidate {
  init(_ candidate: Candidate, _ kind: SampleKind, _ position: FingerPosition?) {
    self.init(
      subject: candidate.subject,
      reference: candidate.reference,
      kind: kind,
      position: position,
      score: candidate.score,
      rank: candidate.rank
    )
  }

  /// The best sample of each subject, best first, with ranks.
  static func subjects(_ samples: [GalleryCandidate], limit: Int) -> [GalleryCandidate] {
    var seen: Set<SubjectID> = []
    var best: [GalleryCandidate] = []
    for sample in samples.sorted(by: { $0.precedes($1) }) {
      guard best.count < limit else { break }
      guard seen.insert(sample.subject).inserted else { continue }
      best.append(sample)
      best[best.count - 1].rank = best.count
    }
    return best
  }
}
