import Foundation

/// Compares output with files kept under `Tests/Golden`.
///
/// With `BIOMATCH_RECORD=1` in the environment the files are written instead; the change is then
/// reviewed as a difference of the repository.
public enum Golden {
  /// `nil` when `actual` equals the golden file, otherwise what differs, for a test's message.
  public static func difference(_ actual: String, _ path: String) throws -> String? {
    let file = directory.appending(path: path)
    if ProcessInfo.processInfo.environment["BIOMATCH_RECORD"] == "1" {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(),
        withIntermediateDirectories: true
      )
      try Data(actual.utf8).write(to: file)
      return nil
    }
    guard let data = try? Data(contentsOf: file) else {
      return "Tests/Golden/\(path) does not exist; BIOMATCH_RECORD=1 writes it"
    }
    let expected = String(decoding: data, as: UTF8.self)
    guard actual != expected else { return nil }
    let lines = expected.split(separator: "\n", omittingEmptySubsequences: false)
    let found = actual.split(separator: "\n", omittingEmptySubsequences: false)
    let line = zip(lines, found).prefix { $0 == $1 }.count
    return """
      Tests/Golden/\(path), line \(line + 1)
      expected: \(line < lines.count ? String(lines[line]) : "end of file")
      found:    \(line < found.count ? String(found[line]) : "end of file")
      """
  }

  private static var directory: URL {
    URL(filePath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Tests/Golden")
  }
}
