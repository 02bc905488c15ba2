/// The rows of a segment of a saved index: their identifiers, and the bytes of their sections.
package struct SavedRows: Sendable {
  static let orderLabel: SegmentLabel = "order"

  package let segment: Segment
  /// What the manifest says of it.
  package let file: IndexManifest.File

  package var count: Int { segment.rowCount }

  /// The rows of a segment, whose section `order` is as long as it must be.
  init(_ segment: Segment, file: IndexManifest.File) throws(IndexError) {
    self.segment = segment
    self.file = file
    try check(Self.orderLabel, bytesPerRow: 4)
  }
}

extension SavedRows {
  // MARK: Identifiers

  package func reference(ofRow row: Int) throws(IndexError) -> ReferenceID {
    do { return try segment.reference(ofRow: row) } catch { throw .segment(error) }
  }

  package func subject(ofRow row: Int) throws(IndexError) -> SubjectID {
    do { return try segment.subject(ofRow: row) } catch { throw .segment(error) }
  }

  package func referenceKey(ofRow row: Int) throws(IndexError) -> ReferenceKey {
    var key: ReferenceKey?
    do throws(SegmentError) {
      try segment.forEachRow(in: row..<row + 1) { _, reference, _ in
        key = ReferenceKey(reference)
      }
    } catch {
      throw .segment(error)
    }
    guard let key else { throw damage(ofRow: row, in: .identifiers) }
    return key
  }

  /// The rows of those subjects, given as bytes, removed or not.
  func rows(ofSubjects subjects: Set<[UInt8]>) throws(IndexError) -> [Int] {
    var found: [Int] = []
    do throws(SegmentError) {
      try segment.forEachRow(in: 0..<count) { row, _, subject in
        if subject.withUnsafeBytes({ subjects.contains([UInt8]($0)) }) { found.append(row) }
      }
    } catch {
      throw .segment(error)
    }
    return found
  }

  /// The row of each reference, removed or not; `nil` for those without one.
  ///
  /// Each is searched for from where the one before was found, in strides that double: few references
  /// are found as by binary search, and a million among a million without starting over for each.
  ///
  /// - Parameter ascending: the indices of the references in ascending order.
  func rows(of references: [ReferenceKey], ascending: [Int]) throws(IndexError) -> [Int?] {
    let result: Result<[Int?], IndexError>
    do throws(SegmentError) {
      result = try segment.withReferenceKeys { key in
        Result { () throws(IndexError) in
          try withBytes(of: Self.orderLabel, 0..<4 * count) { order throws(IndexError) in
            var found: [Int?] = Array(repeating: nil, count: references.count)
            var place = 0
            for index in ascending {
              found[index] = try row(of: references[index], from: &place, key, order)
            }
            return found
          }
        }
      }
    } catch {
      throw .segment(error)
    }
    return try result.get()
  }

  /// The row of a reference; `nil` when there is none.
  ///
  /// - Parameter low: a place that only lower references lie in front of, then the reference's own.
  private func row(
    of reference: ReferenceKey,
    from low: inout Int,
    _ key: (Int) -> ReferenceKey?,
    _ order: UnsafeRawBufferPointer
  ) throws(IndexError) -> Int? {
    var (high, stride) = (count, 1)
    while low < high {
      // Strides double until a place is not lower; then halves are left out.
      let place = high == count ? min(low + stride - 1, high - 1) : (low + high) / 2
      let row = Int(
        UInt32(littleEndian: order.loadUnaligned(fromByteOffset: 4 * place, as: UInt32.self))
      )
      guard row < count, let found = key(row) else { throw orderDamage(place) }
      if found == reference { return row }
      if found < reference {
        if high == count { stride *= 2 }
        low = place + 1
      } else {
        high = place
      }
    }
    return nil
  }

  /// Every row has a place, by ascending reference. References that ascend are all different, and so
  /// are their rows.
  package func verifyOrder() throws(IndexError) {
    var last: ReferenceKey?
    for place in 0..<count {
      let row = Int(try numbers(of: Self.orderLabel, place..<place + 1)[0])
      guard row < count else { throw orderDamage(place) }
      let key = try referenceKey(ofRow: row)
      guard last.map({ $0 < key }) ?? true else { throw orderDamage(place) }
      last = key
    }
  }

  private func orderDamage(_ place: Int) -> IndexError {
    damage(ofRow: place, in: Self.orderLabel)
  }

  /// The error for a row whose entry in a section is impossible.
  package func damage(ofRow row: Int, in section: SegmentLabel) -> IndexError {
    .corruptRows(path: segment.path, row: row, section: section)
  }

  // MARK: Sections

  /// How many bytes a section has.
  package func byteCount(of label: SegmentLabel) throws(IndexError) -> Int {
    guard let section = segment.section(label) else {
      throw .segment(.missingSection(path: segment.path, label: label))
    }
    return section.count
  }

  /// Checks that a section is there, with so many bytes for each row.
  package func check(_ label: SegmentLabel, bytesPerRow: Int) throws(IndexError) {
    guard try byteCount(of: label) == bytesPerRow * count else {
      throw damage(ofRow: 0, in: label)
    }
  }

  /// Numbers of a section that has four bytes a row.
  package func numbers(
    of label: SegmentLabel,
    _ range: Range<Int>
  ) throws(IndexError) -> [UInt32] {
    try withBytes(of: label, 4 * range.lowerBound..<4 * range.upperBound) { bytes in
      range.indices.map { index in
        let offset = 4 * (index - range.lowerBound)
        return UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
      }
    }
  }

  /// Calls `body` with bytes of a section, which are verified first; the section's first byte is at a
  /// multiple of 4,096 in memory.
  package func withBytes<R>(
    of label: SegmentLabel,
    _ range: Range<Int>,
    _ body: (UnsafeRawBufferPointer) throws(IndexError) -> R
  ) throws(IndexError) -> R {
    let result: Result<R, IndexError>
    do throws(SegmentError) {
      result = try segment.withBytes(of: label, in: range) { span in
        span.withUnsafeBytes { bytes in
          Result { () throws(IndexError) in try body(bytes) }
        }
      }
    } catch {
      throw .segment(error)
    }
    return try result.get()
  }
}
