import BiomatchCore
import BiomatchLinkage
import Foundation
import Testing

@Suite("Names of persons")
struct PersonNameTests {
  @Test("identifiers come from two texts, or from one with a comma")
  func identifiers() throws {
    let name = try PersonName(primary: "van der Müllen", secondary: "Martín José")
    #expect(name.primary == ["VAN", "DER", "MUELLEN"])
    #expect(name.secondary == ["MARTIN", "JOSE"])
    #expect(name.description == "VAN DER MUELLEN, MARTIN JOSE")
    #expect(try PersonName(visual: "van der Müllen, Martín, José") == name)
    #expect(try PersonName(visual: "Arkfreith").secondary.isEmpty)
  }

  @Test("a name of a single part is all primary, whichever it is given as")
  func singlePart() throws {
    #expect(try PersonName(primary: "", secondary: "Arkfreith").primary == ["ARKFREITH"])
    #expect(try PersonName(primary: "Arkfreith").primary == ["ARKFREITH"])
    #expect(try PersonName(visual: ", Arkfreith").primary == ["ARKFREITH"])
  }

  @Test("digits, unknown letters and empty names are refused with their place")
  func refused() throws {
    let digit = #expect(throws: PersonNameError.self) {
      try PersonName(primary: "Smith", secondary: "John 3")
    }
    #expect(digit?.code == "name.digit")
    #expect(digit?.location.description == "column 6, secondary identifier")
    let letter = #expect(throws: PersonNameError.self) { try PersonName(primary: "李") }
    #expect(letter?.code == "name.letter")
    #expect(letter?.rule.contains("U+674E") == true)
    let numeral = #expect(throws: PersonNameError.self) { try PersonName(primary: "三") }
    #expect(numeral?.code == "name.letter")
    #expect(throws: PersonNameError.empty) { try PersonName(primary: " '") }
    #expect(throws: PersonNameError.component("a")) { try PersonName(components: ["a"]) }
    #expect(throws: PersonNameError.component("")) { try PersonName(components: ["A"], [""]) }
    #expect(throws: PersonNameError.empty) { try PersonName(components: [], ["A"]) }
  }

  @Test("titles and suffixes are left out, or kept behind the secondary identifier")
  func titles() throws {
    let omitted = try PersonName(primary: "Dr. King Jr.", secondary: "Sir Martin II")
    #expect(omitted.primary == ["KING"])
    #expect(omitted.secondary == ["MARTIN"])
    let kept = try PersonName(primary: "King Jr.", secondary: "Martin", titles: .kept)
    #expect(kept.primary == ["KING"])
    #expect(kept.secondary == ["MARTIN", "JR"])
    // What would leave nothing stays.
    #expect(try PersonName(primary: "Sir").primary == ["SIR"])
  }

  @Test("particles and order can be set aside for comparing")
  func comparing() throws {
    let name = try PersonName(primary: "de la Cruz", secondary: "Ana")
    #expect(name.primaryWithoutParticles == ["CRUZ"])
    #expect(name.sortedComponents == ["ANA", "CRUZ", "DE", "LA"])
    #expect(try PersonName(primary: "Van Den").primaryWithoutParticles == ["VAN", "DEN"])
  }

  @Test("names travel as their components")
  func coding() throws {
    let name = try PersonName(primary: "Smith-Jones", secondary: "Susie")
    let data = try JSONEncoder().encode(name)
    #expect(try JSONDecoder().decode(PersonName.self, from: data) == name)
    let bad = Data(#"{"primary":["smith"],"secondary":[]}"#.utf8)
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(PersonName.self, from: bad) }
  }
}
