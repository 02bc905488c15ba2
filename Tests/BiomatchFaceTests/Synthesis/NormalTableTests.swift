import BiomatchCore
import Foundation
import Testing

@testable import BiomatchFace

@Suite("Normal deviates by table")
struct NormalTableTests {
  private let table = NormalTable.shared

  @Test("the share of a tail is that of the system's error function")
  func tail() {
    for k in 0...700 {
      let x = Double(k) / 100
      let expected = erfc(x / 2.0.squareRoot())
      #expect(abs(NormalTail.share(beyond: x) / expected - 1) < 1e-9, "\(x)")
    }
  }

  @Test("a deviate lies where its share of the distribution says, far out as well")
  func inverse() {
    var bits: UInt32 = 1
    while bits < 1 << 31 {
      let share = Double(bits | 1) * 0x1p-31
      let found = erfc(Double(table.deviate(bits)) / 2.0.squareRoot())
      #expect(abs(found / share - 1) < 1e-3, "\(bits): \(found), expected \(share)")
      bits += 1 + bits / 37
    }
    #expect((6.2...6.3).contains(table.deviate(1)))
    #expect((0...1e-6).contains(table.deviate(0x7FFF_FFFF)))
  }

  @Test("the last bit is the sign")
  func sign() {
    var random = SeededGenerator(seed: 5)
    for _ in 0..<1000 {
      let bits = UInt32(truncatingIfNeeded: random.next())
      #expect(table.deviate(bits) == -table.deviate(bits ^ 0x8000_0000), "\(bits)")
    }
  }

  @Test("even moments are those of the normal distribution")
  func moments() {
    // Evenly spread over all magnitudes.
    var (second, fourth) = (0.0, 0.0)
    let count = 1 << 17
    for k in 0..<count {
      let deviate = Double(table.deviate(UInt32((2 * k + 1) << 13)))
      second += deviate * deviate / Double(count)
      fourth += deviate * deviate * deviate * deviate / Double(count)
    }
    #expect(abs(second - 1) < 3e-4, "\(second)")
    #expect(abs(fourth - 3) < 5e-3, "\(fourth)")
  }

  @Test("a buffer takes two deviates of each draw, the lower bits first")
  func fill() {
    var (a, b) = (SeededGenerator(seed: 9), SeededGenerator(seed: 9))
    let deviates = table.deviates(5, &a)
    #expect(deviates.count == 5)
    for k in 0..<3 {
      let bits = b.next()
      #expect(deviates[2 * k] == table.deviate(UInt32(truncatingIfNeeded: bits)))
      if k < 2 { #expect(deviates[2 * k + 1] == table.deviate(UInt32(bits >> 32))) }
    }
    #expect(a.next() == b.next())
  }
}
