/// Every tunable constant of the synthetic prints, in one place.
///
/// The standard values make a population whose comparisons score like those of live-scan prints from
/// mixed sensors; `docs/synthetic-fingerprints.md` says how far. They are summary statistics and
/// fitted constants: none is the measure of one person's finger. Lengths are pixels at 500 dpi,
/// angles radians, deviations standard deviations.
public struct SyntheticFingerParameters: Sendable, Hashable, Codable {
  /// The parameters of all published figures.
  public static let standard = SyntheticFingerParameters()

  // MARK: The population

  /// Mean number of minutiae in an impression.
  public var meanMinutiae: Double = 44
  /// The fingers of each person in turn: finger `i` has position `positions[i % positions.count]`.
  public var positions: [FingerPosition] = [
    .rightThumb, .rightIndex, .rightMiddle, .rightRing, .rightLittle,
    .leftThumb, .leftIndex, .leftMiddle, .leftRing, .leftLittle,
  ]
  /// Width of the images.
  public var width = 300
  /// Height of the images.
  public var height = 400

  // MARK: The flow of ridges

  /// Deviation of the core's place along each axis.
  public var coreDeviation: Double = 5
  /// Mean distance of a delta to the side of the core.
  public var deltaSide: Double = 118
  /// Mean distance of a delta below the core.
  public var deltaBelow: Double = 109
  /// Deviation of the delta's place along each axis.
  public var deltaDeviation: Double = 8
  /// Half the mean distance of a whorl's two cores.
  public var whorlRadius: Double = 20
  /// Mean slope of a plain arch's ridges where it is largest.
  public var archSlope: Double = 1
  /// Deviation of the smooth random turn of the ridges.
  public var flowVariation: Double = 0.03
  /// Wavelength of that turn.
  public var flowLength: Double = 160

  // MARK: The minutiae of a finger

  /// Half the mean width of the skin that may touch a sensor.
  public var skinWidth: Double = 160
  /// Half its mean height.
  public var skinHeight: Double = 200
  /// Deviation of the logarithm of the density of minutiae between fingers.
  public var densityDeviation: Double = 0.22
  /// Deviation of the logarithm of the extent between fingers.
  public var sizeDeviation: Double = 0.06
  /// No two minutiae of a finger are nearer.
  public var minimumSpacing: Double = 5.5
  /// A minutia keeps a distance from all before it that is drawn between the minimum and this.
  public var maximumSpacing: Double = 16
  /// How many minutiae the spreading of ridges by one radian per pixel needs, relative to those that
  /// are there by chance.
  public var divergenceShare: Double = 450
  /// The largest such number.
  public var divergenceLimit: Double = 6.5
  /// How much neighbours agree on the sense along the ridge where the flow does not decide, 0...1.
  public var senseAgreement: Double = 0.35
  /// Length over which they agree.
  public var senseLength: Double = 190
  /// Deviation of a minutia's direction from the ridge's.
  public var directionDeviation: Double = 0.06
  /// Share of ridge endings among endings and bifurcations.
  public var endings: Double = 0.61

  // MARK: The place of an impression

  /// Deviation of the turn of a finger on the sensor.
  public var turnDeviation: Double = 0.13
  /// Half the mean width of the area that touches the sensor.
  public var contactWidth: Double = 110
  /// Half its mean height.
  public var contactHeight: Double = 142
  /// Deviation of the logarithms of the contact area's width and height between impressions.
  public var contactDeviation: Double = 0.17
  /// Deviation of the contact area's place on the finger, across the finger.
  public var contactShiftX: Double = 14
  /// The same along the finger.
  public var contactShiftY: Double = 22
  /// Deviation of the contact area's place on the sensor along each axis.
  public var sensorShift: Double = 12
  /// Linear distortion of the skin: deviation of a displacement at 100 pixels from the middle.
  public var linearDistortion: Double = 2
  /// Elastic distortion: the same for each term of second order.
  public var elasticDistortion: Double = 1.8

  // MARK: Its condition

  /// Deviation of the condition between fingers; an impression adds its own.
  public var fingerCondition: Double = 0.7
  /// Deviation of the condition between impressions of a finger.
  public var impressionCondition: Double = 0.78
  /// Share of careless impressions.
  public var careless: Double = 0.12
  /// By how much their condition is worse.
  public var carelessCondition: Double = 1.4
  /// By which factor their place deviates more.
  public var carelessShift: Double = 3.6
  /// A condition worse by one multiplies the number of missed and of false minutiae by e to this
  /// power, and the noise by half of it.
  public var conditionEffect: Double = 0.65

  // MARK: What is found

  /// Share of the minutiae that are missed in a middling condition; indistinct ones twice as often.
  public var missed: Double = 0.08
  /// Deviation of a minutia's place along each axis in a middling condition.
  public var placeNoise: Double = 1.1
  /// Deviation of a minutia's direction in a middling condition.
  public var directionNoise: Double = 0.05
  /// Share of minutiae whose kind is mistaken.
  public var mistakenKinds: Double = 0.12
  /// Share of minutiae whose kind is not determined.
  public var undeterminedKinds: Double = 0.09
  /// False minutiae where the contact area ends; this and the next two are numbers in an impression
  /// of 44 minutiae, of middling size and condition.
  public var borderEndings: Double = 1.8
  /// False minutiae in groups, as scars, creases and breaks leave them.
  public var groupedMinutiae: Double = 4
  /// False minutiae elsewhere.
  public var strayMinutiae: Double = 1.4
  /// How far inside the contact area its end is taken for an ending, at most.
  public var borderWidth: Double = 14
  /// Deviation of places within a group along each axis.
  public var groupRadius: Double = 7
  /// Deviation of a false minutia's direction from the ridge's.
  public var falseDirectionNoise: Double = 0.25

  // MARK: Quality

  /// Mean quality of true minutiae.
  public var trueQuality: Double = 67
  /// Mean quality of false minutiae.
  public var falseQuality: Double = 38
  /// Deviation of the quality of each.
  public var qualityDeviation: Double = 14
  /// Gain in quality from a condition better by one.
  public var conditionQuality: Double = 9.5
  /// Gain in quality from the most indistinct minutia to the most distinct.
  public var strengthQuality: Double = 24

  /// The standard parameters, to be changed one by one.
  public init() {}
}
