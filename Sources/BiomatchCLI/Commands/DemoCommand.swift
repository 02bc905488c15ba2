import ArgumentParser
import Biomatch
import BiomatchCore
import BiomatchEvaluation

struct DemoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "See what biomatch does, on generated prints.",
    discussion: """
      Writes templates of invented fingers into a directory, checks them, compares \
      two of one finger and two of different ones, draws a match and measures \
      error rates. Every step names the command that does the same.

      Example:

        biomatch demo --output /tmp/biomatch-demo
      """
  )

  @Option(name: .shortAndLong, help: "The directory to write to.")
  var output = "biomatch-demo"

  @OptionGroup var engine: EngineOptions

  func run() throws {
    let data = try DemoData(directory: output)
    say(
      "biomatch demo: \(DemoData.fingers) invented fingers, \(DemoData.impressions) impressions each, in \(output)/\n"
    )
    try lint(data)
    let comparer = Comparer(parameters: .standard, simd: try engine.level(), threshold: nil)
    let (probe, mate) = (DemoData.name(1, 1), DemoData.name(1, 2))
    let match = try verify("Two impressions of one finger", 2, data, probe, mate, comparer)
    _ = try verify("Two fingers", 3, data, probe, DemoData.name(2, 1), comparer)
    try draw(match, data)
    try evaluate(data, comparer)
    say(
      """
      Next: look at \(data.path("match.svg")) in a browser, then try your own templates:
        biomatch template lint YOUR_FILE
        biomatch verify FILE_A FILE_B
        biomatch --help
      """
    )
  }

  private func lint(_ data: DemoData) throws {
    step(1, "Check the templates", "template lint \(output)/*.iso")
    let options = try TemplateOptions.parse([])
    let findings = try data.templates.flatMap { try LintFinding.all(of: $0, options: options) }
    for finding in findings { say("   " + finding.line) }
    say(
      "   \(data.templates.count) templates, \(findings.count) finding\(findings.count == 1 ? "" : "s")\n"
    )
  }

  private func verify(
    _ title: String,
    _ number: Int,
    _ data: DemoData,
    _ a: String,
    _ b: String,
    _ comparer: Comparer
  ) throws -> Comparison {
    step(number, title, "verify \(data.path(a)) \(data.path(b))")
    let options = try TemplateOptions.parse([])
    let (first, second) = (try options.load(data.path(a)), try options.load(data.path(b)))
    let comparison = try comparer.compare(
      Print(view: first.view(1, option: "--view-a"), file: first),
      Print(view: second.view(1, option: "--view-b"), file: second)
    )
    say("   \(comparison.verdict)\n")
    return comparison
  }

  private func draw(_ comparison: Comparison, _ data: DemoData) throws {
    let (a, b) = (comparison.probe.file.path, comparison.reference.file.path)
    let file = data.path("match.svg")
    step(4, "Draw the match", "template show \(a) \(b) --svg \(file)")
    try OutputFile.write(Array(comparison.svg.utf8), to: file)
    say("   \(comparison.result.pairs.count) pairs of minutiae\n")
  }

  private func evaluate(_ data: DemoData, _ comparer: Comparer) throws {
    let list = data.path(DemoData.list)
    step(5, "Measure error rates", "evaluate fingerprints --pairs \(list) --root \(output)")
    let evaluation = FingerprintEvaluation(
      root: output,
      options: try TemplateOptions.parse([]),
      comparer: comparer,
      ignoresQuality: false,
      threads: engine.threads
    )
    let sets = try evaluation.run([list]).map { $0.scoreSet() }
    let text = try EvaluationOutput.text(EvaluationResult(of: sets), format: .table)
    say(text.split(separator: "\n").map { "   " + $0 }.joined(separator: "\n"))
    say("   The fingers are invented: this says nothing about the accuracy on people.\n")
  }

  private func step(_ number: Int, _ title: String, _ command: String) {
    say("\(number). \(title)\n   $ biomatch \(command)")
  }

  private func say(_ text: String) { StandardOutput.write(text + "\n") }
}
