import Biomatch
import BiomatchCore
import BiomatchFace
import BiomatchFingerprint

/// A saved index of either kind, for commands that treat both alike.
enum AnyIndex {
  case prints(FingerprintIndex)
  case faces(FaceIndex)

  /// Opens the index in a directory, of whichever kind it is.
  static func open(_ path: String, simd: SIMDLevel = .active) throws -> AnyIndex {
    do throws(IndexError) {
      return .faces(try FaceIndex(opening: path, simd: simd))
    } catch .foreign {
      return .prints(try SavedIndex.open(path, simd: simd))
    }
  }

  /// The name of the file in an index's directory that says what the index consists of.
  static var manifestName: String { FingerprintIndex.manifestName }

  /// The names of the other files.
  var fileNames: [String] {
    switch self {
    case .prints(let index): index.fileNames
    case .faces(let index): index.fileNames
    }
  }

  /// What a sample of the index is called.
  var noun: String {
    switch self {
    case .prints: "print"
    case .faces: "vector"
    }
  }

  /// The name of the field that counts the samples.
  var countField: String { noun + "s" }

  /// How many samples can be found.
  var count: Int {
    switch self {
    case .prints(let index): index.count
    case .faces(let index): index.count
    }
  }

  /// How many rows keep their place for removed samples.
  var removedCount: Int {
    get throws {
      switch self {
      case .prints(let index): try index.snapshot().info().removed
      case .faces(let index): index.snapshot().info.removed
      }
    }
  }

  /// Removes samples; which of the references there are none of, and how many were removed.
  func remove(_ references: [ReferenceID]) throws -> (missing: [ReferenceID], removed: Int) {
    switch self {
    case .prints(let index): (try index.unknown(references), try index.remove(references))
    case .faces(let index): (try index.unknown(references), try index.remove(references))
    }
  }

  func save() throws {
    switch self {
    case .prints(let index): try index.save()
    case .faces(let index): try index.save()
    }
  }

  func compact() throws {
    switch self {
    case .prints(let index): try index.compact()
    case .faces(let index): try index.compact()
    }
  }

  func verify() throws {
    switch self {
    case .prints(let index): try index.verify()
    case .faces(let index): try index.verify()
    }
  }
}
