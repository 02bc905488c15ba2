import ArgumentParser
import Foundation

@main
struct BiomatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "biomatch",
    abstract: "Biometric matching for border and identity authorities.",
    discussion: """
      Start with:

        biomatch demo                                 see it work on generated prints
        biomatch verify probe.iso reference.iso       are two prints of one finger?
        biomatch template show probe.iso --svg p.svg  look at a template
        biomatch index build --manifest list.csv -o prints.index
        biomatch search prints.index --finger probe.iso   whose print is this?
        biomatch mrz parse zones.txt                  what do travel documents say?

      Machine output, exit codes and file formats are documented in docs/cli.md.
      """,
    version: "biomatch \(Version.current)",
    subcommands: [
      DemoCommand.self, VerifyCommand.self, IndexCommand.self, SearchCommand.self,
      TemplateCommand.self, EvaluateCommand.self, MRZCommand.self, LinkCommand.self,
      SynthCommand.self, BenchCommand.self,
    ]
  )

  /// Parses and runs; every error leaves through ``FailureReport``, so that all of them look alike.
  static func main() {
    // A reader that stops early, `head` for example, is no failure of ours.
    signal(SIGPIPE, SIG_IGN)
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch {
      FailureReport.exit(with: error)
    }
  }
}
