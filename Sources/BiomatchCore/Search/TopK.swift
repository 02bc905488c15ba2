/// The `k` best of a stream of scored keys, whatever the order they come in.
///
/// Higher scores are better; among equal scores the lower key is better. With a unique key, a
/// ``ReferenceID`` or a slot number numbered alike, the result depends on the set of offers alone.
///
/// ```swift
/// var best = TopK<UInt32>(capacity: 2)
/// for (slot, score) in [(7, 40), (3, 90), (1, 40)] as [(UInt32, Float)] {
///   best.offer(SimilarityScore(score), key: slot)
/// }
/// best.sorted().map(\.key)  // [3, 1]
/// ```
///
/// An offer takes O(log k) steps when it is kept, one comparison otherwise. It allocates nothing up to a
/// capacity of 1,024, and rarely beyond: memory follows what is kept, not what could be. A value that
/// was copied allocates once at its next change, as every Swift collection does.
public struct TopK<Key: Comparable & Sendable>: Sendable {
  /// A key with its score.
  public struct Entry: Sendable {
    /// How good it is.
    public let score: SimilarityScore
    /// What it is.
    public let key: Key

    @inlinable
    init(score: SimilarityScore, key: Key) {
      self.score = score
      self.key = key
    }

    @inlinable
    func isWorse(than other: Entry) -> Bool {
      score == other.score ? key > other.key : score < other.score
    }
  }

  /// How many entries are kept at most.
  public let capacity: Int

  /// A binary heap with the worst entry at the root.
  @usableFromInline var heap: [Entry]

  /// An empty collection that keeps at most `capacity` entries.
  @inlinable
  public init(capacity: Int) {
    precondition(capacity >= 0, "a capacity is never negative")
    self.capacity = capacity
    heap = []
    heap.reserveCapacity(min(capacity, 1024))
  }

  /// How many entries are kept now.
  @inlinable public var count: Int { heap.count }

  /// The score below which an offer is certain to be refused; `nil` while there is room.
  ///
  /// A scan may skip whatever cannot reach it. An offer of just this score may be kept, by its key.
  @inlinable public var worstKept: SimilarityScore? {
    heap.count == capacity ? heap.first?.score : nil
  }

  /// Keeps the key if it is among the best so far.
  @inlinable
  public mutating func offer(_ score: SimilarityScore, key: Key) {
    let entry = Entry(score: score, key: key)
    if heap.count < capacity {
      heap.append(entry)
      siftUp(from: heap.count - 1)
    } else if capacity > 0, heap[0].isWorse(than: entry) {
      heap[0] = entry
      siftDown()
    }
  }

  /// Offers everything that `other` has kept; parts of a gallery may be searched apart.
  @inlinable
  public mutating func merge(_ other: TopK) {
    for entry in other.heap { offer(entry.score, key: entry.key) }
  }

  /// The kept entries, best first.
  @inlinable
  public func sorted() -> [Entry] { heap.sorted { $1.isWorse(than: $0) } }

  // MARK: Heap

  @inlinable
  mutating func siftUp(from start: Int) {
    var child = start
    while child > 0 {
      let parent = (child - 1) / 2
      guard heap[child].isWorse(than: heap[parent]) else { return }
      heap.swapAt(child, parent)
      child = parent
    }
  }

  @inlinable
  mutating func siftDown() {
    var parent = 0
    while true {
      var child = 2 * parent + 1
      guard child < heap.count else { return }
      if child + 1 < heap.count, heap[child + 1].isWorse(than: heap[child]) { child += 1 }
      guard heap[child].isWorse(than: heap[parent]) else { return }
      heap.swapAt(child, parent)
      parent = child
    }
  }
}

extension TopK.Entry: Equatable where Key: Equatable {}
extension TopK.Entry: Hashable where Key: Hashable {}
