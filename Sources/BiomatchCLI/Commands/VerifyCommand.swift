import ArgumentParser
import Biomatch
import BiomatchCore

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Decide whether two fingerprint templates are of one finger.",
    discussion: """
      Exits with 0 for a match and with 1 for none. The default threshold accepts \
      one in 10,000 comparisons of different fingers on the data that it was set \
      with; docs/fingerprint-matching.md says which.

      Examples:

        biomatch verify probe.iso reference.iso
        biomatch verify probe.iso reference.iso --format json
        biomatch verify a.xyt b.xyt --width 388 --height 374
      """
  )

  @Argument(help: "The probe's template; - is the standard input.")
  var a: String

  @Argument(help: "The reference's template.")
  var b: String

  @OptionGroup var views: ViewOptions
  @OptionGroup var decision: DecisionOptions
  @OptionGroup var matching: MatchingOptions
  @OptionGroup var template: TemplateOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let comparer = try matching.comparer(threshold: decision.score())
    let (first, second) = try template.load(a, b)
    let comparison = try comparer.compare(
      Print(view: first.view(views.viewA, option: "--view-a"), file: first),
      Print(view: second.view(views.viewB, option: "--view-b"), file: second)
    )
    if output.format == .table {
      StandardOutput.write(comparison.verdict + "\n")
    } else {
      let row = Row([
        "a": .text(a), "b": .text(b), "score": .real(Double(comparison.result.score.value)),
        "decision": .text(comparison.isMatch ? "match" : "no-match"),
      ])
      try StandardOutput.write(RowPrinter.text([row], names: row.names, format: output.format))
    }
    if !comparison.isMatch { throw ExitCode(1) }
  }
}
