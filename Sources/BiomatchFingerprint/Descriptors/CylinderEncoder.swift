/// Turns the surroundings of each minutia into a bit cylinder.
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
struct CylinderEncoder: Sendable {
  /// 32-bit words of a cylinder.
  static let words = 10

  let parameters: MatcherParameters
  let tables: CylinderTables

  init(_ parameters: MatcherParameters) {
    self.parameters = parameters
    tables = CylinderTables(parameters)
  }

  /// One cylinder a minutia, ``words`` words each, all zero where a minutia has too few neighbours.
  ///
  /// - Complexity: O(n * k) for n minutiae with k others in reach.
  func encode(_ points: DescribedPoints) -> [UInt32] {
    var bits = [UInt32](repeating: 0, count: points.count * Self.words)
    var sums = [SIMD8<Float>](repeating: .zero, count: tables.cells)
    for i in 0..<points.count {
      for cell in 0..<tables.cells { sums[cell] = .zero }
      guard accumulate(i, points, into: &sums) >= parameters.minimumNeighbours else { continue }
      for cell in 0..<tables.cells {
        let set = sums[cell] .>= SIMD8(repeating: parameters.cellThreshold)
        for section in 0..<CylinderTables.sections where set[section] {
          let bit = cell * CylinderTables.sections + section
          bits[i * Self.words + bit / 32] |= 1 << UInt32(bit % 32)
        }
      }
    }
    return bits
  }

  /// Adds the influence of all neighbours in reach; gives their number.
  private func accumulate(
    _ i: Int,
    _ points: DescribedPoints,
    into sums: inout [SIMD8<Float>]
  ) -> Int {
    let side = CylinderTables.side
    let middle = Float(side - 1) / 2
    let limit = parameters.cylinderRadius + tables.reach
    let cosine = points.cosine[i]
    let sine = points.sine[i]
    var neighbours = 0
    for j in 0..<points.count where j != i {
      let dx = points.x[j] - points.x[i]
      let dy = points.y[j] - points.y[i]
      guard dx * dx + dy * dy <= limit * limit else { continue }
      neighbours += 1
      // Place in the minutia's frame, in cells from the first centre.
      let u = (dx * cosine + dy * sine) / tables.pitch + middle
      let v = (dy * cosine - dx * sine) / tables.pitch + middle
      let span = tables.reach / tables.pitch
      let columns = max(0, (u - span).rounded(.up))...max(0, (u + span).rounded(.down))
      let rows = max(0, (v - span).rounded(.up))...max(0, (v + span).rounded(.down))
      let influence = tables.directional[Int(points.angle[i] &- points.angle[j])]
      for row in Int(rows.lowerBound)...Int(rows.upperBound) where row < side {
        for column in Int(columns.lowerBound)...Int(columns.upperBound) where column < side {
          let cell = tables.cellNumber[row * side + column]
          guard cell >= 0 else { continue }
          let du = (Float(column) - u) * tables.pitch
          let dv = (Float(row) - v) * tables.pitch
          let distance = Int(du * du + dv * dv + 0.5)
          guard distance < tables.spatial.count else { continue }
          sums[cell] += tables.spatial[distance] * influence
        }
      }
    }
    return neighbours
  }
}
