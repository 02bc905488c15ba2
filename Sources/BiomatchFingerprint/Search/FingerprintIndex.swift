import BiomatchCore
import Synchronization

/// Fingerprints to be searched: one print for each reference.
///
/// ```swift
/// let index = FingerprintIndex()
/// try index.append(entries)
/// let probe = FingerprintSearchProbe(index.matcher.prepare(template))
/// let results = try await index.snapshot().search([probe], FingerprintSearchOptions(limit: 10))
/// ```
///
/// Threads may share an index. Changes wait for each other; searches run on a ``FingerprintSnapshot``
/// and wait for nothing. `docs/fingerprint-search.md` describes both.
public final class FingerprintIndex: Sendable {
  /// The most rows that an index has, removed ones included.
  public static let largestRowCount = IndexManifest.largestRowCount

  let store: IndexStore<FingerprintIndexKind>

  /// What describes the prints.
  public var matcher: FingerprintMatcher { store.kind.matcher }

  /// An empty index in memory.
  ///
  /// - Parameter matcher: what describes and compares the prints, for as long as there is the index.
  public convenience init(matcher: FingerprintMatcher = FingerprintMatcher()) {
    self.init(IndexStore(FingerprintIndexKind(matcher: matcher)))
  }

  init(_ store: IndexStore<FingerprintIndexKind>) { self.store = store }

  /// How many prints can be found.
  public var count: Int { snapshot().count }

  /// The state of the content; every append and removal counts it up.
  public var generation: UInt64 { snapshot().generation }

  /// The prints as they are now, for searches.
  public func snapshot() -> FingerprintSnapshot { FingerprintSnapshot(content: store.snapshot) }

  /// Describes prints and adds them, all or none.
  ///
  /// - Parameter threads: how many describe prints at a time, at least one; all processors unless told.
  /// - Throws: ``IndexError/duplicateReference(_:)`` when a reference is there already or
  ///   twice among the entries; ``IndexError`` also for no threads, and where the index is
  ///   damaged or full.
  ///   Nothing is added then.
  /// - Complexity: O(m log m) for m entries, apart from describing them; blocks the caller.
  public func append(
    _ entries: [FingerprintIndexEntry],
    threads: Int = ParallelScan.processorCount
  ) throws(IndexError) {
    try append(entries, areNew: false, threads: threads)
  }

  /// Adds prints as ``append(_:threads:)`` does.
  ///
  /// - Parameter areNew: whether the caller knows that the index has none of the references: saved rows
  ///   are then not looked through for them.
  package func append(
    _ entries: [FingerprintIndexEntry],
    areNew: Bool,
    threads: Int
  ) throws(IndexError) {
    guard threads > 0 else { throw .threads(threads) }
    guard !entries.isEmpty else { return }
    try store.append(try packed(entries, threads: threads), areNew: areNew)
  }

  /// Which of the references the index has no print of, each once, in their order.
  ///
  /// - Throws: ``IndexError`` when the index is damaged.
  /// - Complexity: O(m log n) for m references.
  public func unknown(
    _ references: some Sequence<ReferenceID>
  ) throws(IndexError) -> [ReferenceID] {
    try store.unknown(references)
  }

  /// Removes prints; their references may be used again, and what was removed never returns.
  ///
  /// - Returns: how many there were: a reference that the index does not have is passed over.
  /// - Throws: ``IndexError`` when the index is damaged; nothing is removed then.
  @discardableResult
  public func remove(_ references: some Sequence<ReferenceID>) throws(IndexError) -> Int {
    try store.remove(references)
  }

  /// Removes all prints of those persons.
  ///
  /// - Returns: how many there were.
  /// - Throws: ``IndexError`` when the index is damaged; nothing is removed then.
  /// - Complexity: O(n); reads every identifier.
  @discardableResult
  public func remove(subjects: some Sequence<SubjectID>) throws(IndexError) -> Int {
    try store.remove(subjects: subjects)
  }
}

extension FingerprintIndex {
  /// How many prints a thread describes before it takes the next.
  private static let chunk = 64
  /// How many prints are described before they are packed: some 5 MB.
  private static let slice = 2048

  /// The entries' rows, in parts of a size that is not merged any more.
  private func packed(
    _ entries: [FingerprintIndexEntry],
    threads: Int
  ) throws(IndexError) -> [MemoryPrints] {
    try IndexError.checkDistinct(entries.lazy.map(\.reference))
    var parts: [MemoryPrints] = []
    var builder = MemoryPrintsBuilder()
    for start in stride(from: 0, to: entries.count, by: Self.slice) {
      let slice = Array(entries[start..<min(start + Self.slice, entries.count)])
      for (entry, descriptors) in zip(slice, describe(slice, threads: threads)) {
        builder.append(entry, descriptors)
      }
      if builder.byteCount > store.kind.limits.mergedByteCount / 2 {
        parts.append(Self.part(builder))
        builder = MemoryPrintsBuilder()
      }
    }
    if builder.rows.count > 0 { parts.append(Self.part(builder)) }
    return parts
  }

  /// The builder's rows, without the memory that it has kept free for more.
  private static func part(_ builder: MemoryPrintsBuilder) -> MemoryPrints {
    MemoryPrints(joining: [RowRun(MemoryPrints(builder), 0..<builder.rows.count)])
  }

  private func describe(
    _ entries: [FingerprintIndexEntry],
    threads: Int
  ) -> [FingerprintDescriptors] {
    let chunks = (entries.count + Self.chunk - 1) / Self.chunk
    let described = DescribedChunks(count: chunks)
    let matcher = matcher
    let isComplete = ParallelScan(partCount: chunks, threads: threads).runBlocking(worker: {}) {
      chunk,
      _ in
      let start = chunk * Self.chunk
      let entries = entries[start..<min(start + Self.chunk, entries.count)]
      described.set(chunk, entries.map { matcher.describe($0.template) })
    }
    precondition(isComplete, "without a deadline all prints are described")
    return described.all
  }
}

/// Results of threads, in the order of the work.
private final class DescribedChunks: Sendable {
  private let chunks: Mutex<[[FingerprintDescriptors]]>

  init(count: Int) { chunks = Mutex(Array(repeating: [], count: count)) }

  var all: [FingerprintDescriptors] { chunks.withLock { $0.flatMap { $0 } } }

  func set(_ chunk: Int, _ descriptors: [FingerprintDescriptors]) {
    chunks.withLock { $0[chunk] = descriptors }
  }
}
