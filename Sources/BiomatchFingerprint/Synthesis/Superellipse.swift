import BiomatchCore

/// An area between an ellipse and its bounding rectangle: x⁴/a⁴ + y⁴/b⁴ < 1.
struct Superellipse: Sendable, Hashable {
  let centre: PlaneVector
  /// Half the width and half the height.
  let extent: PlaneVector

  @inline(__always)
  func contains(_ place: PlaneVector) -> Bool {
    let unit = (place - centre) / extent
    let square = unit * unit
    return (square * square).sum() < 1
  }

  /// A place inside, anywhere alike.
  func anyPlace(_ random: inout SeededGenerator) -> PlaneVector {
    while true {
      let unit = PlaneVector(random.uniform(-1, 1), random.uniform(-1, 1))
      let square = unit * unit
      if (square * square).sum() < 1 { return unit * extent + centre }
    }
  }

  /// A place on the border with the unit vector that leads outward there.
  func borderPlace(
    _ random: inout SeededGenerator
  ) -> (place: PlaneVector, outward: PlaneVector) {
    let ray = PlaneVector(random.normal(), random.normal()).unit
    let square = ray * ray
    let unit = ray / (square * square).sum().squareRoot().squareRoot()
    return (unit * extent + centre, (unit * unit * unit / extent).unit)
  }
}
