import ArgumentParser
import Biomatch
import BiomatchCore

struct TemplateLintCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract: "Check templates against their format and for what harms matching.",
    discussion: """
      A finding is an error (not readable at all), a repair (breaks the format; \
      read all the same, unless --strict) or a warning (allowed, and bad for \
      matching). Exits with 1 when there are any.

      Examples:

        biomatch template lint probe.iso
        biomatch template lint --format csv archive/*.fmr > findings.csv
      """
  )

  @Argument(help: "Template files; - is the standard input.")
  var files: [String]

  @OptionGroup var template: TemplateOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    var findings: [LintFinding] = []
    var clean = 0
    var failure: (any BiomatchError)?
    for file in files {
      do {
        let found = try LintFinding.all(of: file, options: template)
        clean += found.isEmpty ? 1 : 0
        findings += found
      } catch let error as FileError {
        // The other files are still worth a look; the exit code tells that one is missing.
        FailureReport.say(error)
        failure = error
      }
    }
    try print(findings, clean: clean)
    if let failure { throw ExitCode(failure.category.rawValue) }
    if !findings.isEmpty { throw ExitCode(1) }
  }

  private func print(_ findings: [LintFinding], clean: Int) throws {
    guard output.format == .table else {
      let text = try RowPrinter.text(
        findings.map(\.row),
        names: LintFinding.fieldNames,
        format: output.format
      )
      return StandardOutput.write(text)
    }
    for finding in findings { StandardOutput.write(finding.line + "\n") }
    let total = "\(findings.count) finding\(findings.count == 1 ? "" : "s")"
    StandardOutput.write("\(total), \(clean) of \(files.count) files clean\n")
  }
}
