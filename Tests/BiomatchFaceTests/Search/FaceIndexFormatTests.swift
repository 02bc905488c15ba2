import BiomatchCore
import BiomatchFace
import BiomatchTestSupport
import TestVectors
import Testing

/// The index that `TestVectors/Vectors/face-index/version-1.py` writes from the pages of the format.
@Suite("The face index, format 1")
struct FaceIndexFormatTests {
  private static let names = ["manifest.json", "removed-2.segment", "rows-1-1.segment"]
  private static let removed = [2, 11]

  private let references: [ReferenceID]
  private let subjects: [SubjectID]
  private let vectors: FaceVectors

  init() throws {
    references = try (0..<17).map { try ReferenceID("r\($0 * 5 % 17)") }
    subjects = try (0..<17).map { try SubjectID("s\($0 / 2)") }
    let values = (0..<17).flatMap { row in
      (0..<64).map { k -> Float in
        let number = (UInt32(row * 64 + k + 1) &* 2_654_435_761) >> 20
        return row % 5 == 4 && k % 7 > 1 ? 0 : Float(number) - 2048
      }
    }
    vectors = try FaceVectors(dimension: 64, values: values)
  }

  private func example() throws -> [String: [UInt8]] {
    try Dictionary(
      uniqueKeysWithValues: Self.names.map {
        ($0, try TestVectors.bytes("face-index/version-1/\($0)"))
      }
    )
  }

  @Test("yesterday's index is read, verified and searched")
  func reading() throws {
    let directory = try TemporaryDirectory()
    try SavedFiles.write(example(), to: directory.path)
    let index = try FaceIndex(
      opening: directory.path,
      model: try FaceModel(name: "example", version: "1")
    )
    try index.verify()
    #expect((index.count, index.dimension, index.generation) == (15, 64, 2))
    let oracle = OracleFaceSearch(references: references, subjects: subjects, vectors: vectors)
    let probes = UnitFaceVectors(vectors)
    let results = try index.snapshot()
      .searchBlocking(try index.prepare(vectors), FaceSearchOptions(limit: 20))
    for (row, result) in results.enumerated() {
      let expected = oracle.candidates(of: probes, row, limit: 20, threshold: nil) {
        !Self.removed.contains($0)
      }
      #expect(result.candidates == expected, "probe \(row)")
    }
    let gone = Self.removed.map { references[$0] }
    #expect(try index.unknown(references) == gone)
    // It is changed as any other.
    try index.append(
      references: gone,
      subjects: Self.removed.map { subjects[$0] },
      vectors: try FaceVectors(dimension: 64, values: Self.removed.flatMap { vectors[$0] })
    )
    try index.save()
    try index.compact()
    try index.verify()
    #expect(try FaceIndex(opening: directory.path).count == 17)
  }

  @Test("the same bytes are written today, at every SIMD level", arguments: SIMDLevel.available)
  func writing(simd: SIMDLevel) throws {
    let directory = try TemporaryDirectory()
    let index = try FaceIndex(
      model: try FaceModel(name: "example", version: "1"),
      dimension: 64,
      simd: simd
    )
    try index.append(references: references, subjects: subjects, vectors: vectors)
    try index.save(to: directory.path)
    try index.remove(Self.removed.map { references[$0] })
    try index.save()
    let written = try SavedFiles(directory.path).files
    #expect(written.keys.sorted() == Self.names)
    let different = try example().filter { $1 != written[$0] }.keys.sorted()
    #expect(different == [])
  }

  @Test(
    "the script writes the example from the pages alone",
    .enabled(if: Python.isPresent, "needs python3")
  )
  func script() throws {
    let directory = try TemporaryDirectory()
    try SavedFiles.write(
      ["version-1.py": TestVectors.bytes("face-index/version-1.py")],
      to: directory.path
    )
    try Python.run([directory.file("version-1.py"), directory.file("example")])
    #expect(try SavedFiles(directory.file("example")).files == example())
  }
}
