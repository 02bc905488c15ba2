import BiomatchLinkage
import Testing

@Suite("Names in the name field")
struct NameTruncationTests {
  @Test("the examples of Doc 9303 come out", arguments: MRZVectors.all.names)
  func examples(example: MRZVectors.Name) throws {
    let method: NameTruncation =
      switch example.method.split(separator: " ").last.flatMap({ Int($0) }) {
      case let count?: .fixedLength(count)
      case nil: .initials
      }
    for name in example.formats {
      let format = try #require(MRZFormat(rawValue: name))
      var mrz = try RandomMRZ.plain(format)
      mrz.name = try PersonName(visual: example.visual)
      let lines = try mrz.lines(truncation: method)
      let field = format == .td1 ? lines[2][...] : lines[0].dropFirst(5)
      let fillers = String(repeating: "<", count: format.nameCapacity - example.field.count)
      #expect(field == example.field + fillers)
      let reading = try MRZParser().parse(lines.joined(separator: "\n"))
      #expect(reading.mrz.isNamePossiblyTruncated == fillers.isEmpty)
    }
  }

  @Test(
    "a name that is too long fills its field, ends with a letter and keeps first letters in order",
    arguments: MRZFormat.allCases,
    [NameTruncation.initials, .fixedLength(1), .fixedLength(4), .fixedLength(0)]
  )
  func properties(format: MRZFormat, method: NameTruncation) throws {
    var random = RandomMRZ(seed: 23)
    for index in 0..<300 {
      var mrz = try RandomMRZ.plain(format)
      let name = try PersonName(
        components: random.components(1...9, letters: 2...45),
        random.components(0...9, letters: 2...45)
      )
      mrz.name = name
      let lines = try mrz.lines(truncation: method)
      let written = try #require(MRZParser().parse(lines.joined(separator: "\n")).mrz.name)
      let comment: Comment = "seed 23, name \(index): \(name) as \(written)"
      let isSame = written == name
      let field = (format == .td1 ? lines[2] : lines[0])
      #expect(isSame || field.last != "<", comment)
      #expect(zip(name.primary, written.primary).allSatisfy { $0.hasPrefix($1) }, comment)
      #expect(zip(name.secondary, written.secondary).allSatisfy { $0.hasPrefix($1) }, comment)
      #expect(written.primary.count <= name.primary.count, comment)
      #expect(written.secondary.count <= name.secondary.count, comment)
      #expect(written.secondary.isEmpty == name.secondary.isEmpty, comment)
    }
  }

  @Test("names of single letters leave a gap at worst")
  func singleLetters() throws {
    for primary in 1...30 {
      for secondary in 0...30 {
        var mrz = try RandomMRZ.plain(.td3)
        mrz.name = try PersonName(
          components: Array(repeating: "A", count: primary),
          Array(repeating: "B", count: secondary)
        )
        let written = try MRZParser().parse(mrz.lines().joined(separator: "\n")).mrz.name
        #expect(written?.secondary.isEmpty == (secondary == 0))
      }
    }
  }
}
