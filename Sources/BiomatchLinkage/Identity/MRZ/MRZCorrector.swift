import BiomatchCore

/// Proposes readings of zones whose check digits say that a character was misread.
///
/// Optical readers take O, Q and D for 0 and back, I for 1, Z for 2, S for 5 and B for 8. A letter where
/// only a digit may stand, in a date or for a check digit, has one digit that it can be. Elsewhere under
/// a check digit every confusion is tried; a proposal is made only when exactly one reading with at most
/// ``maximumChanges`` of them satisfies every check digit.
///
/// So, if no more than that many characters were confused besides letters in the place of digits, a
/// proposal is what the document says. If something else was misread, no proposal can be known to be
/// right: it is to be held against the document. 6 and G are left out, because check digits cannot tell
/// them apart.
public struct MRZCorrector: Sendable, Hashable {
  /// How many characters a proposal changes at most, letters in the place of digits aside; 0...2.
  public let maximumChanges: Int

  /// A corrector.
  public init(maximumChanges: Int = 1) {
    precondition((0...2).contains(maximumChanges), "a corrector changes 0...2 characters")
    self.maximumChanges = maximumChanges
  }

  /// The one reading that the check digits allow, or `nil` when there is none, more than one, or nothing
  /// to correct.
  public func correction(of text: MRZText) -> MRZCorrection? {
    var findings: [MRZFinding] = []
    guard let characters = try? MRZCharacters(text, isLenient: true, &findings),
      var search = CorrectionSearch(characters),
      let bytes = search.onlySolution(maximumChanges: maximumChanges),
      bytes != characters.bytes
    else { return nil }
    let corrected = MRZCharacters(format: characters.format, bytes: bytes, like: characters)
    var parsing = MRZParsing(corrected, isLenient: true, findings: findings)
    guard let mrz = try? parsing.parse() else { return nil }
    let reading = MRZReading(mrz: mrz, findings: parsing.findings, characters: corrected)
    return MRZCorrection(
      reading: reading,
      changes: MRZChange.all(from: characters, to: bytes)
    )
  }

  /// The one reading that the check digits allow of the zone in `text`.
  public func correction(of text: String) -> MRZCorrection? {
    correction(of: MRZText(Array(text.utf8)))
  }
}

/// A reading in which characters were changed so that the check digits hold.
public struct MRZCorrection: Sendable, Hashable {
  /// The reading of the changed lines.
  public var reading: MRZReading
  /// What was changed; at least one.
  public var changes: [MRZChange]
}

/// One changed character.
public struct MRZChange: Sendable, Hashable, CustomStringConvertible {
  /// Line, counted from one, in the file.
  public var line: Int
  /// Column, counted from one.
  public var column: Int
  /// The character that was read.
  public var read: Character
  /// The character that the check digits ask for.
  public var corrected: Character

  /// For example `line 2, column 4: O is 0`.
  public var description: String { "line \(line), column \(column): \(read) is \(corrected)" }

  static func all(from characters: MRZCharacters, to bytes: [UInt8]) -> [MRZChange] {
    let layout = characters.format.layout
    return bytes.indices.filter { bytes[$0] != characters.bytes[$0] }.map { offset in
      let place = layout.place(of: offset)
      return MRZChange(
        line: characters.firstLine + place.line,
        column: place.column + 1,
        read: Character(Unicode.Scalar(characters.bytes[offset])),
        corrected: Character(Unicode.Scalar(bytes[offset]))
      )
    }
  }
}
