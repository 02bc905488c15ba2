import BiomatchTestSupport
import Foundation
import Testing

/// A directory with samples of invented people and a sealed gallery.
final class GalleryScratch {
  let directory: TemporaryDirectory
  private let url: URL

  /// Two impressions of 60 fingers, and two samples of 20 faces.
  init() throws {
    directory = try TemporaryDirectory()
    url = URL(filePath: directory.path)
    for command in [
      "synth fingerprints --fingers 60 -o p",
      "synth faces --identities 20 --samples 2 --dimension 64 -o f.npy",
      "gallery create g --key-file k --new-key",
    ] {
      try #require(run(command).status == 0)
    }
  }

  /// The file of an impression of a finger, both counted from one.
  static func finger(_ number: Int, _ impression: Int = 1) -> String {
    "p/00000/000000\(number < 10 ? "0" : "")\(number)_\(impression).iso"
  }

  /// Runs the tool in the directory; words are separated by spaces.
  func run(_ command: String, _ more: [String] = []) throws -> Executable.Run {
    try Executable.run(command.split(separator: " ").map(String.init) + more, in: url)
  }

  /// Runs the tool with the key of the gallery.
  func keyed(_ command: String, _ more: [String] = []) throws -> Executable.Run {
    try run(command + " --key-file k", more)
  }

  /// Runs a shell command in which `$BIOMATCH` is the tool.
  func shell(_ command: String) throws -> Executable.Run {
    try Executable.shell(command, in: url)
  }

  func write(_ name: String, _ lines: [String]) throws {
    try Data(lines.map { $0 + "\n" }.joined().utf8).write(to: url.appending(path: name))
  }

  func read(_ name: String) throws -> String {
    try String(contentsOf: url.appending(path: name), encoding: .utf8)
  }

  func exists(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: directory.file(name))
  }

  /// A field of the one row of `gallery info`.
  func info(_ field: String, of gallery: String = "g", key: String = "k") throws -> String {
    let run = try run("gallery info \(gallery) --key-file \(key) --format csv")
    let lines = run.output.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    try #require(lines.count == 2, "\(run.transcript)")
    let column = try #require(lines[0].firstIndex(of: Substring(field)))
    return String(lines[1][column])
  }
}
