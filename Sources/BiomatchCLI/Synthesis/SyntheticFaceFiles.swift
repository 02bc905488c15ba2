import Biomatch
import BiomatchCore
import BiomatchFace

/// A file of synthetic face vectors and the lists that name its rows.
struct SyntheticFaceFiles: Sendable {
  let faces: SyntheticFaces
  let identities: Range<Int>
  let samples: Range<Int>
  /// Where the vectors go.
  let vectors: String
  /// Where the subject of each row goes, if anywhere.
  let labels: String?
  /// Where the reference of each row goes, if anywhere.
  let references: String?

  /// A thread makes about so many values at a time.
  private static let chunkValues = 1 << 18
  /// So many chunks are in memory at a time.
  private static let chunksInMemory = 64

  /// Writes everything; the files appear when all are complete.
  func write(threads: Int?) throws {
    let dimension = faces.parameters.dimension
    var writer = try FaceVectorWriter(vectors, dimension: dimension)
    var labelFile = try labels.map { try LineFile($0) }
    var referenceFile = try references.map { try LineFile($0) }
    let progress = ProgressBar("making vectors", total: identities.count)
    defer { progress.finish() }

    let chunk = max(1, Self.chunkValues / (samples.count * dimension))
    let step = chunk * Self.chunksInMemory
    for first in stride(from: identities.lowerBound, to: identities.upperBound, by: step) {
      let part = first..<min(first + step, identities.upperBound)
      let batches = try ParallelWork.map(
        part.count,
        threads: threads,
        chunk: chunk,
        finished: progress.advance(by:)
      ) { range in
        let identities = part.lowerBound + range.lowerBound..<part.lowerBound + range.upperBound
        return [faces.vectors(identities: identities, samples: samples)]
      }
      for batch in batches { try writer.append(batch) }
      try labelFile?.append(rows(of: part) { SyntheticNames.subject($0.identity) })
      try referenceFile?.append(
        rows(of: part) { SyntheticNames.face(identity: $0.identity, sample: $0.sample) }
      )
    }
    // The same command makes them again.
    try writer.publish(durably: false)
    try labelFile?.publish()
    try referenceFile?.publish()
  }

  private func rows(
    of identities: Range<Int>,
    _ name: ((identity: Int, sample: Int)) -> String
  ) -> [String] {
    identities.flatMap { identity in samples.map { name((identity, $0)) } }
  }
}

/// A text file of one identifier a line, which appears when it is complete.
private struct LineFile: ~Copyable {
  private var file: ReplacementFile

  init(_ path: String) throws { file = try ReplacementFile(replacing: path) }

  func append(_ lines: [String]) throws {
    try file.write(lines.flatMap { $0.utf8 + [UInt8(ascii: "\n")] })
  }

  mutating func publish() throws { try file.publish(durably: false) }
}
