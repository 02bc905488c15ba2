import ArgumentParser

struct IndexCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "index",
    abstract: "Make and keep indexes of prints that can be searched.",
    discussion: """
      Example:

        biomatch index build --manifest gallery.csv -o prints.index
        biomatch search prints.index --finger probe.iso
      """,
    subcommands: [
      IndexBuildCommand.self, IndexInfoCommand.self, IndexVerifyCommand.self,
      IndexRemoveCommand.self, IndexCompactCommand.self,
    ]
  )
}
