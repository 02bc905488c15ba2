import ArgumentParser
import Biomatch
import BiomatchCore

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Decide whether two templates or face vectors are of one source.",
    discussion: """
      Exits with 0 for a match and with 1 for none. The default threshold for prints \
      accepts one in 10,000 comparisons of different fingers on the data that it was \
      set with; docs/fingerprint-matching.md says which.

      Face vectors are files .npy, .f32 or .csv, or any with --face; FILE#ROW is one \
      of several, counted from 0. Their score is the cosine. What it is worth depends \
      on the model that made them, so that there is no default threshold: evaluate \
      faces finds one.

      Examples:

        biomatch verify probe.iso reference.iso
        biomatch verify probe.iso reference.iso --format json
        biomatch verify a.xyt b.xyt --width 388 --height 374
        biomatch verify faces.npy#3 faces.npy#17 --threshold 0.38
      """
  )

  @Argument(help: "The probe; - is the standard input.")
  var a: String

  @Argument(help: "The reference.")
  var b: String

  @Flag(name: .long, help: "The files hold face vectors, whatever they are named.")
  var face = false

  @OptionGroup var faces: FaceFileOptions
  @OptionGroup var views: ViewOptions
  @OptionGroup var decision: DecisionOptions
  @OptionGroup var matching: MatchingOptions
  @OptionGroup var template: TemplateOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let verdict = try isOfFaces() ? compareFaces() : comparePrints()
    try verdict.row(a, b).print(output.format, text: verdict.text)
    if !verdict.isMatch { throw ExitCode(1) }
  }

  private func isOfFaces() throws -> Bool {
    if face { return true }
    let areFaces = [a, b].map { NamedVector($0).isFace }
    guard areFaces[0] == areFaces[1] else {
      throw UsageError.option(
        areFaces[0] ? a : b,
        rule: "a face vector compares with face vectors only",
        remedy: "give two templates or two vectors; --face if the other file holds vectors, too"
      )
    }
    return areFaces[0]
  }

  private func compareFaces() throws -> Verdict {
    try checkFaceOptions()
    let comparison = FaceComparison(options: faces, simd: try matching.engine.level())
    let threshold = try FaceComparison.threshold(decision.threshold)
    return Verdict(score: try comparison.score(a, b), threshold: threshold)
  }

  private func comparePrints() throws -> Verdict {
    let comparer = try matching.comparer(threshold: decision.score())
    let (first, second) = try template.load(a, b)
    return try comparer.compare(
      Print(view: first.view(views.viewA, option: "--view-a"), file: first),
      Print(view: second.view(views.viewB, option: "--view-b"), file: second)
    ).verdict
  }

  private func checkFaceOptions() throws {
    let given = [
      ("--view-a", views.viewA != nil), ("--view-b", views.viewB != nil),
      ("--any-rotation", matching.anyRotation), ("--from", template.from != nil),
    ]
    guard let (name, _) = given.first(where: \.1) else { return }
    throw UsageError.option(
      name,
      rule: "the option is for templates of fingerprints",
      remedy: "leave it out"
    )
  }
}
