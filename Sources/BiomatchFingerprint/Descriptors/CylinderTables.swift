import BiomatchCore

/// What turns the surroundings of each minutia into a bit cylinder, computed once for a set of
/// parameters.
///
/// A cylinder's base is a grid of 52 cells within 70 pixels, turned to the minutia's direction; above
/// each cell stand six sections, one for each sixth of a turn. A neighbour adds to the cells near it
/// and to the sections near the difference of directions; where the sum is large enough, the bit is
/// set. 312 bits describe how the neighbourhood looks from the minutia, whatever the print's place
/// and rotation.
///
/// Source: Cappelli, Ferrara, Maltoni, "Minutia Cylinder-Code: a new representation and matching
/// technique for fingerprint recognition", IEEE PAMI 32(12), 2010, doi:10.1109/TPAMI.2010.52, in its
/// bit form and without validity masks.
///
/// Angles are 1/256 turn. All values come from ``ReproducibleMath``.
struct CylinderTables: Sendable {
  /// Cells across a cylinder's base, and angle sections above each.
  static let side = 8
  static let sections = 6

  /// cos and sin of an angle.
  let cosine: [Float]
  let sine: [Float]

  /// Number of a cell at row * side + column, -1 outside the base's circle; in reading order.
  let cellNumber: [Int8]

  /// Distance between cell centres, pixels at 500 dpi.
  let pitch: Float

  /// A neighbour's influence by its squared distance in pixels from a cell's centre, up to three
  /// standard deviations.
  let spatial: [Float]
  let reach: Float

  /// A neighbour's influence on the six sections (two lanes unused), by the difference of
  /// directions.
  let directional: [SIMD8<Float>]

  init(_ parameters: MatcherParameters) {
    let directions = (0...255).map { ReproducibleMath.direction(UInt8($0)) }
    cosine = directions.map { Float($0.cosine) }
    sine = directions.map { Float($0.sine) }

    let side = Self.side
    pitch = 2 * parameters.cylinderRadius / Float(side)
    var numbers: [Int8] = []
    var next: Int8 = 0
    for row in 0..<side {
      for column in 0..<side {
        // Twice the offsets from the centre in units of the pitch are odd integers.
        let x = 2 * column + 1 - side
        let y = 2 * row + 1 - side
        let inside = x * x + y * y <= side * side
        numbers.append(inside ? next : -1)
        next += inside ? 1 : 0
      }
    }
    cellNumber = numbers

    reach = 3 * parameters.spatialDeviation
    let variance = Double(parameters.spatialDeviation) * Double(parameters.spatialDeviation)
    spatial = (0...Int(reach * reach)).map {
      Float(ReproducibleMath.exponential(-Double($0) / (2 * variance)))
    }
    directional = (0...255).map { Self.sectionShares(difference: $0, parameters) }
  }

  /// The normal density around the difference, integrated over each section by Simpson's rule.
  private static func sectionShares(
    difference: Int,
    _ parameters: MatcherParameters
  ) -> SIMD8<Float> {
    let deviation = Double(parameters.directionalDeviation)
    let width = 2 * ReproducibleMath.pi / Double(sections)
    var shares = SIMD8<Float>()
    for section in 0..<sections {
      let centre = -ReproducibleMath.pi + (Double(section) + 0.5) * width
      var offset = centre - Double(difference) * (ReproducibleMath.pi / 128)
      while offset < -ReproducibleMath.pi { offset += 2 * ReproducibleMath.pi }
      while offset >= ReproducibleMath.pi { offset -= 2 * ReproducibleMath.pi }
      let steps = 32
      var sum = 0.0
      for step in 0...steps {
        let t = (offset + width * (Double(step) / Double(steps) - 0.5)) / deviation
        let factor = step == 0 || step == steps ? 1.0 : (step % 2 == 1 ? 4.0 : 2.0)
        sum += factor * ReproducibleMath.exponential(-t * t / 2)
      }
      let norm = (2 * ReproducibleMath.pi).squareRoot() * deviation
      shares[section] = Float(sum * width / Double(3 * steps) / norm)
    }
    return shares
  }
}
