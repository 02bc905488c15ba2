import ArgumentParser

struct SynthCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "synth",
    abstract: "Make data of people that do not exist.",
    discussion: """
      Example:

        biomatch synth fingerprints --fingers 1000 -o prints
      """,
    subcommands: [SynthFingerprintsCommand.self]
  )
}
