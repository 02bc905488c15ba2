import BiomatchFace
import BiomatchTestSupport
import Foundation
import Testing

@Suite("Writing face vectors")
struct FaceVectorWriterTests {
  @Test("what is written is read back, bit by bit", arguments: UInt64(0)..<20)
  func roundTrip(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let dimension = Int.random(in: FaceVectors.dimensions, using: &random)
    let rows = Int.random(in: 0...50, using: &random)
    let values = (0..<rows * dimension).map { _ in
      Float(bitPattern: .random(in: 1..<0x7F80_0000, using: &random))
        * (Bool.random(using: &random) ? 1 : -1)
    }
    let directory = try TemporaryDirectory()
    let path = directory.file("a.npy")
    var writer = try FaceVectorWriter(path, dimension: dimension)
    var row = 0
    while row < rows {
      let end = min(row + Int.random(in: 0...9, using: &random), rows)
      try writer.append(
        FaceVectors(
          dimension: dimension,
          values: Array(values[row * dimension..<end * dimension])
        )
      )
      row = end
      #expect(writer.rowCount == row)
    }
    try writer.publish(durably: false)
    let reader = try FaceVectorReader(path)
    #expect(reader.dimension == dimension && reader.rowCount == rows, "seed \(seed)")
    let found = try VectorFiles.read(path, batch: Int.random(in: 1...60, using: &random))
    #expect(found.map(\.bitPattern) == values.map(\.bitPattern), "seed \(seed)")
  }

  @Test("the bytes are those that NumPy writes")
  func golden() throws {
    let directory = try TemporaryDirectory()
    let path = directory.file("a.npy")
    let values = (1...128).map(Float.init)
    var writer = try FaceVectorWriter(path, dimension: 64)
    try writer.append(FaceVectors(dimension: 64, values: values))
    try writer.publish(durably: false)
    let text = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 64), }"
    let header =
      [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0, 118, 0] + Array(text.utf8)
      + [UInt8](repeating: 0x20, count: 117 - text.utf8.count) + [0x0A]
    #expect(header.count == 128)
    #expect(try FileBytes.read(path) == header + VectorFiles.bytes(values))
  }

  @Test("a file given up leaves the older one as it was")
  func givenUp() throws {
    let directory = try TemporaryDirectory()
    let path = directory.file("a.npy")
    try FileBytes.write([1, 2, 3], to: path, durably: false)
    do {
      var writer = try FaceVectorWriter(path, dimension: 64)
      try writer.append(
        FaceVectors(dimension: 64, values: VectorFiles.random(rows: 2, dimension: 64, seed: 1))
      )
    }
    #expect(try FileBytes.read(path) == [1, 2, 3])
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["a.npy"])
  }

  @Test("a file is synchronised when it must last, and only then", arguments: [true, false])
  func durability(durably: Bool) throws {
    let directory = try TemporaryDirectory()
    let events = try ForgetfulDisk.events {
      let writer = try FaceVectorWriter(directory.file("a.npy"), dimension: 64)
      try writer.publish(durably: durably)
    }
    #expect(events.contains { if case .synchronise = $0 { true } else { false } } == durably)
  }

  @Test("vectors of another dimension, and a dimension out of range, are refused")
  func dimensions() throws {
    let directory = try TemporaryDirectory()
    let path = directory.file("a.npy")
    do throws(FaceVectorFileError) {
      _ = try FaceVectorWriter(path, dimension: 63)
      Issue.record("a dimension out of range was taken")
    } catch {
      #expect(error.code == "face.dimension")
    }
    var writer = try FaceVectorWriter(path, dimension: 64)
    let vectors = try FaceVectors(
      dimension: 65,
      values: VectorFiles.random(rows: 1, dimension: 65, seed: 1)
    )
    do throws(FaceVectorFileError) {
      try writer.append(vectors)
      Issue.record("vectors of another dimension were taken")
    } catch {
      #expect(error.code == "face.other-dimension")
    }
  }

  @Test("a device is refused, and stays one")
  func device() throws {
    do throws(FaceVectorFileError) {
      _ = try FaceVectorWriter("/dev/null", dimension: 64)
      Issue.record("a device was to be replaced")
    } catch {
      #expect(error.code == "file.cannot-create")
    }
    let attributes = try FileManager.default.attributesOfItem(atPath: "/dev/null")
    #expect(attributes[.type] as? FileAttributeType == .typeCharacterSpecial)
  }
}
