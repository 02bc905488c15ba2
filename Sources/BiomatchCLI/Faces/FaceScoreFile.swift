import Biomatch
import BiomatchCore
import BiomatchEvaluation

/// Writes the scores of pairs of face vectors to a file, block by block.
struct FaceScoreFile {
  var faces: LabelledFaces
  var scores: PairwiseScores

  /// A file of more lines fills disks.
  private static let mostPairs = 100_000_000

  /// Refuses what would give a file beyond all use.
  func check() throws {
    guard scores.pairs.count > Self.mostPairs else { return }
    throw UsageError.option(
      "--scores",
      rule: "a file for \(Figure.grouped(scores.pairs.count)) pairs is too large",
      remedy: "write a sample of the pairs, --pairs 1000000"
    )
  }

  /// Writes the columns `a`, `b`, `genuine` and `score`, a line a pair.
  func write(into directory: String, threads: Int) throws {
    try FileBytes.createDirectory(directory)
    var file = try ReplacementFile(replacing: "\(directory)/\(faces.name).csv")
    var header = CSVWriter(columns: Self.columns)
    try file.write(header.takeBytes())
    let names = (0..<faces.groups.count).map(faces.sampleName(at:))
    let progress = ProgressBar("writing scores", total: scores.blockCount)
    defer { progress.finish() }
    // Some blocks at a time: all together may be larger than the memory.
    for start in stride(from: 0, to: scores.blockCount, by: 2 * threads) {
      let blocks = start..<min(scores.blockCount, start + 2 * threads)
      let texts = try ParallelWork.map(blocks.count, threads: threads, chunk: 1) { range in
        try range.map { try text(ofBlock: blocks.lowerBound + $0, names) }
      }
      for text in texts { try file.write(text) }
      progress.advance(by: blocks.count)
    }
    try file.publish(durably: false)
  }

  private static let columns = ["a", "b", "genuine", "score"]

  private func text(ofBlock block: Int, _ names: [String]) throws -> [UInt8] {
    var writer = CSVWriter(columns: Self.columns)
    _ = writer.takeBytes()
    try scores.forEachRun(inBlock: block) { position, others, isGenuine, scores in
      for (other, score) in zip(others, scores) {
        try writer.write([
          names[position], names[other], isGenuine ? "1" : "0",
          SimilarityScore(score).description,
        ])
      }
    }
    return writer.takeBytes()
  }
}
