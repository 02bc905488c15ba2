extension Segment {
  /// The identifier of the sample in `row`, counted from zero.
  ///
  /// - Throws: ``SegmentError`` when the identifiers are damaged.
  public func reference(ofRow row: Int) throws(SegmentError) -> ReferenceID {
    let text = try identifier(2 * checked(row))
    do { return try ReferenceID(utf8: text.bytes) } catch { throw corruptIdentifier(text.offset) }
  }

  /// The identifier of the person whose sample is in `row`.
  ///
  /// - Throws: ``SegmentError`` when the identifiers are damaged.
  public func subject(ofRow row: Int) throws(SegmentError) -> SubjectID {
    let text = try identifier(2 * checked(row) + 1)
    do { return try SubjectID(utf8: text.bytes) } catch { throw corruptIdentifier(text.offset) }
  }

  /// Whether the row only keeps its place: no search may find it.
  ///
  /// - Throws: ``SegmentError`` when the marks are damaged.
  public func isDeleted(row: Int) throws(SegmentError) -> Bool {
    let row = checked(row)
    guard section(.tombstones) != nil else { return false }
    return try withBytes(of: .tombstones, in: row / 8..<row / 8 + 1) { bytes in
      bytes.byte(at: 0) >> UInt8(row % 8) & 1 == 1
    }
  }

  /// The marks of all deleted rows, a bit a row, the lowest of a byte first, zero behind the last row;
  /// `nil` when no row is deleted.
  ///
  /// - Throws: ``SegmentError`` when the marks are damaged.
  public func deletionMarks() throws(SegmentError) -> [UInt8]? {
    guard let section = section(.tombstones) else { return nil }
    let marks = try withBytes(of: .tombstones) { bytes in bytes.withUnsafeBytes { [UInt8]($0) } }
    guard rowCount.isMultiple(of: 8) || marks[marks.count - 1] >> UInt8(rowCount % 8) == 0 else {
      throw corruptSection(section)
    }
    return marks
  }

  /// Calls `body` with the identifiers of each row, deleted ones included, in order: the bytes of the
  /// sample's and of the person's, 0 to 64 each, as they are in the file.
  ///
  /// Nothing is allocated, and blocks are verified once for all rows.
  ///
  /// - Throws: ``SegmentError`` when the identifiers are damaged.
  public func forEachRow(
    in rows: Range<Int>,
    _ body: (_ row: Int, _ reference: RawSpan, _ subject: RawSpan) -> Void
  ) throws(SegmentError) {
    precondition(
      0 <= rows.lowerBound && rows.upperBound <= rowCount,
      "a segment has rows 0..<\(rowCount)"
    )
    guard !rows.isEmpty, let section = section(.identifiers) else { return }
    let texts = 4 * (2 * rowCount + 1)
    let (first, last) = (2 * rows.lowerBound, 2 * rows.upperBound)
    try withBytes(of: .identifiers, in: 4 * first..<4 * (last + 1)) { _ in }
    let all = (try textOffset(first), try textOffset(last))
    guard all.0 <= all.1, all.1 <= section.count - texts else { throw corruptIdentifier(4 * first) }
    try withBytes(of: .identifiers, in: texts + all.0..<texts + all.1) { _ in }
    // Verified is what the rows need; the rest of the section is not looked at.
    let damage: Int? = withContent(in: section.offset..<section.end) { bytes in
      var start = all.0
      for row in rows {
        let middle = Int(bytes.littleEndianUInt32(at: 8 * row + 4))
        let end = Int(bytes.littleEndianUInt32(at: 8 * row + 8))
        guard start <= middle, middle <= end, end <= all.1,
          max(middle - start, end - middle) <= IdentifierText.maximumByteCount
        else { return 8 * row }
        body(
          row,
          bytes.extracting(texts + start..<texts + middle),
          bytes.extracting(texts + middle..<texts + end)
        )
        start = end
      }
      return nil
    }
    if let damage { throw corruptIdentifier(damage) }
  }

  /// Calls `body` with a function that gives the key of any row's reference, or `nil` where its
  /// identifiers are damaged. All identifiers are verified before, so that many can be looked up fast.
  ///
  /// - Throws: ``SegmentError`` when a block of the identifiers is damaged, or there are none.
  package func withReferenceKeys<R>(
    _ body: ((_ row: Int) -> ReferenceKey?) -> R
  ) throws(SegmentError) -> R {
    let texts = 4 * (2 * rowCount + 1)
    return try withBytes(of: .identifiers) { bytes in
      body { row in
        let start = texts + Int(bytes.littleEndianUInt32(at: 8 * row))
        let end = texts + Int(bytes.littleEndianUInt32(at: 8 * row + 4))
        guard start <= end, end <= bytes.byteCount,
          end - start <= IdentifierText.maximumByteCount
        else { return nil }
        return ReferenceKey(bytes.extracting(start..<end))
      }
    }
  }

  /// Whether the sections of the rows are as long as the number of rows demands.
  func checkRowSections() throws(SegmentError) {
    if let section = section(.identifiers) {
      guard rowCount <= (section.count - 4) / 8 else { throw corruptSection(section) }
    } else if rowCount > 0 {
      throw .missingSection(path: path, label: .identifiers)
    }
    if let section = section(.tombstones), section.count != (rowCount + 7) / 8 {
      throw corruptSection(section)
    }
  }

  /// Whether every row has identifiers by the rules, no reference occurs twice, and nothing lies
  /// beside them.
  func verifyRows() throws(SegmentError) {
    var references: Set<ReferenceID> = []
    for row in 0..<rowCount {
      let reference = try reference(ofRow: row)
      guard references.insert(reference).inserted else {
        throw .duplicateReference(path: path, reference: reference)
      }
      _ = try subject(ofRow: row)
    }
    guard rowCount > 0, let section = section(.identifiers) else { return }
    let last = 2 * rowCount
    guard try textOffset(0) == 0, try textOffset(last) == section.count - 4 * (last + 1) else {
      throw corruptSection(section)
    }
    _ = try deletionMarks()
  }

  private func checked(_ row: Int) -> Int {
    precondition(0 <= row && row < rowCount, "a segment has rows 0..<\(rowCount)")
    return row
  }

  private func identifier(_ index: Int) throws(SegmentError) -> (bytes: [UInt8], offset: Int) {
    let (start, end) = (try textOffset(index), try textOffset(index + 1))
    let texts = 4 * (2 * rowCount + 1)
    guard let section = section(.identifiers), start <= end, end <= section.count - texts,
      end - start <= IdentifierText.maximumByteCount
    else { throw corruptIdentifier(4 * index) }
    let bytes = try withBytes(of: .identifiers, in: texts + start..<texts + end) { bytes in
      (0..<bytes.byteCount).map { bytes.byte(at: $0) }
    }
    return (bytes, texts + start)
  }

  /// Where text `index` starts, or ends the one before, counted from the end of these numbers.
  private func textOffset(_ index: Int) throws(SegmentError) -> Int {
    try withBytes(of: .identifiers, in: 4 * index..<4 * index + 4) { bytes in
      Int(bytes.littleEndianUInt32(at: 0))
    }
  }

  private func corruptIdentifier(_ offset: Int) -> SegmentError {
    .corrupt(
      path: path,
      offset: (section(.identifiers)?.offset ?? 0) + offset,
      what: .section(.identifiers)
    )
  }

  private func corruptSection(_ section: SegmentSection) -> SegmentError {
    .corrupt(path: path, offset: section.offset, what: .section(section.label))
  }
}

extension RawSpan {
  fileprivate func byte(at offset: Int) -> UInt8 {
    unsafeLoad(fromByteOffset: offset, as: UInt8.self)
  }

  fileprivate func littleEndianUInt32(at offset: Int) -> UInt32 {
    UInt32(littleEndian: unsafeLoadUnaligned(fromByteOffset: offset, as: UInt32.self))
  }
}
