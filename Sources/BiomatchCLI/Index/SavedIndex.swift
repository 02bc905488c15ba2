import Biomatch
import BiomatchCore
import BiomatchFingerprint

/// Saved indexes as the commands use them.
enum SavedIndex {
  /// Opens the index in a directory, with the parameters that it was built with where this tool has a
  /// name for them.
  static func open(_ path: String, simd: SIMDLevel) throws -> FingerprintIndex {
    do throws(IndexError) {
      return try FingerprintIndex(opening: path, matcher: FingerprintMatcher(simd: simd))
    } catch .wrongParameters(_, _, let found) {
      let turned = FingerprintMatcher(parameters: .anyRotation, simd: simd)
      let matcher = found == turned.digest ? turned : FingerprintMatcher(simd: simd)
      return try FingerprintIndex(opening: path, matcher: matcher)
    }
  }

  /// An empty index that is to be saved in a directory, which holds none yet.
  static func create(_ path: String, matcher: FingerprintMatcher) throws -> FingerprintIndex {
    do throws(IndexError) {
      _ = try FingerprintIndex(opening: path, matcher: matcher)
    } catch .notAnIndex {
      return FingerprintIndex(matcher: matcher)
    } catch .file(.notFound) {
      try checkParent(of: path)
      return FingerprintIndex(matcher: matcher)
    } catch .file(let error) {
      throw error
    } catch {
      // Damaged or of another version: an index all the same.
    }
    throw exists(path)
  }

  /// Checks that a directory can be made there, before an hour is spent on reading what goes into it.
  static func checkParent(of path: String) throws {
    guard (try? FileBytes.checkDirectory(parent(of: path))) != nil else {
      throw FileError.cannotCreate(path: path, reason: "its directory does not exist")
    }
  }

  /// The error for a directory that holds an index already.
  static func exists(_ path: String) -> UsageError {
    .option(
      "--output",
      rule: "\(path) holds an index already",
      remedy: "add to it with --append, or choose another directory"
    )
  }

  private static func parent(of path: String) -> String {
    var names = path[...]
    while names.count > 1, names.hasSuffix("/") { names.removeLast() }
    guard let slash = names.lastIndex(of: "/") else { return "." }
    return slash == names.startIndex ? "/" : String(names[..<slash])
  }

  /// All references of an index.
  static func references(of index: FingerprintIndex) throws -> Set<ReferenceID> {
    var references: Set<ReferenceID> = []
    _ = try index.snapshot().select { reference, _, _ in
      references.insert(reference)
      return false
    }
    return references
  }
}
