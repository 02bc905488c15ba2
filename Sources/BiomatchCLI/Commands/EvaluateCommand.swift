import ArgumentParser

struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Measure error rates on lists of comparisons.",
    discussion: """
      Example:

        biomatch evaluate fingerprints --pairs pairs.csv --root templates
      """,
    subcommands: [EvaluateFingerprintsCommand.self]
  )
}
