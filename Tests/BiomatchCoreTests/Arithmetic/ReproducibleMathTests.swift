import BiomatchCore
import Foundation
import Testing

@Suite("Reproducible elementary functions")
struct ReproducibleMathTests {
  private let bound = 1e-11

  @Test("directions are cosines and sines, exact on the axes")
  func direction() {
    for steps in UInt8.min...UInt8.max {
      let (cosine, sine) = ReproducibleMath.direction(steps)
      let angle = Double(steps) * Double.pi / 128
      #expect(abs(cosine - cos(angle)) < bound && abs(sine - sin(angle)) < bound, "\(steps)")
      // Quarters of a turn are exchanges of signs, so that turning a print by them changes nothing.
      let (nextCosine, nextSine) = ReproducibleMath.direction(steps &+ 64)
      #expect(nextCosine == -sine && nextSine == cosine, "\(steps)")
    }
    #expect(ReproducibleMath.direction(0) == (1, 0))
    #expect(ReproducibleMath.pi == Double.pi)
  }

  @Test("exponentials of -30...0")
  func exponential() {
    for k in 0...30_000 {
      let x = -Double(k) / 1000
      #expect(abs(ReproducibleMath.exponential(x) - exp(x)) < bound, "\(x)")
    }
  }

  @Test("logarithms of small and large numbers")
  func logarithm() {
    for k in -2000...2000 {
      let x = exp(Double(k) / 100)
      #expect(abs(ReproducibleMath.logarithm(x) - log(x)) < bound, "\(x)")
    }
    #expect(ReproducibleMath.logarithm(1) == 0)
    for x in [Double.leastNormalMagnitude, .greatestFiniteMagnitude, 2.0.squareRoot()] {
      #expect(abs(ReproducibleMath.logarithm(x) / log(x) - 1) < bound, "\(x)")
    }
  }

  @Test("arctangents all around, and of the axes")
  func arctangent() {
    for k in 0..<3600 {
      let angle = Double(k) * Double.pi / 1800 - Double.pi
      for length in [1e-6, 1, 1e6] {
        let (x, y) = (length * cos(angle), length * sin(angle))
        let difference = remainder(ReproducibleMath.arctangent(y: y, x: x) - atan2(y, x), 2 * .pi)
        #expect(abs(difference) < bound, "\(y), \(x)")
      }
    }
    #expect(ReproducibleMath.arctangent(y: 0, x: 0) == 0)
    #expect(ReproducibleMath.arctangent(y: 0, x: 1) == 0)
    #expect(ReproducibleMath.arctangent(y: 0, x: -1) == Double.pi)
    #expect(ReproducibleMath.arctangent(y: -1, x: 0) == -Double.pi / 2)
  }
}
