import ArgumentParser
import Biomatch
import BiomatchCore
import BiomatchEvaluation
import BiomatchFingerprint
import Foundation

struct EvaluateFingerprintsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fingerprints",
    abstract: "Measure the fingerprint matcher's error rates on lists of comparisons.",
    discussion: """
      A list is CSV with the columns a, b and genuine: two paths below --root, and \
      1 for two samples of one finger or 0 for samples of two. A comparison whose \
      template is missing or cannot be read scores 0 and counts in failures.

      Rates are those of ISO/IEC 19795-1: EER, and FNMR at the lowest threshold \
      with FMR at most 1/100, 1/1000, 1/10000 and 0. mean is over the lists, each \
      with a threshold of its own; pooled has one threshold for all.

      Examples:

        biomatch evaluate fingerprints --pairs lists/*.csv --root templates
        biomatch evaluate fingerprints --pairs a.csv b.csv --root . --format csv
        biomatch evaluate fingerprints --pairs a.csv --root . --report r.html
      """
  )

  @Option(name: .long, parsing: .upToNextOption, help: "The lists, one or more.")
  var pairs: [String]

  @Option(name: .long, help: "The directory that the lists' paths are relative to.")
  var root: String

  @Option(name: .long, help: "Write each list with its scores to a file of its name in here.")
  var scores: String?

  @Option(name: .long, help: "Write a page with curves and tables to this HTML file.")
  var report: String?

  @Flag(name: .long, help: "Leave the quality of minutiae aside.")
  var noQuality = false

  @Option(
    name: .long,
    help:
      "Bounds from so many resamplings of the fingers, 1000 for example, not from Wilson's formula."
  )
  var bootstrap: Int?

  @Option(
    name: .customLong("set"),
    help: "Change a constant of the matcher, pairs=32 for example, to see what it is worth."
  )
  var changes: [String] = []

  @Option(
    name: .long,
    help: "screened gives 0 to prints that a screened search would give up, to see what that costs."
  )
  var mode = SearchMode.exhaustive

  @OptionGroup var matching: MatchingOptions
  @OptionGroup var template: TemplateOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if let bootstrap, !(1...1_000_000).contains(bootstrap) {
      throw ValidationError("--bootstrap must be in 1...1000000, found \(bootstrap)")
    }
  }

  func run() throws {
    try checkNames()
    try FileBytes.checkDirectory(root)
    let comparer = try matching.comparer(changes: changes, mode: mode)
    let evaluation = FingerprintEvaluation(
      root: root,
      options: template,
      comparer: comparer,
      ignoresQuality: noQuality,
      threads: matching.engine.threads
    )
    let lists = try evaluation.run(pairs)
    if let scores { try write(lists, into: scores) }
    let sets = lists.map { $0.scoreSet() }
    let result = EvaluationResult(
      of: sets,
      bootstrap: bootstrap.map { SubjectBootstrap(replicates: $0) }
    )
    if let report { try write(sets, result, comparer, to: report) }
    try StandardOutput.write(EvaluationOutput.text(result, format: output.format))
  }

  private func checkNames() throws {
    let names = pairs.map { $0.split(separator: "/").last.map(String.init) ?? $0 }
    guard let twice = Dictionary(grouping: names, by: \.self).values.first(where: { $0.count > 1 })
    else { return }
    throw UsageError.option(
      "--pairs",
      rule: "two lists are named \(twice[0])",
      remedy: "give lists of different names, so that their results can be told apart"
    )
  }

  private func write(
    _ lists: [FingerprintEvaluation.ScoredList],
    into directory: String
  ) throws {
    try FileBytes.createDirectory(directory)
    for list in lists {
      try OutputFile.write(
        list.pairs.csv(scores: list.scores),
        to: directory + "/" + list.fileName
      )
    }
  }

  private func write(
    _ sets: [ScoreSet],
    _ result: EvaluationResult,
    _ comparer: Comparer,
    to path: String
  ) throws {
    let own =
      [
        (name: "biomatch", value: Version.current),
        (name: "minutia quality", value: noQuality ? "left aside" : "used"),
        (name: "rotation", value: matching.anyRotation ? "any" : "upright"),
        (name: "mode", value: mode.rawValue),
      ] + changes.map { (name: "changed", value: $0) }
    let report = EvaluationReport(
      title: "Fingerprint matching: error rates",
      parameters: own + comparer.parameters,
      sets: sets,
      result: result
    )
    try OutputFile.write(Array(report.html.utf8), to: path)
  }
}
