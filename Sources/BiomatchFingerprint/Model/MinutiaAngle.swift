/// The direction of a minutia, exact in every supported format's unit.
///
/// Stored in 1/32 of a degree, counterclockwise from the positive x axis, in 0 ..< 11,520. This is
/// the coarsest unit in which one step of ISO/IEC 19794-2 records (360/256°: 45 units), of
/// ANSI/INCITS 378 (2°: 64 units), of the compact card format (360/64°: 180 units) and of NBIS
/// `.xyt` (1°: 32 units) are all whole, so that decoding and encoding lose nothing.
public struct MinutiaAngle: Sendable, Hashable, Codable {
  /// Units in a full turn.
  public static let unitsPerTurn = 11_520

  /// 1/32 of a degree, counterclockwise from the positive x axis, in 0 ..< 11,520.
  public let units: UInt16

  /// The angle of that many 1/32 degrees, reduced to one turn.
  public init(units: Int) {
    let turn = Self.unitsPerTurn
    self.units = UInt16(((units % turn) + turn) % turn)
  }

  /// The angle of `steps` steps when a full turn has `stepsPerTurn` of them, which must divide
  /// ``unitsPerTurn``.
  public init(steps: Int, per stepsPerTurn: Int) {
    precondition(stepsPerTurn > 0 && Self.unitsPerTurn % stepsPerTurn == 0)
    self.init(units: (steps % stepsPerTurn) * (Self.unitsPerTurn / stepsPerTurn))
  }

  /// The nearest step when a full turn has `stepsPerTurn` of them (ties upward), in
  /// 0 ..< `stepsPerTurn`.
  public func steps(per stepsPerTurn: Int) -> Int {
    let turn = Self.unitsPerTurn
    return ((2 * Int(units) * stepsPerTurn + turn) / (2 * turn)) % stepsPerTurn
  }

  /// Degrees, counterclockwise from the positive x axis, in 0 ..< 360.
  public var degrees: Double { Double(units) / 32 }
}

extension MinutiaAngle {
  private enum CodingKeys: String, CodingKey { case units }

  /// Decodes an angle; units of a full turn or more are an error.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let units = try container.decode(UInt16.self, forKey: .units)
    guard units < Self.unitsPerTurn else {
      throw DecodingError.dataCorruptedError(
        forKey: .units,
        in: container,
        debugDescription: "an angle has 0 ..< \(Self.unitsPerTurn) units, not \(units)"
      )
    }
    self.units = units
  }
}
