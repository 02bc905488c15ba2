import BiomatchCore
import BiomatchEvaluation
import BiomatchFingerprint
import BiomatchTestSupport
import Foundation
import Testing

/// Real prints searched among many synthetic ones.
@Suite(
  "Real probes",
  .enabled(if: SharedData.isPresent, "\(SharedData.absence)"),
  .enabled(if: BuildMode.isOptimised, "\(BuildMode.notOptimised)"),
  .enabled(if: SIMDLevel.active == .best, "levels give the same bits; the best one is enough")
)
struct RealProbeTests {
  private static let syntheticCount = 100_000
  /// All second impressions; one of them could not be extracted and counts as missed.
  private static let probeCount = 208
  private static let extractedCount = 207

  /// The prints of one development set by one extractor.
  private struct Group: Hashable {
    let dataset: String
    let extractor: String
  }

  @Test("first impressions, hidden among 100,000 others, are found by the second ones")
  func rankOne() async throws {
    let prints = try DevelopmentPrints.loaded.get()
    let index = FingerprintIndex()
    let first = try Self.impressions(1)
    let second = try Self.impressions(2)
    for (finger, path) in first.sorted(by: { $0.value < $1.value }) {
      guard let template = prints.templates[path] else { continue }
      try index.append([try Self.entry(path, of: finger, template)])
    }
    #expect(index.count == Self.extractedCount)
    try Self.hide(in: index)

    var (hits, searches) = (0, 0)
    let snapshot = index.snapshot()
    for group in Set(second.keys.map(\.group)) {
      // Other sets may hold the same fingers by the other extractor.
      let own = "\(group.dataset)/\(group.extractor)/"
      var options = FingerprintSearchOptions(limit: 1)
      options.selection = try snapshot.select { reference, _, _ in
        reference.description.hasPrefix(own) || reference.description.hasPrefix("synthetic")
      }
      let probes = second.filter { $0.key.group == group }.compactMap { finger, path in
        prints.templates[path].map { (subject: finger.subject, template: $0) }
      }
      let results = try await snapshot.search(
        probes.map { FingerprintSearchProbe(index.matcher.prepare($0.template)) },
        options
      )
      searches += results.count
      for (probe, result) in zip(probes, results) {
        #expect(result.coverage.isComplete)
        hits += result.candidates.first?.subject.description == probe.subject ? 1 : 0
      }
    }
    #expect(searches == Self.extractedCount)
    let share = Double(hits) / Double(Self.probeCount)
    print("rank-1 identification rate: \(hits) of \(Self.probeCount)")

    // The pooled FNMR at zero false matches, mean of both extractors, and 3 points for the size.
    var missed = 0.0
    for extractor in DevelopmentPrints.extractors {
      let sets = try await prints.scores(by: index.matcher, of: extractor)
      missed += try #require(EvaluationResult(of: sets).pooled.rates[.zeroFMR])
    }
    #expect(share >= 1 - missed / 2 - 0.03, "\(hits) of \(Self.probeCount)")
  }

  private struct Finger: Hashable {
    let group: Group
    let number: String

    var subject: String { "\(group.dataset)/\(number)" }
  }

  /// The paths of that impression of each finger.
  private static func impressions(_ number: Int) throws -> [Finger: String] {
    var reader = try CSVReader(file: try SharedData.url("fingerprints/manifest.csv").path)
    let names = ["dataset", "extractor", "finger", "impression", "path"]
    let columns = try names.map { try reader.column($0) }
    var paths: [Finger: String] = [:]
    while let row = try reader.nextRow() {
      let values = columns.map { row[$0] }
      guard values[3] == "\(number)" else { continue }
      let group = Group(dataset: values[0], extractor: values[1])
      paths[Finger(group: group, number: values[2])] = values[4]
    }
    return paths
  }

  private static func entry(
    _ path: String,
    of finger: Finger,
    _ template: FingerprintTemplate
  ) throws -> FingerprintIndexEntry {
    FingerprintIndexEntry(
      reference: try ReferenceID(
        "\(finger.group.dataset)/\(finger.group.extractor)/\(finger.number)"
      ),
      subject: try SubjectID(finger.subject),
      template: template
    )
  }

  /// Adds one impression of each of many synthetic fingers.
  private static func hide(in index: FingerprintIndex) throws {
    let fingers = SyntheticFingers(seed: 1)
    let batch = 10_000
    for start in stride(from: 0, to: syntheticCount, by: batch) {
      let entries = try (start..<start + batch).map { number in
        FingerprintIndexEntry(
          reference: try ReferenceID("synthetic-\(number)"),
          subject: try SubjectID("synthetic-\(number)"),
          template: fingers.impression(0, of: fingers.finger(number))
        )
      }
      try index.append(entries)
    }
  }
}
