import Biomatch
import BiomatchCore
import BiomatchLinkage

/// Candidate pairs in the binary form of anonlink, in files that are named so.
enum AnonlinkPairFile {
  static func isNamed(_ path: String) -> Bool { path.hasSuffix(".anonlink") }

  /// Writes the candidates of a comparison best first, as anonlink expects them.
  ///
  /// - Parameter rowsDone: told how many rows of the first side have been compared.
  static func write(
    _ comparison: CodeComparison,
    to path: String,
    rowsDone: (Int) -> Void
  ) throws {
    var file = try ReplacementFile(replacing: path)
    try file.write(AnonlinkCandidates.headerBytes)
    try comparison.forEachBatchBestFirst(rowsDone: rowsDone) { pairs in
      for start in stride(from: 0, to: pairs.count, by: 1 << 14) {
        let piece = pairs[start..<min(start + 1 << 14, pairs.count)]
        try file.write(AnonlinkCandidates.bytes(of: piece))
      }
    }
    try file.publish()
  }
}
