import BiomatchCore

/// The space that a synthetic face model maps faces to: the same for every seed.
///
/// Identities are drawn along main axes, which are then spread over the values by a rotation: in
/// vectors of real models the variance lies along no axis either.
struct FaceSpace: Sendable {
  /// Deviation of identities along each main axis; the squares add up to 1.
  let deviations: [Float]
  /// The mean of all people along each main axis.
  let mean: [Float]
  /// The value where each main axis enters the rotation. The variances decrease along the axes: they
  /// are scattered so that those of the values come out alike where the dimension is no power of two.
  let places: [Int32]
  /// From main axes to values.
  let rotation: HadamardRotation

  init(_ parameters: SyntheticFaceParameters) {
    let rank = parameters.rank
    let variances = (0..<rank).map { axis in
      ReproducibleMath.exponential(
        -parameters.spectralDecay * (Double(axis) + 0.5) / Double(rank)
      )
    }
    let sum = variances.reduce(0, +)
    deviations = variances.map { Float(($0 / sum).squareRoot()) }

    var random = SeededGenerator(seed: 0, stream: UInt64(parameters.dimension), UInt64(rank))
    let length = Float((parameters.commonEnergy / Double(rank)).squareRoot())
    mean = (0..<rank).map { _ in random.next() >> 63 == 0 ? length : -length }
    var places = (0..<Int32(parameters.dimension)).map(\.self)
    for k in places.indices.dropLast() {
      places.swapAt(k, k + random.number(below: places.count - k))
    }
    self.places = Array(places.prefix(rank))
    rotation = HadamardRotation(dimension: parameters.dimension, &random)
  }
}
