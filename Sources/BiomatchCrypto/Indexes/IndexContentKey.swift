import BiomatchCore
import Synchronization

/// The key of one index: every segment is a file of ``BlockSealer``, with a salt of its own.
final class IndexContentKey: ContentKey {
  private let secret: SecretBytes

  init(_ secret: consuming SecretBytes) { self.secret = secret }

  func withSecret(_ body: (RawSpan) -> Void) { secret.withBytes(body) }

  func makeSealer() throws(SealingError) -> any SegmentSealer {
    do { return SegmentBlockSealer(try BlockSealer(key: secret)) } catch {
      throw SealingError(error)
    }
  }

  func makeOpener(salt: [UInt8]) throws(SealingError) -> any SegmentOpener {
    do { return SegmentBlockOpener(try BlockOpener(key: secret, salt: salt)) } catch {
      throw SealingError(error)
    }
  }
}

private final class SegmentBlockSealer: SegmentSealer {
  let salt: [UInt8]
  /// `nil` once the last block was sealed.
  private var sealer: BlockSealer?

  init(_ sealer: consuming BlockSealer) {
    salt = sealer.salt
    self.sealer = consume sealer
  }

  func seal(
    _ block: inout [UInt8],
    authenticating data: [UInt8]
  ) throws(SealingError) -> [UInt8] {
    do {
      guard var sealed = try sealer?.seal(block, associatedData: data) else {
        preconditionFailure("nothing follows the last block")
      }
      let tag = Array(sealed.suffix(BlockSealer.overhead))
      sealed.removeLast(tag.count)
      block = sealed
      return tag
    } catch {
      throw SealingError(error)
    }
  }

  func finish(authenticating data: [UInt8]) throws(SealingError) -> [UInt8] {
    guard let sealer = sealer.take() else { preconditionFailure("a segment ends once") }
    do { return try sealer.sealLast([], associatedData: data) } catch {
      throw SealingError(error)
    }
  }
}

private final class SegmentBlockOpener: SegmentOpener {
  private let opener: Mutex<BlockOpener>

  init(_ opener: consuming sending BlockOpener) { self.opener = Mutex(opener) }

  func open(
    _ block: RawSpan,
    tag: [UInt8],
    number: Int,
    authenticating data: [UInt8],
    into target: inout MutableRawSpan
  ) throws(SealingError) {
    try open(block, tag: tag, number: number, isLast: false, authenticating: data, into: &target)
  }

  func finish(
    tag: [UInt8],
    count: Int,
    authenticating data: [UInt8]
  ) throws(SealingError) {
    var nothing: [UInt8] = []
    var span = nothing.mutableSpan
    var target = span.mutableBytes
    let empty: [UInt8] = []
    try open(
      empty.span.bytes,
      tag: tag,
      number: count,
      isLast: true,
      authenticating: data,
      into: &target
    )
  }

  private func open(
    _ block: RawSpan,
    tag: [UInt8],
    number: Int,
    isLast: Bool,
    authenticating data: [UInt8],
    into target: inout MutableRawSpan
  ) throws(SealingError) {
    let failure: CryptoError? = opener.withLock { opener in
      do throws(CryptoError) {
        try opener.open(
          block,
          tag: tag.span.bytes,
          number: UInt64(number),
          isLast: isLast,
          associatedData: data.span.bytes,
          into: &target
        )
        return nil
      } catch {
        return error
      }
    }
    if let failure { throw SealingError(failure) }
  }
}
