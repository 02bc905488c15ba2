import Biomatch
import BiomatchCore
import BiomatchFace

/// Vectors to search, and probes.
struct BenchFaceSet {
  static let probeCount = 256

  let name: String
  let dimension: Int
  let count: Int
  /// Calls its argument with all vectors, some at a time.
  let forEachBatch: ((FaceVectors) throws -> Void) throws -> Void
  /// 256 probes, or as many as there are.
  let probes: FaceVectors

  /// Synthetic vectors, a sample of each identity; every other probe is another sample of one.
  init(_ parameters: SyntheticFaceParameters, _ name: String, count: Int) {
    let faces = SyntheticFaces(seed: 1, parameters: parameters)
    self.name = "\(name), \(parameters.dimension) values"
    self.count = count
    dimension = parameters.dimension
    forEachBatch = { body in
      for start in stride(from: 0, to: count, by: Self.batch) {
        try body(faces.vectors(identities: start..<min(start + Self.batch, count)))
      }
    }
    let half = Self.probeCount / 2
    let mated = faces.vectors(identities: 0..<half, samples: 1..<2)
    let others = faces.vectors(identities: count..<count + half)
    probes = faces.interleaved(mated, others)
  }

  /// The vectors of files.
  init(faces: String, probes: String) throws {
    var reader = try FaceVectorReader(probes)
    dimension = reader.dimension
    name = "\(faces), \(reader.dimension) values"
    guard let batch = try reader.next(Self.probeCount) else {
      throw UsageError.option("--probes", rule: "it has no vectors", remedy: "choose another file")
    }
    self.probes = batch.vectors
    var count = 0
    var counting = try FaceVectorReader(faces)
    if let rows = counting.rowCount {
      count = rows
    } else {
      while let batch = try counting.next(Self.batch) { count += batch.vectors.count }
    }
    self.count = count
    forEachBatch = { body in
      var reader = try FaceVectorReader(faces)
      while let batch = try reader.next(Self.batch) { try body(batch.vectors) }
    }
  }

  private static let batch = 1 << 14
}

extension SyntheticFaces {
  /// The rows of both, one of each after the other.
  fileprivate func interleaved(_ a: FaceVectors, _ b: FaceVectors) -> FaceVectors {
    let values = (0..<a.count).flatMap { Array(a[$0]) + Array(b[$0]) }
    // Both are vectors, and so are their rows.
    guard let both = try? FaceVectors(dimension: a.dimension, values: values) else { return a }
    return both
  }
}
