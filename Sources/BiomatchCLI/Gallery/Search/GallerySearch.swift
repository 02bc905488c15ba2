import Biomatch
import BiomatchCore
import BiomatchFingerprint
import BiomatchGallery

/// A search among the people of a gallery.
struct GallerySearch {
  let target: String
  let fingers: [String]
  let faces: [String]
  let options: GallerySearchOptions
  let template: TemplateOptions
  let faceFiles: FaceFileOptions
  let simd: SIMDLevel

  /// So many probes are sought in one pass over the samples.
  private static let batch = 64

  /// Searches for all probes; `configure` sets what every search has.
  func answers(
    threshold: Double?,
    _ configure: (inout IdentificationOptions) -> Void
  ) async throws -> SearchAnswers {
    var search = IdentificationOptions(policy: try policy(threshold))
    search.lists = options.list.isEmpty ? nil : Set(try options.list.map { try Label($0) })
    search.categories =
      options.category.isEmpty ? nil : Set(try options.category.map { try Label($0) })
    search.positions = try positions()
    configure(&search)
    try await bringIndexesUpToDate()
    return try await options.key.use(target, .readOnly, indexed: true, simd: simd) { opened in
      try await check(search.lists, opened)
      let probes = try await probes(opened)
      return SearchAnswers(
        answers: try await run(probes, search, opened),
        noun: fingers.isEmpty ? "vector" : "print"
      )
    }
  }

  /// Prints that have nothing in common are no candidates.
  private func policy(_ threshold: Double?) throws -> DecisionPolicy? {
    if fingers.isEmpty {
      return try threshold.map { .score(try FaceComparison.threshold($0)) }
    }
    return .score(try DecisionOptions.score(threshold) ?? SimilarityScore(1))
  }

  private func positions() throws -> FingerPositionRule {
    let position = try template.finger()
    if position != .unknown { return .only(FingerPositionFilter([position])) }
    return options.anyPosition ? .all : .same
  }

  /// Saves what the gallery's indexes lack, so that the next search need not read it again. Where another
  /// program writes, or the files cannot be written, this search alone goes without.
  private func bringIndexesUpToDate() async throws {
    do {
      try await options.key.use(target, .readWrite, indexed: true) { _ in }
    } catch let error as any BiomatchError where error.code == "gallery.in-use" {
    } catch FileError.notPermitted {
    } catch let error as GalleryError {
      guard case .storage = error else { throw error }
    }
  }

  private func check(_ lists: Set<Label>?, _ opened: Gallery) async throws {
    guard let lists else { return }
    let known = try await opened.read { Set(try $0.lists().map(\.name)) }
    if let unknown = lists.subtracting(known).min() { throw GalleryError.listUnknown(unknown) }
  }

  private func probes(_ opened: Gallery) async throws -> GalleryProbes {
    guard fingers.isEmpty else {
      return try GalleryProbes(fingers: fingers, together: options.together, template: template)
    }
    let model = try await GalleryProbes.model(options.model, of: opened)
    return try GalleryProbes(faces: faces, model: model, files: faceFiles)
  }

  private func run(
    _ probes: GalleryProbes,
    _ search: IdentificationOptions,
    _ opened: Gallery
  ) async throws -> [SearchAnswer] {
    let progress = ProgressBar("searching", total: probes.probes.count)
    defer { progress.finish() }
    var answers: [SearchAnswer] = []
    for start in stride(from: 0, to: probes.probes.count, by: Self.batch) {
      let range = start..<min(start + Self.batch, probes.probes.count)
      let found = try await opened.identify(Array(probes.probes[range]), search)
      answers += zip(probes.names[range], found).map { name, found in
        SearchAnswer(
          probe: name,
          candidates: found.candidates.map(\.asCandidate),
          coverage: found.coverage
        )
      }
      progress.advance(by: range.count)
    }
    return answers
  }
}

extension GalleryCandidate {
  /// The same, as a search of an index gives it.
  var asCandidate: Candidate {
    Candidate(reference: reference, subject: subject, score: score, rank: rank)
  }
}
