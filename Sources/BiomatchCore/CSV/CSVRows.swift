/// The rows of a CSV text or file as they come, the first one like any other.
package struct CSVRows: ~Copyable {
  /// Whether they can be read again from the same path.
  package let isRepeatable: Bool
  private let source: FileDescriptor?
  private var scanner: CSVScanner

  private static let pieceSize = 1 << 16

  /// The rows of the file at `path`, or of the standard input for `-`.
  ///
  /// - Throws: ``CSVError``.
  package init(file path: String, limits: CSVLimits = .standard) throws(CSVError) {
    let source: FileDescriptor
    do { source = try FileDescriptor.reading(path) } catch { throw .file(error) }
    do { isRepeatable = try source.seekableSize() != nil } catch { throw .file(error) }
    self.source = consume source
    scanner = CSVScanner(file: path, limits: limits)
  }

  /// The rows of a text in memory.
  ///
  /// - Parameter file: the name to be given in errors.
  package init(bytes: [UInt8], file: String? = nil, limits: CSVLimits = .standard) {
    isRepeatable = false
    source = nil
    scanner = CSVScanner(file: file, limits: limits)
    scanner.feed(bytes)
    scanner.finish()
  }

  /// Where in the text the last row ended.
  package var location: ErrorLocation { scanner.location }

  /// The next row; `nil` at the end.
  ///
  /// - Throws: ``CSVError``.
  package mutating func next() throws(CSVError) -> CSVRow? {
    while true {
      if let row = try scanner.nextRow() { return row }
      if scanner.isFinished { return nil }
      var piece: [UInt8] = []
      do { try source?.read(into: &piece, count: Self.pieceSize) } catch { throw .file(error) }
      if piece.isEmpty { scanner.finish() } else { scanner.feed(piece) }
    }
  }
}
