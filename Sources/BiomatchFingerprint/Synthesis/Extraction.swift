import BiomatchCore

/// What an extractor finds in an impression: minutiae of the finger, some missed and all a little
/// misplaced, and others that are none.
struct Extraction {
  private let finger: MasterFinger
  private let impression: Impression
  private let parameters: SyntheticFingerParameters
  private var random: SeededGenerator
  private var minutiae: [TemplateMinutia] = []

  init(
    of finger: MasterFinger,
    parameters: SyntheticFingerParameters,
    random: SeededGenerator
  ) {
    self.finger = finger
    self.parameters = parameters
    self.random = random
    impression = Impression(of: finger, parameters: parameters, &self.random)
    minutiae.reserveCapacity(FingerprintTemplate.capacity)
    addTrueMinutiae()
    addBorderEndings()
    addGroups()
    addStrays()
  }

  var template: FingerprintTemplate {
    FingerprintTemplate(
      position: finger.position,
      width: parameters.width,
      height: parameters.height,
      minutiae: minutiae
    )
  }

  private mutating func addTrueMinutiae() {
    let missed = parameters.missed * impression.errors
    let noise = impression.errors.squareRoot()
    let quality = parameters.trueQuality + parameters.conditionQuality * impression.condition
    for minutia in finger.minutiae where impression.shows(minutia.place) {
      let indistinct = 2 * (1 - minutia.strength)
      guard random.uniform() >= missed * indistinct else { continue }
      let blur = noise * indistinct
      let offset = PlaneVector(random.normal(), random.normal()) * (parameters.placeNoise * blur)
      add(
        at: minutia.place + offset,
        direction: minutia.direction.turned(parameters.directionNoise * blur * random.normal()),
        kind: seenKind(of: minutia),
        quality: quality + parameters.strengthQuality * (minutia.strength - 0.5)
      )
    }
  }

  private mutating func seenKind(of minutia: MasterFinger.Minutia) -> Minutia.Kind {
    let luck = random.uniform()
    if luck < parameters.undeterminedKinds { return .other }
    if luck >= 1 - parameters.mistakenKinds {
      return minutia.kind == .ending ? .bifurcation : .ending
    }
    return minutia.kind
  }

  private mutating func addBorderEndings() {
    for _ in 0..<falseCount(parameters.borderEndings) {
      let (place, outward) = impression.borderPlace(within: parameters.borderWidth, &random)
      // The ridge, whose end is taken for an ending, lies inside.
      let along = finger.flow.direction(at: place)
      addFalse(at: place, direction: (along * outward).sum() > 0 ? -along : along)
    }
  }

  private mutating func addGroups() {
    var remaining = falseCount(parameters.groupedMinutiae)
    while remaining > 0 {
      let size = min(remaining, 2 + Int(3 * random.uniform()))
      remaining -= size
      let middle = impression.anyPlace(&random)
      for _ in 0..<size {
        let offset = PlaneVector(random.normal(), random.normal()) * parameters.groupRadius
        addFalse(at: middle + offset)
      }
    }
  }

  private mutating func addStrays() {
    for _ in 0..<falseCount(parameters.strayMinutiae) { addFalse(at: impression.anyPlace(&random)) }
  }

  /// The number of false minutiae of a kind, given that of the standard impression.
  private mutating func falseCount(_ standard: Double) -> Int {
    let scale = impression.errors * impression.area * parameters.meanMinutiae
    let mean = standard * scale / SyntheticFingerParameters.standard.meanMinutiae
    return random.count(mean: mean, limit: FingerprintTemplate.capacity)
  }

  private mutating func addFalse(at place: PlaneVector) {
    let along = finger.flow.direction(at: place)
    addFalse(at: place, direction: random.uniform() < 0.5 ? -along : along)
  }

  private mutating func addFalse(at place: PlaneVector, direction: PlaneVector) {
    guard finger.skin.contains(place) else { return }
    add(
      at: place,
      direction: direction.turned(parameters.falseDirectionNoise * random.normal()),
      kind: random.uniform() < parameters.endings ? .ending : .bifurcation,
      quality: parameters.falseQuality + parameters.conditionQuality * impression.condition
    )
  }

  /// Adds a minutia as it appears in the image, unless it lies outside or there are too many.
  @inline(__always)
  private mutating func add(
    at place: PlaneVector,
    direction: PlaneVector,
    kind: Minutia.Kind,
    quality: Double
  ) {
    let seen = impression.image(of: place, direction)
    let x = seen.place.x.rounded()
    let y = seen.place.y.rounded()
    let steps = ReproducibleMath.arctangent(y: seen.direction.y, x: seen.direction.x) * Self.steps
    let deviated = quality + parameters.qualityDeviation * random.normal()
    let count = minutiae.count
    guard x >= 0, x < Double(parameters.width), y >= 0, y < Double(parameters.height),
      count < FingerprintTemplate.capacity
    else { return }
    // A random place in the order, so that the order tells nothing of the finger: the minutia that
    // was there becomes the last.
    let slot = Int(random.uniform() * Double(count + 1))
    let minutia = TemplateMinutia(
      kind: kind,
      x: Int16(x),
      y: Int16(y),
      angle: UInt8(truncatingIfNeeded: Int(steps.rounded())),
      quality: UInt8(min(100, max(1, deviated))),
      index: slot
    )
    guard slot < count else { return minutiae.append(minutia) }
    minutiae.append(minutiae[slot].moved(to: count))
    minutiae[slot] = minutia
  }

  /// Steps of 1/256 turn in a radian.
  private static let steps = 128 / ReproducibleMath.pi
}

extension TemplateMinutia {
  /// The same minutia at another index.
  fileprivate func moved(to index: Int) -> TemplateMinutia {
    TemplateMinutia(kind: kind, x: x, y: y, angle: angle, quality: quality, index: index)
  }
}
