import BiomatchCore
import BiomatchFace
import BiomatchTestSupport
import Foundation
import Testing

/// Searches against the exhaustive comparison, for every SIMD level and kind of gallery. Dimension,
/// sizes, options and threads are drawn by seed until the pairs of a class are as many as
/// `BIOMATCH_FACE_PAIRS` says; `scripts/exactness` runs ten million.
@Suite struct FaceExactnessTests {
  private static let pairs =
    ProcessInfo.processInfo.environment["BIOMATCH_FACE_PAIRS"].flatMap { Int($0) }
    ?? (BuildMode.isOptimised ? 100_000 : 10_000)

  @Test(
    "a search finds what comparing all finds",
    arguments: SIMDLevel.available,
    FaceDistribution.allCases
  )
  func exact(simd: SIMDLevel, distribution: FaceDistribution) throws {
    var (done, seed) = (0, UInt64(0))
    while done < Self.pairs {
      seed += 1
      done += try FaceSearchTrial(distribution, simd: simd, seed: seed).run()
    }
    #expect(done >= Self.pairs)
  }
}

/// One gallery, some probes, one search.
private struct FaceSearchTrial {
  let distribution: FaceDistribution
  let simd: SIMDLevel
  let seed: UInt64

  init(_ distribution: FaceDistribution, simd: SIMDLevel, seed: UInt64) {
    self.distribution = distribution
    self.simd = simd
    self.seed = seed
  }

  private static let dimensions = [64, 65, 72, 100, 127, 128, 129, 192, 512, 513]
  private static let probeCounts = [1, 2, 3, 5, 6, 7, 16, 17, 64, 65, 90]

  /// Searches and compares; how many pairs that were.
  func run() throws -> Int {
    var random = SeededGenerator(seed: seed)
    let dimension = Self.dimensions.randomElement(using: &random) ?? 64
    let count = [3, 63, 64, 65, 200, 700, 1500].randomElement(using: &random) ?? 64
    let probeCount = Self.probeCounts.randomElement(using: &random) ?? 1
    let gallery = try distribution.vectors(count, dimension: dimension, using: &random)
    let probes = try self.probes(probeCount, near: gallery, using: &random)
    let order = (0..<count).shuffled(using: &random)
    let references = try order.map { try ReferenceID("r\($0)") }
    let subjects = try order.map { try SubjectID("s\($0 / 2)") }

    let index = try FaceIndex(model: try FaceModel(name: "m"), dimension: dimension, simd: simd)
    try append(gallery, references, subjects, to: index, using: &random)
    let removed = Set((0..<count).filter { _ in Int.random(in: 0..<10, using: &random) == 0 })
    if Bool.random(using: &random) { try index.remove(removed.map { references[$0] }) }
    let gone = index.count == count ? [] : removed
    let snapshot = index.snapshot()
    let shares: [Double] = [0, 0.01, 0.5, 1]
    let share = shares[Int.random(in: 0..<4, using: &random)]
    let chosen = Set(references.filter { _ in Double.random(in: 0..<1, using: &random) < share })

    let oracle = OracleFaceSearch(references: references, subjects: subjects, vectors: gallery)
    let unit = UnitFaceVectors(probes, simd: .portable)
    var options = FaceSearchOptions(
      limit: [1, 2, 10, 100, 5000].randomElement(using: &random) ?? 1
    )
    options.threads = Int.random(in: 1...3, using: &random)
    if Bool.random(using: &random) {
      // A threshold that a row has just reached.
      options.threshold = oracle.scores(of: unit, 0).randomElement(using: &random)
        .map { SimilarityScore($0) }
    }
    let isSelective = Bool.random(using: &random)
    if isSelective {
      options.selection = try snapshot.select { reference, _ in chosen.contains(reference) }
    }
    let results = try snapshot.searchBlocking(try snapshot.prepare(probes), options)
    for (probe, result) in results.enumerated() {
      let expected = oracle.candidates(
        of: unit,
        probe,
        limit: options.limit,
        threshold: options.threshold
      ) { row in !gone.contains(row) && (!isSelective || chosen.contains(references[row])) }
      #expect(
        result.candidates == expected,
        "\(distribution), \(simd), seed \(seed): \(count) x \(dimension), probe \(probe)"
      )
      #expect(result.coverage.isComplete)
      let sought = (0..<count).count {
        !gone.contains($0) && (!isSelective || chosen.contains(references[$0]))
      }
      #expect(result.coverage.searched == sought)
    }
    return count * probeCount
  }

  /// Probes some of which are rows, or nearly.
  private func probes(
    _ count: Int,
    near gallery: FaceVectors,
    using random: inout SeededGenerator
  ) throws -> FaceVectors {
    let fresh = try distribution.vectors(count, dimension: gallery.dimension, using: &random)
    var values: [Float] = []
    for row in 0..<count {
      let mate = gallery[Int.random(in: 0..<gallery.count, using: &random)]
      switch Int.random(in: 0..<3, using: &random) {
      case 0: values += mate
      case 1: values += zip(mate, fresh[row]).map { $0 + 0.5 * $1 }
      default: values += fresh[row]
      }
    }
    return try FaceVectors(dimension: gallery.dimension, values: values)
  }

  /// Adds the rows in pieces of any size.
  private func append(
    _ gallery: FaceVectors,
    _ references: [ReferenceID],
    _ subjects: [SubjectID],
    to index: FaceIndex,
    using random: inout SeededGenerator
  ) throws {
    var row = 0
    while row < gallery.count {
      let end = min(gallery.count, row + Int.random(in: 1...1000, using: &random))
      try index.append(
        references: Array(references[row..<end]),
        subjects: Array(subjects[row..<end]),
        vectors: try FaceVectors(
          dimension: gallery.dimension,
          values: (row..<end).flatMap { gallery[$0] }
        )
      )
      row = end
    }
  }
}
