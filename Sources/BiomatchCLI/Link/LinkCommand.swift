import ArgumentParser

struct LinkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "link",
    abstract: "Find people who are in two files, on codes instead of names.",
    discussion: """
      Both parties encode their records under one schema and one secret, and only \
      codes are compared. docs/record-linkage.md says what codes hide and what they \
      do not.

      Example:

        biomatch link compare a.json b.json --threshold 0.8 --any-schema -o pairs.csv
        biomatch link solve pairs.csv
      """,
    subcommands: [LinkInfoCommand.self, LinkCompareCommand.self, LinkSolveCommand.self]
  )
}
