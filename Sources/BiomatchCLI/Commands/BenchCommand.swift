import ArgumentParser

struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Measure how fast this machine is, beside what it could do at most.",
    discussion: """
      Example:

        biomatch bench fingerprints
        biomatch bench faces
        biomatch bench linkage
        biomatch bench gallery
      """,
    subcommands: [
      BenchFingerprintsCommand.self, BenchFacesCommand.self, BenchLinkageCommand.self,
      BenchGalleryCommand.self,
    ]
  )
}
