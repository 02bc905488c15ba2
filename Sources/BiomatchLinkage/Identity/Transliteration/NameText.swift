import Foundation

/// A letter with the marks that stand on it, decomposed, as a capital.
struct LetterCluster {
  var base: Unicode.Scalar
  var marks: [Unicode.Scalar]
  /// Unicode scalars before it in the text as given.
  var offset: Int
}

/// The text of a name, taken apart into words of letters.
struct NameText {
  private(set) var words: [[LetterCluster]] = []
  private var word: [LetterCluster] = []

  init(_ text: String) {
    for (offset, scalar) in text.unicodeScalars.enumerated() {
      if scalar.isASCII {
        appendASCII(scalar, offset: offset)
      } else if !Self.isApostropheOrStandaloneMark(scalar) {
        // Scalar by scalar: only so does every letter keep its place in the text. Canonical order of
        // the marks, which decomposition of a whole text would bring, is not relied on below.
        for part in String(scalar).decomposedStringWithCompatibilityMapping.unicodeScalars {
          append(part, offset: offset)
        }
      }
    }
    endWord()
  }

  private mutating func appendASCII(_ scalar: Unicode.Scalar, offset: Int) {
    switch scalar {
    case "A"..."Z", "0"..."9": word.append(LetterCluster(base: scalar, marks: [], offset: offset))
    case "a"..."z":
      let capital = Unicode.Scalar(UInt8(scalar.value) - 32)
      word.append(LetterCluster(base: capital, marks: [], offset: offset))
    case " ", "-", ",", "<", "\t", "\n", "\r": endWord()
    default: break
    }
  }

  private mutating func append(_ scalar: Unicode.Scalar, offset: Int) {
    if scalar.isASCII { return appendASCII(scalar, offset: offset) }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark:
      if !word.isEmpty { word[word.count - 1].marks.append(scalar) }
    case .dashPunctuation, .spaceSeparator, .lineSeparator, .paragraphSeparator, .control:
      endWord()
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .otherLetter, .decimalNumber,
      .letterNumber, .otherNumber:
      for capital in scalar.properties.uppercaseMapping.unicodeScalars {
        word.append(LetterCluster(base: capital, marks: [], offset: offset))
      }
    default:
      // U+060C and U+3001 are commas; what else remains is punctuation, symbols and formatting.
      if scalar == "\u{60C}" || scalar == "\u{3001}" { endWord() }
    }
  }

  private mutating func endWord() {
    if !word.isEmpty { words.append(word) }
    word = []
  }

  /// Accents that stand alone serve as apostrophes; decomposed they would bring a space.
  private static func isApostropheOrStandaloneMark(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.generalCategory == .modifierSymbol
      || scalar.properties.generalCategory == .modifierLetter
        && (0x2B0...0x2FF).contains(scalar.value)
  }
}
