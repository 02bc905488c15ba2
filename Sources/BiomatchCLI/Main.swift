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
        biomatch gallery create people.gallery --key-file gallery.key --new-key
        biomatch enrol people.gallery --key-file gallery.key --manifest people.csv
        biomatch mrz parse zones.txt                  what do travel documents say?
        biomatch link encode people.csv --schema s.json --secret-file key -o codes.json

      Machine output, exit codes and file formats are documented in docs/cli.md.
      """,
    version: "biomatch \(Version.current)",
    subcommands: [
      DemoCommand.self, VerifyCommand.self, SearchCommand.self, GalleryCommand.self,
      EnrolCommand.self, ShowCommand.self, UpdateCommand.self, DeleteCommand.self,
      ListCommand.self, IndexCommand.self, TemplateCommand.self, EvaluateCommand.self,
      LinkCommand.self, MRZCommand.self, SynthCommand.self, BenchCommand.self,
    ]
  )

  /// Parses and runs; every error leaves through ``FailureReport``, so that all of them look alike.
  @MainActor
  static func main() async {
    // A reader that stops early, `head` for example, is no failure of ours.
    signal(SIGPIPE, SIG_IGN)
    do {
      var command = try parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch {
      FailureReport.exit(with: error)
    }
  }
}
