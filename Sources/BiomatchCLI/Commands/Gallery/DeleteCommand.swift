import ArgumentParser
import Biomatch
import BiomatchCore
import BiomatchGallery
import Foundation

struct DeleteCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "delete",
    abstract: "Erase a person from a gallery, and give a receipt.",
    discussion: """
      Deletes the person's key and records, searches the files for what may be left, \
      and only then writes the receipt, JSON, to the standard output or a file. It \
      cannot be undone; asks first on a terminal. Programs that read the gallery hold \
      it up: it waits for them, and ends with an error where they take too long. The \
      person is then out of the gallery all the same, and the next command that opens \
      it for writing erases what is left. The same call gives the receipt; any other \
      command writes it to the standard error.

      Examples:

        biomatch delete people.gallery --key-file gallery.key --subject P1
        biomatch delete people.gallery --key-file gallery.key --subject P1 --yes \\
          --receipt P1.json
      """
  )

  @Argument(help: "The directory of the gallery.")
  var gallery: String

  @Option(name: .long, help: "The person.")
  var subject: String

  @Option(name: .long, help: "The file of the receipt; the standard output unless told.")
  var receipt: String?

  @Flag(name: .long, help: "Do not ask.")
  var yes = false

  @Option(name: .long, help: "How many seconds to wait for programs that read the gallery.")
  var wait = 30

  @OptionGroup var key: KeyOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard (0...86_400).contains(wait) else {
      throw ValidationError("--wait must be in 0...86400 seconds, found \(wait)")
    }
  }

  func run() async throws {
    let subject = try SubjectID(subject)
    // An erasure without its receipt would be a loss.
    if let receipt { try SavedIndex.checkParent(of: receipt) }
    if !yes, isatty(STDIN_FILENO) == 1 { try confirm(subject) }
    let given = try await key.use(gallery, .readWrite, indexed: true, tellsReceipts: false) {
      opened in
      if let receipt = try await earlierReceipt(of: subject, from: opened) { return receipt }
      return try await erase(subject, from: opened)
    }
    let bytes = try given.json
    guard let receipt else { return StandardOutput.write(bytes) }
    do {
      try OutputFile.write(bytes, to: receipt)
    } catch {
      StandardOutput.write(bytes)
      throw error
    }
    let row = Row([
      "gallery": .text(gallery), "subject": .text("\(subject)"), "receipt": .text(receipt),
      "samples": .integer(Int(given.samples)), "generation": .integer(Int(given.generation)),
    ])
    try row.print(
      output.format,
      text: "\(gallery): subject \(subject) erased with "
        + "\(Plural.text(Int(given.samples), "sample")); receipt in \(receipt)"
    )
  }

  private func confirm(_ subject: SubjectID) throws {
    // On one line, whatever the path has.
    let question = "Erase subject \(subject) from \(gallery) for ever?".shown
      .replacing("\n", with: "\\u{A}")
    StandardError.write("\(question) Type yes: ")
    let answer = readLine()
    if answer == nil { StandardError.write("\n") }
    guard answer?.trimmingCharacters(in: .whitespaces).lowercased() == "yes" else {
      throw UsageError.option(
        "--yes",
        rule: "an erasure must be confirmed, and this one was not; nothing was erased",
        remedy: "type yes, or give --yes"
      )
    }
  }

  /// The receipt of an erasure that an earlier call began, and that opening the gallery finished. Those of
  /// others are told.
  private func earlierReceipt(
    of subject: SubjectID,
    from opened: Gallery
  ) async throws -> ErasureReceipt? {
    let receipts = (try? await opened.finishErasures()) ?? []
    let isEnrolled = try await opened.read { try $0.contains(subject) }
    let own = isEnrolled ? nil : receipts.last { $0.subject == subject }
    for receipt in receipts where receipt != own { receipt.tell(of: gallery) }
    return own
  }

  private func erase(_ subject: SubjectID, from opened: Gallery) async throws -> ErasureReceipt {
    do {
      return try await opened.erase(subject)
    } catch GalleryError.erasurePending(let pending, let finding) {
      for _ in 0..<wait {
        try await Task.sleep(for: .seconds(1))
        let receipts = (try? await opened.finishErasures()) ?? []
        let own = receipts.last { $0.subject == subject }
        for receipt in receipts where receipt != own { receipt.tell(of: gallery) }
        if let own { return own }
      }
      throw GalleryError.erasurePending(pending, finding: finding)
    }
  }
}
