import ArgumentParser
import Biomatch
import BiomatchCore

struct VerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Decide whether two samples are of one source, or somebody who they say.",
    discussion: """
      Exits with 0 for a match and with 1 for none. The default threshold for prints \
      accepts one in 10,000 comparisons of different fingers on the data that it was \
      set with; docs/fingerprint-matching.md says which.

      Face vectors are files .npy, .f32 or .csv, or any with --vectors; FILE#ROW is one \
      of several, counted from 0. Their score is the cosine. What it is worth depends \
      on the model that made them, so that there is no default threshold: evaluate \
      faces finds one.

      With --subject the samples are compared with those of a person of a gallery; the \
      best score decides.

      Examples:

        biomatch verify probe.iso reference.iso
        biomatch verify probe.iso reference.iso --format json
        biomatch verify a.xyt b.xyt --width 388 --height 374
        biomatch verify faces.npy#3 faces.npy#17 --threshold 0.38
        biomatch verify people.gallery --key-file gallery.key --subject P1 \\
          --finger probe.iso
      """
  )

  @Argument(help: "The probe, - is the standard input; with --subject the gallery.")
  var a: String

  @Argument(help: "The reference.")
  var b: String?

  @Flag(name: .long, help: "The files hold face vectors, whatever they are named.")
  var vectors = false

  @Option(name: .long, help: "The person of the gallery who the samples are said to be of.")
  var subject: String?

  @Option(
    name: .long,
    parsing: .upToNextOption,
    help: "With --subject: templates of fingers of one person, one or more."
  )
  var finger: [String] = []

  @Option(name: .long, help: "With --subject: a face vector.")
  var face: String?

  @Flag(name: .long, help: "With --subject: compare with all fingers, not just the same one.")
  var anyPosition = false

  @OptionGroup var model: ModelOptions
  @OptionGroup var key: KeyOptions
  @OptionGroup var faces: FaceFileOptions
  @OptionGroup var views: ViewOptions
  @OptionGroup var decision: DecisionOptions
  @OptionGroup var matching: MatchingOptions
  @OptionGroup var template: TemplateOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if subject != nil {
      guard b == nil, !vectors else {
        throw ValidationError(
          "with --subject give the gallery, and the probe with --finger or --face"
        )
      }
      guard finger.isEmpty != (face == nil) else {
        throw ValidationError("give either --finger or --face with --subject")
      }
    } else {
      guard b != nil else { throw ValidationError("give the probe and the reference") }
      guard finger.isEmpty, face == nil, model.model == nil else {
        throw ValidationError("--finger, --face and --model go with --subject")
      }
    }
  }

  func run() async throws {
    if let subject { return try await verify(subject) }
    let b = b ?? ""
    let verdict = try isOfFaces(b) ? compareFaces(b) : comparePrints(b)
    try verdict.row(a, b).print(output.format, text: verdict.text)
    if !verdict.isMatch { throw ExitCode(1) }
  }

  private func verify(_ subject: String) async throws {
    let isMatch = try await SubjectVerification(
      gallery: a,
      subject: try SubjectID(subject),
      fingers: finger,
      face: face,
      positions: anyPosition ? .all : .same,
      key: key,
      template: template,
      faceFiles: faces,
      model: model
    ).answer(threshold: decision, format: output.format)
    if !isMatch { throw ExitCode(1) }
  }

  private func isOfFaces(_ b: String) throws -> Bool {
    if vectors { return true }
    let areFaces = [a, b].map { NamedVector($0).isFace }
    guard areFaces[0] == areFaces[1] else {
      throw UsageError.option(
        areFaces[0] ? a : b,
        rule: "a face vector can be compared with face vectors only",
        remedy: "give two templates or two vectors; --vectors if the other file holds vectors, too"
      )
    }
    return areFaces[0]
  }

  private func compareFaces(_ b: String) throws -> Verdict {
    try checkFaceOptions()
    let comparison = FaceComparison(options: faces, simd: try matching.engine.level())
    let threshold = try FaceComparison.threshold(decision.threshold)
    return Verdict(score: try comparison.score(a, b), threshold: threshold)
  }

  private func comparePrints(_ b: String) throws -> Verdict {
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
      rule: "the option is for templates of fingerprints only",
      remedy: "leave it out"
    )
  }
}
