import BiomatchCore
import Foundation
import Testing

@testable import BiomatchFingerprint

@Suite("Flow of ridges")
struct RidgeFlowTests {
  private static func flow(_ pattern: PatternClass, seed: UInt64) -> RidgeFlow {
    var parameters = SyntheticFingerParameters.standard
    parameters.flowVariation = 0
    var random = SeededGenerator(seed: seed)
    return RidgeFlow(pattern, parameters: parameters, &random)
  }

  /// Half turns of the ridges on a way around a circle of that radius about the middle.
  private static func halfTurns(_ flow: RidgeFlow, radius: Double) -> Double {
    let steps = 2_000
    var sum = 0.0
    var before = flow.direction(at: PlaneVector(radius, 0))
    for step in 1...steps {
      let angle = 2 * .pi * Double(step) / Double(steps)
      let here = flow.direction(at: PlaneVector(radius * cos(angle), radius * sin(angle)))
      // Of the two senses the one that turns less.
      let cross = before.x * here.y - before.y * here.x
      let dot = before.x * here.x + before.y * here.y
      sum += dot < 0 ? atan2(-cross, -dot) : atan2(cross, dot)
      before = here
    }
    return sum / .pi
  }

  @Test(
    "cores and deltas turn ridges as the class demands",
    arguments: [
      (PatternClass.arch, 0.0), (.tentedArch, 1), (.leftLoop, 1), (.rightLoop, 1), (.whorl, 2),
    ]
  )
  func cores(_ pattern: PatternClass, expected: Double) {
    for seed in UInt64(1)...20 {
      let flow = Self.flow(pattern, seed: seed)
      // Around the cores alone, and around cores and deltas, which cancel.
      #expect(abs(Self.halfTurns(flow, radius: 70) - expected) < 0.01, "seed \(seed)")
      #expect(abs(Self.halfTurns(flow, radius: 400)) < 0.01, "seed \(seed)")
    }
  }

  @Test("loops open to the side that names them", arguments: [PatternClass.leftLoop, .rightLoop])
  func loops(_ pattern: PatternClass) {
    for seed in UInt64(1)...20 {
      let flow = Self.flow(pattern, seed: seed)
      // Below the core, on the open side, ridges lead down and outward.
      let side: Double = pattern == .rightLoop ? 1 : -1
      let along = flow.direction(at: PlaneVector(side * 45, -45))
      #expect(along.x * along.y * side < 0, "seed \(seed)")
    }
  }

  @Test("the divergence is that of the directions", arguments: PatternClass.allCases)
  func divergence(_ pattern: PatternClass) {
    var random = SeededGenerator(seed: 9)
    for seed in UInt64(1)...20 {
      let flow = Self.flow(pattern, seed: seed)
      for _ in 0..<20 {
        let place = PlaneVector(random.uniform(-120, 120), random.uniform(-160, 160))
        let along = flow.direction(at: place)
        // Neighbouring directions of the same sense, half a pixel apart.
        func near(_ offset: PlaneVector) -> PlaneVector {
          let other = flow.direction(at: place + offset)
          return (other * along).sum() < 0 ? -other : other
        }
        let step = 0.01
        let byX = near(PlaneVector(step, 0)).x - near(PlaneVector(-step, 0)).x
        let byY = near(PlaneVector(0, step)).y - near(PlaneVector(0, -step)).y
        let expected = (byX + byY) / (2 * step)
        let found = flow.divergence(at: place, along: along)
        // Within a few pixels of a singular point the model keeps the divergence finite.
        let allowance = 0.001 + 16 * abs(expected * expected * expected)
        #expect(abs(found - expected) < allowance, "seed \(seed), \(place)")
        let square = flow.squaredDivergence(at: place)
        #expect(abs(square - found * found) < 1e-9 + 1e-6 * square, "seed \(seed), \(place)")
      }
    }
  }
}

@Suite("Random deviates")
struct DeviateTests {
  @Test("normal deviates have the moments of the normal distribution")
  func normal() {
    var random = SeededGenerator(seed: 1)
    let values = (0..<100_000).map { _ in random.normal() }
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    let variance = values.reduce(0) { $0 + $1 * $1 } / count
    let beyond = Double(values.filter { abs($0) > 2 }.count) / count
    #expect(abs(mean) < 0.013)
    #expect(abs(variance - 1) < 0.02)
    #expect(abs(beyond - 0.0455) < 0.005)
  }

  @Test("counts have the mean that is asked for, and keep to their limit")
  func counts() {
    var random = SeededGenerator(seed: 1)
    for mean in [3.0, 10] {
      let sum = (0..<20_000).reduce(0) { sum, _ in sum + random.count(mean: mean, limit: 100) }
      #expect(abs(Double(sum) / 20_000 - mean) < 0.15, "\(mean)")
    }
    #expect(random.count(mean: 1e30, limit: 128) == 128)
    #expect(random.count(mean: 0, limit: 128) == 0)
  }
}
