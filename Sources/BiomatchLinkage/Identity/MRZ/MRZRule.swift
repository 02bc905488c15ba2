/// The rules that a machine-readable zone can break; the raw value is the end of the error code.
///
/// Raw values are public interface: a rule keeps its name, and a name is never given to another rule.
public enum MRZRule: String, Sendable, Hashable, Codable, CaseIterable {
  /// Lines of a number and length that is a format's.
  case format
  /// Every line has the format's length.
  case lineLength = "line-length"
  /// Only A–Z, 0–9 and the filler.
  case character
  /// The document code begins with the format's letter.
  case documentCode = "document-code"
  /// The issuing State or organization is one to three letters.
  case issuer
  /// Components of letters, single fillers between them, two between the identifiers.
  case name
  /// The document number begins at the first position of its field; a long one is well-formed.
  case documentNumber = "document-number"
  /// The nationality is one to three letters.
  case nationality
  /// The date of birth is a date, with fillers for what is unknown.
  case birthDate = "birth-date"
  /// The sex is F, M or the filler.
  case sex
  /// The date of expiry is a complete date.
  case expiryDate = "expiry-date"
  /// The optional data fit into their field.
  case optionalData = "optional-data"
  /// The check digit of the document number.
  case documentNumberCheck = "check-digit.document-number"
  /// The check digit of the date of birth.
  case birthDateCheck = "check-digit.birth-date"
  /// The check digit of the date of expiry.
  case expiryDateCheck = "check-digit.expiry-date"
  /// The check digit of the optional data of a passport.
  case optionalDataCheck = "check-digit.optional-data"
  /// The composite check digit.
  case compositeCheck = "check-digit.composite"

  /// Whether the rule is about a check digit.
  public var isCheckDigit: Bool {
    switch self {
    case .documentNumberCheck, .birthDateCheck, .expiryDateCheck, .optionalDataCheck,
      .compositeCheck:
      true
    default: false
    }
  }

  /// The clause that states the rule.
  func clause(in format: MRZFormat?) -> String {
    let section =
      switch self {
      case .character: "part 3, 4.3"
      case .name: "part 3, 4.6"
      case .issuer, .nationality: "part 3, 5"
      case .birthDate, .expiryDate: "part 3, 4.8"
      case .documentNumberCheck, .birthDateCheck, .expiryDateCheck, .optionalDataCheck,
        .compositeCheck:
        "part 3, 4.9"
      default:
        switch format {
        case nil: "parts 4 to 7"
        case .mrvB: "part 7, 7.2.2"
        case let format?: "part \(format.part), 4.2.2"
        }
      }
    return "ICAO Doc 9303 \(section)"
  }

  /// What a reader of the error can do.
  var remedy: String {
    switch self {
    case .format: "give all lines of the zone, as they are printed"
    case .lineLength: "give the lines in full, with their fillers"
    case .character: "read the zone again; spaces are no fillers"
    default:
      isCheckDigit
        ? "read the zone again, or ask for the readings that the check digits allow"
        : "read the zone again, or read it leniently and look at what is reported"
    }
  }
}
