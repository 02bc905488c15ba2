import BiomatchCore

/// A print to search for, and among which fingers.
public struct FingerprintSearchProbe: Sendable {
  /// The print.
  public var probe: PreparedProbe
  /// Which references it is compared with; all for `nil`.
  public var positions: FingerPositionFilter?

  /// A probe that is compared with the references of these positions, with all for `nil`.
  public init(_ probe: PreparedProbe, positions: FingerPositionFilter? = nil) {
    self.probe = probe
    self.positions = positions
  }
}

/// Which finger positions a probe is compared with.
///
/// A reference passes when its position is one of ``positions``, or when it is not known and
/// ``includesUnknown`` says so: a print whose finger nobody noted may be of any. A code of several
/// fingers (`rightFour`) stands for itself alone.
///
/// ```swift
/// let thumbs = FingerPositionFilter([.rightThumb, .leftThumb])
/// ```
public struct FingerPositionFilter: Sendable, Hashable, Codable {
  /// The positions to compare with.
  public var positions: Set<FingerPosition>
  /// Whether references of unknown position are compared as well.
  public var includesUnknown: Bool

  /// A filter for these positions.
  ///
  /// - Parameter includesUnknown: whether references of unknown position pass as well; they do unless
  ///   told.
  public init(_ positions: Set<FingerPosition>, includesUnknown: Bool = true) {
    self.positions = positions
    self.includesUnknown = includesUnknown
  }

  /// Whether a reference of that position passes.
  public func contains(_ position: FingerPosition) -> Bool {
    positions.contains(position) || includesUnknown && position == .unknown
  }

  /// A bit for each code that passes; every code is below 64.
  var codes: UInt64 {
    FingerPosition.allCases.reduce(0) { contains($1) ? $0 | 1 << UInt64($1.rawValue) : $0 }
  }
}
