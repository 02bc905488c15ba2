import BiomatchCore
import Testing

@testable import BiomatchFace

@Suite("Rotation by Hadamard transforms")
struct HadamardRotationTests {
  static let dimensions = [64, 65, 96, 100, 127, 128, 200, 500, 512, 1023, 1024, 4096]

  private func rotated(_ vector: [Float], _ rotation: HadamardRotation) -> [Float] {
    var vector = vector
    vector.withUnsafeMutableBufferPointer { $0.baseAddress.map(rotation.rotate) }
    return vector
  }

  private func product(_ a: [Float], _ b: [Float]) -> Double {
    zip(a, b).reduce(0) { $0 + Double($1.0) * Double($1.1) }
  }

  @Test("lengths and angles stay", arguments: Self.dimensions)
  func orthonormal(dimension: Int) {
    var random = SeededGenerator(seed: UInt64(dimension))
    let rotation = HadamardRotation(dimension: dimension, &random)
    let vectors = (0..<4).map { _ in (0..<dimension).map { _ in Float(random.normal()) } }
    let images = vectors.map { rotated($0, rotation) }
    for a in vectors.indices {
      for b in 0...a {
        let difference = product(images[a], images[b]) - product(vectors[a], vectors[b])
        #expect(abs(difference) < 1e-5 * Double(dimension), "\(a), \(b)")
      }
    }
  }

  @Test("every axis is spread over the values", arguments: Self.dimensions)
  func spread(dimension: Int) {
    var random = SeededGenerator(seed: 1)
    let rotation = HadamardRotation(dimension: dimension, &random)
    for axis in stride(from: 0, to: dimension, by: max(1, dimension / 40)) {
      var vector = [Float](repeating: 0, count: dimension)
      vector[axis] = 1
      let image = rotated(vector, rotation)
      let largest = image.map(\.magnitude).max() ?? 1
      #expect(largest < 6 / Float(dimension).squareRoot(), "axis \(axis): \(largest)")
      #expect(image.count { $0 != 0 } > dimension / 2, "axis \(axis)")
    }
  }
}
