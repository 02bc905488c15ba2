import Biomatch
import BiomatchCore
import BiomatchLinkage

/// Candidate pairs in the binary form of anonlink, in files that are named so.
enum AnonlinkPairFile {
  static func isNamed(_ path: String) -> Bool { path.hasSuffix(".anonlink") }

  /// Writes pairs best first, as anonlink expects them.
  static func write(_ pairs: [CandidatePair], to path: String) throws {
    let sorted = pairs.sorted { $0.isBetter(than: $1) }
    var file = try ReplacementFile(replacing: path)
    try file.write(AnonlinkCandidates.headerBytes)
    for start in stride(from: 0, to: sorted.count, by: 1 << 14) {
      let batch = sorted[start..<min(start + 1 << 14, sorted.count)]
      try file.write(AnonlinkCandidates.bytes(of: batch))
    }
    try file.publish()
  }

  /// All pairs of a file.
  static func read(_ path: String) throws -> [CandidatePair] {
    var reader = try AnonlinkCandidateReader(file: path)
    var pairs: [CandidatePair] = []
    while let batch = try reader.next() { pairs += batch }
    return pairs
  }
}
