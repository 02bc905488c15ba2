import BiomatchCore
import Foundation

/// The files of a directory as they are, of which a test changes one at a time.
package struct SavedFiles {
  /// The directory.
  package let path: String
  /// The bytes of each file, by name.
  package let files: [String: [UInt8]]

  /// The files that are in the directory now; it has no directories.
  package init(_ path: String) throws {
    self.path = path
    files = try Dictionary(
      uniqueKeysWithValues: FileManager.default.contentsOfDirectory(atPath: path).map {
        ($0, try FileBytes.read(path + "/" + $0))
      }
    )
  }

  /// Calls `body` while a file has other bytes, or is missing for `nil`.
  package func replacing<R>(
    _ name: String,
    with bytes: [UInt8]?,
    _ body: () throws -> R
  ) throws -> R {
    // A new file: who has the old one mapped keeps it.
    let url = URL(filePath: path + "/" + name)
    try FileManager.default.removeItem(at: url)
    if let bytes { try Data(bytes).write(to: url) }
    defer {
      try? FileManager.default.removeItem(at: url)
      try? Data(files[name] ?? []).write(to: url)
    }
    return try body()
  }

  /// Writes files below a directory, by path from there on.
  package static func write(_ files: [String: [UInt8]], to directory: String) throws {
    for (name, bytes) in files {
      let url = URL(filePath: directory + "/" + name)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(),
        withIntermediateDirectories: true
      )
      try Data(bytes).write(to: url)
    }
  }
}
