import Benchmark
import BiomatchCore
import BiomatchCrypto
import BiomatchFace

// One core. An iteration turns 256 vectors, or makes one rotation.
let benchmarks: @Sendable () -> Void = {
  let configuration = Benchmark.Configuration(
    metrics: [.wallClock, .throughput],
    scalingFactor: .one,
    maxDuration: .seconds(2)
  )
  for dimension in [128, 512, 4096] {
    Benchmark("turn 256 vectors of \(dimension)", configuration: configuration) { benchmark in
      var random = SeededGenerator(seed: 1)
      let values = (0..<256 * dimension).map { _ in Float.random(in: -1...1, using: &random) }
      let vectors = try FaceVectors(dimension: dimension, values: values)
      let rotation = try FaceRotation(
        key: .random(count: FaceRotation.keySize),
        dimension: dimension
      )
      benchmark.startMeasurement()
      blackHole(UnitFaceVectors(vectors, rotation: rotation))
      benchmark.stopMeasurement()
    }
    Benchmark("make a rotation of \(dimension)", configuration: configuration) { _ in
      blackHole(
        try FaceRotation(key: .random(count: FaceRotation.keySize), dimension: dimension)
      )
    }
  }
}
