import ArgumentParser

struct SynthCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "synth",
    abstract: "Make data of people that do not exist.",
    discussion: """
      Examples:

        biomatch synth fingerprints --fingers 1000 -o prints
        biomatch synth faces --identities 100000 -o gallery.npy --labels gallery.txt
      """,
    subcommands: [SynthFingerprintsCommand.self, SynthFacesCommand.self]
  )
}
