import Biomatch
import BiomatchCore
import BiomatchFingerprint

extension BenchPrints {
  /// Real prints, repeated until there are enough and shuffled. Whatever matches one of the probes is
  /// not among the references, so that a search meets strangers alone, as nearly all of a large one
  /// does.
  static func real(
    _ templates: [FingerprintTemplate],
    from path: String,
    count: Int,
    probes: Int,
    threads: Int?
  ) throws -> BenchPrints {
    var random = SeededGenerator(seed: 1)
    let shuffled = templates.shuffled(using: &random)
    let matcher = FingerprintMatcher()
    let described = try ParallelWork.map(shuffled.count, threads: threads, chunk: 16) { range in
      range.map { matcher.describe(shuffled[$0]) }
    }
    func strangers(to probe: Int, among candidates: [Int]) throws -> [Int] {
      let prepared = matcher.prepare(shuffled[probe])
      return try candidates.filter {
        try $0 != probe
          && matcher.score(prepared, described[$0]) < FingerprintMatcher.verificationThreshold
      }
    }

    // A few fingers give all probes where there are few: two thirds are to remain references.
    var left = Array(shuffled.indices)
    var fingers: [[Int]] = []
    for index in shuffled.indices where fingers.count < probes && left.contains(index) {
      let others = try strangers(to: index, among: left)
      guard fingers.isEmpty || others.count >= shuffled.count * 2 / 3 else { continue }
      fingers.append(left.filter { !others.contains($0) })
      left = others
    }
    let longest = fingers.map(\.count).max() ?? 0
    let chosen = (0..<longest).flatMap { rank in fingers.compactMap { $0.dropFirst(rank).first } }
      .prefix(probes)
    for probe in chosen { left = try strangers(to: probe, among: left) }
    guard !left.isEmpty else {
      throw UsageError.option(
        "--templates",
        rule: "\(path) has too few prints: none is left that matches no probe",
        remedy: "give templates of more fingers"
      )
    }
    let references = (0..<count).map { shuffled[left[$0 % left.count]] }
    return BenchPrints(
      name: "\(left.count) real prints, repeated and shuffled",
      references: references.shuffled(using: &random),
      probes: chosen.map { shuffled[$0] }
    )
  }
}
