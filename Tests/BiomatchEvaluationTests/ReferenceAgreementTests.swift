import BiomatchEvaluation
import BiomatchTestSupport
import Foundation
import Testing

/// The reference implementation of the definitions, a Python script beside the development data.
private enum Reference {
  static let absence: Comment =
    "needs python3 with numpy, and development data (set BIOMATCH_SHARED)"

  static let script: String? = {
    guard let path = try? SharedData.url("fingerprints/score.py").path,
      FileManager.default.fileExists(atPath: path),
      Python.hasNumPy
    else { return nil }
    return path
  }()

  /// What the script says, by file name and with `mean` and `pooled`, in fractions.
  static func rates(of files: [URL]) throws -> [String: [String: Double?]] {
    let data = try Python.run([try #require(script)] + files.map(\.path))
    let object = try JSONSerialization.jsonObject(with: data)
    let root = try #require(object as? [String: Any])
    var results: [String: [String: Double?]] = [:]
    let perFile = try #require(root["files"] as? [String: [String: Any]])
    for (path, protocols) in perFile {
      results[URL(filePath: path).lastPathComponent] = values(protocols["all"])
    }
    for name in ["mean", "pooled"] {
      results[name] = values((root[name] as? [String: Any])?["all"])
    }
    return results
  }

  private static func values(_ object: Any?) -> [String: Double?] {
    (object as? [String: Any] ?? [:]).mapValues { ($0 as? NSNumber)?.doubleValue }
  }
}

@Suite("Agreement with the reference implementation")
struct ReferenceAgreementTests {
  @Test(
    "the same rates and thresholds on the same scores",
    .enabled(if: Reference.script != nil, Reference.absence),
    arguments: UInt64(0)..<12
  )
  func agreement(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let directory = FileManager.default.temporaryDirectory
      .appending(path: "agreement-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    var files: [URL] = []
    for index in 0..<Int.random(in: 2...5, using: &random) {
      let url = directory.appending(path: "list\(index).csv")
      try Data(try randomList(using: &random)).write(to: url)
      files.append(url)
    }
    let expected = try Reference.rates(of: files)
    let sets = try files.map { try ScoreSet(name: $0.lastPathComponent, file: $0.path) }
    for row in EvaluationResult(of: sets).rows {
      let reference = try #require(expected[row.name], "seed \(seed), \(row.name)")
      for metric in ErrorMetric.allCases {
        let name = metric == .zeroFMR ? "zero_fmr" : metric.rawValue
        let input: Comment = "seed \(seed), \(row.name), \(name)"
        expectEqual(row.rates[metric].map { 100 * $0 }, reference[name] ?? nil, input)
        if row.name != "mean", metric != .eer {
          expectEqual(row.thresholds[metric], reference["thr_" + name] ?? nil, input)
        }
      }
    }
  }

  private func expectEqual(_ found: Double?, _ expected: Double?, _ input: Comment) {
    switch (found, expected) {
    case (nil, nil): break
    case (let found?, let expected?):
      #expect(abs(found - expected) < 1e-9, "\(input): \(found) instead of \(expected)")
    default: Issue.record("\(input): \(String(describing: found)), \(String(describing: expected))")
    }
  }

  /// Scores as a matcher gives them: whole numbers with heavy ties, or fractions; impostors that end
  /// far below or reach above the genuine scores; failed comparisons.
  private func randomList(using random: inout SeededGenerator) throws -> [UInt8] {
    let sizes = [1, 3, 99, 100, 101, 1000, 9_999, 10_000, 20_000]
    let impostors = sizes[Int.random(in: 0..<sizes.count, using: &random)]
    let genuine = Int.random(in: 1...400, using: &random)
    let steps: Double? = Bool.random(using: &random) ? [2, 10, 100][Int(genuine % 3)] : nil
    let shift = Double.random(in: -0.2...1.2, using: &random)
    let isImpostorZero = Int.random(in: 0..<5, using: &random) == 0
    var pairs: [PairList.Pair] = []
    var scores: [Double?] = []
    for index in 0..<genuine + impostors {
      let isGenuine = index < genuine
      pairs.append(PairList.Pair(a: "f_\(index)", b: "g_\(index)", isGenuine: isGenuine))
      var score = Double.random(in: 0...1, using: &random) + (isGenuine ? shift : 0)
      if !isGenuine, isImpostorZero { score = 0 }
      if let steps { score = (score * steps).rounded() }
      scores.append(Int.random(in: 0..<50, using: &random) == 0 ? nil : score)
    }
    return try PairList(pairs: pairs).csv(scores: scores)
  }
}
