import ArgumentParser

struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Measure error rates of comparisons and searches.",
    discussion: """
      Examples:

        biomatch evaluate fingerprints --pairs pairs.csv --root templates
        biomatch evaluate faces faces.npy --labels labels.txt
      """,
    subcommands: [EvaluateFingerprintsCommand.self, EvaluateFacesCommand.self]
  )
}
