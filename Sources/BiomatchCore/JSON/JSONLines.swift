/// The values of NDJSON, one a line; blank lines are passed over.
package struct JSONLines: ~Copyable {
  private static let lineLimit = 1 << 16

  /// What a line has, or why that is no JSON.
  package struct Line {
    package var location: ErrorLocation
    package var document: Result<JSONDocument, JSONTextError>
  }

  private let path: String?
  private var lines: TextLines

  /// Opens the file at `path`, or the standard input for `-`.
  package init(_ path: String) throws(FileError) {
    self.path = path
    lines = try TextLines(path, limit: Self.lineLimit)
  }

  /// The lines of a text in memory.
  package init(bytes: [UInt8]) {
    path = nil
    lines = TextLines(bytes: bytes, limit: Self.lineLimit)
  }

  /// Whether they can be read again from the same path: a pipe has them once.
  package var isRepeatable: Bool { lines.isRepeatable }

  /// The next line that is not blank; `nil` at the end.
  ///
  /// - Throws: ``CSVError/file(_:)`` and ``CSVError/rowTooLong(at:limit:)``; then nothing more can be read.
  package mutating func next() throws(CSVError) -> Line? {
    while let (bytes, line) = try nextLine() {
      let place = ErrorLocation(file: path, line: line)
      guard bytes.count <= Self.lineLimit else {
        throw .rowTooLong(at: place, limit: Self.lineLimit)
      }
      if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { continue }
      do throws(JSONTextError) {
        let document = try JSONScanner.document(Array(bytes), file: path, line: line)
        return Line(location: place, document: .success(document))
      } catch {
        return Line(location: place, document: .failure(error))
      }
    }
    return nil
  }

  private mutating func nextLine() throws(CSVError) -> (bytes: ArraySlice<UInt8>, line: Int)? {
    do { return try lines.next() } catch { throw .file(error) }
  }
}
