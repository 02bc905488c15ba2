import ArgumentParser
import Biomatch
import BiomatchGallery

struct GalleryCreateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "create",
    abstract: "Make an empty gallery.",
    discussion: """
      Sealed under the key that is named; --new-key makes the key file, readable by \
      its owner alone. Whoever loses the key loses the gallery. With --in-clear \
      nothing is sealed: for invented people only.

      Examples:

        biomatch gallery create people.gallery --key-file gallery.key --new-key
        biomatch gallery create people.gallery --key-command "vault-client read key"
        biomatch gallery create test.gallery --in-clear
      """
  )

  @Argument(help: "The directory of the gallery, where nothing is yet.")
  var gallery: String

  @Flag(name: .long, help: "Make the file of --key-file, which must not exist yet.")
  var newKey = false

  @OptionGroup var key: KeyOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if newKey, key.keyFile == nil { throw ValidationError("--new-key needs --key-file") }
  }

  func run() async throws {
    let source = key.inClear ? try key.source : try key.required()
    try SavedIndex.checkParent(of: gallery)
    let made = try await NewKeyFile.with(newKey ? key.keyFile : nil, for: gallery) {
      try await Gallery.create(
        at: gallery,
        sealing: source.map { .sealed($0) } ?? .clear
      )
    }
    try await made.close()
    let row = Row([
      "gallery": .text(gallery), "id": .text("\(made.id)"), "sealed": .truth(made.isSealed),
    ])
    let sealing = source.map { "sealed under the key of \($0)" } ?? "in clear"
    try row.print(output.format, text: "\(gallery): an empty gallery, \(sealing)")
  }
}
