/// Writes names in the letters A–Z of a machine-readable zone.
///
/// Latin, Cyrillic and Arabic letters go by the tables of ICAO Doc 9303 part 3 (eighth edition),
/// section 6, Greek by ELOT 743 (ISO 843), which the Doc has no table for. `docs/mrz.md` has the
/// sources, the known misprints, and what is done with letters that no table has.
///
/// ```swift
/// let transliterator = Transliterator()
/// transliterator.transliterate("Müller-Łukasz").components  // ["MUELLER", "LUKASZ"]
/// transliterator.transliterate("Юлия").components           // ["IULIIA"]
/// ```
///
/// Text in any normal form of Unicode gives the same.
public struct Transliterator: Sendable, Hashable {
  /// Which of the recommended alternatives Latin letters with diacritics take.
  public var latin: LatinAlternatives
  /// The language whose exceptions Cyrillic letters follow.
  public var cyrillic: CyrillicRules
  /// How Greek is written.
  public var greek: GreekRules

  /// A transliterator; without arguments the first recommendation of the Doc for every letter.
  public init(
    latin: LatinAlternatives = .expanded,
    cyrillic: CyrillicRules = .doc9303,
    greek: GreekRules = .transcription
  ) {
    self.latin = latin
    self.cyrillic = cyrillic
    self.greek = greek
  }

  /// The components of a name, or of several names one behind the other, and what had to be left out.
  ///
  /// Spaces, hyphens and commas separate components; apostrophes and all other punctuation are
  /// removed without leaving a gap (Doc 9303 part 3, section 4.6).
  ///
  /// - Complexity: linear in the length of the text.
  public func transliterate(_ name: String) -> Transliteration {
    var result = Transliteration(components: [], omissions: [])
    for word in NameText(name).words {
      var letters: [UInt8] = []
      append(word, to: &letters, &result.omissions)
      if !letters.isEmpty { result.components.append(String(decoding: letters, as: UTF8.self)) }
    }
    return result
  }

  private func append(
    _ word: [LetterCluster],
    to letters: inout [UInt8],
    _ omissions: inout [Omission]
  ) {
    var index = 0
    while index < word.count {
      let cluster = word[index]
      if GreekLetters.contains(cluster.base) {
        index += GreekLetters.append(word, at: index, rules: greek, to: &letters)
        continue
      }
      let written: String? =
        switch cluster.base.value {
        case 0...0x3FF, 0x1E00...0x1EFF, 0x2C60...0x2C7F, 0xA720...0xA7FF:
          LatinLetters.latin(of: cluster, alternatives: latin)
        case 0x400...0x52F:
          CyrillicLetters.latin(of: word, at: index, rules: cyrillic)
        case 0x600...0x6FF:
          ArabicLetters.latin(of: cluster, isLast: index == word.count - 1)
        default: nil
        }
      if let written {
        letters.append(contentsOf: written.utf8)
      } else {
        omissions.append(Omission(scalar: cluster.base, offset: cluster.offset))
      }
      index += 1
    }
  }
}

/// A name in the letters A–Z.
public struct Transliteration: Sendable, Hashable {
  /// The components, each one or more letters A–Z.
  public var components: [String]
  /// Letters and digits that no table has, in their order.
  public var omissions: [Omission]
}

/// A letter or digit that could not be written in the letters A–Z.
public struct Omission: Sendable, Hashable {
  /// The letter, in its decomposed form and as a capital where it has one.
  public var scalar: Unicode.Scalar
  /// Where it stands: Unicode scalars before it in the text as given.
  public var offset: Int
}
