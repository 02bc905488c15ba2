import Foundation

/// A directory that is removed when the test is over.
public struct TemporaryDirectory: ~Copyable, Sendable {
  /// The directory's path.
  public let path: String

  /// A new, empty directory.
  public init() throws {
    path =
      FileManager.default.temporaryDirectory
      .appending(path: "biomatch-\(UUID().uuidString)").path(percentEncoded: false)
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The path of a file in the directory.
  public func file(_ name: String) -> String { path + "/" + name }

  /// Runs `body` with a new directory, which is removed afterwards.
  public static func with<Result>(_ body: (URL) throws -> Result) throws -> Result {
    let directory = try TemporaryDirectory()
    return try body(URL(filePath: directory.path, directoryHint: .isDirectory))
  }
}
