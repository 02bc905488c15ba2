/// One area of a view's extended data.
///
/// Areas of the standardised types are taken apart when they are well formed; every other area,
/// vendor data above all, is carried as bytes, so that it survives being written again.
public enum ExtendedData: Sendable, Hashable {
  /// Ridge counts between minutiae (area type 1).
  case ridgeCounts(RidgeCounts)
  /// Cores and deltas (area type 2).
  case singularPoints(SingularPoints)
  /// Quality by zones of the image (area type 3, ISO/IEC 19794-2 only).
  case zonalQuality(ZonalQuality)
  /// An area of another type, or one of the types above in a form that the values cannot express.
  case raw(type: UInt16, data: [UInt8])
}

/// Ridge counts between pairs of minutiae.
public struct RidgeCounts: Sendable, Hashable, Codable {
  /// How the neighbours of a minutia were chosen.
  public enum Method: UInt8, Sendable, Hashable, Codable, CaseIterable {
    /// By a rule that the record does not tell.
    case other = 0
    /// The nearest minutia in each of four quadrants.
    case quadrants = 1
    /// The nearest minutia in each of eight octants.
    case octants = 2
  }

  /// The number of ridges crossed between two minutiae.
  public struct Edge: Sendable, Hashable, Codable {
    /// Index of the minutia counted from, as the record gives it.
    public var from: UInt8
    /// Index of the minutia counted to, as the record gives it.
    public var to: UInt8
    /// The number of ridges between the two.
    public var count: UInt8

    /// The edge between `from` and `to`, crossing `count` ridges.
    public init(from: UInt8, to: UInt8, count: UInt8) {
      self.from = from
      self.to = to
      self.count = count
    }
  }

  /// How the neighbours were chosen.
  public var method: Method
  /// The counts, in the record's order.
  public var edges: [Edge]

  /// Ridge counts found by `method`.
  public init(method: Method, edges: [Edge]) {
    self.method = method
    self.edges = edges
  }
}

/// The cores and deltas of a view.
public struct SingularPoints: Sendable, Hashable, Codable {
  /// A core: where the innermost recurving ridge turns.
  public struct Core: Sendable, Hashable, Codable {
    /// Distance from the left edge in pixels.
    public var x: Int
    /// Distance from the top edge in pixels.
    public var y: Int
    /// Direction, or `nil` where the record gives none.
    public var angle: MinutiaAngle?

    /// A core at that place.
    public init(x: Int, y: Int, angle: MinutiaAngle? = nil) {
      self.x = x
      self.y = y
      self.angle = angle
    }
  }

  /// A delta: where three ridge flows meet.
  public struct Delta: Sendable, Hashable, Codable {
    /// The directions of the three flows.
    public struct Angles: Sendable, Hashable, Codable {
      /// The first direction.
      public var first: MinutiaAngle
      /// The second direction.
      public var second: MinutiaAngle
      /// The third direction.
      public var third: MinutiaAngle

      /// Three directions.
      public init(first: MinutiaAngle, second: MinutiaAngle, third: MinutiaAngle) {
        self.first = first
        self.second = second
        self.third = third
      }
    }

    /// Distance from the left edge in pixels.
    public var x: Int
    /// Distance from the top edge in pixels.
    public var y: Int
    /// Directions, or `nil` where the record gives none.
    public var angles: Angles?

    /// A delta at that place.
    public init(x: Int, y: Int, angles: Angles? = nil) {
      self.x = x
      self.y = y
      self.angles = angles
    }
  }

  /// The cores, at most 15.
  public var cores: [Core]
  /// The deltas, at most 15.
  public var deltas: [Delta]

  /// Those cores and deltas.
  public init(cores: [Core], deltas: [Delta]) {
    self.cores = cores
    self.deltas = deltas
  }
}

/// Quality by rectangular zones of the image.
public struct ZonalQuality: Sendable, Hashable, Codable {
  /// Who computed it (ISO/IEC 19794-2:2011), or `nil` where the record names nobody.
  public var source: QualitySource?
  /// Width of a zone in pixels.
  public var zoneWidth: UInt8
  /// Height of a zone in pixels.
  public var zoneHeight: UInt8
  /// Bits that the record spends on a zone, 1...8.
  public var bitsPerZone: UInt8
  /// Quality of each zone in 0 ..< 2^``bitsPerZone``, by rows from the top left.
  public var zones: [UInt8]

  /// Quality by zones of that size.
  public init(
    source: QualitySource? = nil,
    zoneWidth: UInt8,
    zoneHeight: UInt8,
    bitsPerZone: UInt8,
    zones: [UInt8]
  ) {
    self.source = source
    self.zoneWidth = zoneWidth
    self.zoneHeight = zoneHeight
    self.bitsPerZone = bitsPerZone
    self.zones = zones
  }
}
