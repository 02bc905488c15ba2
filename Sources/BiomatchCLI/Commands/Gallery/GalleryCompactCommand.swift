import ArgumentParser
import Biomatch
import BiomatchGallery

struct GalleryCompactCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compact",
    abstract: "Write a gallery's files anew without unused space.",
    discussion: """
      Removes keys that belong to nobody, too. It needs as much free space as the \
      gallery takes, and that no other program reads the gallery.

      Example:

        biomatch gallery compact people.gallery --key-file gallery.key
      """
  )

  @Argument(help: "The directory of the gallery.")
  var gallery: String

  @OptionGroup var key: KeyOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let state = try await key.use(gallery, .readWrite) { opened in
      try await opened.compact()
      return try await opened.state()
    }
    let row = Row([
      "gallery": .text(gallery), "generation": .integer(Int(state.generation)),
      "subjects": .integer(Int(state.subjects)),
    ])
    try row.print(
      output.format,
      text: "\(gallery): compacted, \(Plural.text(Int(state.subjects), "subject"))"
    )
  }
}
