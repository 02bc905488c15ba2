import BiomatchCore
import BiomatchCrypto
import BiomatchFace
import BiomatchTestSupport
import TestVectors
import Testing

struct RotationVector: NamedVector {
  let name: String
  let key: HexBytes
  let identifier: String
  let row: [Float]
  let turned: [Double]

  static func all() throws -> [RotationVector] { try TestVectors.list("faces/rotation.json") }
}

@Suite("Face rotation")
struct FaceRotationTests {
  @Test("turns as it always did", arguments: try RotationVector.all())
  func known(vector: RotationVector) throws {
    let rotation = try FaceRotation(
      key: SecretBytes(copying: vector.key.bytes),
      dimension: vector.row.count
    )
    #expect(rotation.identifier == vector.identifier)
    let row = try FaceVectors(dimension: vector.row.count, values: vector.row)
    let turned = UnitFaceVectors(row, rotation: rotation).values
    let largest = zip(turned, vector.turned).map { abs(Double($0) - $1) }.max() ?? 1
    #expect(turned.count == vector.turned.count)
    #expect(largest < 5e-8)
  }

  @Test("gives the same bits everywhere")
  func golden() throws {
    var text = "dimension,identifier,first,second,checksum\n"
    for dimension in [64, 65, 100, 128, 512] {
      let rotation = try Rotations.rotation(seed: 1, dimension: dimension)
      let rows = try FaceDistribution.random.vectors(3, dimension: dimension, seed: 1)
      let values = UnitFaceVectors(rows, rotation: rotation).values
      var bytes = ByteWriter()
      for value in values { bytes.writeUInt32(value.bitPattern) }
      let numbers = [values[0].bitPattern, values[1].bitPattern, CRC32C.checksum(of: bytes.bytes)]
      text += "\(dimension),\(rotation.identifier),"
      text += numbers.map { String($0, radix: 16) }.joined(separator: ",") + "\n"
    }
    let difference = try Golden.difference(text, "faces/rotation.csv")
    #expect(difference == nil, "\(difference ?? "")")
  }

  @Test("turns a row alone as among others", arguments: [64, 65, 100])
  func batches(dimension: Int) throws {
    let rotation = try Rotations.rotation(seed: 2, dimension: dimension)
    let rows = try FaceDistribution.random.vectors(19, dimension: dimension, seed: 2)
    let all = UnitFaceVectors(rows, rotation: rotation)
    for row in 0..<rows.count {
      let alone = try FaceVectors(dimension: dimension, values: Array(rows[row]))
      #expect(Array(all[row]) == UnitFaceVectors(alone, rotation: rotation).values, "row \(row)")
    }
  }

  @Test("keeps lengths and angles", arguments: [64, 65, 100, 128, 255])
  func orthonormal(dimension: Int) throws {
    let matrix = try Rotations.matrix(seed: 3, dimension: dimension)
    for a in 0..<dimension {
      for b in 0...a {
        let product = Rotations.product(matrix[a], matrix[b])
        #expect(abs(product - (a == b ? 1 : 0)) < 5e-7, "columns \(a) and \(b)")
      }
    }
  }

  @Test("leaves vectors of unit length", arguments: FaceDistribution.allCases)
  func lengths(distribution: FaceDistribution) throws {
    let rotation = try Rotations.rotation(seed: 4, dimension: 72)
    for scale: Float in [1, 1e-30, 1e30] {
      let rows = try distribution.vectors(20, dimension: 72, seed: 4)
      let scaled = try FaceVectors(dimension: 72, values: rows.values.map { $0 * scale })
      let unit = UnitFaceVectors(scaled, rotation: rotation)
      for row in 0..<unit.count {
        let length = Rotations.product(unit[row], unit[row]).squareRoot()
        #expect(abs(length - 1) < 0x1p-20)
      }
    }
  }

  @Test("changes no score by more than 2e-6", arguments: [64, 128])
  func scores(dimension: Int) throws {
    let faces = SyntheticFaces(seed: 5, parameters: .fullRank(dimension: dimension))
    let rows = faces.vectors(identities: 0..<75, samples: 0..<2)
    let rotation = try Rotations.rotation(seed: 5, dimension: dimension)
    let (before, after) = (UnitFaceVectors(rows), UnitFaceVectors(rows, rotation: rotation))
    let matcher = FaceMatcher()
    var largest: Float = 0
    for row in 0..<rows.count {
      let scores = zip(
        matcher.scores(of: before, row, with: before, rows: 0..<rows.count),
        matcher.scores(of: after, row, with: after, rows: 0..<rows.count)
      )
      largest = scores.reduce(largest) { max($0, abs($1.0 - $1.1)) }
    }
    #expect(largest < 2e-6)
  }

  @Test("a key has a rotation of its own at every dimension, and no two keys one")
  func identifiers() throws {
    let rotations = try (0..<20).map { seed in
      try Rotations.rotation(seed: UInt64(seed / 2), dimension: 64 + seed % 2)
    }
    #expect(Set(rotations.map(\.identifier)).count == 20)
    #expect(try Rotations.rotation(seed: 0, dimension: 64).identifier == rotations[0].identifier)
  }

  @Test("prints its identifier and nothing else")
  func printing() throws {
    let rotation = try Rotations.rotation(seed: 6, dimension: 64)
    #expect("\(rotation)" == "face rotation \(rotation.identifier)")
    #expect(String(reflecting: rotation) == "\(rotation)")
    #expect(Mirror(reflecting: rotation).children.isEmpty)
  }

  @Test("refuses keys and dimensions that are none")
  func refused() throws {
    #expect(throws: FaceVectorError.dimension(63)) {
      try Rotations.rotation(seed: 0, dimension: 63)
    }
    let error = CryptoError.length(.key, .keyStream, expected: 32...32, found: 16)
    #expect(throws: error) {
      try FaceRotation(key: SecretBytes(copying: [UInt8](repeating: 1, count: 16)), dimension: 64)
    }
  }
}
