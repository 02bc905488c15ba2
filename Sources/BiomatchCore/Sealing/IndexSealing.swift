/// What ``IndexKey`` needs of cryptography, which this module does not have.
package protocol IndexSealing: Sendable {
  /// A random key for a new index.
  func makeContentKey() throws(SealingError) -> any ContentKey

  /// Seals the key of an index.
  ///
  /// - Parameter data: what opening must be given again, exactly.
  func seal(
    _ key: any ContentKey,
    authenticating data: [UInt8]
  ) throws(SealingError) -> [UInt8]

  /// The key of an index that was sealed.
  func open(
    _ sealed: [UInt8],
    authenticating data: [UInt8]
  ) throws(SealingError) -> any ContentKey
}

/// The key of one index, which seals its segments.
package protocol ContentKey: Sendable {
  /// Calls `body` with the secret, which must not be kept beyond it.
  func withSecret(_ body: (RawSpan) -> Void)

  /// Seals a new segment, whose salt nobody has had before.
  func makeSealer() throws(SealingError) -> any SegmentSealer

  /// Opens blocks of the segment with that salt; serves one thread after the other.
  func makeOpener(salt: [UInt8]) throws(SealingError) -> any SegmentOpener
}

/// Seals the blocks of one segment, from the first to the last; each is numbered, from zero.
package protocol SegmentSealer: AnyObject {
  /// 32 bytes that belong to the segment, not secret.
  var salt: [UInt8] { get }

  /// Replaces a block by its sealed bytes, as many, and returns the tag of 16 bytes.
  func seal(
    _ block: inout [UInt8],
    authenticating data: [UInt8]
  ) throws(SealingError) -> [UInt8]

  /// The tag over `data` behind the last block; nothing is sealed afterwards.
  func finish(authenticating data: [UInt8]) throws(SealingError) -> [UInt8]
}

/// Opens what a ``SegmentSealer`` has sealed.
package protocol SegmentOpener: AnyObject, Sendable {
  /// Opens block `number` into `target`, which is as long. After an error `target` holds zeros.
  func open(
    _ block: RawSpan,
    tag: [UInt8],
    number: Int,
    authenticating data: [UInt8],
    into target: inout MutableRawSpan
  ) throws(SealingError)

  /// Checks the tag over `data` behind `count` blocks.
  func finish(
    tag: [UInt8],
    count: Int,
    authenticating data: [UInt8]
  ) throws(SealingError)
}

/// Why something cannot be sealed or opened.
package enum SealingError: Error, Hashable {
  /// It was not sealed by this key, at this place, with these data.
  case notAuthentic
  /// The cryptography does not work.
  case failed(reason: String)
}

/// The numbers of sealing that formats depend on.
package enum SealingLayout {
  package static let saltSize = 32
  package static let tagSize = 16
}
