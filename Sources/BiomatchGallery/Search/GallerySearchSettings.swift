import BiomatchFingerprint

/// How an open gallery keeps the indexes that it searches.
public struct GallerySearchSettings: Sendable {
  /// What describes and compares fingers. An index that was made with other parameters is made anew.
  public var matcher: FingerprintMatcher
  /// Whether opening the gallery returns when it can be searched. Otherwise indexes that must be made anew
  /// are made while enrolments go on, and searches wait.
  public var openingWaits: Bool
  /// Is told what goes on while samples are read for indexes; never called when they are up to date.
  public var progress: (@Sendable (IndexingProgress) -> Void)?

  /// So many samples are read at a time.
  var batchSize = 4000
  /// Rows are written to files in groups of so many while an index is made anew.
  var groupSize = 1 << 15

  /// Settings of those values.
  public init(
    matcher: FingerprintMatcher = FingerprintMatcher(),
    openingWaits: Bool = true,
    progress: (@Sendable (IndexingProgress) -> Void)? = nil
  ) {
    self.matcher = matcher
    self.openingWaits = openingWaits
    self.progress = progress
  }
}

/// How far indexes are.
public struct IndexingProgress: Sendable, Hashable {
  /// Which samples are read.
  public var kind: SampleKind
  /// How many were read.
  public var done: Int
  /// How many there are to be read, about.
  public var total: Int
}
