import BiomatchCore

/// A smooth deformation of the skin: linear and second-order displacement around the middle of the
/// contact area, which stays in place.
struct SkinDistortion {
  private let linearX: PlaneVector
  private let linearY: PlaneVector
  private let squareX: PlaneVector
  private let product: PlaneVector
  private let squareY: PlaneVector

  init(_ parameters: SyntheticFingerParameters, _ random: inout SeededGenerator) {
    let linear = parameters.linearDistortion / 100
    let elastic = parameters.elasticDistortion / 10_000
    linearX = PlaneVector(random.normal(), random.normal()) * linear
    linearY = PlaneVector(random.normal(), random.normal()) * linear
    squareX = PlaneVector(random.normal(), random.normal()) * elastic
    product = PlaneVector(random.normal(), random.normal()) * elastic
    squareY = PlaneVector(random.normal(), random.normal()) * elastic
  }

  /// Where a place goes, and which direction a direction there takes (not of unit length).
  @inline(__always)
  func apply(_ place: PlaneVector, _ direction: PlaneVector) -> (PlaneVector, PlaneVector) {
    let (x, y) = (place.x, place.y)
    let moved =
      linearX * x + linearY * y + squareX * (x * x) + product * (x * y) + squareY * (y * y)
    let alongX = linearX + squareX * (2 * x) + product * y
    let alongY = linearY + product * x + squareY * (2 * y)
    return (place + moved, direction + alongX * direction.x + alongY * direction.y)
  }
}
