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
    let opened = try await key.open(gallery, .readWrite)
    try await opened.compact()
    let state = try await opened.state()
    try await opened.close()
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
