import BiomatchCore

/// What is known of a person besides biometrics; sealed in the gallery, all of it.
///
/// Everything may be missing: an unknown person has samples and nothing else.
public struct Demographics: Sendable, Hashable, Codable {
  /// The names, the one of the document first, then others that the person uses or used.
  public var names: [RecordedName]
  /// The date of birth, of which any part may be unknown.
  public var birthDate: PartialDate
  /// The sex that a document states; `nil` where nothing is known.
  public var sex: Sex?
  /// The nationalities.
  public var nationalities: [CountryCode]
  /// The documents.
  public var documents: [IdentityDocument]

  /// Demographics of the given parts.
  public init(
    names: [RecordedName] = [],
    birthDate: PartialDate = .unknown,
    sex: Sex? = nil,
    nationalities: [CountryCode] = [],
    documents: [IdentityDocument] = []
  ) {
    self.names = names
    self.birthDate = birthDate
    self.sex = sex
    self.nationalities = nationalities
    self.documents = documents
  }
}

/// A name in the two parts of ICAO Doc 9303, as written in its own script.
public struct RecordedName: Sendable, Hashable, Codable {
  /// The primary identifier, the family name for most people.
  public var primary: String
  /// The secondary identifier, the given names; empty where there is none.
  public var secondary: String

  /// A name of those parts.
  public init(primary: String, secondary: String = "") {
    self.primary = primary
    self.secondary = secondary
  }
}

/// A document that names a person.
public struct IdentityDocument: Sendable, Hashable, Codable {
  /// What kind of document, `P` for a passport for example, as the issuer codes it.
  public var type: String
  /// Its number as it is written.
  public var number: String
  /// The State or organization that issued it; `nil` where it is not known.
  public var issuer: CountryCode?
  /// The date of expiry.
  public var expiry: PartialDate

  /// A document of those parts.
  public init(
    type: String,
    number: String,
    issuer: CountryCode? = nil,
    expiry: PartialDate = .unknown
  ) {
    self.type = type
    self.number = number
    self.issuer = issuer
    self.expiry = expiry
  }
}
