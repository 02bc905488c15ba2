import BiomatchLinkage
import Foundation
import TestVectors
import Testing

@Suite("Transliteration")
struct TransliterationTests {
  private struct Vectors: Decodable {
    var latin: [String: [String]]
    var cyrillic: [String: String]
    var cyrillicExceptions: [String: [String: String]]
    var ukrainianInitials: [String: String]
    var arabic: [String: String]
    var arabicNames: [[String]]
    var greekNames: [[String]]
  }

  private let vectors: Vectors

  init() throws {
    vectors = try JSONDecoder().decode(
      Vectors.self,
      from: Data(TestVectors.bytes("mrz/transliteration.json"))
    )
  }

  private func letter(_ code: String) throws -> String {
    let value = try #require(UInt32(code, radix: 16).flatMap(Unicode.Scalar.init))
    return String(value)
  }

  /// What a letter becomes, in any normal form and as a small letter.
  private func check(
    _ text: String,
    _ expected: String,
    _ transliterator: Transliterator = Transliterator()
  ) {
    let forms = [
      text, text.precomposedStringWithCanonicalMapping, text.decomposedStringWithCanonicalMapping,
      text.lowercased(), text.lowercased().decomposedStringWithCanonicalMapping,
    ]
    for form in forms {
      let result = transliterator.transliterate(form)
      #expect(result.components.joined(separator: "<") == expected, "\(text)")
      #expect(result.omissions.isEmpty, "\(text)")
    }
  }

  @Test("every row of the Doc's Latin table, and each of its alternatives")
  func latin() throws {
    #expect(vectors.latin.count == 95)
    for (code, alternatives) in vectors.latin {
      check(try letter(code), alternatives[0])
      let plain = Transliterator(latin: .plain)
      if alternatives.count > 1, let last = alternatives.last, last != "NXX" {
        check(try letter(code), last, plain)
      }
    }
    let reversible = Transliterator(latin: .reversible)
    check("Ñ", "NXX", reversible)
    check("Ü", "UXX", reversible)
    check("Térèsa Cañon", "TERESA<CANXXON", reversible)
  }

  @Test("every row of the Doc's Cyrillic table, with each language's exceptions")
  func cyrillic() throws {
    for (code, expected) in vectors.cyrillic { check(try letter(code), expected) }
    for (language, exceptions) in vectors.cyrillicExceptions {
      let rules = try #require(CyrillicRules(rawValue: language))
      let transliterator = Transliterator(cyrillic: rules)
      for (code, general) in vectors.cyrillic {
        // The second letter of a word: the first may be another in Ukrainian.
        let text = "А" + (try letter(code))
        check(text, "A" + (exceptions[code] ?? general), transliterator)
      }
    }
    let ukrainian = Transliterator(cyrillic: .ukrainian)
    for (code, expected) in vectors.ukrainianInitials {
      check(try letter(code), expected, ukrainian)
    }
  }

  @Test("letters that the Doc's Cyrillic table lacks or misprints")
  func cyrillicCorrections() {
    check("Ћ", "C")
    check("Ѓ", "G")
    check("Ѓ", "GJ", Transliterator(cyrillic: .macedonian))
    check("Ольга", "OLGA")
    check("Ѐ", "E")
    check("Георги Йорданов", "GEORGI<YORDANOV", Transliterator(cyrillic: .bulgarianNational))
    check("Мария Ъглова Юлия", "MARIA<AGLOVA<YULIA", Transliterator(cyrillic: .bulgarianNational))
    check("Ђорђе Гордана Жикић", "DORDE<GORDANA<ZIKIC", Transliterator(cyrillic: .serbianNational))
    check(
      "Юлія Ющенко Яна-Єва",
      "YULIIA<YUSHCHENKO<YANA<YEVA",
      Transliterator(cyrillic: .ukrainian)
    )
  }

  @Test("every row of the Doc's Arabic table, and its examples")
  func arabic() throws {
    for (code, expected) in vectors.arabic {
      let result = Transliterator().transliterate("ب" + (try letter(code)) + "ب")
      #expect(result.components == ["B" + expected + "B"], "U+\(code)")
      #expect(result.omissions.isEmpty)
    }
    check("ة", "XAH")
    check("بةب", "BXTAB")
    for pair in vectors.arabicNames { check(pair[0], pair[1]) }
    // Presentation forms are the letters.
    check("ﻣﺤﻤﺪ", "MXHMD")
  }

  @Test("Greek names by ELOT 743")
  func greek() throws {
    for pair in vectors.greekNames { check(pair[0], pair[1]) }
    let letters = Transliterator(greek: .transliteration)
    check("Παύλος Άγγελος Μπότσαρης", "PAULOS<AGGELOS<MPOTSARIS", letters)
  }

  @Test(
    "every letter of the blocks that are claimed is written",
    arguments: [
      (0xC0...0xFF, "Latin-1"), (0x100...0x17F, "Latin Extended-A"),
      (0x1E00...0x1EFF, "Latin Extended Additional"), (0x386...0x3CE, "Greek"),
      (0x1F00...0x1FFC, "Greek Extended"), (0x400...0x45F, "Cyrillic"), (0x621...0x63A, "Arabic"),
      (0x641...0x64A, "Arabic"),
      (0xFE80...0xFEFC, "Arabic presentation forms B"), (0xFF21...0xFF5A, "fullwidth Latin"),
    ] as [(ClosedRange<UInt32>, String)]
  )
  func blocks(range: ClosedRange<UInt32>, name: String) {
    for scalar in range.compactMap(Unicode.Scalar.init) where scalar.properties.isAlphabetic {
      // Modifier letters stand for apostrophes and stretching.
      guard scalar.properties.generalCategory != .modifierLetter else { continue }
      let result = Transliterator().transliterate(String(scalar) + "A")
      let written = result.components.joined()
      #expect(result.omissions.isEmpty, "\(name): U+\(String(scalar.value, radix: 16)) \(scalar)")
      #expect(written.utf8.allSatisfy { (65...90).contains($0) })
      let mayBeSilent = ["Ь", "ь"].contains(String(scalar))
      #expect(written.count > 1 || mayBeSilent, "\(name): U+\(String(scalar.value, radix: 16))")
    }
  }

  @Test("small letters and capitals of every claimed block give the same")
  func cases() {
    for value in Array(0xC0...0x17F) + Array(0x386...0x45F) + Array(0x1E00...0x1FFC) {
      guard let scalar = Unicode.Scalar(UInt32(value)) else { continue }
      let capital = scalar.properties.uppercaseMapping
      let transliterator = Transliterator()
      // Iota subscripts are marks of small letters and letters of capitals.
      if capital.unicodeScalars.contains("Ι") && value >= 0x1F80 { continue }
      #expect(
        transliterator.transliterate("A\(scalar)").components
          == transliterator.transliterate("A\(capital)").components,
        "U+\(String(value, radix: 16))"
      )
    }
  }

  @Test(
    "punctuation: apostrophes and points vanish, hyphens, commas and spaces part components",
    arguments: [
      ("D'ARTAGNAN", "DARTAGNAN"), ("O’Connor", "OCONNOR"), ("D´Angelo", "DANGELO"),
      ("Oʻzbek", "OZBEK"), ("MARIE-ELISE", "MARIE<ELISE"),
      ("Anne‑Marie – Louise", "ANNE<MARIE<LOUISE"),
      ("ANNA, MARIA", "ANNA<MARIA"), ("J.R. Smith", "JR<SMITH"), ("Gal·la", "GALLA"),
      ("  A  B ", "A<B"), ("", ""), ("Mª José", "MA<JOSE"), ("\u{200E}علي", "ELY"),
      ("Straße", "STRASSE"), ("ﬁona", "FIONA"), ("Nguyễn Thị Ứng", "NGUYEN<THI<UNG"),
      ("Əliyev", "ALIYEV"), ("Țepeș", "TEPES"), ("ǅemal", "DZEMAL"),
    ]
  )
  func punctuation(text: String, expected: String) { check(text, expected) }

  @Test("letters of other scripts and digits are omitted, and told with their place")
  func omissions() {
    let result = Transliterator().transliterate("Anna 2 李")
    #expect(result.components == ["ANNA"])
    #expect(result.omissions.map(\.scalar) == ["2", "李"])
    #expect(result.omissions.map(\.offset) == [5, 7])
  }
}
