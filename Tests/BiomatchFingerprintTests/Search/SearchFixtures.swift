import BiomatchFingerprint
import BiomatchTestSupport

/// A few invented prints and what the matcher says of each pair of probe and print, computed once.
enum Pool {
  static let matcher = FingerprintMatcher()
  static let fingers = 12

  /// Three impressions of each finger; 0 and 1 of a finger are different, 2 is the same print as 0.
  static let templates: [FingerprintTemplate] = (0..<fingers).flatMap { finger in
    [1, 2, 1].map { template(finger: finger, impression: $0) }
  }

  /// Another impression of every second finger, and a print without minutiae.
  static let probes: [PreparedProbe] = {
    var templates = stride(from: 0, to: fingers, by: 2).map { template(finger: $0, impression: 7) }
    var conditions = SyntheticFinger.Conditions()
    conditions.dropped = 1
    conditions.spurious = 0
    templates.append(template(finger: 0, impression: 8, conditions))
    return templates.map { matcher.prepare($0) }
  }()

  /// Scores by probe and template.
  static let scores: [[SimilarityScore]] = probes.map { probe in
    templates.map { template in
      let score = try? matcher.score(probe, matcher.describe(template))
      return score ?? SimilarityScore(-1)
    }
  }

  private static func template(
    finger: Int,
    impression: UInt64,
    _ conditions: SyntheticFinger.Conditions = SyntheticFinger.Conditions()
  ) -> FingerprintTemplate {
    let finger = SyntheticFinger(seed: UInt64(finger) + 100, minutiae: 14 + finger * 5 % 24)
    let view = finger.impression(seed: impression, conditions)
    guard let template = try? FingerprintTemplate(view: view) else {
      preconditionFailure("an invented finger has a template")
    }
    return template
  }
}

/// A print of the pool under a reference.
struct StoredPrint: Hashable {
  var reference: ReferenceID
  var subject: SubjectID
  var position: FingerPosition
  var template: Int

  var entry: FingerprintIndexEntry {
    FingerprintIndexEntry(
      reference: reference,
      subject: subject,
      position: position,
      template: Pool.templates[template]
    )
  }

  /// A random print of the pool.
  static func random(using random: inout SeededGenerator, prefix: String = "") throws -> StoredPrint
  {
    let reference = try ReferenceID.random(using: &random, prefix: prefix)
    let positions: [FingerPosition] = [.unknown, .rightThumb, .leftIndex, .leftRingLittle]
    return StoredPrint(
      reference: reference,
      subject: try SubjectID("s\(Int.random(in: 0..<9, using: &random))"),
      position: positions.randomElement(using: &random) ?? .unknown,
      template: Int.random(in: 0..<Pool.templates.count, using: &random)
    )
  }

  /// So many random prints of different references.
  static func random(_ count: Int, using random: inout SeededGenerator) throws -> [StoredPrint] {
    var prints: [ReferenceID: StoredPrint] = [:]
    while prints.count < count {
      let print = try Self.random(using: &random, prefix: "\(prints.count)-")
      prints[print.reference] = print
    }
    return prints.values.sorted { $0.reference < $1.reference }.shuffled(using: &random)
  }
}

/// An index that scores every pair and sorts.
struct NaiveIndex {
  var prints: [ReferenceID: StoredPrint] = [:]

  init(_ prints: [StoredPrint] = []) {
    for print in prints { self.prints[print.reference] = print }
  }

  /// What a search of every pair must find for the pool's probe of that number.
  func candidates(
    ofProbe probe: Int,
    _ options: FingerprintSearchOptions,
    where isSought: (StoredPrint) -> Bool = { _ in true }
  ) -> [Candidate] {
    let reached = prints.values.filter { print in
      let score = Pool.scores[probe][print.template]
      return isSought(print) && score.value > 0 && score >= options.threshold ?? score
    }
    let candidates = reached.map {
      Candidate(
        reference: $0.reference,
        subject: $0.subject,
        score: Pool.scores[probe][$0.template]
      )
    }
    return Array(Candidate.ranked(candidates).prefix(options.limit))
  }
}

extension FingerprintIndex {
  /// The candidates for every probe of the pool.
  func candidates(_ options: FingerprintSearchOptions) throws -> [[Candidate]] {
    let probes = Pool.probes.map { FingerprintSearchProbe($0) }
    return try snapshot().searchBlocking(probes, options).map(\.candidates)
  }
}

extension FingerprintSearchOptions {
  /// A search of every pair.
  static func exhaustive(
    limit: Int,
    threshold: SimilarityScore? = nil,
    threads: Int = 2
  ) -> FingerprintSearchOptions {
    var options = FingerprintSearchOptions(limit: limit, threshold: threshold)
    options.mode = .exhaustive
    options.threads = threads
    return options
  }
}
