import ArgumentParser
import Biomatch
import BiomatchCore
import BiomatchLinkage

extension LinkageSolver.Method: ExpressibleByArgument {}

struct LinkSolveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "solve",
    abstract: "Decide which candidate pairs are links.",
    discussion: """
      greedy takes the best pair, then the best one whose records are both still \
      free, and so on, as anonlink does; optimal takes the pairs that no record is \
      in twice and whose scores have the largest sum; one-to-many gives each record \
      of the second file its best one of the first.

      Of equal scores the pair of the lower identifiers is taken, numbers in them by \
      their value: row9 comes before row10.

      Examples:

        biomatch link solve pairs.csv
        biomatch link solve pairs.csv --method optimal --threshold 0.85 --format csv
      """
  )

  @Argument(
    help: "CSV with the columns a, b and score, as link compare writes it; or .ndjson, .anonlink."
  )
  var candidates = "-"

  @Option(name: .long, help: "greedy, optimal or one-to-many.")
  var method = LinkageSolver.Method.greedy

  @Option(name: .long, help: "Leave out pairs with a lower score.")
  var threshold: Double?

  @Option(name: [.customShort("o"), .customLong("output")], help: "The file to write.")
  var outputPath = "-"

  @OptionGroup var output: OutputOptions

  func validate() throws {
    try OutputPaths.check([outputPath], names: "--output", inputs: [candidates])
  }

  func run() throws {
    let least = try threshold.map { try DiceThreshold($0).value } ?? 0
    let read = try CandidateFile(candidates, threshold: least)
    let links = try read.links(by: method)
    let file = try PairFile(outputPath, format: output.format, a: read.a, b: read.b)
    try file.write(links)
    try file.finish()
  }
}
