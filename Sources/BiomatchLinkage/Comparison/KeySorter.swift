/// Sorts keys of candidates: many of them digit by digit, as comparing them takes several times as long.
struct KeySorter {
  private static let digitBits = 11
  /// From how many keys on digits pay.
  private static let fewest = 256

  /// Where a digit is.
  private struct Digit {
    var shift: UInt64
    var mask: UInt64
  }

  private let digits: [Digit]
  private var other: [UInt64] = []
  private var starts = [Int](repeating: 0, count: 1 << digitBits)

  /// For keys whose bits are zero but for these.
  ///
  /// - Parameters:
  ///   - low: bits in use of the lower half.
  ///   - high: bits in use of the upper half.
  init(low: Int, high: Int) {
    digits = Self.digits(from: 0, bits: low) + Self.digits(from: 32, bits: high)
  }

  private static func digits(from first: Int, bits: Int) -> [Digit] {
    let count = (bits + digitBits - 1) / digitBits
    return (0..<count).map { index in
      let (start, end) = (bits * index / count, bits * (index + 1) / count)
      return Digit(shift: UInt64(first + start), mask: 1 << UInt64(end - start) - 1)
    }
  }

  /// Sorts keys in ascending order.
  ///
  /// Complexity: O(n) for n keys, if there are many.
  mutating func sort(_ keys: inout [UInt64]) {
    guard keys.count >= Self.fewest else {
      keys.sort()
      return
    }
    let count = keys.count
    if other.count < count { other = Array(repeating: 0, count: 2 * count) }
    keys.withUnsafeMutableBufferPointer { keys in
      other.withUnsafeMutableBufferPointer { other in
        starts.withUnsafeMutableBufferPointer { starts in
          var (from, to) = (keys, other)
          for digit in digits {
            Self.pass(from, to, count, digit, starts)
            swap(&from, &to)
          }
          guard digits.count % 2 == 1 else { return }
          for index in 0..<count { keys[index] = other[index] }
        }
      }
    }
  }

  private static func pass(
    _ keys: UnsafeMutableBufferPointer<UInt64>,
    _ sorted: UnsafeMutableBufferPointer<UInt64>,
    _ count: Int,
    _ digit: Digit,
    _ starts: UnsafeMutableBufferPointer<Int>
  ) {
    for value in 0...Int(digit.mask) { starts[value] = 0 }
    for index in 0..<count { starts[Int(keys[index] >> digit.shift & digit.mask)] += 1 }
    var next = 0
    for value in 0...Int(digit.mask) { (starts[value], next) = (next, next + starts[value]) }
    for index in 0..<count {
      let value = Int(keys[index] >> digit.shift & digit.mask)
      sorted[starts[value]] = keys[index]
      starts[value] += 1
    }
  }
}
