import BiomatchCore
import BiomatchFace
import BiomatchTestSupport
import Testing

/// People with identifiers and vectors, for indexes.
private struct People {
  let vectors: FaceVectors
  let references: [ReferenceID]
  let subjects: [SubjectID]

  init(_ vectors: FaceVectors) throws {
    self.vectors = vectors
    references = try (0..<vectors.count).map { try ReferenceID("r\($0)") }
    subjects = try (0..<vectors.count).map { try SubjectID("s\($0)") }
  }

  func index(_ rotation: FaceRotation?, simd: SIMDLevel = .active) throws -> FaceIndex {
    let index = try FaceIndex(
      model: try FaceModel(name: "m"),
      dimension: vectors.dimension,
      rotation: rotation,
      simd: simd
    )
    try index.append(references: references, subjects: subjects, vectors: vectors)
    return index
  }
}

@Suite("Index of rotated faces")
struct RotatedIndexTests {
  private static let faces = SyntheticFaces(seed: 2, parameters: .fullRank(dimension: 64))

  private func candidates(
    _ index: FaceIndex,
    _ probes: FaceVectors,
    limit: Int
  ) throws -> [[Candidate]] {
    try index.snapshot()
      .searchBlocking(try index.prepare(probes), FaceSearchOptions(limit: limit))
      .map(\.candidates)
  }

  @Test(
    "a search finds what comparing all rotated vectors finds",
    arguments: SIMDLevel.available,
    FaceDistribution.allCases
  )
  func exact(simd: SIMDLevel, distribution: FaceDistribution) throws {
    let people = try People(try distribution.vectors(150, dimension: 65, seed: 1))
    let probes = try distribution.vectors(9, dimension: 65, seed: 2)
    let rotation = try Rotations.rotation(seed: 1, dimension: 65)
    let oracle = OracleFaceSearch(
      references: people.references,
      subjects: people.subjects,
      vectors: people.vectors,
      rotation: rotation
    )
    let found = try candidates(people.index(rotation, simd: simd), probes, limit: 20)
    let unit = UnitFaceVectors(probes, rotation: rotation)
    for (row, candidates) in found.enumerated() {
      let expected = oracle.candidates(of: unit, row, limit: 20, threshold: nil) { _ in true }
      #expect(candidates == expected, "probe \(row)")
    }
  }

  @Test("ranks as an index without rotation does, near ties apart")
  func ranking() throws {
    let people = try People(Self.faces.vectors(identities: 0..<300))
    let probes = Self.faces.vectors(identities: 0..<40, samples: 1..<2)
    let rotation = try Rotations.rotation(seed: 2, dimension: 64)
    let plain = try candidates(people.index(nil), probes, limit: 20)
    let rotated = try candidates(people.index(rotation), probes, limit: 20)
    for (expected, found) in zip(plain, rotated) {
      for (rank, candidate) in expected.enumerated().dropLast() {
        let score = candidate.score.value
        let gaps = [rank - 1, rank + 1].filter { $0 >= 0 }.map {
          abs(expected[$0].score.value - score)
        }
        guard gaps.allSatisfy({ $0 > 4e-6 }) else { continue }
        #expect(found[rank].reference == candidate.reference)
        #expect(abs(found[rank].score.value - score) < 2e-6)
      }
    }
  }

  @Test("is opened with its rotation only")
  func opening() throws {
    let directory = try TemporaryDirectory()
    let people = try People(Self.faces.vectors(identities: 0..<50))
    let probes = Self.faces.vectors(identities: 0..<5, samples: 1..<2)
    let (own, other) = (
      try Rotations.rotation(seed: 3, dimension: 64), try Rotations.rotation(seed: 4, dimension: 64)
    )
    let index = try people.index(own)
    try index.save(to: directory.file("rotated"))
    let path = directory.file("rotated")
    let opened = try FaceIndex(
      opening: path,
      rotation: try Rotations.rotation(seed: 3, dimension: 64)
    )
    try opened.verify()
    #expect(opened.rotation?.identifier == own.identifier)
    #expect(opened.snapshot().info.rotation == own.identifier)
    let found = try candidates(opened, probes, limit: 5)
    #expect(try found == candidates(index, probes, limit: 5))

    for rotation in [nil, other] {
      let error = IndexError.wrongRotation(
        path: path,
        expected: rotation?.identifier,
        found: own.identifier
      )
      #expect(throws: error) { try FaceIndex(opening: path, rotation: rotation) }
      #expect(error.code == "index.rotation")
      #expect(error.remedy == "open it with the key that it was built with")
    }
    try people.index(nil).save(to: directory.file("plain"))
    let plain = IndexError.wrongRotation(
      path: directory.file("plain"),
      expected: own.identifier,
      found: nil
    )
    #expect(throws: plain) { try FaceIndex(opening: directory.file("plain"), rotation: own) }
    #expect(plain.remedy == "open it without a rotation")
  }

  @Test("refuses probes under another rotation or none")
  func probes() throws {
    let people = try People(Self.faces.vectors(identities: 0..<10))
    let indexes = try [nil, 5, 6].map { (seed: UInt64?) in
      try people.index(try seed.map { try Rotations.rotation(seed: $0, dimension: 64) })
    }
    for (a, index) in indexes.enumerated() {
      for (b, other) in indexes.enumerated() where a != b {
        let error = IndexError.probeParameters(
          expected: index.parameters,
          found: other.parameters
        )
        #expect(throws: error) {
          try index.snapshot()
            .searchBlocking(try other.prepare(people.vectors), FaceSearchOptions(limit: 1))
        }
      }
    }
  }

  @Test("refuses a rotation of another dimension")
  func dimension() throws {
    let rotation = try Rotations.rotation(seed: 7, dimension: 65)
    #expect(throws: FaceVectorError.rotation(expected: 64, found: 65)) {
      try FaceIndex(model: try FaceModel(name: "m"), dimension: 64, rotation: rotation)
    }
    let index = try People(Self.faces.vectors(identities: 0..<3)).index(nil)
    #expect(throws: IndexError.dimension(expected: 64, found: 65)) {
      try index.rekeyed(to: rotation)
    }
    #expect(throws: IndexError.threads(0)) { try index.rekeyed(to: nil, threads: 0) }
  }

  @Test(
    "a new key gives the index that a fresh enrolment gives",
    arguments: [(8, 9), (nil, 9), (8, nil)] as [(UInt64?, UInt64?)]
  )
  func rekeying(from: UInt64?, to: UInt64?) throws {
    let directory = try TemporaryDirectory()
    let people = try People(Self.faces.vectors(identities: 0..<200))
    let probes = Self.faces.vectors(identities: 0..<20, samples: 1..<2)
    let old = try from.map { try Rotations.rotation(seed: $0, dimension: 64) }
    let new = try to.map { try Rotations.rotation(seed: $0, dimension: 64) }
    let index = try people.index(old)
    try index.save(to: directory.file("old"))
    let more = try People(Self.faces.vectors(identities: 200..<230))
    try index.append(
      references: (200..<230).map { try ReferenceID("r\($0)") },
      subjects: more.subjects,
      vectors: more.vectors
    )
    let removed = try [0, 7, 64, 199, 229].map { try ReferenceID("r\($0)") }
    try index.remove(removed)

    let renewed = try index.rekeyed(to: new, savingTo: directory.file("new"))
    #expect(renewed.count == 225)
    #expect(renewed.parameters == (try people.index(new).parameters))
    #expect(try renewed.unknown(removed) == removed)
    let fresh = try people.index(new)
    try fresh.append(
      references: (200..<230).map { try ReferenceID("r\($0)") },
      subjects: more.subjects,
      vectors: more.vectors
    )
    try fresh.remove(removed)

    let opened = try FaceIndex(opening: directory.file("new"), rotation: new)
    try opened.verify()
    for index in [renewed, opened, try index.rekeyed(to: new, threads: 1)] {
      let expected = try candidates(fresh, probes, limit: 225)
      for (expected, found) in zip(expected, try candidates(index, probes, limit: 225)) {
        let scores = Dictionary(uniqueKeysWithValues: found.map { ($0.reference, $0) })
        #expect(scores.count == 225)
        for candidate in expected {
          let other = try #require(scores[candidate.reference])
          #expect(abs(other.score.value - candidate.score.value) < 1e-6)
          #expect(other.subject == candidate.subject)
        }
      }
    }
  }
  @Test("a new key takes as few saves where many rows are removed as where none is")
  func rekeyingOfScatteredRows() throws {
    let directory = try TemporaryDirectory()
    let people = try People(Self.faces.vectors(identities: 0..<100))
    let index = try people.index(nil)
    let isRemoved = { (row: Int) in row.isMultiple(of: 2) }
    try index.remove((0..<100).filter(isRemoved).map { people.references[$0] })
    let renewed = try index.rekeyed(
      to: try Rotations.rotation(seed: 10, dimension: 64),
      savingTo: directory.path
    )
    #expect((renewed.count, renewed.generation) == (50, 1))
    let left = (0..<100).filter { !isRemoved($0) }
    let found = try candidates(renewed, people.vectors, limit: 1)
    for row in left { #expect(found[row].first?.reference == people.references[row]) }
    try renewed.verify()
  }
}
