import BiomatchCore
import BiomatchLinkage
import Testing

@Suite("What check digits notice")
struct MRZErrorDetectionTests {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<")

  @Test(
    "one wrong character in a checked field is refused unless its value differs by tens",
    arguments: MRZFormat.allCases
  )
  func substitutions(format: MRZFormat) throws {
    var random = RandomMRZ(seed: 31)
    for _ in 0..<5 {
      let lines = try random.next(format).lines()
      let text = Array(lines.joined())
      for (range, field) in Self.checkedFields(format) {
        for position in range {
          for other in Self.alphabet where other != text[position] {
            var changed = text
            changed[position] = other
            let isNoticed = (try? MRZParser().parse(String(changed))) == nil
            // Seven times a value, modulo ten, tells values apart that differ by no tens.
            let isInvisible =
              MRZCheckDigit.of(String(other)) == MRZCheckDigit.of(String(text[position]))
            if !isInvisible {
              #expect(
                isNoticed,
                "\(field), \(text[position]) as \(other) at \(position) of \(lines)"
              )
            }
          }
        }
      }
    }
  }

  @Test("6 and G, and 0 and A, look the same to a check digit: documented, and true")
  func invisible() {
    #expect(MRZCheckDigit.of("6") == MRZCheckDigit.of("G"))
    for same in ["0AKU<", "1BLV", "2CMW", "5FPZ", "6GQ"] {
      #expect(Set(same.map { MRZCheckDigit.of(String($0)) }).count == 1, "\(same)")
    }
  }

  @Test("changed bytes never trap, whatever they are", arguments: MRZFormat.allCases)
  func mutations(format: MRZFormat) throws {
    var random = RandomMRZ(seed: 41)
    var generator = SeededGenerator(seed: 43)
    for _ in 0..<300 {
      var bytes = Array(try random.next(format).lines().joined(separator: "\n").utf8)
      for _ in 0..<Int.random(in: 1...6, using: &generator) {
        let position = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0...3, using: &generator) {
        case 0: bytes[position] = UInt8.random(in: 0...255, using: &generator)
        case 1: bytes[position] = UInt8(ascii: "<")
        case 2: bytes.remove(at: position)
        default: bytes.insert(UInt8.random(in: 32...126, using: &generator), at: position)
        }
      }
      for text in MRZText.all(in: bytes) {
        _ = try? MRZParser().parse(text)
        _ = MRZCorrector(maximumChanges: 2).correction(of: text)
        guard let reading = try? MRZParser(strictness: .lenient).parse(text) else { continue }
        if reading.findings.isEmpty { #expect(try reading.mrz.lines() == reading.lines) }
        _ = try? reading.mrz.lines()
      }
    }
  }

  /// The fields under check digits, without the digits: document number, dates, optional data.
  private static func checkedFields(_ format: MRZFormat) -> [(Range<Int>, String)] {
    let second = format.lineLength
    if format == .td1 {
      return [(5..<14, "number"), (30..<36, "birth"), (38..<44, "expiry"), (48..<59, "optional")]
    }
    let fields = [
      (second..<second + 9, "number"), (second + 13..<second + 19, "birth"),
      (second + 21..<second + 27, "expiry"),
    ]
    let optional = second + 28..<2 * second - (format == .td3 ? 2 : 1)
    return format == .td2 || format == .td3 ? fields + [(optional, "optional")] : fields
  }
}
