/// Which rows of a saved index are removed: a small segment of its own, written anew by every save that
/// removes something.
enum RemovalMarks {
  static let label: SegmentLabel = "removed"

  /// The marks over so many rows; rows behind the last mark are not removed.
  static func read(
    _ file: IndexManifest.File,
    of directory: IndexDirectory,
    _ identity: SegmentIdentity,
    _ seal: IndexSeal?,
    rowCount: Int
  ) throws(IndexError) -> (marks: RowBitmap, segment: Segment) {
    let segment = try directory.segment(file, identity, seal)
    var bytes: [UInt8]
    do throws(SegmentError) {
      bytes = try segment.withBytes(of: label) { span in span.withUnsafeBytes { [UInt8]($0) } }
    } catch {
      throw .segment(error)
    }
    bytes += Array(repeating: 0, count: max(0, (rowCount + 7) / 8 - bytes.count))
    guard let marks = RowBitmap(bytes: bytes, rowCount: rowCount), marks.count == file.rows else {
      throw .corruptRows(path: segment.path, row: 0, section: label)
    }
    return (marks, segment)
  }

  /// Writes the marks of the first rows.
  static func write(
    _ marks: RowBitmap,
    to name: String,
    of directory: IndexDirectory,
    _ identity: SegmentIdentity,
    _ seal: IndexSeal?,
    generation: UInt64
  ) throws(IndexError) -> (file: IndexManifest.File, segment: Segment) {
    do throws(SegmentError) {
      let path = directory.path(of: name)
      var writer = try SegmentWriter(
        path: path,
        identity: identity,
        generation: generation,
        sealedBy: seal?.content
      )
      try writer.beginSection(label)
      try writer.append(marks.bytes)
      try writer.publish()
      let segment = try Segment(path: path, expecting: identity, sealedBy: seal?.content)
      return (IndexManifest.File(segment, name: name, rows: marks.count), segment)
    } catch {
      throw .segment(error)
    }
  }
}
