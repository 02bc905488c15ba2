import ArgumentParser
import Biomatch
import BiomatchCore
import BiomatchFingerprint
import BiomatchGallery
import Foundation

/// Where the key of a gallery is from: the same options for every command that opens one.
struct KeyOptions: ParsableArguments {
  @Option(name: .long, help: "The file with the gallery's key; BIOMATCH_KEY_FILE unless told.")
  var keyFile: String?

  @Option(name: .long, help: "The environment variable that holds the key.")
  var keyEnv: String?

  @Option(name: .long, help: "The command that prints the key; run without a shell.")
  var keyCommand: String?

  @Flag(name: .long, help: "The gallery is in clear: it has no key, for invented people only.")
  var inClear = false

  /// The choice that the options and, without them, the environment make; `nil` for a gallery in clear.
  var source: KeySource? {
    get throws {
      let choice = KeyChoice(file: keyFile, variable: keyEnv, command: keyCommand, prefix: "--key")
      let given = try choice.source
      guard !inClear else {
        if given != nil {
          throw UsageError.option(
            "--in-clear",
            rule: "a gallery in clear can have no key",
            remedy: "leave out either --in-clear or the key"
          )
        }
        return nil
      }
      return given ?? Self.standard
    }
  }

  /// The source of the key, of which there must be one.
  func required() throws -> KeySource {
    if let source = try source { return source }
    throw UsageError.option(
      "--key-file",
      rule: "a key is needed here",
      remedy: "give --key-file, --key-env or --key-command"
    )
  }

  /// Opens a gallery, gives it to `body` and closes it. Errors about subjects and samples get the path.
  ///
  /// - Parameters:
  ///   - indexed: whether the gallery's indexes are brought up to date, and kept so; what changes little
  ///     leaves that to the next search.
  ///   - tellsReceipts: whether receipts of erasures that opening the gallery finished are told here.
  func use<R>(
    _ path: String,
    _ access: GalleryAccess,
    strictness: DecodingStrictness = .lenient,
    indexed: Bool = false,
    tellsReceipts: Bool = true,
    simd: SIMDLevel = .active,
    _ body: (Gallery) async throws -> R
  ) async throws -> R {
    let bars = IndexingBars()
    defer { bars.finish() }
    do {
      let gallery = try await Gallery.open(
        at: path,
        key: try source,
        access: access,
        options: GalleryOptions(
          strictness: strictness,
          search: indexed
            ? GallerySearchSettings(
              matcher: FingerprintMatcher(simd: simd),
              progress: { bars.show($0) }
            ) : nil
        )
      )
      bars.finish()
      if tellsReceipts, access == .readWrite {
        for receipt in (try? await gallery.finishErasures()) ?? [] { receipt.tell(of: path) }
      }
      let result = try await body(gallery)
      try await gallery.close()
      return result
    } catch GalleryError.keyNeeded {
      throw KeyNeeded(path: path)
    } catch let error as GalleryError where error.location.file == nil {
      var location = error.location
      location.file = path
      throw PlacedError(underlying: error, location: location)
    }
  }

  private static var standard: KeySource? {
    let path = ProcessInfo.processInfo.environment["BIOMATCH_KEY_FILE"] ?? ""
    return path.isEmpty ? nil : .file(path)
  }
}

/// The key that takes the place of the gallery's.
struct NewKeyOptions: ParsableArguments {
  @Option(name: .long, help: "The file with the new key.")
  var newKeyFile: String?

  @Option(name: .long, help: "The environment variable that holds the new key.")
  var newKeyEnv: String?

  @Option(name: .long, help: "The command that prints the new key; run without a shell.")
  var newKeyCommand: String?

  var source: KeySource? {
    get throws {
      try KeyChoice(
        file: newKeyFile,
        variable: newKeyEnv,
        command: newKeyCommand,
        prefix: "--new-key"
      ).source
    }
  }
}

/// The key under which an export of keys is.
struct ExportKeyOptions: ParsableArguments {
  @Option(name: .long, help: "The file with the key of the export; the gallery's key unless told.")
  var exportKeyFile: String?

  @Option(name: .long, help: "The environment variable that holds the key of the export.")
  var exportKeyEnv: String?

  @Option(name: .long, help: "The command that prints the key of the export.")
  var exportKeyCommand: String?

  var source: KeySource? {
    get throws {
      try KeyChoice(
        file: exportKeyFile,
        variable: exportKeyEnv,
        command: exportKeyCommand,
        prefix: "--export-key"
      ).source
    }
  }
}

/// One of the three ways to name a key.
struct KeyChoice {
  let file: String?
  let variable: String?
  let command: String?
  /// What the names of the options begin with.
  let prefix: String

  /// The source; `nil` where none is named.
  var source: KeySource? {
    get throws {
      guard [file, variable, command].count(where: { $0 != nil }) <= 1 else {
        throw UsageError.option(
          "\(prefix)-file",
          rule: "a key can have one source only",
          remedy: "give one of \(prefix)-file, \(prefix)-env and \(prefix)-command"
        )
      }
      if let file { return .file(file) }
      if let variable { return .environment(variable) }
      return try command.map { .command(try CommandWords.split($0, option: "\(prefix)-command")) }
    }
  }
}

/// The gallery is sealed, and the call names no key.
struct KeyNeeded: BiomatchError {
  let path: String
  private var underlying: GalleryError { .keyNeeded(path: path) }

  var code: String { underlying.code }
  var location: ErrorLocation { underlying.location }
  var rule: String { underlying.rule }
  var remedy: String { "give --key-file, --key-env or --key-command, or set BIOMATCH_KEY_FILE" }
  var category: ErrorCategory { underlying.category }
}
