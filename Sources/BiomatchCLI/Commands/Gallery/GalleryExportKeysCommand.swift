import ArgumentParser
import Biomatch
import BiomatchGallery

struct GalleryExportKeysCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export-keys",
    abstract: "Write the keys of a gallery into a file, under a key of its own.",
    discussion: """
      The other half of a backup: make it after the backup, and keep it elsewhere. \
      Without --export-key-file and its like the export opens with the gallery's key. \
      Erasures do not reach exports: destroy them by a schedule.

      Examples:

        biomatch gallery export-keys people.gallery --key-file gallery.key -o monday.keys
        biomatch gallery export-keys people.gallery --key-file gallery.key \\
          --export-key-file safe.key --new-key -o monday.keys
      """
  )

  @Argument(help: "The directory of the gallery.")
  var gallery: String

  @Option(name: .shortAndLong, help: "The file of the export, where nothing is yet.")
  var output: String

  @Flag(name: .long, help: "Make the file of --export-key-file, which must not exist yet.")
  var newKey = false

  @OptionGroup var exportKey: ExportKeyOptions
  @OptionGroup var key: KeyOptions
  @OptionGroup var format: OutputOptions

  func validate() throws {
    if newKey, exportKey.exportKeyFile == nil {
      throw ValidationError("--new-key needs --export-key-file")
    }
  }

  func run() async throws {
    let source = try exportKey.source ?? key.required()
    try await key.use(gallery, .readOnly) { opened in
      try SavedIndex.checkParent(of: output)
      try await NewKeyFile.with(newKey ? exportKey.exportKeyFile : nil, for: output) {
        try await opened.exportKeys(to: output, under: source)
      }
    }
    let row = Row(["gallery": .text(gallery), "export": .text(output)])
    try row.print(
      format.format,
      text: "\(output): the keys of \(gallery), under the key of \(source)"
    )
  }
}
