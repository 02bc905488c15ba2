import ArgumentParser
import Biomatch
import BiomatchCore
import BiomatchGallery
import Foundation

struct GalleryInfoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "info",
    abstract: "Show what a gallery holds.",
    discussion: """
      Counts, models of face vectors, sizes of its files, and the public key that \
      checks its receipts of erasures. It shows nobody.

      Example:

        biomatch gallery info people.gallery --key-file gallery.key
      """
  )

  @Argument(help: "The directory of the gallery.")
  var gallery: String

  @OptionGroup var key: KeyOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    try await key.use(gallery, .readOnly) { try await describe($0) }
  }

  private func describe(_ opened: Gallery) async throws {
    let (state, lists, models) = try await opened.read { snapshot in
      (try snapshot.state(), try snapshot.lists().count, try snapshot.faceModels())
    }
    let receiptKey = try await opened.receiptKey().map { Hexadecimal.text($0.rawKey) }
    let names = models.map { "\($0.model) (\($0.dimension) values)" }
    let (records, keys) = (size("gallery.sqlite"), size("keys.sqlite"))
    let row = Row([
      "gallery": .text(gallery), "id": .text("\(opened.id)"), "sealed": .truth(opened.isSealed),
      "format": .integer(Gallery.formatVersion), "generation": .integer(Int(state.generation)),
      "subjects": .integer(Int(state.subjects)), "fingers": .integer(Int(state.fingers)),
      "faces": .integer(Int(state.faces)), "lists": .integer(lists),
      "models": .text(names.joined(separator: "; ")), "recordBytes": .integer(records),
      "keyBytes": .integer(keys), "receiptKey": .optional(receiptKey),
    ])
    try row.print(
      output.format,
      text: """
        \(gallery): \(Plural.text(Int(state.subjects), "subject")), \
        \(Plural.text(Int(state.fingers), "finger")), \(Plural.text(Int(state.faces), "face")), \
        \(Plural.text(lists, "list")); \(opened.isSealed ? "sealed" : "in clear")
        gallery \(opened.id), generation \(state.generation), format \(Gallery.formatVersion)
        \(records) bytes of records, \(keys) of keys
        models: \(names.isEmpty ? "none" : names.joined(separator: "; "))
        receipts are checked with \(receiptKey ?? "no key: they are not signed")
        """
    )
  }

  /// The size of a database with its log.
  private func size(_ name: String) -> Int {
    [name, name + "-wal"].map { file in
      let attributes = try? FileManager.default.attributesOfItem(atPath: gallery + "/" + file)
      return (attributes?[.size] as? NSNumber)?.intValue ?? 0
    }.reduce(0, +)
  }
}
