/// What to try after the demonstration: commands that work as they are printed.
struct DemoAdvice {
  let files: DemoFiles
  let index: DemoIndex
  let faceIndex: DemoIndex
  let gallery: DemoGallery
  let linkage: DemoLinkageFiles

  var text: String {
    let commands = [
      ["search", index.path, "--finger", files.path(DemoFiles.name(2, 2)), "--top", "3"],
      ["index", "info", index.path],
      ["verify", files.path(DemoFiles.name(1, 1)), files.path(DemoFiles.name(2, 1))],
      ["template", "lint", files.path(DemoFiles.padded)],
      [
        "evaluate", "fingerprints", "--pairs", files.path(DemoFiles.list), "--root",
        files.directory,
      ],
      ["search", faceIndex.path, "--face", files.path(DemoFaceFiles.vectors) + "#1", "--top", "3"],
      [
        "evaluate", "faces", files.path(DemoFaceFiles.vectors), "--labels",
        files.path(DemoFaceFiles.labels),
      ],
      [
        "search", gallery.path, "--key-file", gallery.keyPath, "--face",
        files.path(DemoFaceFiles.vectors) + "#1", "--top", "3",
      ],
      ["show", gallery.path, "--key-file", gallery.keyPath, "--subject", "P0000001"],
      [
        "gallery", "check-receipt", gallery.receiptPath, "--gallery", gallery.path, "--key-file",
        gallery.keyPath,
      ],
      linkage.command,
      ["--help"],
    ]
    return "\nTry next:\n"
      + commands.map { command in
        "  " + ([Self.program] + command).map(Self.quoted).joined(separator: " ") + "\n"
      }.joined()
  }

  /// The tool as the user has called it.
  private static var program: String { CommandLine.arguments.first ?? "biomatch" }

  /// A word for a shell.
  private static func quoted(_ word: String) -> String {
    let isPlain = word.unicodeScalars.allSatisfy {
      $0.isASCII && $0.properties.isAlphabetic
        || "0123456789/._-+=:,@%#".unicodeScalars.contains($0)
    }
    return isPlain && !word.isEmpty ? word : "'" + word.replacing("'", with: #"'\''"#) + "'"
  }
}
