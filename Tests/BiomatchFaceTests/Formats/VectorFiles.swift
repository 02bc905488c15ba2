import BiomatchFace
import BiomatchTestSupport
import Foundation

/// Makes files of vectors for tests.
enum VectorFiles {
  /// The bytes of a `.npy` file with that text as its header.
  static func npy(
    _ header: String,
    version: UInt8 = 1,
    padding: Int = 0,
    values: [UInt8] = []
  ) -> [UInt8] {
    let text = Array(header.utf8) + [UInt8](repeating: 0x20, count: padding) + [0x0A]
    var writer = ByteWriter()
    writer.writeUInt8(0x93)
    writer.writeBytes("NUMPY".utf8)
    writer.writeBytes([version, 0])
    if version == 1 {
      writer.writeUInt16(UInt16(text.count), .little)
    } else {
      writer.writeUInt32(UInt32(text.count), .little)
    }
    writer.writeBytes(text)
    writer.writeBytes(values)
    return writer.bytes
  }

  /// The header that NumPy writes for an array.
  static func header(_ shape: String, descr: String = "<f4") -> String {
    "{'descr': '\(descr)', 'fortran_order': False, 'shape': \(shape), }"
  }

  /// The bytes of values in their own size.
  static func bytes<Value: BitwiseCopyable>(_ values: [Value]) -> [UInt8] {
    values.withUnsafeBytes { [UInt8]($0) }
  }

  /// Random vectors; the same ones for a seed.
  static func random(rows: Int, dimension: Int, seed: UInt64) -> [Float] {
    var random = SeededGenerator(seed: seed)
    return (0..<rows * dimension).map { _ in Float.random(in: -1...1, using: &random) }
  }

  /// Every row of a file, with so many a batch.
  static func read(
    _ path: String,
    format: FaceVectorFormat? = nil,
    batch: Int = 7
  ) throws(FaceVectorFileError) -> [Float] {
    var reader = try FaceVectorReader(path, format: format)
    var values: [Float] = []
    while let rows = try reader.next(batch) { values += rows.vectors.values }
    return values
  }

  /// The error that reading a file of those bytes ends with; `nil` without one.
  static func failure(
    of bytes: [UInt8],
    name: String,
    format: FaceVectorFormat? = nil
  ) throws -> FaceVectorFileError? {
    let directory = try TemporaryDirectory()
    let path = directory.file(name)
    try FileBytes.write(bytes, to: path, durably: false)
    do {
      _ = try read(path, format: format)
      return nil
    } catch {
      return error
    }
  }

  /// Calls `body` with the path of a pipe that gives those bytes.
  @discardableResult
  static func withPipe<Result>(
    _ bytes: [UInt8],
    _ body: (String) throws -> Result
  ) throws -> Result {
    let pipe = Pipe()
    let writer = pipe.fileHandleForWriting
    let thread = Thread {
      // A reader that gives up early closes the pipe; that is no failure of the test.
      try? writer.write(contentsOf: Data(bytes))
      try? writer.close()
    }
    thread.start()
    defer {
      // What nobody read would keep the thread.
      while let data = try? pipe.fileHandleForReading.read(upToCount: 1 << 16), !data.isEmpty {}
    }
    return try body("/dev/fd/\(pipe.fileHandleForReading.fileDescriptor)")
  }
}
