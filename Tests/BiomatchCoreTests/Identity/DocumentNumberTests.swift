import BiomatchCore
import Testing

@Suite("Document numbers")
struct DocumentNumberTests {
  @Test(
    "what is no letter and no digit is left out",
    arguments: [
      ("L898902C<", "L898902C"), ("ab 123-456", "AB123456"), ("  7 ", "7"), ("A.B/12<34", "AB1234"),
    ]
  )
  func normalized(text: String, number: String) throws {
    #expect(try DocumentNumber(text).string == number)
    #expect(try DocumentNumber(number) == DocumentNumber(text))
  }

  @Test("numbers without a character, or with one outside ASCII, are refused")
  func refused() {
    #expect(throws: DocumentNumberError.empty) { try DocumentNumber("<< -") }
    #expect(throws: DocumentNumberError.character("Я", offset: 1)) { try DocumentNumber("1Я") }
    #expect(throws: DocumentNumberError.character("٣", offset: 0)) { try DocumentNumber("٣1") }
  }

  @Test("numbers that readers confuse fold to one")
  func folded() throws {
    #expect(try DocumentNumber("OQD1I2Z5S6G8B").folded == "0001122556688")
    #expect(try DocumentNumber("ACEFHJ").folded == "ACEFHJ")
  }
}
