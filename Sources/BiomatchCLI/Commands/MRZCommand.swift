import ArgumentParser

struct MRZCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mrz",
    abstract: "Read and write machine-readable zones of travel documents.",
    discussion: """
      Zones of passports (TD3), cards (TD1, TD2) and visas (MRV-A, MRV-B) after \
      ICAO Doc 9303. docs/mrz.md has the rules.

      Example:

        biomatch mrz parse zones.txt --reference-date 2026-10-01
      """,
    subcommands: [MRZParseCommand.self, MRZBuildCommand.self]
  )
}
