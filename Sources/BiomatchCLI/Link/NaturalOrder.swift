/// The order of texts in which runs of digits count as numbers.
enum NaturalOrder {
  /// Whether `a` comes before `b`; texts that differ in leading zeros alone are ordered by their bytes.
  static func isLess(_ a: ArraySlice<UInt8>, _ b: ArraySlice<UInt8>) -> Bool {
    var (x, y) = (a, b)
    while let first = x.first, let second = y.first {
      if isDigit(first), isDigit(second) {
        let (left, right) = (takeNumber(&x), takeNumber(&y))
        if left.count != right.count { return left.count < right.count }
        if left != right { return left.lexicographicallyPrecedes(right) }
      } else if first != second {
        return first < second
      } else {
        x.removeFirst()
        y.removeFirst()
      }
    }
    if x.isEmpty != y.isEmpty { return x.isEmpty }
    return a.lexicographicallyPrecedes(b)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
  }

  /// The digits at the start, without leading zeros.
  private static func takeNumber(_ text: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let digits = text.prefix(while: isDigit)
    text = text[digits.endIndex...]
    return digits.drop { $0 == UInt8(ascii: "0") }
  }
}
