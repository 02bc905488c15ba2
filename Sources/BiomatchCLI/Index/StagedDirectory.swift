import Biomatch
import BiomatchCore

/// A directory that gets its name when everything in it is there.
struct StagedDirectory {
  private let target: String
  /// Where the files are until then: beside the target, so that one renaming is all.
  let path: String

  init(_ target: String) {
    var target = target
    while target.count > 1, target.hasSuffix("/") { target.removeLast() }
    self.target = target
    path = target + ".building-\(String(UInt64.random(in: .min ... .max), radix: 36))"
  }

  /// Gives the directory its name.
  func publish() throws {
    try FileBytes.renameDirectory(path, to: target)
  }

  /// Removes the files, and the directory if nothing else is in it.
  func discard(files: [String]) {
    for file in files { try? FileNames.remove(path + "/" + file) }
    try? FileNames.removeDirectory(path)
  }
}
