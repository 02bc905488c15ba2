import ArgumentParser
import Biomatch
import BiomatchCore
import BiomatchGallery

struct GalleryVerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check that everything in a gallery is as it was written.",
    discussion: """
      Opens and decodes every record, and checks databases, relations, counts and \
      keys. Each finding is an error; exits with 65 when there is one.

      Example:

        biomatch gallery verify people.gallery --key-file gallery.key
      """
  )

  @Argument(help: "The directory of the gallery.")
  var gallery: String

  @OptionGroup var key: KeyOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let report = try await key.use(gallery, .readOnly) { try await $0.verifyIntegrity() }
    for finding in report.findings {
      FailureReport.say(GalleryFinding(gallery: gallery, finding: finding))
    }
    let row = Row([
      "gallery": .text(gallery), "state": .text(report.isIntact ? "intact" : "damaged"),
      "generation": .integer(Int(report.generation)), "subjects": .integer(Int(report.subjects)),
      "fingers": .integer(Int(report.fingers)), "faces": .integer(Int(report.faces)),
      "findings": .integer(report.findingCount),
    ])
    let state = report.isIntact ? "intact" : Plural.text(report.findingCount, "finding")
    try row.print(
      output.format,
      text: "\(gallery): \(state), \(Plural.text(Int(report.subjects), "subject")), "
        + "\(Plural.text(Int(report.fingers), "finger")), "
        + Plural.text(Int(report.faces), "face")
    )
    if !report.isIntact { throw ExitCode(ErrorCategory.badData.rawValue) }
  }
}

/// One thing that is wrong with a gallery.
private struct GalleryFinding: BiomatchError {
  let gallery: String
  let finding: IntegrityReport.Finding

  var code: String { "gallery.finding.\(finding.kind.rawValue)" }
  var rule: String { finding.text }
  var category: ErrorCategory { .badData }

  var location: ErrorLocation {
    let parts = [
      finding.subject.map { "subject \($0)" }, finding.reference.map { "sample \($0)" },
    ].compactMap(\.self)
    return ErrorLocation(
      file: gallery,
      field: parts.isEmpty ? nil : parts.joined(separator: ", ")
    )
  }

  var remedy: String {
    finding.kind == .keyUnused
      ? "it does no harm; biomatch gallery compact removes it"
      : "restore the gallery from a backup with biomatch gallery restore"
  }
}
