import BiomatchCore
import Foundation
import Testing

@Suite("Partial dates")
struct PartialDateTests {
  @Test(
    "texts of every precision read and are written with zeros for what is unknown",
    arguments: [
      ("1984-05-12", "1984-05-12"), ("1984-05-00", "1984-05-00"), ("1984-00-00", "1984-00-00"),
      ("0000-00-00", "0000-00-00"), ("0000-02-29", "0000-02-29"), ("1984-00-31", "1984-00-31"),
      ("1984", "1984-00-00"), ("1984-05", "1984-05-00"), ("2000-02-29", "2000-02-29"),
      ("0001-01-01", "0001-01-01"), ("9999-12-31", "9999-12-31"),
    ]
  )
  func texts(text: String, written: String) throws {
    let date = try PartialDate(text)
    #expect(date.description == written)
    #expect(try PartialDate(date.description) == date)
    let data = try JSONEncoder().encode([date])
    #expect(try JSONDecoder().decode([PartialDate].self, from: data) == [date])
  }

  @Test(
    "what is no date is refused",
    arguments: [
      ("", "date.text"), ("1984-5-12", "date.text"), ("84-05-12", "date.text"),
      ("1984-05-12T", "date.text"), ("1984/05/12", "date.text"), ("1984-05-12-01", "date.text"),
      ("19８4-05-12", "date.text"), ("-984-05-12", "date.text"), ("1984-13-01", "date.part"),
      ("1984-04-31", "date.part"), ("1985-02-29", "date.part"), ("1900-02-29", "date.part"),
      ("1984-00-32", "date.part"),
    ]
  )
  func refused(text: String, code: String) {
    let error = #expect(throws: PartialDateError.self) { try PartialDate(text) }
    #expect(error?.code == code)
  }

  @Test(
    "dates are compatible when no part that both know differs",
    arguments: [
      ("1984-05-12", "1984-05-00", true), ("1984-00-00", "0000-05-12", true),
      ("1984-05-12", "1984-05-13", false), ("1984-00-12", "1985-00-12", false),
      ("0000-02-29", "1985-00-00", false), ("0000-02-29", "1984-00-00", true),
      ("1984-00-31", "0000-04-00", false), ("0000-00-00", "0000-00-00", true),
    ]
  )
  func compatible(a: String, b: String, expected: Bool) throws {
    let (a, b) = try (PartialDate(a), PartialDate(b))
    #expect(a.isCompatible(with: b) == expected)
    #expect(b.isCompatible(with: a) == expected)
  }

  @Test("dates are ordered like their texts")
  func order() throws {
    var generator = SeededGenerator(seed: 7)
    let dates = (0..<200).compactMap { _ in
      try? PartialDate(
        year: Int.random(in: 1...9999, using: &generator),
        month: [nil, Int.random(in: 1...12, using: &generator)].randomElement(using: &generator)!,
        day: [nil, Int.random(in: 1...31, using: &generator)].randomElement(using: &generator)!
      )
    }
    #expect(dates.sorted().map(\.description) == dates.map(\.description).sorted())
  }
}
