/// The identifiers of a segment's rows, and which of them are deleted.
///
/// ```swift
/// var rows = SegmentRows()
/// rows.append(reference: impression, subject: traveller)
/// ```
public struct SegmentRows: Sendable {
  private var offsets: [UInt32] = [0]
  private var texts: [UInt8] = []
  private var references: Set<ReferenceID> = []
  private var deleted: [UInt8] = []
  private var hasDeleted = false
  private var isTooLarge = false
  private(set) var firstDuplicate: ReferenceID?

  /// No rows yet.
  public init() {}

  /// How many rows there are.
  public private(set) var count = 0

  /// Makes room for so many rows.
  mutating func reserveCapacity(_ count: Int) {
    references.reserveCapacity(count)
    offsets.reserveCapacity(2 * count + 1)
  }

  /// Adds a row, which gets the next number, counted from zero.
  ///
  /// - Parameter isDeleted: whether the row only keeps its place: no search may find it.
  public mutating func append(
    reference: ReferenceID,
    subject: SubjectID,
    isDeleted: Bool = false
  ) {
    if !references.insert(reference).inserted, firstDuplicate == nil { firstDuplicate = reference }
    append(reference.string)
    append(subject.string)
    if count.isMultiple(of: 8) { deleted.append(0) }
    if isDeleted {
      deleted[count / 8] |= 1 << UInt8(count % 8)
      hasDeleted = true
    }
    count += 1
  }

  private mutating func append(_ text: String) {
    texts.append(contentsOf: text.utf8)
    if let end = UInt32(exactly: texts.count) { offsets.append(end) } else { isTooLarge = true }
  }

  /// The identifier section: where each text ends, then the texts, reference and subject in turn.
  /// `nil` when the texts have 4 GiB or more.
  var encodedIdentifiers: [UInt8]? {
    guard !isTooLarge else { return nil }
    var writer = ByteWriter(capacity: 4 * offsets.count + texts.count)
    for offset in offsets { writer.writeUInt32(offset, .little) }
    writer.writeBytes(texts)
    return writer.bytes
  }

  /// The tombstone section: a bit a row, the lowest of a byte first. `nil` when no row is deleted.
  var encodedTombstones: [UInt8]? { hasDeleted ? deleted : nil }
}

extension SegmentLabel {
  /// The section with the identifiers of the rows.
  static let identifiers: SegmentLabel = "identifiers"
  /// The section with the marks of deleted rows.
  static let tombstones: SegmentLabel = "tombstones"
}
