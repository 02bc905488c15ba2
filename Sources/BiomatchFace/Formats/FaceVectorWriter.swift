import BiomatchCore

/// Writes face vectors to a `.npy` file of version 1.0, 32 bits a value, batch by batch.
///
/// ```swift
/// var writer = try FaceVectorWriter("gallery.npy", dimension: 512)
/// for batch in batches { try writer.append(batch) }
/// try writer.publish()
/// ```
///
/// The number of rows need not be known before the end. Given up before ``publish(durably:)``, it leaves
/// nothing behind; an older file of that path stays as it is until then. NumPy writes the same bytes
/// for the same array.
public struct FaceVectorWriter: ~Copyable {
  /// How many values a vector has.
  public let dimension: Int
  /// How many vectors have been written.
  public private(set) var rowCount = 0
  private var file: ReplacementFile

  /// Begins a file that is to replace what is at `path`.
  ///
  /// - Throws: ``FaceVectorFileError``, for a dimension out of ``FaceVectors/dimensions`` or a file that
  ///   cannot be created.
  public init(_ path: String, dimension: Int) throws(FaceVectorFileError) {
    guard FaceVectors.dimensions.contains(dimension) else {
      throw .vector(.dimension(dimension), at: ErrorLocation(file: path, field: "dimension"))
    }
    do { file = try Self.create(path, dimension: dimension) } catch { throw .file(error) }
    self.dimension = dimension
  }

  /// Appends vectors.
  ///
  /// - Throws: ``FaceVectorFileError``, for vectors of another dimension or when writing fails.
  public mutating func append(_ vectors: FaceVectors) throws(FaceVectorFileError) {
    guard vectors.dimension == dimension else {
      throw .otherDimension(
        at: ErrorLocation(file: file.path, row: rowCount),
        expected: dimension,
        found: vectors.dimension
      )
    }
    // Pieces: the bytes of all values at once would take their memory twice.
    for start in stride(from: 0, to: vectors.values.count, by: Self.pieceSize) {
      let end = min(start + Self.pieceSize, vectors.values.count)
      let bytes = vectors.values[start..<end].withUnsafeBytes { [UInt8]($0) }
      do { try file.write(bytes) } catch { throw .file(error) }
    }
    rowCount += vectors.count
  }

  /// Completes the file and puts it at its path.
  ///
  /// - Parameter durably: whether it must survive a loss of power; without, it still appears whole or
  ///   not at all to every program.
  /// - Throws: ``FaceVectorFileError/file(_:)``; what was at the path is then as it was, unless only
  ///   the last step failed, which makes the new file's name durable.
  public consuming func publish(durably: Bool = true) throws(FaceVectorFileError) {
    do {
      try file.write(NPYHeader.bytes(rowCount: rowCount, dimension: dimension), at: 0)
      try file.publish(durably: durably)
    } catch {
      throw .file(error)
    }
  }

  private static let pieceSize = 1 << 18

  private static func create(
    _ path: String,
    dimension: Int
  ) throws(FileError) -> ReplacementFile {
    let file = try ReplacementFile(replacing: path)
    try file.write(NPYHeader.bytes(rowCount: 0, dimension: dimension))
    return file
  }
}

extension NPYHeader {
  /// The header of an array of 32-bit values: as NumPy writes it, of the same size for every number of
  /// rows.
  fileprivate static func bytes(rowCount: Int, dimension: Int) -> [UInt8] {
    let size = 128
    let text =
      "{'descr': '<f4', 'fortran_order': False, 'shape': (\(rowCount), \(dimension)), }"
    var writer = ByteWriter(capacity: size)
    writer.writeBytes(magic)
    writer.writeUInt8(1)
    writer.writeUInt8(0)
    writer.writeUInt16(UInt16(size - 10), .little)
    writer.writeBytes(text.utf8)
    writer.writeBytes(repeatElement(UInt8(ascii: " "), count: size - 1 - writer.count))
    writer.writeUInt8(UInt8(ascii: "\n"))
    return writer.bytes
  }
}
