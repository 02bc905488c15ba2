import ArgumentParser
import Biomatch
import BiomatchCore
import BiomatchGallery

struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Show and keep the lists of a gallery, watch lists for example.",
    discussion: """
      A list has a name, a purpose and a legal basis, which all stay in clear. enrol \
      and update put people on it.

      Examples:

        biomatch list define people.gallery --key-file gallery.key --name watch \\
          --purpose "wanted persons" --legal-basis "Police Act, section 12"
        biomatch list people.gallery --key-file gallery.key
        biomatch list people.gallery --key-file gallery.key --name watch
      """,
    subcommands: [
      ListShowCommand.self, ListDefineCommand.self, ListRemoveCommand.self,
    ],
    defaultSubcommand: ListShowCommand.self
  )
}
