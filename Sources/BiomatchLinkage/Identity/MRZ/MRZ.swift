import BiomatchCore

/// What a machine-readable zone says.
///
/// ``MRZParser`` reads one, ``lines(truncation:)`` writes one. What a strict reading gives is written
/// back as the same lines.
public struct MRZ: Sendable, Hashable, Codable {
  /// The format.
  public var format: MRZFormat
  /// One or two characters: `P` or `PP` for a passport, `I`, `A` or `C` for a card, `V` for a visa, and
  /// one of the issuer's choice.
  public var documentCode: String
  /// The issuing State or organization; `nil` where a lenient reading could not make it out.
  public var issuer: CountryCode?
  /// The holder's name; `nil` where a lenient reading could not make it out.
  ///
  /// It may be a part of the name only; see ``isNamePossiblyTruncated``.
  public var name: PersonName?
  /// The document number as printed, with `<` for what is no letter or digit inside it; longer than nine
  /// characters where TD1 and TD2 have its end in the optional data.
  public var documentNumber: String
  /// The holder's nationality; `nil` where a lenient reading could not make it out.
  public var nationality: CountryCode?
  /// The date of birth.
  public var birthDate: MRZDate
  /// The sex.
  public var sex: Sex
  /// The date of expiry; of a visa, until when it is valid.
  public var expiryDate: MRZDate
  /// The optional data without trailing fillers: of TD1 those of the first line, of TD3 the personal
  /// number.
  public var optionalData: String
  /// The optional data of the second line of TD1, without trailing fillers; empty in other formats.
  public var secondOptionalData: String
  /// Whether a passport without optional data has the filler for their check digit instead of zero:
  /// both are allowed.
  public var hasFillerForEmptyCheckDigit: Bool

  /// A zone with the given values; whether they fit shows when it is written.
  public init(
    format: MRZFormat,
    documentCode: String,
    issuer: CountryCode?,
    name: PersonName?,
    documentNumber: String,
    nationality: CountryCode?,
    birthDate: MRZDate,
    sex: Sex,
    expiryDate: MRZDate,
    optionalData: String = "",
    secondOptionalData: String = "",
    hasFillerForEmptyCheckDigit: Bool = false
  ) {
    self.format = format
    self.documentCode = documentCode
    self.issuer = issuer
    self.name = name
    self.documentNumber = documentNumber
    self.nationality = nationality
    self.birthDate = birthDate
    self.sex = sex
    self.expiryDate = expiryDate
    self.optionalData = optionalData
    self.secondOptionalData = secondOptionalData
    self.hasFillerForEmptyCheckDigit = hasFillerForEmptyCheckDigit
  }

  /// The document number without fillers, or `nil` when there is none.
  public var normalizedDocumentNumber: DocumentNumber? { try? DocumentNumber(documentNumber) }

  /// Whether the name fills its field to the last character, so that it must be treated as truncated
  /// (ICAO Doc 9303 part 4, 4.2.3).
  public var isNamePossiblyTruncated: Bool {
    name.map { NameField.length($0.primary, $0.secondary) >= format.nameCapacity } ?? false
  }
}
