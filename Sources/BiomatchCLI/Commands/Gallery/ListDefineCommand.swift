import ArgumentParser
import Biomatch
import BiomatchCore
import BiomatchGallery

struct ListDefineCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "define",
    abstract: "Define a list in a gallery.",
    discussion: """
      A list that is there already with the same purpose and legal basis stays; with \
      others it is an error.

      Example:

        biomatch list define people.gallery --key-file gallery.key --name watch \\
          --purpose "wanted persons" --legal-basis "Police Act, section 12"
      """
  )

  @Argument(help: "The directory of the gallery.")
  var gallery: String

  @Option(name: .long, help: "The name of the list.")
  var name: String

  @Option(name: .long, help: "What the list is kept for.")
  var purpose: String

  @Option(name: .long, help: "The law or decision that allows it.")
  var legalBasis: String

  @OptionGroup var key: KeyOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let list = SubjectList(name: try Label(name), purpose: purpose, legalBasis: legalBasis)
    try await key.use(gallery, .readWrite) { try await $0.define(list) }
    let row = Row(["gallery": .text(gallery), "name": .text(name)])
    try row.print(output.format, text: "\(gallery): list \(name) is defined")
  }
}
