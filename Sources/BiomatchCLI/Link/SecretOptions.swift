import ArgumentParser
import BiomatchCore
import BiomatchCrypto
import Foundation

/// Where a secret comes from; never from an argument, which every user of the machine can see.
struct SecretOptions: ParsableArguments {
  @Option(
    name: .long,
    help: "The file with the secret; a line break at its end is no part of it."
  )
  var secretFile: String?

  @Option(name: .long, help: "The environment variable with the secret.")
  var secretEnv: String?

  func validate() throws {
    guard secretFile == nil || secretEnv == nil else { throw Self.missing }
  }

  /// Whether there is one.
  var isGiven: Bool { secretFile != nil || secretEnv != nil }

  /// What commands say that need one.
  static var missing: ValidationError {
    ValidationError("give either --secret-file or --secret-env")
  }

  /// Reads the secret, and warns of one that is easy to guess.
  func secret() throws -> SecretBytes {
    let name = secretFile ?? secretEnv ?? ""
    var bytes = try bytes()
    if secretFile != nil, bytes.last == UInt8(ascii: "\n") {
      bytes.removeLast()
      if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
    }
    guard !bytes.isEmpty else {
      throw UsageError.option(
        name,
        rule: "a secret must have at least one byte",
        remedy: "write 32 random bytes there: openssl rand -hex 32"
      )
    }
    if bytes.count < Self.leastCount {
      Warning(
        code: "link.short-secret",
        location: ErrorLocation(file: name),
        text: "the secret has fewer than \(Self.leastCount) bytes: codes give it away to whoever "
          + "tries short ones"
      ).say()
    }
    return SecretBytes(moving: &bytes)
  }

  private static let leastCount = 16

  private func bytes() throws -> [UInt8] {
    if let secretFile { return try FileBytes.read(secretFile, limit: 1 << 16) }
    let name = secretEnv ?? ""
    guard let value = getenv(name) else {
      throw UsageError.option(
        "--secret-env",
        rule: "the environment has no variable '\(name)'",
        remedy: "set it, or give --secret-file"
      )
    }
    return Array(String(cString: value).utf8)
  }
}
