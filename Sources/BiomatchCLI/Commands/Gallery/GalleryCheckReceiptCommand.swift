import ArgumentParser
import Biomatch
import BiomatchCore
import BiomatchCrypto
import BiomatchGallery
import Foundation

struct GalleryCheckReceiptCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check-receipt",
    abstract: "Check that a gallery gave a receipt of an erasure as it is.",
    discussion: """
      Exits with 65 for a receipt that was changed or is of another gallery. With \
      --public-key, which gallery info shows, neither gallery nor key are needed.

      Examples:

        biomatch gallery check-receipt receipt.json --gallery people.gallery \\
          --key-file gallery.key
        biomatch gallery check-receipt receipt.json --public-key 5f0c...
      """
  )

  @Argument(help: "The receipt; - is the standard input.")
  var receipt: String

  @Option(name: .long, help: "The gallery that gave it.")
  var gallery: String?

  @Option(name: .long, help: "The gallery's public key for receipts, 64 hexadecimal digits.")
  var publicKey: String?

  @OptionGroup var key: KeyOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard (gallery == nil) != (publicKey == nil) else {
      throw ValidationError("give either --gallery or --public-key")
    }
  }

  func run() async throws {
    let text = try FileBytes.read(receipt, limit: 1 << 20)
    guard let parsed = try? JSONDecoder().decode(ErasureReceipt.self, from: Data(text)) else {
      throw ForeignReceipt(path: receipt)
    }
    do {
      try await check(parsed)
    } catch GalleryError.receipt {
      throw PlacedError(
        underlying: GalleryError.receipt,
        location: ErrorLocation(file: receipt)
      )
    }
    let row = Row([
      "receipt": .text(receipt), "state": .text("valid"), "subject": .text("\(parsed.subject)"),
      "time": .text(parsed.time), "gallery": .text("\(parsed.gallery)"),
      "samples": .integer(Int(parsed.samples)),
    ])
    try row.print(
      output.format,
      text: "\(receipt): valid, subject \(parsed.subject) was erased at \(parsed.time)"
    )
  }

  private func check(_ parsed: ErasureReceipt) async throws {
    if let gallery {
      // Within `use`, it would get the path of the gallery.
      let isGiven = try await key.use(gallery, .readOnly) { opened in
        do { try await opened.check(parsed) } catch GalleryError.receipt { return false }
        return true
      }
      if !isGiven { throw GalleryError.receipt }
    } else {
      try parsed.check(try offlineKey())
    }
  }

  private func offlineKey() throws -> Ed25519.PublicKey {
    guard let bytes = Hexadecimal.bytes(publicKey ?? ""), bytes.count == Ed25519.keySize,
      let key = try? Ed25519.PublicKey(rawKey: bytes)
    else {
      throw UsageError.option(
        "--public-key",
        rule: "a public key must be \(2 * Ed25519.keySize) hexadecimal digits",
        remedy: "copy the receiptKey that biomatch gallery info shows"
      )
    }
    return key
  }
}

/// A file that is no receipt at all.
private struct ForeignReceipt: BiomatchError {
  let path: String

  var code: String { "receipt.form" }
  var location: ErrorLocation { ErrorLocation(file: path) }
  var rule: String {
    "the file is not a receipt: that is the JSON object that biomatch delete writes"
  }
  var remedy: String { "check the path" }
  var category: ErrorCategory { .badData }
}
