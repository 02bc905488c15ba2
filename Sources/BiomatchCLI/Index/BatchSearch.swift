import Biomatch
import BiomatchCore
import BiomatchFingerprint

/// A print to be searched for, and how answers name it.
struct SearchProbe {
  /// The file's path; with `#` and the view's number where there are several.
  var name: String
  var template: FingerprintTemplate

  /// All views of a file; says what had to be repaired.
  static func all(in path: String, options: TemplateOptions) throws -> [SearchProbe] {
    let loaded = try options.load(path)
    loaded.warnOfRepairs()
    return try loaded.views.enumerated().map { number, view in
      SearchProbe(
        name: loaded.views.count == 1 ? path : "\(path)#\(number + 1)",
        template: try loaded.template(of: view)
      )
    }
  }
}

/// Searches for any number of probes, a batch after the other.
struct BatchSearch {
  let snapshot: FingerprintSnapshot
  let options: FingerprintSearchOptions
  let positions: FingerPositionFilter?

  /// The prints are read once for so many probes.
  private static let batch = 64

  /// A result for each probe, in their order.
  func search(
    _ probes: [SearchProbe]
  ) throws -> [(probe: SearchProbe, result: FingerprintSearchResult)] {
    let progress = ProgressBar("searching", total: probes.count)
    defer { progress.finish() }
    var answers: [(probe: SearchProbe, result: FingerprintSearchResult)] = []
    for start in stride(from: 0, to: probes.count, by: Self.batch) {
      let batch = probes[start..<min(start + Self.batch, probes.count)]
      let prepared = batch.map {
        FingerprintSearchProbe(snapshot.matcher.prepare($0.template), positions: positions)
      }
      answers += zip(batch, try snapshot.searchBlocking(prepared, options)).map { ($0, $1) }
      progress.advance(by: batch.count)
    }
    return answers
  }
}
