import Biomatch
import BiomatchCore

/// The place of one of the demonstration's indexes.
struct DemoIndex {
  /// A file of this name in the index's directory holds the manifest as the demonstration has saved it:
  /// an index whose manifest is the same is the demonstration's, as it left it.
  private static let marker = "demo.marker"

  let path: String

  /// Says that the index has just been saved by the demonstration.
  func mark() throws {
    try FileBytes.write(
      try FileBytes.read(path + "/" + AnyIndex.manifestName),
      to: path + "/" + Self.marker
    )
  }

  /// Removes the index of an earlier demonstration, file by file; nothing else is ever touched.
  ///
  /// - Throws: a `BiomatchError` where there is another index, or one that has changed since.
  func makeRoom() throws {
    let names: [String]
    do {
      names = try AnyIndex.open(path).fileNames
    } catch IndexError.file(.notFound), IndexError.notAnIndex {
      return
    } catch IndexError.file(let error) {
      throw error
    } catch is IndexError {
      throw notOurs
    }
    // Manifests never return to an older state: this one is the one that was opened, or not marked.
    guard isMarked else { throw notOurs }
    // The manifest first: without it the other files are no index.
    for name in [AnyIndex.manifestName] + names + [Self.marker] {
      try FileNames.remove(path + "/" + name)
    }
  }

  private var isMarked: Bool {
    let files = [AnyIndex.manifestName, Self.marker].map { path + "/" + $0 }
    let contents = files.map { try? FileBytes.read($0) }
    return contents[0] != nil && contents[0] == contents[1]
  }

  private var notOurs: UsageError {
    UsageError.option(
      "--output",
      rule: "\(path) holds an index that is not as the demonstration has left it",
      remedy: "choose another directory, or remove that index if nobody needs it"
    )
  }
}
