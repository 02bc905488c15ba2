import Biomatch
import BiomatchCore
import BiomatchEvaluation
import BiomatchFingerprint

/// Lists of comparisons, compared and counted.
struct FingerprintEvaluation {
  /// One list and what came out.
  struct ScoredList {
    /// The base name of the list's file.
    var fileName: String
    var pairs: PairList
    /// One score a pair; `nil` where a template is missing or cannot be read.
    var scores: [Double?]

    /// The name in results: that of the file without its ending.
    var name: String { fileName.hasSuffix(".csv") ? String(fileName.dropLast(4)) : fileName }
  }

  /// The directory that the lists' paths are relative to.
  var root: String
  var options: TemplateOptions
  var comparer: Comparer
  var ignoresQuality: Bool
  var threads: Int?

  /// Compares all pairs of the lists.
  ///
  /// - Throws: `CSVError` for a list that cannot be read; a template that cannot is no error.
  func run(_ files: [String]) throws -> [ScoredList] {
    let lists = try files.map { file in
      (
        name: file.split(separator: "/").last.map(String.init) ?? file,
        pairs: try PairList(file: file)
      )
    }
    let paths = Set(lists.flatMap { $0.pairs.pairs.flatMap { [$0.a, $0.b] } }).sorted()
    let numbers = Dictionary(uniqueKeysWithValues: paths.enumerated().map { ($1, $0) })
    let prints = try load(paths)
    return try lists.map { name, pairs in
      let indexed = pairs.pairs.compactMap { pair in
        numbers[pair.a].flatMap { a in numbers[pair.b].map { (a: a, b: $0) } }
      }
      let progress = ProgressBar("comparing \(name)", total: indexed.count)
      defer { progress.finish() }
      let scores = try ParallelWork.map(
        indexed.count,
        threads: threads,
        chunk: 256,
        finished: progress.advance(by:)
      ) { range in
        try comparer.scores(of: indexed[range], among: prints)
      }
      return ScoredList(fileName: name, pairs: pairs, scores: scores)
    }
  }

  /// The prints in the order of their paths; `nil` where there is none, which is said once.
  private func load(_ paths: [String]) throws -> [EnrolledPrint?] {
    let progress = ProgressBar("reading templates", total: paths.count)
    defer { progress.finish() }
    let loaded = try ParallelWork.map(
      paths.count,
      threads: threads,
      chunk: 16,
      finished: progress.advance(by:)
    ) { range in
      try range.map { try enrol(root + "/" + paths[$0]) }
    }
    warn(of: loaded)
    return loaded.map { try? $0.get() }
  }

  /// Reads one template. A wrong call, `.xyt` files without image size for example, is an error of
  /// the whole evaluation; a missing or faulty file is a result.
  private func enrol(_ path: String) throws -> Result<EnrolledPrint, EnrolmentFailure> {
    do {
      guard var view = try options.load(path).views.first else {
        return .failure(EnrolmentFailure(path: path, rule: "the record has no view"))
      }
      if ignoresQuality {
        for index in view.minutiae.indices { view.minutiae[index].quality = nil }
      }
      return .success(try comparer.enrol(view))
    } catch let error as any BiomatchError where error.category != .usage {
      return .failure(EnrolmentFailure(path: path, rule: error.rule))
    }
  }

  private func warn(of loaded: [Result<EnrolledPrint, EnrolmentFailure>]) {
    let failures = loaded.compactMap { result in
      if case .failure(let failure) = result { failure } else { nil }
    }
    guard let first = failures.first else { return }
    Warning(
      code: "evaluate.templates",
      location: ErrorLocation(file: first.path),
      text: "\(first.rule); in all, \(failures.count) of \(loaded.count) templates cannot be used, "
        + "and their comparisons score 0"
    ).say()
  }
}

/// Why a template takes no part in an evaluation.
private struct EnrolmentFailure: Error {
  var path: String
  var rule: String
}

extension FingerprintEvaluation.ScoredList {
  /// The scores with their subjects, for error rates.
  func scoreSet() -> ScoreSet {
    let subjects = GenuineGroups(pairs)
    var set = ScoreSet(name: name)
    for (pair, score) in zip(pairs.pairs, scores) {
      set.add(
        score,
        isGenuine: pair.isGenuine,
        subjects: (subjects.group(of: pair.a), subjects.group(of: pair.b))
      )
    }
    return set
  }
}

/// Which samples are of one finger: those that genuine comparisons connect.
private struct GenuineGroups {
  private var parent: [String: String] = [:]

  init(_ list: PairList) {
    for pair in list.pairs where pair.isGenuine {
      let (a, b) = (group(of: pair.a), group(of: pair.b))
      if a != b { parent[max(a, b)] = min(a, b) }
    }
  }

  /// The name of the sample's group: the first of its members.
  func group(of sample: String) -> String {
    var name = sample
    while let next = parent[name] { name = next }
    return name
  }
}
