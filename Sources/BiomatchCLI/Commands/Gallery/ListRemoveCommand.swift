import ArgumentParser
import Biomatch
import BiomatchCore
import BiomatchGallery

struct ListRemoveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Remove a list from a gallery; whoever is on it stays enrolled.",
    discussion: """
      Example:

        biomatch list remove people.gallery --key-file gallery.key --name watch
      """
  )

  @Argument(help: "The directory of the gallery.")
  var gallery: String

  @Option(name: .long, help: "The name of the list.")
  var name: String

  @OptionGroup var key: KeyOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let label = try Label(name)
    try await key.use(gallery, .readWrite) { try await $0.removeList(label) }
    let row = Row(["gallery": .text(gallery), "name": .text(name)])
    try row.print(output.format, text: "\(gallery): list \(name) is removed")
  }
}
