import ArgumentParser
import Biomatch
import BiomatchGallery

struct GalleryRotateKeyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rotate-key",
    abstract: "Put a gallery under another key.",
    discussion: """
      Nobody is enrolled anew. Afterwards the old key opens nothing of the gallery, \
      but still exports of keys that were made under it. Ended half way, everything \
      is under the old key.

      Example:

        biomatch gallery rotate-key people.gallery --key-file gallery.key \\
          --new-key-file next.key --new-key
      """
  )

  @Argument(help: "The directory of the gallery.")
  var gallery: String

  @Flag(name: .long, help: "Make the file of --new-key-file, which must not exist yet.")
  var newKey = false

  @OptionGroup var next: NewKeyOptions
  @OptionGroup var key: KeyOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if newKey, next.newKeyFile == nil { throw ValidationError("--new-key needs --new-key-file") }
  }

  func run() async throws {
    guard let source = try next.source else {
      throw UsageError.option(
        "--new-key-file",
        rule: "a rotation needs a new key, which takes the place of the old one",
        remedy: "give --new-key-file, --new-key-env or --new-key-command"
      )
    }
    let id = try await key.use(gallery, .readWrite) { opened in
      guard opened.isSealed else { throw GalleryError.notSealed(path: gallery) }
      // It stays whatever happens: once made, it may be the one key that there is.
      if newKey, let file = next.newKeyFile { try NewKeyFile.make(file) }
      try await opened.rotateKey(to: source)
      return opened.id
    }
    let row = Row(["gallery": .text(gallery), "id": .text("\(id)")])
    try row.print(output.format, text: "\(gallery): now under the key of \(source)")
  }
}
