import BiomatchCore

/// A finger that nobody has: what all its impressions have in common.
///
/// ``SyntheticFingers`` makes fingers and impressions of them. Coordinates are pixels at 500 dpi from
/// the middle of the finger, x to the right and y upward.
public struct MasterFinger: Sendable, Hashable {
  /// A minutia of the finger itself.
  public struct Minutia: Sendable, Hashable {
    /// Distance from the middle of the finger to the right.
    public var x: Double { place.x }
    /// Distance from the middle of the finger upward.
    public var y: Double { place.y }
    /// Cosine of the direction, counterclockwise from the x axis.
    public var cosine: Double { direction.x }
    /// Sine of the direction.
    public var sine: Double { direction.y }
    /// An ending or a bifurcation.
    public let kind: BiomatchFingerprint.Minutia.Kind

    let place: PlaneVector
    let direction: PlaneVector
    /// How distinct the minutia is, 0...1: indistinct ones are often missed.
    let strength: Double
  }

  /// The number of the finger in its population.
  public let index: Int
  /// The number of its owner in the population.
  public let subject: Int
  /// Which finger of its owner it is.
  public let position: FingerPosition
  /// The pattern class.
  public let pattern: PatternClass
  /// The minutiae, in random order.
  public let minutiae: [Minutia]

  let flow: RidgeFlow
  /// How well the skin prints: 0 in the middle, negative where it is worn or dry.
  let condition: Double
  /// Extent relative to a middling finger.
  let size: Double
  /// The skin that may touch a sensor.
  let skin: Superellipse
}

extension MasterFinger {
  init(index: Int, parameters: SyntheticFingerParameters, _ random: inout SeededGenerator) {
    self.index = index
    let fingers = parameters.positions.count
    subject = index / fingers
    position = parameters.positions[index % fingers]
    pattern = PatternClass.drawn(for: position, &random)
    flow = RidgeFlow(pattern, parameters: parameters, &random)
    condition = parameters.fingerCondition * random.normal()
    size = random.logNormal(deviation: parameters.sizeDeviation)
    skin = Superellipse(
      centre: PlaneVector(),
      extent: PlaneVector(parameters.skinWidth, parameters.skinHeight) * size
    )
    let density = size * size * random.logNormal(deviation: parameters.densityDeviation)
    let mean = parameters.meanMinutiae * Self.minutiaePerFound * density
    let count = random.count(mean: mean, limit: Self.capacity)
    minutiae = Self.minutiae(count, on: skin, along: flow, parameters: parameters, &random)
  }

  private static func minutiae(
    _ count: Int,
    on skin: Superellipse,
    along flow: RidgeFlow,
    parameters: SyntheticFingerParameters,
    _ random: inout SeededGenerator
  ) -> [Minutia] {
    let sense = SmoothField(
      amplitude: parameters.senseAgreement,
      length: parameters.senseLength,
      &random
    )
    let (share, limit) = (parameters.divergenceShare, parameters.divergenceLimit)
    var minutiae: [Minutia] = []
    minutiae.reserveCapacity(count)
    // Where they are too dense for their spacing, fewer find room.
    for _ in 0..<trials * count where minutiae.count < count {
      let place = skin.anyPlace(&random)
      // Accepted in proportion to 1 + the number that the spreading of ridges needs.
      let level = random.uniform(-1, limit)
      let needed = flow.squaredDivergence(at: place) * share * share
      guard level < 0 || level * level < needed else { continue }
      let spacing = random.uniform(parameters.minimumSpacing, parameters.maximumSpacing)
      guard !isCrowded(place, by: minutiae, spacing: spacing) else { continue }
      let ridge = flow.direction(at: place)
      let spread = max(-limit, min(limit, share * flow.divergence(at: place, along: ridge)))
      let agreement = (sense(at: place) + spread) / (1 + abs(spread))
      let along = random.uniform(-1, 1) < agreement ? ridge : -ridge
      minutiae.append(
        Minutia(
          kind: random.uniform() < parameters.endings ? .ending : .bifurcation,
          place: place,
          direction: along.turned(parameters.directionDeviation * random.normal()),
          strength: random.uniform()
        )
      )
    }
    return minutiae
  }

  private static func isCrowded(
    _ place: PlaneVector,
    by minutiae: [Minutia],
    spacing: Double
  ) -> Bool {
    minutiae.contains { ($0.place - place).squaredLength < spacing * spacing }
  }

  /// Minutiae on the skin of a finger for each in an impression of it, so that impressions of the
  /// standard population have ``SyntheticFingerParameters/meanMinutiae``. Measured.
  private static let minutiaePerFound = 1.55

  /// The largest number of minutiae of a finger.
  private static let capacity = 400

  /// Places looked at for each minutia, at most.
  private static let trials = 60
}
