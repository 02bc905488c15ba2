import BiomatchCore
import Foundation
import Testing

@Suite("Identifiers")
struct IdentifierTests {
  @Test("takes 1 to 64 bytes of UTF-8")
  func length() throws {
    #expect(throws: IdentifierError.empty(.subject)) { try SubjectID("") }
    #expect(throws: IdentifierError.empty(.reference)) { try ReferenceID(utf8: []) }
    let longest = String(repeating: "é", count: 32)
    #expect(try SubjectID(longest).string == longest)
    #expect(throws: IdentifierError.tooLong(.reference, bytes: 65)) {
      try ReferenceID(longest + "x")
    }
  }

  @Test("refuses bytes that are not UTF-8, and NUL")
  func content() {
    #expect(throws: IdentifierError.notUTF8(.subject)) { try SubjectID(utf8: [0x41, 0xFF]) }
    #expect(throws: IdentifierError.notUTF8(.subject)) { try SubjectID(utf8: [0xED, 0xA0, 0x80]) }
    #expect(throws: IdentifierError.nul(.subject, offset: 2)) { try SubjectID("é\0") }
    #expect(
      IdentifierError.nul(.subject, offset: 2).description
        == "subject: an identifier must not have U+0000, found one at byte 2; "
        + "remove the character [identifier.nul]"
    )
  }

  @Test("compares by bytes, where strings compare by canonical equivalence")
  func canonicalEquivalents() throws {
    let composed = "caf\u{E9}"
    let decomposed = "cafe\u{301}"
    #expect(composed == decomposed)
    let subjects = [try SubjectID(composed), try SubjectID(decomposed)]
    #expect(subjects[0] != subjects[1])
    #expect(Set(subjects).count == 2)
    #expect(try ReferenceID(composed) != ReferenceID(decomposed))
    #expect(try ReferenceID(decomposed) < ReferenceID(composed))
  }

  @Test("sorts by unsigned bytes, a prefix first")
  func order() throws {
    let sorted = ["A", "AB", "B", "a", "é", "名"]
    let identifiers = try sorted.reversed().map { try ReferenceID($0) }
    #expect(identifiers.sorted().map(\.string) == sorted)
  }

  @Test("travels as a plain string, checked on arrival")
  func coding() throws {
    let subject = try SubjectID("case-7")
    let data = try JSONEncoder().encode([subject])
    #expect(String(decoding: data, as: UTF8.self) == "[\"case-7\"]")
    #expect(try JSONDecoder().decode([SubjectID].self, from: data) == [subject])
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([ReferenceID].self, from: Data("[\"\"]".utf8))
    }
  }

  @Test("a key has the order of its reference")
  func keys() throws {
    var random = SeededGenerator(seed: 6)
    let letters = Array("ab\u{1}é🙂")
    let references = try (0..<200).map { _ in
      let count = Int.random(in: 1...16, using: &random)
      return try ReferenceID(
        String((0..<count).map { _ in letters.randomElement(using: &random) ?? "a" })
      )
    }
    for (lhs, rhs) in zip(references, references.shuffled(using: &random)) {
      #expect((ReferenceKey(lhs) < ReferenceKey(rhs)) == (lhs < rhs), "\(lhs), \(rhs)")
      #expect((ReferenceKey(lhs) == ReferenceKey(rhs)) == (lhs == rhs), "\(lhs), \(rhs)")
    }
    let long = try ReferenceID(String(repeating: "🙂", count: 16))
    #expect(ReferenceKey(long) > ReferenceKey(try ReferenceID(String(long.string.dropLast()))))
  }
}
