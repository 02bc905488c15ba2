import Biomatch
import BiomatchCore
import BiomatchFingerprint
import Foundation

/// The place of the demonstration's index.
struct DemoIndex {
  let path: String

  /// Removes the index of an earlier demonstration; an index of anybody else's is never touched.
  ///
  /// - Throws: a `BiomatchError` where there is another, or one that cannot be read.
  func makeRoom() throws {
    do throws(FingerprintIndexError) {
      let index = try FingerprintIndex(opening: path)
      let foreign = try index.snapshot().select { reference, _, _ in
        !SyntheticNames.isFirstImpression(reference)
      }
      guard foreign.count == 0 else { throw .exists(path: path) }
    } catch .file(.notFound), .notAnIndex {
      return
    } catch .file(let error) {
      throw error
    } catch {
      throw UsageError.option(
        "--output",
        rule: "\(path) holds an index that is not of this demonstration",
        remedy: "choose another directory, or remove that index"
      )
    }
    do {
      try FileManager.default.removeItem(atPath: path)
    } catch {
      throw FileError.cannotCreate(path: path, reason: "the older index cannot be removed")
    }
  }
}
