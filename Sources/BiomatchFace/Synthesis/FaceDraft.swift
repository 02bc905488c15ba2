import BiomatchCore

/// The vectors of an identity in the making; its buffers serve one identity after the other.
struct FaceDraft {
  private let faces: SyntheticFaces
  private let normals: NormalTable
  /// Deviation of an identity's own part along each axis.
  private let ownDeviations: [Float]
  /// Deviation of noise along each axis, before the lengths of identity and sample.
  private let noise: Double

  private var identity = 0
  private var noiseOfIdentity = 1.0
  /// The identity along the main axes.
  private var centre: [Float]
  /// Deviates, of an even number.
  private var deviates: [Float]
  /// A sample's values, with zeros behind them up to whole eights.
  private var values: [Float]

  init(of faces: SyntheticFaces) {
    let parameters = faces.parameters
    self.faces = faces
    normals = .shared
    let own = max(0, 1 - parameters.populationShare - parameters.lookalikeShare)
    let ownScale = Float(own.squareRoot())
    ownDeviations = faces.space.deviations.map { ownScale * $0 }
    noise = (parameters.sampleNoise / Double(parameters.rank)).squareRoot()
    centre = faces.space.mean
    deviates = Array(repeating: 0, count: parameters.rank + parameters.rank % 2)
    values = Array(repeating: 0, count: (parameters.dimension + 7) / 8 * 8)
  }

  /// Draws an identity: its groups, how much its samples differ, where it lies.
  mutating func draw(identity: Int) {
    self.identity = identity
    var random = SeededGenerator(seed: faces.seed, stream: UInt64(identity), 0)
    let population = random.number(below: faces.populations.count)
    let group = random.number(below: faces.lookalikes.count)
    let deviate = normals.deviate(UInt32(truncatingIfNeeded: random.next()))
    noiseOfIdentity =
      noise * ReproducibleMath.growth(faces.parameters.identitySpread * Double(deviate))

    deviates.withUnsafeMutableBufferPointer { normals.fill($0, &random) }
    centre.withUnsafeMutableBufferPointer { centre in
      deviates.withUnsafeBufferPointer { deviates in
        ownDeviations.withUnsafeBufferPointer { scales in
          faces.space.mean.withUnsafeBufferPointer { mean in
            for axis in centre.indices {
              centre[axis] = mean[axis] + scales[axis] * deviates[axis]
            }
          }
        }
      }
      faces.populations.add(population, to: centre)
      faces.lookalikes.add(group, to: centre)
    }
  }

  /// Draws a sample of the identity that was drawn last.
  mutating func draw(sample: Int) {
    var random = SeededGenerator(
      seed: faces.seed,
      stream: UInt64(identity),
      UInt64(sample) + 1
    )
    let deviate = normals.deviate(UInt32(truncatingIfNeeded: random.next()))
    let scale = Float(
      noiseOfIdentity
        * ReproducibleMath.growth(faces.parameters.sampleSpread * Double(max(0, deviate)))
    )
    deviates.withUnsafeMutableBufferPointer { normals.fill($0, &random) }
    values.withUnsafeMutableBufferPointer { values in
      values.update(repeating: 0)
      faces.space.places.withUnsafeBufferPointer { places in
        centre.withUnsafeBufferPointer { centre in
          deviates.withUnsafeBufferPointer { deviates in
            for axis in centre.indices {
              values[Int(places[axis])] = centre[axis] + scale * deviates[axis]
            }
          }
        }
      }
      if let base = values.baseAddress { faces.space.rotation.rotate(base) }
    }
  }

  /// Writes the sample that was drawn last, brought to unit length.
  func write(to row: UnsafeMutableBufferPointer<Float>) {
    values.withUnsafeBytes { values in
      // Squares of single numbers are exact in double precision; eight sums in a fixed order.
      var sums = SIMD8<Double>.zero
      for offset in stride(from: 0, to: values.count, by: 32) {
        let eight = SIMD8<Double>(
          values.loadUnaligned(fromByteOffset: offset, as: SIMD8<Float>.self)
        )
        sums += eight * eight
      }
      let fours = sums.lowHalf + sums.highHalf
      let twos = fours.lowHalf + fours.highHalf
      let scale = Float(1 / (twos.x + twos.y).squareRoot())
      values.withMemoryRebound(to: Float.self) { values in
        for k in row.indices { row[k] = values[k] * scale }
      }
    }
  }
}
