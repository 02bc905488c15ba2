import Biomatch
import BiomatchCore
import BiomatchFingerprint

/// Prints to search, and probes of other fingers.
struct BenchPrints: Sendable {
  /// What they are, as the results say it.
  let name: String
  let references: [FingerprintTemplate]
  let probes: [FingerprintTemplate]

  /// Prints of a synthetic population, one of each finger.
  static func synthetic(
    _ meanMinutiae: Double,
    count: Int,
    probes: Int,
    threads: Int?
  ) throws -> BenchPrints {
    var parameters = SyntheticFingerParameters.standard
    parameters.meanMinutiae = meanMinutiae
    let population = SyntheticFingers(seed: 1, parameters: parameters)
    let progress = ProgressBar("making prints", total: count)
    defer { progress.finish() }
    let all = try ParallelWork.map(
      count + probes,
      threads: threads,
      chunk: 256,
      finished: progress.advance(by:)
    ) { range in
      range.map { population.impression(0, of: population.finger($0)) }
    }
    return BenchPrints(
      name: "synthetic, \(Int(meanMinutiae)) minutiae in the mean",
      references: Array(all[..<count]),
      probes: Array(all[count...])
    )
  }

  var entries: [FingerprintIndexEntry] {
    get throws {
      try references.enumerated().map { index, template in
        FingerprintIndexEntry(
          reference: try ReferenceID("r\(index)"),
          subject: try SubjectID("s\(index)"),
          template: template
        )
      }
    }
  }
}
