import BiomatchCore
import BiomatchFingerprint

/// Which samples a finger is compared with.
public enum FingerPositionRule: Sendable, Hashable {
  /// Those of the same finger and those of unknown ones; all where the probe's own finger is unknown.
  case same
  /// Those of every finger.
  case all
  /// Those that the filter lets pass, whatever finger the probe is.
  case only(FingerPositionFilter)

  /// The filter for a probe of that finger; `nil` for all.
  func filter(for position: FingerPosition) -> FingerPositionFilter? {
    switch self {
    case .same: position == .unknown ? nil : FingerPositionFilter([position])
    case .all: nil
    case .only(let filter): filter
    }
  }
}

/// Among whom somebody is sought, and what the answer is to hold.
///
/// ```swift
/// var options = IdentificationOptions(limit: 10, policy: .score(FingerprintMatcher.verificationThreshold))
/// options.lists = [try Label("watch")]
/// let found = try await gallery.identify(probe, options)
/// ```
public struct IdentificationOptions: Sendable {
  /// The most subjects that are listed, 1...65,536.
  public var limit: Int
  /// From which score on a subject is listed; `nil` for any: the best of the gallery, alike or not.
  ///
  /// For the rate of false positive identifications, the gallery's size is the number of samples of the
  /// probe's modality whose subjects pass the filters, of whatever finger they are.
  public var policy: DecisionPolicy?
  /// What a policy that states a rate needs; its parameters must be those of the matcher.
  public var calibration: CalibrationTable?
  /// Which samples a finger is compared with.
  public var positions = FingerPositionRule.same
  /// Only subjects who are on one of these lists; all for `nil`.
  public var lists: Set<Label>?
  /// Only subjects of these categories; all for `nil`.
  public var categories: Set<Label>?
  /// Only subjects for whom it holds; all for `nil`. It is called once for each sample, before any is
  /// compared.
  public var predicate: (@Sendable (SubjectID) -> Bool)?
  /// Whether pairs of fingers that look unlike are given up early.
  public var mode = SearchMode.screened
  /// How many threads work at a time, at least one.
  public var threads = ParallelScan.processorCount
  /// When the search stops and answers what it has; ``Identification/coverage`` then says that it is
  /// partial.
  public var deadline: ContinuousClock.Instant?

  /// The best `limit` subjects, of those whom the policy accepts when there is one.
  public init(
    limit: Int = 10,
    policy: DecisionPolicy? = nil,
    calibration: CalibrationTable? = nil
  ) {
    self.limit = limit
    self.policy = policy
    self.calibration = calibration
  }
}
