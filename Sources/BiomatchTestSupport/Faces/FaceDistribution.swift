import BiomatchCore
import BiomatchFace

/// Kinds of galleries that search must be exact on, the ordinary and the vicious.
public enum FaceDistribution: String, CaseIterable, Sendable {
  /// Independent values.
  case random
  /// Few directions with many vectors near each.
  case clustered
  /// Vectors that occur several times, bit for bit.
  case duplicated
  /// Vectors whose scores differ in the last bits or not at all.
  case tied
  /// Vectors that their codes describe almost without a residual.
  case coded
  /// All values of a vector alike but for their sign, or all but one.
  case constant
  /// Combinations of very few directions.
  case rankDeficient
  /// Few values that are not zero: codes describe them badly.
  case sparse
  /// A large common part, which most embeddings do not have but some do.
  case shifted

  /// Vectors of the kind.
  public func vectors(
    _ count: Int,
    dimension: Int,
    using random: inout SeededGenerator
  ) throws -> FaceVectors {
    var rows: [[Float]] = []
    rows.reserveCapacity(count)
    let few = (0..<4).map { _ in Self.direction(dimension, &random) }
    for index in 0..<count {
      rows.append(row(index, of: rows, few, dimension, &random))
    }
    return try FaceVectors(dimension: dimension, values: rows.flatMap { $0 })
  }

  private func row(
    _ index: Int,
    of rows: [[Float]],
    _ few: [[Float]],
    _ dimension: Int,
    _ random: inout SeededGenerator
  ) -> [Float] {
    let noise = Self.direction(dimension, &random)
    let centre = few[Int.random(in: 0..<few.count, using: &random)]
    switch self {
    case .random: return noise
    case .clustered: return zip(centre, noise).map { $0 + 0.2 * $1 }
    case .duplicated:
      guard index > 0, Bool.random(using: &random) else { return noise }
      return rows[Int.random(in: 0..<index, using: &random)]
    case .tied:
      var row = centre
      let place = Int.random(in: 0..<dimension, using: &random)
      switch Int.random(in: 0..<3, using: &random) {
      case 0: row[place] = row[place].nextUp
      case 1: row[place] += 1e-6 * noise[place]
      default: row.swapAt(place, Int.random(in: 0..<dimension, using: &random))
      }
      return row
    case .coded:
      var row = (0..<dimension).map { _ in Float(Int.random(in: -127...127, using: &random)) }
      row[Int.random(in: 0..<dimension, using: &random)] = 127
      return row
    case .constant:
      var row = noise.map { _ in Float(1) }
      if index.isMultiple(of: 3) {
        for place in row.indices where Bool.random(using: &random) { row[place] = -1 }
      } else {
        row[Int.random(in: 0..<dimension, using: &random)] = Float.random(
          in: -2...2,
          using: &random
        )
      }
      return row
    case .rankDeficient:
      let weights = few.map { _ in Float.random(in: -1...1, using: &random) }
      return (0..<dimension).map { place in
        zip(few, weights).reduce(1e-12) { $0 + $1.1 * $1.0[place] }
      }
    case .sparse:
      var row = [Float](repeating: 0, count: dimension)
      for _ in 0...index % 4 {
        row[Int.random(in: 0..<dimension, using: &random)] = Float.random(
          in: 0.1...1,
          using: &random
        )
      }
      return row
    case .shifted: return zip(few[0], noise).map { 3 * $0 + $1 }
    }
  }

  private static func direction(
    _ dimension: Int,
    _ random: inout SeededGenerator
  ) -> [Float] {
    (0..<dimension).map { _ in
      let bits = random.next()
      return (0..<4).reduce(Float(-2)) { $0 + Float(bits >> UInt64(16 * $1) & 0xFFFF) / 65536 }
        + 0x1p-20
    }
  }
}
