import BiomatchTestSupport
import Foundation
import Testing

@testable import BiomatchFace

@Suite("Decimal numbers")
struct DecimalNumberTests {
  private func float(_ text: String) -> Float? { DecimalNumber.float(Array(text.utf8)[...]) }

  @Test("every way of writing a number gives the nearest", arguments: UInt64(0)..<40)
  func nearest(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<500 {
      let value = Float(bitPattern: .random(in: 0...UInt32.max, using: &random))
      guard value.isFinite else { continue }
      let digits = Int.random(in: 0...25, using: &random)
      let texts = [
        "\(value)", "\(Double(value))", String(format: "%.\(digits)e", Double(value)),
        String(format: "%.\(digits)f", Double(value) * 1e-3),
        String(format: "%.\(digits)g", Double.random(in: -1...1, using: &random)),
      ]
      for text in texts {
        #expect(float(text)?.bitPattern == Float(text)?.bitPattern, "\(text)")
      }
      #expect(float(texts[0])?.bitPattern == value.bitPattern)
    }
  }

  @Test("the middle between two numbers goes to the even one, anything beside it to the nearer")
  func middles() {
    var random = SeededGenerator(seed: 5)
    for _ in 0..<2000 {
      let low = Float(bitPattern: .random(in: 0x2F00_0000..<0x4F00_0000, using: &random))
      let middle = (Double(low) + Double(low.nextUp)) / 2
      // Exact: such a number has no more digits.
      let text = String(format: "%.70f", middle)
      let even = low.bitPattern.isMultiple(of: 2) ? low : low.nextUp
      #expect(float(text) == even, "\(text)")
      #expect(float(text + "1") == low.nextUp, "\(text)1")
      let below = String(format: "%.70f", middle.nextDown) + "9"
      #expect(float(below) == low, "\(below)")
    }
  }

  @Test("numbers at both ends of the range are right")
  func extremes() {
    #expect(float("3.4028234663852886e38") == .greatestFiniteMagnitude)
    #expect(float("340282356779733661637539395458142568447") == .greatestFiniteMagnitude)
    #expect(float("340282356779733661637539395458142568448") == .infinity)
    #expect(float("1.401298464324817e-45") == .leastNonzeroMagnitude)
    #expect(float("7.006492321624085e-46") == 0)
    #expect(float("7.0064923216240862e-46") == .leastNonzeroMagnitude)
    #expect(float("1e-99999999999999999999") == 0)
    #expect(float("-1e99999999999999999999") == -.infinity)
    #expect(float("0e99999999999999999999") == 0)
    #expect(float("-0")?.sign == .minus)
    let zeros = String(repeating: "0", count: 5000)
    #expect(float("0.\(zeros)1e5001") == 1)
    #expect(float("1\(zeros)e-5000") == 1)
    #expect(float("\(zeros)1.5\(zeros)") == 1.5)
  }
}
