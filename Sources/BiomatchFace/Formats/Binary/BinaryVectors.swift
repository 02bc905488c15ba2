import BiomatchCore

/// Vectors that lie in a file one behind the other, read from where the last read ended.
struct BinaryVectors: ~Copyable {
  private let file: FileDescriptor
  private let elementType: ElementType
  let dimension: Int
  /// How many vectors there are; `nil` where only the end of a pipe will tell.
  let rowCount: Int?
  /// Where the values start in the file.
  private let start: Int
  /// Whether any place of the file can be read at any time.
  private let isSeekable: Bool
  /// How a file of another length is refused.
  private let isSelfDescribing: Bool
  /// The row to be read next.
  private(set) var row = 0
  private var scratch: [UInt8] = []

  /// The rows of a `.npy` file.
  init(npy path: String) throws(FaceVectorFileError) {
    let file = try Self.open(path)
    let header = try NPYHeader(
      reading: { count throws(FaceVectorFileError) in try Self.read(count, of: file) },
      path: path
    )
    let size = try Self.size(of: file)
    guard size == nil || size == header.end else {
      throw .length(path: path, expected: header.end, found: size)
    }
    try Self.checkDimension(header.dimension, path: path)
    elementType = header.elementType
    dimension = header.dimension
    rowCount = header.rowCount
    start = header.size
    isSeekable = size != nil
    isSelfDescribing = true
    self.file = consume file
  }

  /// The rows of a file of nothing but values of 32 bits.
  init(raw path: String, dimension: Int) throws(FaceVectorFileError) {
    try Self.checkDimension(dimension, path: path)
    let file = try Self.open(path)
    let size = try Self.size(of: file)
    if let size, !size.isMultiple(of: dimension * ElementType.single.size) {
      throw .rawLength(path: path, dimension: dimension, found: size)
    }
    elementType = .single
    self.dimension = dimension
    rowCount = size.map { $0 / (dimension * ElementType.single.size) }
    start = 0
    isSeekable = size != nil
    isSelfDescribing = false
    self.file = consume file
  }

  /// The values of the next rows, at most so many; none at the end.
  mutating func next(_ maximumRows: Int) throws(FaceVectorFileError) -> [Float] {
    let first = row
    var values: [Float] = []
    if isSeekable, let rowCount {
      values.reserveCapacity(min(maximumRows, rowCount - row) * dimension)
    }
    // Pieces that stay in a core's own cache until they are checked.
    let pieceRows = max(1, Self.pieceSize / rowSize)
    while row - first < maximumRows {
      let wanted = min(maximumRows - (row - first), (rowCount ?? .max) - row, pieceRows)
      let found = wanted == 0 ? 0 : try appendRows(wanted, to: &values)
      row += found
      if found < pieceRows, row - first < maximumRows {
        try checkEnd()
        break
      }
    }
    return values
  }

  /// Passes over rows.
  ///
  /// - Returns: `false` when there are not so many.
  mutating func skip(_ count: Int) throws(FaceVectorFileError) -> Bool {
    if let rowCount, rowCount - row < count { return false }
    guard !isSeekable else {
      row += count
      return true
    }
    var values: [Float] = []
    for _ in 0..<count {
      guard try appendRows(1, to: &values, checked: false) == 1 else { return false }
      row += 1
      values.removeAll(keepingCapacity: true)
    }
    return true
  }

  /// Goes back to the first row.
  ///
  /// - Returns: `false` where that cannot be done.
  mutating func rewind() -> Bool {
    if isSeekable { row = 0 }
    return isSeekable
  }

  // MARK: Rows

  private static let pieceSize = 1 << 19

  private var rowSize: Int { dimension * elementType.size }

  /// Appends whole rows; fewer than wanted at the end of a pipe.
  private mutating func appendRows(
    _ wanted: Int,
    to values: inout [Float],
    checked: Bool = true
  ) throws(FaceVectorFileError) -> Int {
    let old = values.count
    let found = try append(wanted * dimension, to: &values)
    guard found == wanted * rowSize || rowCount == nil && found.isMultiple(of: rowSize) else {
      let bytes = row * rowSize + found
      throw isSelfDescribing
        ? .length(
          path: file.path,
          expected: start + (rowCount ?? 0) * rowSize,
          found: start + bytes
        )
        : .rawLength(path: file.path, dimension: dimension, found: bytes)
    }
    if checked, let fault = FaceVectors.firstFault(in: values, from: old, dimension: dimension) {
      throw error(for: fault, firstValue: old)
    }
    return found / rowSize
  }

  /// Appends values, as many as the bytes that were found give; how many those were.
  private mutating func append(
    _ count: Int,
    to values: inout [Float]
  ) throws(FaceVectorFileError) -> Int {
    let offset = isSeekable ? start + row * rowSize : nil
    let size = count * elementType.size
    guard elementType != .single else {
      let old = values.count
      values.append(contentsOf: repeatElement(0, count: count))
      let found = try Self.read(into: &values, from: old, of: file, at: offset)
      values.removeLast(count - found / elementType.size)
      return found
    }
    if scratch.count != size { scratch = Array(repeating: 0, count: size) }
    let found = try Self.read(into: &scratch, of: file, at: offset)
    if elementType == .half {
      widenHalves(scratch[..<found], into: &values)
    } else {
      roundDoubles(scratch[..<found], into: &values)
    }
    return found
  }

  /// The error for a row of the values that were read last.
  private func error(for fault: FaceVectorError, firstValue: Int) -> FaceVectorFileError {
    let firstRow = row - firstValue / dimension
    switch fault {
    case .notFinite(let found, let column):
      let row = firstRow + found
      let place = ErrorLocation(file: file.path, row: row, value: column)
      let value = (row - self.row) * dimension + column
      if elementType == .double, isFiniteDouble(value) { return .overflow(at: place) }
      return .vector(.notFinite(row: row, column: column), at: place)
    case .zeroNorm(let found):
      return .vector(
        .zeroNorm(row: firstRow + found),
        at: ErrorLocation(file: file.path, row: firstRow + found)
      )
    case .dimension, .shape, .rotation: return .vector(fault, at: ErrorLocation(file: file.path))
    }
  }

  /// Whether a value of those read last was finite as it was stored.
  private func isFiniteDouble(_ index: Int) -> Bool {
    scratch[8 * index + 7] & 0x7F != 0x7F || scratch[8 * index + 6] & 0xF0 != 0xF0
  }

  /// Returns when nothing is left behind the last row.
  private mutating func checkEnd() throws(FaceVectorFileError) {
    guard !isSeekable, let rowCount else { return }
    guard try Self.read(1, of: file).isEmpty else {
      throw .length(path: file.path, expected: start + rowCount * rowSize, found: nil)
    }
  }

  // MARK: Opening

  private static func checkDimension(
    _ dimension: Int,
    path: String
  ) throws(FaceVectorFileError) {
    guard FaceVectors.dimensions.contains(dimension) else {
      throw .vector(.dimension(dimension), at: ErrorLocation(file: path, field: "dimension"))
    }
  }

  private static func open(_ path: String) throws(FaceVectorFileError) -> FileDescriptor {
    do { return try FileDescriptor.reading(path) } catch { throw .file(error) }
  }

  private static func size(of file: borrowing FileDescriptor) throws(FaceVectorFileError) -> Int? {
    do { return try file.seekableSize() } catch { throw .file(error) }
  }

  /// The next bytes in the order of the file, so many unless it ends.
  private static func read(
    _ count: Int,
    of file: borrowing FileDescriptor
  ) throws(FaceVectorFileError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let found = try read(into: &bytes, of: file, at: nil)
    bytes.removeLast(count - found)
    return bytes
  }

  /// Reads into the elements from `start` on; how many bytes that were.
  private static func read<Element: BitwiseCopyable>(
    into elements: inout [Element],
    from start: Int = 0,
    of file: borrowing FileDescriptor,
    at offset: Int?
  ) throws(FaceVectorFileError) -> Int {
    var span = elements.mutableSpan
    var bytes = span.mutableBytes
    do {
      return try file.read(into: &bytes, from: start * MemoryLayout<Element>.size, at: offset)
    } catch {
      throw .file(error)
    }
  }
}
