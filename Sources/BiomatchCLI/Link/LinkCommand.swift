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

        biomatch link schema init people.csv -o schema.json
        biomatch link encode people.csv --schema schema.json --secret-file secret \\
          -o people.codes
        biomatch link compare people.codes others.codes --threshold 0.8 -o pairs.csv
        biomatch link solve pairs.csv

      A trial of all steps, with both files at hand:

        biomatch link run people.csv others.csv --schema schema.json
      """,
    subcommands: [
      LinkSchemaCommand.self, LinkEncodeCommand.self, LinkInfoCommand.self,
      LinkCompareCommand.self, LinkSolveCommand.self, LinkRunCommand.self,
    ]
  )
}

struct LinkSchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Write and check linkage schemas.",
    discussion: """
      A linkage schema says how records become codes: it is the JSON of clkhash, \
      version 3; docs/formats/linkage.md has every key.
      """,
    subcommands: [LinkSchemaInitCommand.self, LinkSchemaCheckCommand.self]
  )
}
