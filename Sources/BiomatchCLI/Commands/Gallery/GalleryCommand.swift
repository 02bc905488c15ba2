import ArgumentParser

struct GalleryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gallery",
    abstract: "Make and keep galleries: people with their samples, durable and sealed.",
    discussion: """
      A gallery is sealed under a key of 32 bytes, which every command takes from \
      --key-file, --key-env or --key-command, or else from the file that \
      BIOMATCH_KEY_FILE names. Keep it on another disk than the gallery.

      Example:

        biomatch gallery create people.gallery --key-file gallery.key --new-key
        biomatch enrol people.gallery --key-file gallery.key --manifest people.csv
        biomatch gallery info people.gallery --key-file gallery.key
      """,
    subcommands: [
      GalleryCreateCommand.self, GalleryInfoCommand.self, GalleryVerifyCommand.self,
      GalleryBackupCommand.self, GalleryExportKeysCommand.self, GalleryRestoreCommand.self,
      GalleryCompactCommand.self, GalleryRotateKeyCommand.self, GalleryCheckReceiptCommand.self,
    ]
  )
}
