/// The choices that ICAO Doc 9303 part 3, section 6.A, leaves for five Latin letters.
public struct LatinAlternatives: Sendable, Hashable, Codable {
  /// How Ä is written.
  public enum ADiaeresis: String, Sendable, Hashable, Codable, CaseIterable {
    /// AE.
    case ae = "AE"
    /// A.
    case a = "A"
  }

  /// How Å is written.
  public enum ARing: String, Sendable, Hashable, Codable, CaseIterable {
    /// AA.
    case aa = "AA"
    /// A.
    case a = "A"
  }

  /// How Ñ is written.
  public enum NTilde: String, Sendable, Hashable, Codable, CaseIterable {
    /// N.
    case n = "N"
    /// NXX.
    case nxx = "NXX"
  }

  /// How Ö is written.
  public enum ODiaeresis: String, Sendable, Hashable, Codable, CaseIterable {
    /// OE.
    case oe = "OE"
    /// O.
    case o = "O"
  }

  /// How Ü is written.
  public enum UDiaeresis: String, Sendable, Hashable, Codable, CaseIterable {
    /// UE.
    case ue = "UE"
    /// UXX.
    case uxx = "UXX"
    /// U.
    case u = "U"
  }

  /// Ä.
  public var aDiaeresis: ADiaeresis
  /// Å.
  public var aRing: ARing
  /// Ñ.
  public var nTilde: NTilde
  /// Ö.
  public var oDiaeresis: ODiaeresis
  /// Ü.
  public var uDiaeresis: UDiaeresis

  /// The given choices; what is not given is the Doc's first.
  public init(
    aDiaeresis: ADiaeresis = .ae,
    aRing: ARing = .aa,
    nTilde: NTilde = .n,
    oDiaeresis: ODiaeresis = .oe,
    uDiaeresis: UDiaeresis = .ue
  ) {
    self.aDiaeresis = aDiaeresis
    self.aRing = aRing
    self.nTilde = nTilde
    self.oDiaeresis = oDiaeresis
    self.uDiaeresis = uDiaeresis
  }

  /// The Doc's first choice for each: AE, AA, N, OE, UE; as German and Nordic documents do.
  public static let expanded = LatinAlternatives()

  /// The bare letters A, A, N, O, U; as Turkish, Hungarian and Estonian documents do.
  public static let plain = LatinAlternatives(
    aDiaeresis: .a,
    aRing: .a,
    nTilde: .n,
    oDiaeresis: .o,
    uDiaeresis: .u
  )

  /// Like ``expanded``, with NXX and UXX, which no other letters give.
  public static let reversible = LatinAlternatives(nTilde: .nxx, uDiaeresis: .uxx)
}
