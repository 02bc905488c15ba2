import Benchmark
import BiomatchCore
import BiomatchFingerprint

// One core, all stages, descriptors ready: every one of 64 probes against 64 prints an iteration.
let benchmarks: @Sendable () -> Void = {
  let prints = 64
  for minutiae in [35, 52] {
    let templates = RandomPrints.templates(count: prints, minutiae: minutiae)

    for level in SIMDLevel.available {
      let matcher = FingerprintMatcher(simd: level)
      let probes = templates.map { matcher.prepare($0) }

      Benchmark(
        "compare, \(minutiae) minutiae, \(level.rawValue)",
        configuration: .init(
          metrics: [.wallClock, .throughput],
          scalingFactor: .one,
          maxDuration: .seconds(3)
        )
      ) { benchmark in
        var sum: Float = 0
        for probe in probes {
          for reference in probes {
            sum += try matcher.score(probe, reference.descriptors).value
          }
        }
        blackHole(sum)
      }
    }

    let matcher = FingerprintMatcher()
    Benchmark(
      "describe, \(minutiae) minutiae",
      configuration: .init(metrics: [.wallClock, .throughput], maxDuration: .seconds(3))
    ) { benchmark in
      for template in templates { blackHole(matcher.describe(template)) }
    }
  }
}
