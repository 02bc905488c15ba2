import BiomatchCore

/// One touch of a sensor: which part of the finger it shows, in which condition, and how the skin is
/// turned, shifted and stretched.
struct Impression {
  /// How well the skin prints: 0 in the middle, negative where it is bad.
  let condition: Double
  /// By which factor the condition raises the number of errors.
  let errors: Double
  /// The contact area relative to that of a middling finger and touch.
  let area: Double

  private let contact: Superellipse
  private let distortion: SkinDistortion
  private let turn: PlaneVector
  private let shift: PlaneVector

  init(
    of finger: MasterFinger,
    parameters: SyntheticFingerParameters,
    _ random: inout SeededGenerator
  ) {
    let isCareless = random.uniform() < parameters.careless
    let careless = isCareless ? parameters.carelessShift : 1
    condition =
      finger.condition + parameters.impressionCondition * random.normal()
      - (isCareless ? parameters.carelessCondition : 0)
    errors = ReproducibleMath.growth(-parameters.conditionEffect * condition)
    let centre = PlaneVector(
      careless * parameters.contactShiftX * random.normal(),
      careless * parameters.contactShiftY * random.normal()
    )
    let growth = PlaneVector(
      random.logNormal(deviation: parameters.contactDeviation),
      random.logNormal(deviation: parameters.contactDeviation)
    )
    let size = growth * finger.size
    area = size.x * size.y
    contact = Superellipse(
      centre: centre,
      extent: PlaneVector(parameters.contactWidth, parameters.contactHeight) * size
    )
    distortion = SkinDistortion(parameters, &random)
    let angle = careless.squareRoot() * parameters.turnDeviation * random.normal()
    turn = PlaneVector(1, 0).turned(angle)
    shift = PlaneVector(
      Double(parameters.width) / 2 + parameters.sensorShift * random.normal(),
      Double(parameters.height) / 2 + parameters.sensorShift * random.normal()
    )
  }

  /// Whether a place of the finger touches the sensor.
  @inline(__always)
  func shows(_ place: PlaneVector) -> Bool { contact.contains(place) }

  /// A place of the finger that touches the sensor, anywhere alike.
  func anyPlace(_ random: inout SeededGenerator) -> PlaneVector { contact.anyPlace(&random) }

  /// A place at most that far inside the end of the contact area, with the outward direction there.
  func borderPlace(
    within width: Double,
    _ random: inout SeededGenerator
  ) -> (place: PlaneVector, outward: PlaneVector) {
    let (place, outward) = contact.borderPlace(&random)
    return (place - outward * (width * random.uniform()), outward)
  }

  /// Where in the image, y downward, a place of the finger appears, and in which direction.
  @inline(__always)
  func image(
    of place: PlaneVector,
    _ direction: PlaneVector
  ) -> (place: PlaneVector, direction: PlaneVector) {
    let (moved, stretched) = distortion.apply(place - contact.centre, direction)
    let turned = moved.times(turn)
    return (PlaneVector(shift.x + turned.x, shift.y - turned.y), stretched.times(turn))
  }
}
