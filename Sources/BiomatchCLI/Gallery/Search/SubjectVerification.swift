import Biomatch
import BiomatchCore
import BiomatchFingerprint
import BiomatchGallery

/// The comparison of samples with those of a person of a gallery.
struct SubjectVerification {
  let gallery: String
  let subject: SubjectID
  let fingers: [String]
  let face: String?
  let positions: FingerPositionRule
  let key: KeyOptions
  let template: TemplateOptions
  let faceFiles: FaceFileOptions
  let model: ModelOptions

  /// Prints the answer; whether it is a match.
  func answer(threshold decision: DecisionOptions, format: OutputFormat) async throws -> Bool {
    let threshold =
      face == nil
      ? try decision.score() ?? FingerprintMatcher.verificationThreshold
      : try FaceComparison.threshold(decision.threshold)
    let (name, verification) = try await key.use(gallery, .readOnly) { opened in
      let probes = try await probes(opened)
      let verification = try await opened.verify(subject, probes.probes[0], positions: positions)
      return (probes.names[0], verification)
    }
    let best = verification.comparisons.first
    let verdict = best.map { Verdict(score: $0.score, threshold: threshold) }
    let row = Row([
      "a": .text(name), "b": .text(gallery),
      "score": verdict.map { .score($0.score) } ?? .none,
      "decision": .text(verdict?.isMatch == true ? "match" : "no-match"),
      "subject": .text("\(subject)"), "reference": .optional(best?.reference.string),
    ])
    let text = verdict.map { "\($0.text); \(best?.reference.string ?? "")" }
    try row.print(format, text: text ?? "no match: subject \(subject) has no such sample")
    return verdict?.isMatch == true
  }

  private func probes(_ opened: Gallery) async throws -> GalleryProbes {
    guard let face else {
      return try GalleryProbes(fingers: fingers, together: true, template: template)
    }
    let model = try await GalleryProbes.model(model, of: opened)
    let probes = try GalleryProbes(faces: [face], model: model, files: faceFiles)
    guard probes.probes.count == 1 else {
      throw UsageError.option(
        face,
        rule: "the file has several vectors, and one is compared",
        remedy: "say which by its row, counted from 0: \(face)#0"
      )
    }
    return probes
  }
}
