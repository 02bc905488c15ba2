import BiomatchEvaluation
import BiomatchFingerprint
import BiomatchTestSupport
import Foundation

/// The real prints of the development data, loaded once for all tests.
struct DevelopmentPrints: Sendable {
  static let extractors = ["mindtct", "fjfx"]
  static let loaded = Result { try DevelopmentPrints() }

  /// The templates by their path below the fingerprint directory.
  private(set) var templates: [String: FingerprintTemplate] = [:]
  /// The comparison lists of each extractor, in the order of their names.
  private(set) var lists: [String: [NamedList]] = [:]

  struct NamedList: Sendable {
    let name: String
    let list: PairList
  }

  private init() throws {
    for path in try Self.paths() {
      let bytes = try SharedData.bytes("fingerprints/\(path)")
      let decoded = try MinutiaeDecoder(strictness: .strict).decode(bytes, file: path)
      templates[path] = try FingerprintTemplate(view: decoded.record.views[0])
    }
    let directory = try SharedData.url("fingerprints/pairs").path
    let names = try FileManager.default.contentsOfDirectory(atPath: directory).sorted()
    for extractor in Self.extractors {
      lists[extractor] = try names.filter { $0.hasSuffix(".\(extractor).csv") }.map {
        NamedList(name: $0, list: try PairList(file: "\(directory)/\($0)"))
      }
    }
  }

  /// The paths that the data's manifest names.
  static func paths() throws -> [String] {
    var reader = try CSVReader(file: try SharedData.url("fingerprints/manifest.csv").path)
    let column = try reader.column("path")
    var paths: [String] = []
    while let row = try reader.nextRow() { paths.append(row[column]) }
    return paths
  }

  /// All lists of an extractor with the scores that a matcher gives; a pair of which a print is
  /// missing has no score.
  ///
  /// - Parameter changed: What becomes of a print before it is a probe.
  func scores(
    by matcher: FingerprintMatcher,
    mode: SearchMode = .exhaustive,
    of extractor: String,
    probes change: @Sendable (FingerprintTemplate) throws -> FingerprintTemplate = { $0 },
    references changeReference: @Sendable (FingerprintTemplate) throws -> FingerprintTemplate = {
      $0
    }
  ) async throws -> [ScoreSet] {
    let own = templates.filter { $0.key.contains("/\(extractor)/") }
    let probes = try own.mapValues { matcher.prepare(try change($0)) }
    let references = try own.mapValues { matcher.describe(try changeReference($0)) }
    return try await withThrowingTaskGroup(of: (Int, ScoreSet).self) { group in
      let named = lists[extractor] ?? []
      for (index, entry) in named.enumerated() {
        group.addTask {
          var set = ScoreSet(name: entry.name)
          for pair in entry.list.pairs {
            var score: Double?
            if let probe = probes[pair.a], let reference = references[pair.b] {
              score = Double(try matcher.score(probe, reference, mode: mode).value)
            }
            set.add(score, isGenuine: pair.isGenuine)
          }
          return (index, set)
        }
      }
      var sets: [Int: ScoreSet] = [:]
      for try await (index, set) in group { sets[index] = set }
      return named.indices.compactMap { sets[$0] }
    }
  }
}
