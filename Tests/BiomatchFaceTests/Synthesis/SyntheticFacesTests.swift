import BiomatchCore
import BiomatchFace
import BiomatchTestSupport
import Testing

@Suite("Synthetic faces")
struct SyntheticFacesTests {
  private static let faces = SyntheticFaces(seed: 42, parameters: .fullRank(dimension: 100))

  @Test("the same seed gives the bits of Tests/Golden")
  func golden() throws {
    var lines = ["preset,dimension,identity,sample,first,crc32c"]
    for dimension in [64, 100, 128, 512, 1023] {
      for (name, parameters) in [
        ("full-rank", SyntheticFaceParameters.fullRank(dimension: dimension)),
        ("low-rank", .lowRank(dimension: dimension)),
      ] {
        let faces = SyntheticFaces(seed: 42, parameters: parameters)
        for identity in [0, 1, 2, 1_000_000, 1 << 40] {
          for sample in [0, 1, 1_000] {
            let vector = faces.vector(identity: identity, sample: sample)
            var bytes = ByteWriter()
            for value in vector { bytes.writeUInt32(value.bitPattern, .little) }
            let checksum = CRC32C.checksum(of: bytes.bytes)
            lines.append("\(name),\(dimension),\(identity),\(sample),\(vector[0]),\(checksum)")
          }
        }
      }
    }
    let text = lines.joined(separator: "\n") + "\n"
    let difference = try Golden.difference(text, "synthesis/faces.csv")
    #expect(difference == nil)
  }

  @Test("a vector is the same alone, in a batch, in any order and on any thread")
  func order() async {
    let faces = Self.faces
    let all = faces.vectors(identities: 0..<40, samples: 0..<3)
    #expect(all.dimension == 100 && all.count == 120)
    for identity in (0..<40).reversed() {
      for sample in (0..<3).reversed() {
        let vector = faces.vector(identity: identity, sample: sample)
        #expect(vector == Array(all[3 * identity + sample]), "\(identity), \(sample)")
      }
    }
    let parallel = await withTaskGroup(of: (Int, FaceVectors).self) { group in
      for first in stride(from: 0, to: 40, by: 7) {
        group.addTask {
          (first, faces.vectors(identities: first..<min(first + 7, 40), samples: 0..<3))
        }
      }
      return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
    #expect(parallel.sorted { $0.key < $1.key }.flatMap { $0.value.values } == all.values)
  }

  @Test("a part of the identities or samples is a part of the vectors")
  func parts() {
    let all = Self.faces.vectors(identities: 0..<20, samples: 0..<3)
    let part = Self.faces.vectors(identities: 5..<10, samples: 1..<3)
    #expect(part.count == 10)
    for row in 0..<10 {
      #expect(part[row] == all[3 * (5 + row / 2) + 1 + row % 2], "row \(row)")
    }
    #expect(Self.faces.vectors(identities: 3..<3).count == 0)
    #expect(Self.faces.vectors(identities: 0..<3, samples: 2..<2).count == 0)
  }

  @Test("an array of any size is filled")
  func fill() {
    let expected = Self.faces.vectors(identities: 7..<9)
    for size in [0, 200, 1000] {
      var values = [Float](repeating: .nan, count: size)
      Self.faces.fill(&values, identities: 7..<9)
      #expect(values == expected.values, "from \(size) values")
    }
  }

  @Test(
    "vectors have unit length, at dimensions of every kind",
    arguments: [64, 65, 127, 128, 200, 511, 512, 1024, 4095, 4096]
  )
  func length(dimension: Int) {
    for parameters in [
      SyntheticFaceParameters.fullRank(dimension: dimension), .lowRank(dimension: dimension),
    ] {
      var parameters = parameters
      parameters.lookalikeGroups = 20
      let vectors = SyntheticFaces(seed: 3, parameters: parameters).vectors(identities: 0..<20)
      #expect(vectors.dimension == dimension && vectors.count == 20)
      for row in 0..<20 { #expect(abs(vectors.length(row) - 1) < 1e-6, "row \(row)") }
    }
  }

  @Test("seeds, identities and samples all differ")
  func distinct() {
    var seen: Set<[Float]> = []
    for seed in [0, 1, 2, UInt64.max] {
      let vectors = SyntheticFaces(seed: seed, parameters: .fullRank(dimension: 64))
        .vectors(identities: 0..<10, samples: 0..<3)
      for row in 0..<vectors.count { seen.insert(Array(vectors[row])) }
    }
    #expect(seen.count == 4 * 10 * 3)
  }

  @Test("people of different seeds are strangers")
  func seeds() {
    let populations = [1, 2].map { seed in
      SyntheticFaces(seed: seed, parameters: .fullRank(dimension: 128))
        .vectors(identities: 0..<100)
    }
    let cosines = (0..<100).map { row in
      zip(populations[0][row], populations[1][row]).reduce(0.0) { $0 + Double($1.0 * $1.1) }
    }
    #expect(abs(cosines.reduce(0, +) / 100) < 0.05)
    #expect(cosines.allSatisfy { $0 < 0.5 })
  }

  @Test("populations are equal when their seeds and parameters are")
  func equality() {
    let faces = SyntheticFaces(seed: 1)
    #expect(faces == SyntheticFaces(seed: 1, parameters: .fullRank(dimension: 512)))
    #expect(faces != SyntheticFaces(seed: 2))
    #expect(faces != SyntheticFaces(seed: 1, parameters: .lowRank()))
  }
}
