import ArgumentParser
import Biomatch
import BiomatchCore
import BiomatchGallery

struct ListShowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show the lists of a gallery, or who is on one of them; the default.",
    discussion: """
      Examples:

        biomatch list people.gallery --key-file gallery.key
        biomatch list people.gallery --key-file gallery.key --name watch --format csv
      """
  )

  @Argument(help: "The directory of the gallery.")
  var gallery: String

  @Option(name: .long, help: "The list whose subjects are shown.")
  var name: String?

  @OptionGroup var key: KeyOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let name = try name.map { try Label($0) }
    let (rows, names) = try await key.use(gallery, .readOnly) { opened in
      if let name { return try await subjects(on: name, of: opened) }
      return try await lists(of: opened)
    }
    StandardOutput.write(try RowPrinter.text(rows, names: names, format: output.format))
  }

  private func lists(of opened: Gallery) async throws -> ([Row], [String]) {
    let lists = try await opened.read { snapshot in
      try snapshot.lists().map { ($0, try snapshot.subjects(on: $0.name).count) }
    }
    let rows = lists.map { list, count in
      Row([
        "name": .text(list.name.string), "subjects": .integer(count),
        "purpose": .text(list.purpose), "legalBasis": .text(list.legalBasis),
      ])
    }
    return (rows, ["name", "subjects", "purpose", "legalBasis"])
  }

  private func subjects(on name: Label, of opened: Gallery) async throws -> ([Row], [String]) {
    let subjects = try await opened.read { snapshot in
      guard try snapshot.lists().contains(where: { $0.name == name }) else {
        throw GalleryError.listUnknown(name)
      }
      return try snapshot.subjects(on: name)
    }
    let rows = subjects.map { Row(["list": .text(name.string), "subject": .text("\($0)")]) }
    return (rows, ["list", "subject"])
  }
}
