import BiomatchCore
import BiomatchFace
import Foundation

/// Files of random vectors, in a directory of the system for temporary ones.
struct VectorFiles {
  struct File: Sendable {
    let path: String
    let megabytes: Int
    var name: String { URL(filePath: path).lastPathComponent }
  }

  private(set) var all: [File] = []
  private let directory = FileManager.default.temporaryDirectory
    .appending(path: "biomatch-face-files").path(percentEncoded: false)

  init(dimension: Int) throws {
    try FileBytes.createDirectory(directory)
    var random = SeededGenerator(seed: 1)
    let rows = 20_000
    let values = (0..<rows * dimension).map { _ in Float.random(in: -0.1...0.1, using: &random) }
    try write("32-bit.npy", Self.npy("<f4", rows, dimension, values))
    // Patterns of 16 bits for numbers from 1/16 to 1/8.
    let halves = values.map { _ in UInt16.random(in: 0x2C00..<0x3000, using: &random) }
    try write("16-bit.npy", Self.npy("<f2", rows, dimension, halves))
    try write("64-bit.npy", Self.npy("<f8", rows, dimension, values.map { Double($0) }))
    var text = ""
    for row in 0..<rows / 4 {
      text += values[row * dimension..<(row + 1) * dimension].map(\.description)
        .joined(separator: ",")
      text += "\n"
    }
    try write("table.csv", Array(text.utf8))
    let labels = (0..<1_000_000).map { "\($0)\n" }.joined()
    try write("labels.txt", Array(labels.utf8))
  }

  private mutating func write(_ name: String, _ bytes: [UInt8]) throws {
    let path = directory + "/" + name
    try FileBytes.write(bytes, to: path, durably: false)
    all.append(File(path: path, megabytes: Int((Double(bytes.count) / 1e6).rounded())))
  }

  private static func npy<Value: BitwiseCopyable>(
    _ type: String,
    _ rows: Int,
    _ dimension: Int,
    _ values: [Value]
  ) -> [UInt8] {
    let text = "{'descr': '\(type)', 'fortran_order': False, 'shape': (\(rows), \(dimension)), }\n"
    var writer = ByteWriter()
    writer.writeUInt8(0x93)
    writer.writeBytes("NUMPY".utf8)
    writer.writeBytes([1, 0])
    writer.writeUInt16(UInt16(text.utf8.count), .little)
    writer.writeBytes(text.utf8)
    values.withUnsafeBytes { writer.writeBytes($0) }
    return writer.bytes
  }
}
