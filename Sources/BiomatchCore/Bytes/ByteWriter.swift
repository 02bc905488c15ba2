/// Builds a run of bytes from integers and other runs.
///
/// ```swift
/// var writer = ByteWriter()
/// writer.writeUInt32(0)  // the length, not known yet
/// writer.writeUInt8(7)
/// writer.overwriteUInt32(UInt32(writer.count), at: 0)
/// writer.bytes  // [0, 0, 0, 5, 7]
/// ```
public struct ByteWriter: Sendable {
  /// What has been written so far.
  public private(set) var bytes: [UInt8] = []

  /// An empty writer with room for `capacity` bytes.
  public init(capacity: Int = 0) { bytes.reserveCapacity(capacity) }

  /// How many bytes have been written.
  public var count: Int { bytes.count }

  // MARK: Writing

  /// Appends one byte.
  public mutating func writeUInt8(_ value: UInt8) { bytes.append(value) }

  /// Appends two bytes.
  public mutating func writeUInt16(_ value: UInt16, _ order: ByteOrder = .big) {
    append(UInt64(value), size: 2, order)
  }

  /// Appends four bytes.
  public mutating func writeUInt32(_ value: UInt32, _ order: ByteOrder = .big) {
    append(UInt64(value), size: 4, order)
  }

  /// Appends eight bytes.
  public mutating func writeUInt64(_ value: UInt64, _ order: ByteOrder = .big) {
    append(value, size: 8, order)
  }

  /// Appends `contents` as they are.
  public mutating func writeBytes(_ contents: some Sequence<UInt8>) {
    bytes.append(contentsOf: contents)
  }

  /// Appends `count` zero bytes.
  public mutating func writeZeros(_ count: Int) {
    bytes.append(contentsOf: repeatElement(0, count: count))
  }

  // MARK: Overwriting

  /// Replaces the two bytes at `offset`, which must have been written.
  public mutating func overwriteUInt16(
    _ value: UInt16,
    at offset: Int,
    _ order: ByteOrder = .big
  ) {
    overwrite(UInt64(value), size: 2, at: offset, order)
  }

  /// Replaces the four bytes at `offset`, which must have been written.
  public mutating func overwriteUInt32(
    _ value: UInt32,
    at offset: Int,
    _ order: ByteOrder = .big
  ) {
    overwrite(UInt64(value), size: 4, at: offset, order)
  }

  // MARK: Helpers

  private mutating func append(_ value: UInt64, size: Int, _ order: ByteOrder) {
    for index in 0..<size { bytes.append(byte(index, of: value, size: size, order)) }
  }

  private mutating func overwrite(_ value: UInt64, size: Int, at offset: Int, _ order: ByteOrder) {
    for index in 0..<size { bytes[offset + index] = byte(index, of: value, size: size, order) }
  }

  private func byte(_ index: Int, of value: UInt64, size: Int, _ order: ByteOrder) -> UInt8 {
    let place = order == .big ? size - 1 - index : index
    return UInt8(truncatingIfNeeded: value >> UInt64(8 * place))
  }
}
