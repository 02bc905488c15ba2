import BiomatchCore

/// Reads face vectors from a file, batch by batch, so that the file may be larger than the memory.
///
/// ```swift
/// var reader = try FaceVectorReader("gallery.npy")
/// while let batch = try reader.next(10_000) { index.add(batch.vectors) }
///
/// let probe = try reader.rows(from: 7).vectors
/// ```
///
/// Every row that it gives is a vector of finite values with a length above zero. It does not notice
/// what else is wrong before it comes to it: a damaged row is an error when its batch is asked for.
/// `docs/formats/face-vectors.md` has the formats.
public struct FaceVectorReader: ~Copyable {
  /// The path it was opened by.
  public let path: String
  /// The format of the file.
  public let format: FaceVectorFormat
  /// How many values a vector has.
  public let dimension: Int
  /// How many rows the file has; `nil` where that is known at its end only, of CSV and of raw values
  /// from a pipe.
  public let rowCount: Int?

  private var binary: BinaryVectors?
  private var text: CSVVectors?

  /// Opens the file at `path`, or the standard input for `-`, and reads as much as tells the dimension.
  ///
  /// - Parameter format: how the vectors lie in the file; `nil` for what the extension says.
  /// - Throws: ``FaceVectorFileError``, also for a `.npy` or raw file whose length is wrong.
  public init(
    _ path: String,
    format: FaceVectorFormat? = nil
  ) throws(FaceVectorFileError) {
    let format = if let format { format } else { try FaceVectorFormat(path: path) }
    switch format {
    case .npy: self.init(path, format: format, binary: try BinaryVectors(npy: path))
    case .raw(let dimension):
      self.init(path, format: format, binary: try BinaryVectors(raw: path, dimension: dimension))
    case .csv(let options):
      self.init(path, format: format, text: try CSVVectors(path, options: options))
    }
  }

  private init(_ path: String, format: FaceVectorFormat, binary rows: consuming BinaryVectors) {
    self.path = path
    self.format = format
    dimension = rows.dimension
    rowCount = rows.rowCount
    binary = consume rows
    text = nil
  }

  private init(_ path: String, format: FaceVectorFormat, text rows: consuming CSVVectors) {
    self.path = path
    self.format = format
    dimension = rows.dimension
    rowCount = nil
    binary = nil
    text = consume rows
  }

  /// The number of the row that is read next, counted from zero.
  public var row: Int {
    switch binary {
    case .some(let rows): return rows.row
    case .none: break
    }
    switch text {
    case .some(let rows): return rows.row
    case .none: return 0
    }
  }

  /// The next rows; `nil` at the end.
  ///
  /// - Parameter maximumRows: how many at most, above zero; fewer only at the end of the file.
  /// - Throws: ``FaceVectorFileError``. What is read after an error is not defined.
  /// - Complexity: O(values), with memory for them.
  public mutating func next(_ maximumRows: Int) throws(FaceVectorFileError) -> FaceVectorBatch? {
    precondition(maximumRows > 0, "a batch has at least one row")
    let firstRow = row
    if let values = try binary?.next(maximumRows), !values.isEmpty {
      return FaceVectorBatch(
        firstRow: firstRow,
        vectors: FaceVectors(dimension: dimension, checked: values),
        references: nil,
        subjects: nil
      )
    }
    return try text?.next(maximumRows)
  }

  /// The rows from that number on, counted from zero; ``next(_:)`` then goes on behind them.
  ///
  /// Files of a fixed row size are read there directly, also backwards. CSV is read up to there, from
  /// its start where need be. A pipe only goes forward.
  ///
  /// - Parameter maximumRows: how many at most, above zero.
  /// - Throws: ``FaceVectorFileError``, also when there is no such row or it has passed.
  public mutating func rows(
    from row: Int,
    maximumRows: Int = 1
  ) throws(FaceVectorFileError) -> FaceVectorBatch {
    guard row >= 0, row < rowCount ?? .max else { throw .missingRow(path: path, row: row) }
    if row < self.row {
      guard try rewind() else { throw .passedRow(path: path, row: row) }
    }
    guard try skip(row - self.row), let batch = try next(maximumRows) else {
      throw .missingRow(path: path, row: row)
    }
    return batch
  }

  private mutating func rewind() throws(FaceVectorFileError) -> Bool {
    if let isDone = binary?.rewind() { return isDone }
    return try text?.rewind() == true
  }

  private mutating func skip(_ count: Int) throws(FaceVectorFileError) -> Bool {
    if let isDone = try binary?.skip(count) { return isDone }
    return try text?.skip(count) == true
  }
}
