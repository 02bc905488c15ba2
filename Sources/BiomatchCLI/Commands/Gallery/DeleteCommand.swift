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
      person is then out of the gallery all the same, and the next opening for writing \
      erases what is left, without receipt.

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
    if !yes, isatty(STDIN_FILENO) == 1 { try await confirm(subject) }
    let given = try await key.use(gallery, .readWrite, indexed: true) { opened in
      try await erase(subject, from: opened)
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

  private func confirm(_ subject: SubjectID) async throws {
    // Closed before the question: no other program waits for the answer.
    try await key.use(gallery, .readOnly) { opened in
      guard try await opened.read({ try $0.contains(subject) }) else {
        throw GalleryError.subjectUnknown(subject)
      }
    }
    let question = "Erase subject \(subject) from \(gallery) for ever?".shown
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

  private func erase(_ subject: SubjectID, from opened: Gallery) async throws -> ErasureReceipt {
    do {
      return try await opened.erase(subject)
    } catch GalleryError.erasurePending(let pending, let finding) {
      for _ in 0..<wait {
        try await Task.sleep(for: .seconds(1))
        let receipts = try? await opened.finishErasures()
        if let receipt = receipts?.first(where: { $0.subject == subject }) { return receipt }
      }
      throw GalleryError.erasurePending(pending, finding: finding)
    }
  }
}
