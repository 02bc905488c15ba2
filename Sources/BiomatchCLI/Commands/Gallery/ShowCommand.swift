import ArgumentParser
import Biomatch
import BiomatchCore
import BiomatchGallery

struct ShowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show what a gallery has of a person.",
    discussion: """
      Opens what is sealed, names and documents among it, and prints it in clear: \
      mind who sees the terminal, and where the output goes.

      Example:

        biomatch show people.gallery --key-file gallery.key --subject P1
      """
  )

  @Argument(help: "The directory of the gallery.")
  var gallery: String

  @Option(name: .long, help: "The person.")
  var subject: String

  @OptionGroup var key: KeyOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let subject = try SubjectID(subject)
    let person = try await key.use(gallery, .readOnly) { opened in
      guard let person = try await opened.person(subject) else {
        throw GalleryError.subjectUnknown(subject)
      }
      return person
    }
    let shown = ShownPerson(person: person)
    StandardOutput.write(
      try output.format == .table
        ? shown.text
        : RowPrinter.text(shown.rows, names: shown.rows[0].names, format: output.format)
    )
  }
}
