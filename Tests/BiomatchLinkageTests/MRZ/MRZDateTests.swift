import BiomatchCore
import BiomatchLinkage
import Testing

@Suite("Dates of machine-readable zones")
struct MRZDateTests {
  @Test(
    "a date of birth is the latest that is not after the reference",
    arguments: [
      ("1974-08-12", "2026-10-01", "1974-08-12"), ("2026-10-01", "2026-10-01", "2026-10-01"),
      ("2026-10-02", "2026-10-01", "1926-10-02"), ("1926-09-30", "2026-10-01", "2026-09-30"),
      ("1926-00-00", "2026-10-01", "2026-00-00"), ("1926-11-00", "2026-10-01", "1926-11-00"),
      ("1999-12-31", "2000-01-01", "1999-12-31"), ("2000-02-29", "2026-10-01", "2000-02-29"),
      ("0000-00-00", "2026-10-01", "0000-00-00"), ("0000-08-12", "2026-10-01", "0000-08-12"),
      ("1974-08-12", "2026-00-00", "1974-08-12"), ("1974-08-12", "0000-00-00", "0000-08-12"),
    ]
  )
  func birth(stated: String, reference: String, expected: String) throws {
    let date = MRZDate(try PartialDate(stated))
    #expect(date.birthDate(asOf: try PartialDate(reference)).description == expected)
  }

  @Test(
    "a date of expiry is the nearest to the reference",
    arguments: [
      ("2012-04-15", "2026-10-01", "2012-04-15"), ("1994-06-23", "2026-10-01", "1994-06-23"),
      ("2075-01-01", "2026-10-01", "2075-01-01"), ("1976-01-01", "2026-10-01", "1976-01-01"),
      ("2000-02-29", "1999-12-01", "2000-02-29"), ("2012-04-15", "0000-00-00", "0000-04-15"),
    ]
  )
  func expiry(stated: String, reference: String, expected: String) throws {
    let date = MRZDate(try PartialDate(stated))
    #expect(date.expiryDate(asOf: try PartialDate(reference)).description == expected)
  }

  @Test("every two-digit year has one century, for any reference")
  func centuries() throws {
    for reference in [1950, 1999, 2000, 2026, 2099, 50, 9999] {
      let day = try PartialDate(year: reference, month: 6, day: 15)
      for year in 0...99 {
        let date = MRZDate(try PartialDate(year: 1900 + year, month: 1, day: 1))
        if let birth = date.birthDate(asOf: day).year {
          #expect(birth % 100 == year)
          #expect((reference - 99...reference).contains(birth))
        } else {
          #expect(reference < 100)
        }
        if let expiry = date.expiryDate(asOf: day).year {
          #expect(expiry % 100 == year)
          #expect((reference - 50..<reference + 50).contains(expiry))
        } else {
          #expect(reference < 51 || reference > 9950)
        }
      }
    }
  }
}
