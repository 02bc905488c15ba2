import BiomatchFace
import BiomatchTestSupport
import Foundation
import Testing

@Suite("Reading face vectors")
struct FaceVectorReaderTests {
  private static let rows = 300
  private static let dimension = 65

  /// The same vectors as a file of each format.
  private static func withFiles(
    _ body: (_ path: String, _ format: FaceVectorFormat, _ values: [Float]) throws -> Void
  ) throws {
    let values = VectorFiles.random(rows: rows, dimension: dimension, seed: 1)
    let header = VectorFiles.header("(\(rows), \(dimension))")
    let text = stride(from: 0, to: values.count, by: dimension).map { start in
      values[start..<start + dimension].map { "\($0)" }.joined(separator: ",")
    }
    let directory = try TemporaryDirectory()
    let files: [(String, FaceVectorFormat, [UInt8])] = [
      ("a.npy", .npy, VectorFiles.npy(header, values: VectorFiles.bytes(values))),
      ("a.f32", .raw(dimension: dimension), VectorFiles.bytes(values)),
      ("a.csv", .csv(FaceVectorCSVOptions()), Array(text.joined(separator: "\n").utf8)),
    ]
    for (name, format, bytes) in files {
      try FileBytes.write(bytes, to: directory.file(name), durably: false)
      try body(directory.file(name), format, values)
      try VectorFiles.withPipe(bytes) { try body($0, format, values) }
    }
  }

  @Test(
    "batches of every size give the same rows, from files and pipes",
    arguments: [1, 7, 299, 300, 1000]
  )
  func batches(size: Int) throws {
    try Self.withFiles { path, format, values in
      var reader = try FaceVectorReader(path, format: format)
      #expect(reader.dimension == Self.dimension)
      var found: [Float] = []
      while let batch = try reader.next(size) {
        #expect(batch.firstRow == found.count / Self.dimension)
        #expect(batch.vectors.count == min(size, Self.rows - batch.firstRow), "\(path)")
        #expect(reader.row == batch.firstRow + batch.vectors.count)
        #expect(batch.references == nil && batch.subjects == nil)
        found += batch.vectors.values
      }
      #expect(found == values, "\(path)")
      #expect(try reader.next(size) == nil)
    }
  }

  @Test("a row is found by its number; what follows is read behind it")
  func rowsByNumber() throws {
    try Self.withFiles { path, format, values in
      var reader = try FaceVectorReader(path, format: format)
      for row in [0, 1, 5, 250, 299] {
        let batch = try reader.rows(from: row)
        #expect(batch.firstRow == row && batch.vectors.count == 1)
        #expect(
          batch.vectors.values[...] == values[(row * Self.dimension)...].prefix(Self.dimension)
        )
        if row == 5 {
          #expect(
            try reader.next(2)?.vectors[1] == values[(7 * Self.dimension)..<(8 * Self.dimension)]
          )
        }
      }
    }
  }

  @Test("files go back to an earlier row, pipes do not")
  func earlierRows() throws {
    try Self.withFiles { path, format, values in
      var reader = try FaceVectorReader(path, format: format)
      _ = try reader.rows(from: 200)
      guard path.hasPrefix("/dev") else {
        let batch = try reader.rows(from: 3, maximumRows: 1000)
        #expect(batch.vectors.values[...] == values[(3 * Self.dimension)...])
        return
      }
      do throws(FaceVectorFileError) {
        _ = try reader.rows(from: 3)
        Issue.record("a pipe went back")
      } catch {
        #expect(error == .passedRow(path: path, row: 3))
      }
    }
  }

  @Test("a row that is not there is an error with its number", arguments: [-1, 300, 301, Int.max])
  func missingRows(row: Int) throws {
    try Self.withFiles { path, format, _ in
      var reader = try FaceVectorReader(path, format: format)
      do throws(FaceVectorFileError) {
        _ = try reader.rows(from: row)
        Issue.record("a row that is not there was read")
      } catch {
        #expect(error == .missingRow(path: path, row: row))
      }
    }
  }

  @Test("the number of rows is known where the file tells")
  func rowCount() throws {
    try Self.withFiles { path, format, _ in
      let reader = try FaceVectorReader(path, format: format)
      switch format {
      case .npy: #expect(reader.rowCount == Self.rows)
      case .raw: #expect(reader.rowCount == (path.hasPrefix("/dev") ? nil : Self.rows))
      case .csv: #expect(reader.rowCount == nil)
      }
    }
  }

  @Test("files without rows have none")
  func noRows() throws {
    let directory = try TemporaryDirectory()
    try FileBytes.write(
      VectorFiles.npy(VectorFiles.header("(0, 64)")),
      to: directory.file("a.npy"),
      durably: false
    )
    try FileBytes.write([], to: directory.file("a.f32"), durably: false)
    #expect(try VectorFiles.read(directory.file("a.npy")) == [])
    #expect(try VectorFiles.read(directory.file("a.f32"), format: .raw(dimension: 64)) == [])
  }

  @Test(
    "a row that is no vector is an error with its number, whatever the batch",
    arguments: [1, 3, 100],
    ["<f2", "<f4", "<f8"]
  )
  func badRows(batch: Int, type: String) throws {
    let directory = try TemporaryDirectory()
    let path = directory.file("a.npy")
    func failure(_ change: (inout [Double]) -> Void) throws -> FaceVectorFileError? {
      var values = VectorFiles.random(rows: 10, dimension: 64, seed: 2).map(Double.init)
      change(&values)
      let bytes =
        switch type {
        case "<f2": VectorFiles.bytes(values.map { Half.bits($0) })
        case "<f4": VectorFiles.bytes(values.map(Float.init))
        default: VectorFiles.bytes(values)
        }
      try FileBytes.write(
        VectorFiles.npy(VectorFiles.header("(10, 64)", descr: type), values: bytes),
        to: path,
        durably: false
      )
      do {
        _ = try VectorFiles.read(path, batch: batch)
        return nil
      } catch {
        return error
      }
    }
    #expect(try failure { _ in } == nil)
    for value in [Double.nan, .infinity, -.infinity] {
      let error = try failure { $0[5 * 64 + 7] = value }
      #expect(
        error
          == .vector(
            .notFinite(row: 5, column: 7),
            at: ErrorLocation(file: path, field: "row 5, value 7")
          )
      )
      #expect(error?.code == "face.not-finite")
      #expect(error?.description.contains("counted from 0") == true)
    }
    let zeros = try failure { values in for index in 9 * 64..<640 { values[index] = -0.0 } }
    #expect(
      zeros == .vector(.zeroNorm(row: 9), at: ErrorLocation(file: path, field: "row 9"))
    )
    guard type == "<f8" else { return }
    #expect(
      try failure { $0[5 * 64 + 7] = 3.5e38 }
        == .overflow(at: ErrorLocation(file: path, field: "row 5, value 7"))
    )
    // Half a unit of the last place above the largest number rounds up, anything less down.
    let limit = Double(Float.greatestFiniteMagnitude) + 0x1p103
    #expect(try failure { $0[7] = limit }?.code == "face.overflow")
    #expect(try failure { $0[7] = limit.nextDown } == nil)
    #expect(
      try failure { values in for index in 0..<64 { values[index] = 1e-46 } }?.code
        == "face.zero-norm"
    )
  }

  @Test("numbers of 16 bits are widened exactly, all of them")
  func halves() throws {
    let finite = (0...UInt16.max).filter { $0 & 0x7C00 != 0x7C00 && $0 & 0x7FFF != 0 }
    let patterns = finite + finite.prefix(64 - finite.count % 64)
    let directory = try TemporaryDirectory()
    let path = directory.file("a.npy")
    let shape = "(\(patterns.count / 64), 64)"
    try FileBytes.write(
      VectorFiles.npy(
        VectorFiles.header(shape, descr: "<f2"),
        values: VectorFiles.bytes(patterns)
      ),
      to: path,
      durably: false
    )
    let found = try VectorFiles.read(path)
    #expect(found.map(\.bitPattern) == patterns.map { Half.value($0).bitPattern })
  }

  @Test("numbers of 64 bits are rounded to the nearest, ties to even")
  func doubles() throws {
    var random = SeededGenerator(seed: 3)
    var values = (0..<6336).map { _ in
      Double(sign: .plus, exponent: .random(in: -160...126, using: &random), significand: 1)
        * Double.random(in: -2...2, using: &random)
    }
    values += (0..<64).map { 1 + (2 * Double($0) + 1) * 0x1p-24 }
    let directory = try TemporaryDirectory()
    let path = directory.file("a.npy")
    try FileBytes.write(
      VectorFiles.npy(
        VectorFiles.header("(100, 64)", descr: "<f8"),
        values: VectorFiles.bytes(values)
      ),
      to: path,
      durably: false
    )
    #expect(try VectorFiles.read(path).map(\.bitPattern) == values.map { Float($0).bitPattern })
  }

  @Test("a dimension out of range is refused, and names the file", arguments: [0, 63, 4097])
  func dimension(_ dimension: Int) throws {
    let values = [UInt8](repeating: 1, count: 4 * dimension)
    let files: [(String, FaceVectorFormat, [UInt8])] = [
      ("a.npy", .npy, VectorFiles.npy(VectorFiles.header("(1, \(dimension))"), values: values)),
      ("a.npy", .npy, VectorFiles.npy(VectorFiles.header("(\(dimension),)"), values: values)),
      ("a.f32", .raw(dimension: dimension), values),
      (
        "a.csv", .csv(FaceVectorCSVOptions()),
        Array(repeatElement("1", count: max(dimension, 1)).joined(separator: ",").utf8)
      ),
    ]
    for (name, format, bytes) in files {
      let error = try VectorFiles.failure(of: bytes, name: name, format: format)
      let expected = name == "a.csv" ? max(dimension, 1) : dimension
      guard case .vector(.dimension(expected), let place) = error else {
        Issue.record("\(name): \(String(describing: error))")
        continue
      }
      #expect(place.file?.hasSuffix(name) == true)
    }
  }

  @Test("raw values are whole vectors, in a pipe too")
  func rawLength() throws {
    let bytes = VectorFiles.bytes(VectorFiles.random(rows: 3, dimension: 64, seed: 4)) + [0]
    for count in [bytes.count, bytes.count - 2, 255] {
      let cut = Array(bytes[..<count])
      let error = try VectorFiles.failure(of: cut, name: "a.f32", format: .raw(dimension: 64))
      guard case .rawLength(_, 64, count) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      try VectorFiles.withPipe(cut) { path in
        #expect(throws: FaceVectorFileError.rawLength(path: path, dimension: 64, found: count)) {
          try VectorFiles.read(path, format: .raw(dimension: 64))
        }
      }
    }
  }

  @Test("the extension tells the format")
  func formats() throws {
    #expect(try FaceVectorFormat(path: "a/b.NPY", dimension: 3) == .npy)
    #expect(try FaceVectorFormat(path: "b.csv") == .csv(FaceVectorCSVOptions()))
    for name in ["b.f32", "b.raw", "b.bin"] {
      #expect(try FaceVectorFormat(path: name, dimension: 64) == .raw(dimension: 64))
      #expect(throws: FaceVectorFileError.unknownFormat(path: name)) {
        try FaceVectorFormat(path: name)
      }
    }
    for name in ["", "-", "npy", "a.npy/b", "b.npz", "b."] {
      #expect(throws: FaceVectorFileError.unknownFormat(path: name)) {
        try FaceVectorFormat(path: name, dimension: 64)
      }
    }
  }

  @Test("a file that is not there, and a directory, are typed errors")
  func unreadable() throws {
    let directory = try TemporaryDirectory()
    let missing = directory.file("x.npy")
    for format: FaceVectorFormat in [.npy, .raw(dimension: 64)] {
      #expect(throws: FaceVectorFileError.file(.notFound(path: missing))) {
        try VectorFiles.read(missing, format: format)
      }
      #expect(throws: FaceVectorFileError.file(.notAFile(path: directory.path))) {
        try VectorFiles.read(directory.path, format: format)
      }
    }
  }
}

/// Numbers of 16 bits by their definition, bit by bit.
private enum Half {
  static func value(_ bits: UInt16) -> Float {
    let exponent = Int(bits >> 10 & 0x1F)
    let fraction = Float(bits & 0x3FF)
    let magnitude =
      exponent == 0
      ? fraction * 0x1p-24
      : (fraction + 1024) * Float(sign: .plus, exponent: exponent - 25, significand: 1)
    return bits >> 15 == 1 ? -magnitude : magnitude
  }

  /// A number near `value` that 16 bits can hold; not the nearest.
  static func bits(_ value: Double) -> UInt16 {
    let sign: UInt16 = value.sign == .minus ? 0x8000 : 0
    if value.isNaN { return 0x7E00 }
    if value.isInfinite { return sign | 0x7C00 }
    if value == 0 { return sign }
    let exponent = max(-14, Int(value.exponent))
    let fraction = value.magnitude / Double(sign: .plus, exponent: exponent, significand: 1)
    let biased = fraction >= 1 ? UInt16(exponent + 15) << 10 : 0
    return sign | biased | UInt16(fraction * 1024) & 0x3FF
  }
}
