import BiomatchCore

/// Rows in a segment of a saved index, read where they lie.
final class SavedPart: IndexPart {
  static let positionsLabel: SegmentLabel = "positions"
  static let startsLabel: SegmentLabel = "starts"
  static let orderLabel: SegmentLabel = "order"
  static let printsLabel: SegmentLabel = "prints"

  let segment: Segment
  let file: IndexManifest.File

  var rowCount: Int { segment.rowCount }
  let arenaByteCount: Int

  /// The rows of a segment whose sections are as long as they must be.
  init(_ segment: Segment, file: IndexManifest.File) throws(FingerprintIndexError) {
    self.segment = segment
    self.file = file
    let rows = segment.rowCount
    for (label, size) in [(Self.positionsLabel, 1), (Self.startsLabel, 4), (Self.orderLabel, 4)] {
      guard let section = segment.section(label) else {
        throw .segment(.missingSection(path: segment.path, label: label))
      }
      guard section.count == size * rows else {
        throw .corruptRows(path: segment.path, row: 0, section: label)
      }
    }
    guard let prints = segment.section(Self.printsLabel) else {
      throw .segment(.missingSection(path: segment.path, label: Self.printsLabel))
    }
    arenaByteCount = prints.count
    guard arenaByteCount.isMultiple(of: 8), arenaByteCount / 8 <= Int(UInt32.max) else {
      throw damage(ofRow: 0)
    }
  }

  // MARK: Identifiers

  func reference(ofRow row: Int) throws(FingerprintIndexError) -> ReferenceID {
    do { return try segment.reference(ofRow: row) } catch { throw .segment(error) }
  }

  func subject(ofRow row: Int) throws(FingerprintIndexError) -> SubjectID {
    do { return try segment.subject(ofRow: row) } catch { throw .segment(error) }
  }

  func referenceKey(ofRow row: Int) throws(FingerprintIndexError) -> ReferenceKey {
    var key: ReferenceKey?
    do throws(SegmentError) {
      try segment.forEachRow(in: row..<row + 1) { _, reference, _ in
        key = ReferenceKey(reference)
      }
    } catch {
      throw .segment(error)
    }
    guard let key else { throw damage(ofRow: row) }
    return key
  }

  /// The row of each reference, removed or not, by binary search; `nil` for those without one.
  func rows(of references: [ReferenceKey]) throws(FingerprintIndexError) -> [Int?] {
    let result: Result<[Int?], FingerprintIndexError>
    do throws(SegmentError) {
      result = try segment.withReferenceKeys { key in
        Result { () throws(FingerprintIndexError) in
          try withBytes(of: Self.orderLabel, 0..<4 * rowCount) {
            order throws(FingerprintIndexError) in
            try references.map { reference throws(FingerprintIndexError) in
              try row(of: reference, key, order)
            }
          }
        }
      }
    } catch {
      throw .segment(error)
    }
    return try result.get()
  }

  private func row(
    of reference: ReferenceKey,
    _ key: (Int) -> ReferenceKey?,
    _ order: UnsafeRawBufferPointer
  ) throws(FingerprintIndexError) -> Int? {
    var (low, high) = (0, rowCount)
    while low < high {
      let middle = (low + high) / 2
      let row = Int(
        UInt32(littleEndian: order.loadUnaligned(fromByteOffset: 4 * middle, as: UInt32.self))
      )
      guard row < rowCount, let found = key(row) else { throw orderDamage(middle) }
      if found == reference { return row }
      if found < reference { low = middle + 1 } else { high = middle }
    }
    return nil
  }

  /// The row whose reference has that place in the order of references.
  func orderedRow(_ place: Int) throws(FingerprintIndexError) -> Int {
    let row = Int(try numbers(of: Self.orderLabel, place..<place + 1)[0])
    guard row < rowCount else { throw orderDamage(place) }
    return row
  }

  func orderDamage(_ place: Int) -> FingerprintIndexError {
    damage(ofRow: place, in: Self.orderLabel)
  }

  // MARK: Prints

  func withPositions<R>(
    ofRows rows: Range<Int>,
    _ body: (UnsafeBufferPointer<UInt8>) throws(FingerprintIndexError) -> R
  ) throws(FingerprintIndexError) -> R {
    try withBytes(of: Self.positionsLabel, rows) { bytes throws(FingerprintIndexError) in
      try body(bytes.assumingMemoryBound(to: UInt8.self))
    }
  }

  func withPrints<R>(
    ofRows rows: Range<Int>,
    _ body: (PrintWindow) throws(FingerprintIndexError) -> R
  ) throws(FingerprintIndexError) -> R {
    let isLast = rows.upperBound == rowCount
    let starts = try numbers(
      of: Self.startsLabel,
      rows.lowerBound..<rows.upperBound + (isLast ? 0 : 1)
    )
    let end = isLast ? UInt32(arenaByteCount / 8) : starts[rows.count]
    try checkStarts(starts, firstRow: rows.lowerBound)
    let base = starts[0]
    let window = Int(base) * 8..<Int(end) * 8
    return try withBytes(of: Self.printsLabel, window) { arena throws(FingerprintIndexError) in
      try starts.withUnsafeBufferPointer { starts throws(FingerprintIndexError) in
        try body(
          PrintWindow(
            arena: arena,
            base: base,
            end: end,
            starts: UnsafeBufferPointer(rebasing: starts[..<rows.count])
          )
        )
      }
    }
  }

  func damage(ofRow row: Int, in section: SegmentLabel) -> FingerprintIndexError {
    .corruptRows(path: segment.path, row: row, section: section)
  }

  /// Looks for a start that lies behind the prints or in front of an earlier one.
  private func checkStarts(
    _ starts: [UInt32],
    firstRow: Int
  ) throws(FingerprintIndexError) {
    let end = UInt32(arenaByteCount / 8)
    var last: UInt32 = 0
    for (index, start) in starts.enumerated() {
      guard last <= start, start <= end else {
        throw damage(ofRow: firstRow + index, in: Self.startsLabel)
      }
      last = start
    }
  }

  // MARK: Bytes

  /// Numbers of a section that has four bytes a row.
  func numbers(
    of label: SegmentLabel,
    _ range: Range<Int>
  ) throws(FingerprintIndexError) -> [UInt32] {
    try withBytes(of: label, 4 * range.lowerBound..<4 * range.upperBound) { bytes in
      range.indices.map { index in
        let offset = 4 * (index - range.lowerBound)
        return UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
      }
    }
  }

  private func withBytes<R>(
    of label: SegmentLabel,
    _ range: Range<Int>,
    _ body: (UnsafeRawBufferPointer) throws(FingerprintIndexError) -> R
  ) throws(FingerprintIndexError) -> R {
    let result: Result<R, FingerprintIndexError>
    do throws(SegmentError) {
      result = try segment.withBytes(of: label, in: range) { span in
        span.withUnsafeBytes { bytes in
          Result { () throws(FingerprintIndexError) in try body(bytes) }
        }
      }
    } catch {
      throw .segment(error)
    }
    return try result.get()
  }
}
