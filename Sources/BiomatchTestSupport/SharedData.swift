import Foundation

/// Development data that is not part of the package: found by `BIOMATCH_SHARED` or beside the
/// checkout. Tests that need it are skipped without it.
///
/// ```swift
/// @Test("real records decode", .enabled(if: SharedData.isPresent, SharedData.absence))
/// ```
public enum SharedData {
  /// The data's directory, or `nil` when there is none.
  public static let directory: URL? = {
    let root = URL(filePath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let named = ProcessInfo.processInfo.environment["BIOMATCH_SHARED"].map { URL(filePath: $0) }
    let candidates = [named, root.appending(path: "../shared")].compactMap { $0 }
    return candidates.map { $0.appending(path: "data").standardizedFileURL }.first {
      FileManager.default.fileExists(atPath: $0.path)
    }
  }()

  /// Whether the data is there.
  public static var isPresent: Bool { directory != nil }

  /// The message with which a test is skipped.
  public static let absence: String =
    "development data is absent: set BIOMATCH_SHARED to the directory that holds data/"

  /// The file or directory with that path below the data directory.
  public static func url(_ path: String) throws -> URL {
    guard let directory else { throw CocoaError(.fileNoSuchFile) }
    return directory.appending(path: path)
  }

  /// The bytes of the file with that path below the data directory.
  public static func bytes(_ path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: url(path)))
  }
}
