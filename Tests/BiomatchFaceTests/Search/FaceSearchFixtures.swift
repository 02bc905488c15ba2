import BiomatchCore
import BiomatchFace
import BiomatchTestSupport

/// A few vectors of every kind of gallery, and the score of each with each probe, computed once.
enum FacePool {
  /// Not a multiple of anything that the kernels work in.
  static let dimension = 67
  static let model = model("pool")

  static func model(_ name: String, _ version: String = "-") -> FaceModel {
    guard let model = try? FaceModel(name: name, version: version) else {
      preconditionFailure("that is the name of a model")
    }
    return model
  }

  /// Eight vectors of each kind, some of which are the same.
  static let vectors = pool(seed: 1, FaceDistribution.allCases, each: 8)
  /// A vector of the pool, another near it, and some that are near none.
  static let probes: FaceVectors = {
    let others = pool(seed: 2, [.random, .tied], each: 2)
    var values = Array(vectors[3]) + zip(vectors[40], others[0]).map { $0 + 0.1 * $1 }
    values += others.values
    return checked(values)
  }()

  /// Scores by probe and vector.
  static let scores: [[SimilarityScore]] = {
    let (rows, others) = (UnitFaceVectors(vectors), UnitFaceVectors(probes))
    return (0..<others.count).map { probe in
      FaceMatcher().scores(of: others, probe, with: rows, rows: 0..<rows.count)
        .map { SimilarityScore($0) }
    }
  }()

  /// The vectors of those numbers.
  static func vectors(_ numbers: some Sequence<Int>) -> FaceVectors {
    checked(numbers.flatMap { vectors[$0] })
  }

  private static func pool(
    seed: UInt64,
    _ kinds: [FaceDistribution],
    each count: Int
  ) -> FaceVectors {
    var random = SeededGenerator(seed: seed)
    return checked(
      kinds.flatMap { kind in
        let vectors = try? kind.vectors(count, dimension: dimension, using: &random)
        return vectors?.values ?? []
      }
    )
  }

  private static func checked(_ values: [Float]) -> FaceVectors {
    guard let vectors = try? FaceVectors(dimension: dimension, values: values) else {
      preconditionFailure("the pool consists of vectors")
    }
    return vectors
  }
}

/// A vector of the pool under a reference.
struct StoredFace: Hashable {
  var reference: ReferenceID
  var subject: SubjectID
  var vector: Int

  /// So many random faces of different references.
  static func random(
    _ count: Int,
    using random: inout SeededGenerator
  ) throws -> [StoredFace] {
    try (0..<count).map { try one(using: &random, prefix: "\($0)-") }.shuffled(using: &random)
  }

  /// A random face; its reference may be that of another.
  static func one(
    using random: inout SeededGenerator,
    prefix: String = ""
  ) throws -> StoredFace {
    StoredFace(
      reference: try ReferenceID.random(using: &random, prefix: prefix),
      subject: try SubjectID("s\(Int.random(in: 0..<9, using: &random))"),
      vector: Int.random(in: 0..<FacePool.vectors.count, using: &random)
    )
  }
}

/// An index that scores every pair and sorts.
struct NaiveFaces {
  var faces: [ReferenceID: StoredFace] = [:]

  init(_ faces: some Sequence<StoredFace> = []) {
    for face in faces { self.faces[face.reference] = face }
  }

  /// What a search must find for the pool's probe of that number.
  func candidates(
    ofProbe probe: Int,
    _ options: FaceSearchOptions,
    where isSought: (StoredFace) -> Bool = { _ in true }
  ) -> [Candidate] {
    let candidates = faces.values.filter(isSought)
      .map { face in
        Candidate(
          reference: face.reference,
          subject: face.subject,
          score: FacePool.scores[probe][face.vector]
        )
      }
      .filter { $0.score >= options.threshold ?? $0.score }
    return Array(Candidate.ranked(candidates).prefix(options.limit))
  }

  /// The same for every probe of the pool.
  func candidates(
    _ options: FaceSearchOptions,
    where isSought: (StoredFace) -> Bool = { _ in true }
  ) -> [[Candidate]] {
    (0..<FacePool.probes.count).map { candidates(ofProbe: $0, options, where: isSought) }
  }
}

extension FaceIndex {
  /// An empty index for vectors of the pool.
  static func ofPool(simd: SIMDLevel = .active) throws -> FaceIndex {
    try FaceIndex(model: FacePool.model, dimension: FacePool.dimension, simd: simd)
  }

  func append(_ faces: some Collection<StoredFace>, threads: Int = 1) throws {
    try append(
      references: faces.map(\.reference),
      subjects: faces.map(\.subject),
      vectors: FacePool.vectors(faces.map(\.vector)),
      threads: threads
    )
  }

  /// The candidates for every probe of the pool.
  func candidates(_ options: FaceSearchOptions) throws -> [[Candidate]] {
    try snapshot().candidates(options)
  }
}

extension FaceSnapshot {
  /// The candidates for every probe of the pool.
  func candidates(_ options: FaceSearchOptions) throws -> [[Candidate]] {
    try searchBlocking(try prepare(FacePool.probes), options).map(\.candidates)
  }
}

extension FaceSearchOptions {
  /// A search on so many threads.
  init(limit: Int, threshold: SimilarityScore? = nil, threads: Int) {
    self.init(limit: limit, threshold: threshold)
    self.threads = threads
  }
}
