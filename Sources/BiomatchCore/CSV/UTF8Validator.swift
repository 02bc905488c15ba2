/// Checks a stream of bytes for well-formed UTF-8, one at a time.
///
/// Source: the table of well-formed byte sequences of the Unicode Standard, section 3.9, table 3-7.
struct UTF8Validator: Sendable, Hashable {
  private var missing: UInt8 = 0
  private var low: UInt8 = 0x80
  private var high: UInt8 = 0xBF

  /// Whether the bytes so far end between two characters.
  var isComplete: Bool { missing == 0 }

  /// Takes the next byte; `false` when it cannot stand here.
  mutating func accept(_ byte: UInt8) -> Bool {
    if missing > 0 {
      guard low <= byte, byte <= high else { return false }
      missing -= 1
      low = 0x80
      high = 0xBF
      return true
    }
    switch byte {
    case 0x00...0x7F: break
    case 0xC2...0xDF: missing = 1
    case 0xE0: (missing, low) = (2, 0xA0)
    case 0xED: (missing, high) = (2, 0x9F)
    case 0xE1...0xEF: missing = 2
    case 0xF0: (missing, low) = (3, 0x90)
    case 0xF1...0xF3: missing = 3
    case 0xF4: (missing, high) = (3, 0x8F)
    default: return false
    }
    return true
  }
}
