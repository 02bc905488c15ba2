import BiomatchCore
import BiomatchLinkage

/// Zones of invented people, the same in every run.
enum RandomZones {
  /// The zones as a file has them, line by line.
  static func file(of format: MRZFormat, count: Int) -> [UInt8] {
    zones(of: format, count: count).flatMap { mrz -> [UInt8] in
      guard let lines = try? mrz.lines() else { preconditionFailure("the zone fits") }
      return Array((lines.joined(separator: "\n") + "\n").utf8)
    }
  }

  static func zones(of format: MRZFormat, count: Int) -> [MRZ] {
    var generator = SeededGenerator(seed: 1)
    do {
      return try (0..<count).map { _ in try zone(of: format, &generator) }
    } catch {
      preconditionFailure("\(error)")
    }
  }

  private static func zone(
    of format: MRZFormat,
    _ generator: inout SeededGenerator
  ) throws -> MRZ {
    func date(_ years: ClosedRange<Int>) throws -> MRZDate {
      MRZDate(
        try PartialDate(
          year: Int.random(in: years, using: &generator),
          month: Int.random(in: 1...12, using: &generator),
          day: Int.random(in: 1...28, using: &generator)
        )
      )
    }
    return MRZ(
      format: format,
      documentCode: format == .td3 ? "P" : format == .td1 || format == .td2 ? "I" : "V",
      issuer: try CountryCode("UTO"),
      name: try PersonName(
        components: [word(4...11, &generator)],
        [word(3...8, &generator), word(3...8, &generator)]
      ),
      documentNumber: word(2...2, &generator)
        + String(Int.random(in: 1_000_000...9_999_999, using: &generator)),
      nationality: try CountryCode("UTO"),
      birthDate: try date(1940...2020),
      sex: Bool.random(using: &generator) ? .female : .male,
      expiryDate: try date(2024...2036)
    )
  }

  private static func word(
    _ lengths: ClosedRange<Int>,
    _ generator: inout SeededGenerator
  ) -> String {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    let count = Int.random(in: lengths, using: &generator)
    return String((0..<count).map { _ in letters[Int.random(in: 0..<26, using: &generator)] })
  }
}
