import Synchronization

/// The blocks of a sealed segment in memory, at the places that they have in the file. Each is opened
/// when it is touched for the first time, and takes no memory before.
final class OpenedBlocks: Sendable {
  /// So many threads open blocks at a time.
  private static let laneCount = 16

  /// Every sixteenth block; what opens them, and which were opened.
  private final class Lane: Sendable {
    let state: Mutex<(opener: any SegmentOpener, isOpen: [Bool])>

    init(_ opener: any SegmentOpener, count: Int) {
      state = Mutex((opener, Array(repeating: false, count: count)))
    }
  }

  private let memory: AnonymousMemory
  private let lanes: [Lane]

  /// The blocks of the segment with that salt, none of them open.
  ///
  /// - Parameters:
  ///   - header: the page, of which ``SegmentSeal/authenticated(header:tables:)`` takes what is sealed.
  ///   - end: where the last block ends at the latest.
  init(
    _ seal: SegmentSeal,
    header: [UInt8],
    tables: [UInt8],
    blockCount: Int,
    end: Int,
    key: any ContentKey,
    path: String
  ) throws(SegmentError) {
    var lanes: [Lane] = []
    do throws(SealingError) {
      while lanes.count < Self.laneCount {
        let opener = try key.makeOpener(salt: seal.salt)
        if lanes.isEmpty {
          try opener.finish(
            tag: seal.tag,
            count: blockCount,
            authenticating: SegmentSeal.authenticated(header: header, tables: tables)
          )
        }
        lanes.append(Lane(opener, count: blockCount / Self.laneCount + 1))
      }
    } catch {
      throw SegmentError(error, path: path, offset: 0, what: .header)
    }
    self.lanes = lanes
    do { memory = try AnonymousMemory(count: end, path: path) } catch { throw .file(error) }
  }

  /// Calls `body` with bytes of blocks that were opened, by their place in the file.
  func withBytes<R>(in range: Range<Int>, _ body: (RawSpan) -> R) -> R {
    memory.withBytes(in: range, body)
  }

  /// Opens a block unless it is open.
  ///
  /// - Parameters:
  ///   - number: which block of the segment it is.
  ///   - range: where it lies in the file.
  ///   - again: whether the bytes of the file are checked even where the block is open.
  func open(
    _ block: RawSpan,
    tag: [UInt8],
    number: Int,
    range: Range<Int>,
    authenticating data: [UInt8],
    again: Bool
  ) throws(SealingError) {
    let failure: SealingError? = lanes[number % Self.laneCount].state.withLock { state in
      let place = number / Self.laneCount
      do throws(SealingError) {
        if !state.isOpen[place] {
          try memory.withMutableBytes(in: range) { target throws(SealingError) in
            try state.opener.open(
              block,
              tag: tag,
              number: number,
              authenticating: data,
              into: &target
            )
          }
          state.isOpen[place] = true
        } else if again {
          var scratch = [UInt8](repeating: 0, count: range.count)
          var span = scratch.mutableSpan
          var target = span.mutableBytes
          try state.opener.open(
            block,
            tag: tag,
            number: number,
            authenticating: data,
            into: &target
          )
        }
        return nil
      } catch {
        return error
      }
    }
    if let failure { throw failure }
  }
}
