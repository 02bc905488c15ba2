import ArgumentParser
import Biomatch
import BiomatchGallery

struct GalleryBackupCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Copy the records of a gallery, while everything goes on.",
    discussion: """
      The backup of a sealed gallery has no keys and is worthless alone: export the \
      keys afterwards, with gallery export-keys, and keep both apart.

      Examples:

        biomatch gallery backup people.gallery --key-file gallery.key -o monday.backup
        biomatch gallery export-keys people.gallery --key-file gallery.key -o monday.keys
      """
  )

  @Argument(help: "The directory of the gallery.")
  var gallery: String

  @Option(name: .shortAndLong, help: "The directory of the backup, where nothing is yet.")
  var output: String

  @OptionGroup var key: KeyOptions
  @OptionGroup var format: OutputOptions

  func run() async throws {
    let isSealed = try await key.use(gallery, .readOnly) { opened in
      try SavedIndex.checkParent(of: output)
      try await opened.backup(to: output)
      return opened.isSealed
    }
    let row = Row(["gallery": .text(gallery), "backup": .text(output)])
    let advice =
      isSealed ? "\nit has no keys: export them now, with biomatch gallery export-keys" : ""
    try row.print(format.format, text: "\(output): a backup of \(gallery)\(advice)")
  }
}
