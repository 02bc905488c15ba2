import BiomatchFingerprint
import Logging

/// Who may change an open gallery.
public enum GalleryAccess: Sendable, Hashable {
  /// Everything; at most one in all processes at a time.
  case readWrite
  /// Reading only, beside a writer and other readers.
  case readOnly
}

/// How a new gallery keeps what it holds.
public enum GallerySealing: Sendable, Hashable {
  /// Every record sealed under a key of its subject, which is wrapped under the master key from there.
  case sealed(KeySource)
  /// Everything in clear: for invented people only.
  case clear
}

/// What a gallery is opened with besides its path and key.
public struct GalleryOptions: Sendable {
  /// How records that break their format are treated at enrolment.
  public var strictness: DecodingStrictness
  /// Where the gallery tells what it does; nowhere unless told. It never tells what is sealed.
  public var logger: Logger
  /// What follows the gallery.
  public var observer: (any GalleryObserver)?
  /// How the gallery's indexes are kept; `nil` for a program that does not search: indexes are then left
  /// as they are, and brought up to date by the next that does.
  public var search: GallerySearchSettings?

  /// Options of those values.
  public init(
    strictness: DecodingStrictness = .strict,
    logger: Logger? = nil,
    observer: (any GalleryObserver)? = nil,
    search: GallerySearchSettings? = GallerySearchSettings()
  ) {
    self.strictness = strictness
    self.logger = logger ?? Logger(label: "biomatch.gallery") { _ in SwiftLogNoOpLogHandler() }
    self.observer = observer
    self.search = search
  }
}
