import ArgumentParser
import Biomatch
import BiomatchCore
import BiomatchGallery
import Foundation

struct GalleryRestoreCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "Make a gallery of a backup and an export of keys.",
    discussion: """
      Whoever was erased between the two is left out. An export of before the backup \
      is refused. --export-key-file and its like name the key of the export; the \
      gallery then gets the key of --key-file and its like. Without them that key \
      opens the export, too.

      Examples:

        biomatch gallery restore monday.backup --keys monday.keys \\
          --key-file gallery.key -o people.gallery
        biomatch gallery restore monday.backup --keys monday.keys \\
          --export-key-file safe.key --key-file new.key -o people.gallery
      """
  )

  @Argument(help: "The directory of the backup.")
  var backup: String

  @Option(name: .long, help: "The file with the export of keys; none for a gallery in clear.")
  var keys: String?

  @Option(name: .shortAndLong, help: "The directory of the gallery, where nothing is yet.")
  var output: String

  @OptionGroup var exportKey: ExportKeyOptions
  @OptionGroup var key: KeyOptions
  @OptionGroup var format: OutputOptions

  func run() async throws {
    let exportSource = try exportKey.source
    try SavedIndex.checkParent(of: output)
    let report: RestoreReport
    if let keys {
      guard FileManager.default.fileExists(atPath: keys) else {
        throw FileError.notFound(path: keys)
      }
      let source = try exportSource ?? key.required()
      report = try await Gallery.restore(
        from: backup,
        keys: (keys, source),
        to: output,
        key: exportSource == nil ? nil : try key.required()
      )
    } else {
      do {
        report = try await Gallery.restore(from: backup, to: output)
      } catch GalleryError.keyNeeded {
        throw UsageError.option(
          "--keys",
          rule: "the backup of a sealed gallery can be restored only with an export of its keys",
          remedy: "give the file that biomatch gallery export-keys wrote after the backup"
        )
      }
    }
    let row = Row([
      "gallery": .text(output), "erasedSince": .integer(report.erasedSince),
      "unusedKeys": .integer(report.unusedKeys),
    ])
    let erased =
      report.erasedSince == 0
      ? "" : ", without \(Plural.text(report.erasedSince, "subject")) erased since"
    try row.print(format.format, text: "\(output): restored from \(backup)\(erased)")
  }
}
