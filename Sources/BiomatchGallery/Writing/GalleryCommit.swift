import BiomatchCore
import BiomatchFingerprint

/// What a change that is durable did to the samples of a gallery.
public struct GalleryCommit: Sendable {
  /// A sample that is new.
  public struct Added: Sendable {
    /// The sample, its number and whose it is.
    public let stored: StoredSample
    /// The minutiae that its record gave, of a finger.
    public let template: FingerprintTemplate?
  }

  /// The generation that has the change.
  public let generation: Int64
  /// The samples that are gone; these come before those that are new.
  public let removed: [RemovedSample]
  /// The samples that are new, in the order of their numbers.
  public let added: [Added]
}

/// A sample that is not in the gallery any more.
public struct RemovedSample: Sendable, Hashable {
  /// Its number.
  public let number: Int64
  /// Its reference, which another sample may have by now.
  public let reference: ReferenceID
  /// What kind of sample it was.
  public let kind: SampleKind
  /// The generation that removed it.
  public let generation: Int64
}

/// Something that follows a gallery, an index of its samples for example.
///
/// Calls come one after the other, in the order of generations. A change returns to its caller after
/// the observer has seen it: what is derived from a gallery can be as new as the gallery. An observer may
/// read the gallery; a change to it from within a call would wait for itself.
public protocol GalleryObserver: Sendable {
  /// A change is durable. It stays, whatever the observer makes of it: one that cannot follow notes that
  /// it is behind, and catches up with ``Gallery/changes(since:)``.
  func galleryDidCommit(_ commit: GalleryCommit) async

  /// A subject was erased, of whom nothing may be left: no receipt is given while this throws. The same
  /// subject may come again, where something else kept the receipt back.
  func gallery(didErase removed: [RemovedSample]) async throws
}
