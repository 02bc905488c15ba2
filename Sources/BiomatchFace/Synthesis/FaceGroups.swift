import BiomatchCore

/// What people of a group have in common: a vector along the main axes of a face space for each group.
struct FaceGroups: Sendable {
  /// How many groups there are.
  let count: Int
  private let rank: Int
  private let values: [Float]

  /// Groups whose vectors have `share` of the energy of identities.
  ///
  /// - Parameter random: the stream that they are drawn from.
  init(count: Int, share: Double, space: FaceSpace, _ random: SeededGenerator) {
    self.count = count
    rank = space.deviations.count
    let scale = Float(share.squareRoot())
    var random = random
    var values: [Float] = []
    values.reserveCapacity(count * rank)
    for _ in 0..<count {
      let normals = NormalTable.shared.deviates(rank, &random)
      for axis in 0..<rank { values.append(scale * space.deviations[axis] * normals[axis]) }
    }
    self.values = values
  }

  /// Adds the vector of a group to another.
  @inline(__always)
  func add(_ group: Int, to vector: UnsafeMutableBufferPointer<Float>) {
    precondition(group >= 0 && group < count && vector.count >= rank)
    values.withUnsafeBufferPointer { values in
      let first = group &* rank
      for axis in 0..<rank { vector[axis] += values[first &+ axis] }
    }
  }
}
