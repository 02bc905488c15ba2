import BiomatchCore
import BiomatchCrypto

/// Where the master key of a sealed gallery comes from.
///
/// The key has 32 random bytes. A file may hold them as they are; otherwise they are written in base64
/// or as 64 hexadecimal digits, and white space around them is passed over.
///
/// ```swift
/// try KeySource.makeKeyFile(at: "/etc/biomatch/gallery.key")
/// let gallery = try await Gallery.create(at: "gallery", sealing: .sealed(.file("/etc/biomatch/gallery.key")))
/// ```
public enum KeySource: Sendable, Hashable {
  /// A regular file that nobody but its owner may read or write.
  case file(String)
  /// A variable of the process's environment, which other programs of the user can see.
  case environment(String)
  /// A program and its arguments, run without a shell, which prints the key to its standard output: the
  /// client of a key store for example.
  case command([String])

  /// Writes a new key into a file of mode 0600 where nothing is.
  ///
  /// - Throws: `FileError`, `CryptoError`.
  public static func makeKeyFile(at path: String) throws {
    let key = try SecretBytes.random(count: MasterKey.size)
    var text = key.withBytes { KeyText.hexadecimal($0) }
    defer { KeyText.overwrite(&text) }
    try FileBytes.createPrivate(path, text)
  }

  /// Reads the key.
  ///
  /// - Throws: ``KeySourceError``, `FileError`.
  func load() throws -> SecretBytes {
    var text: [UInt8]
    switch self {
    case .file(let path): text = try FileBytes.readPrivate(path, limit: KeyText.limit)
    case .environment(let name): text = try Self.variable(name)
    case .command(let command): text = try KeyCommand.run(command)
    }
    defer { KeyText.overwrite(&text) }
    guard let key = KeyText.key(in: text) else { throw KeySourceError.form(source: description) }
    return key
  }
}

extension KeySource: CustomStringConvertible {
  /// The source, never the key.
  public var description: String {
    switch self {
    case .file(let path): "file \(path)"
    case .environment(let name): "environment variable \(name)"
    case .command(let command): "command \(command.first ?? "")"
    }
  }
}
