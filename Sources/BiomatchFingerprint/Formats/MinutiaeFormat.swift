/// The formats of minutiae records that can be read and written.
public enum MinutiaeFormat: String, Sendable, Hashable, Codable, CaseIterable {
  /// ISO/IEC 19794-2:2005, record format.
  case iso2005 = "iso-2005"
  /// ISO/IEC 19794-2:2005, card format of normal size: 5 bytes a minutia, no header.
  case iso2005CardNormal = "iso-2005-card-normal"
  /// ISO/IEC 19794-2:2005, compact card format: 3 bytes a minutia, no header.
  case iso2005CardCompact = "iso-2005-card-compact"
  /// ISO/IEC 19794-2:2011, record format.
  case iso2011 = "iso-2011"
  /// ANSI/INCITS 378-2004.
  case ansi2004 = "ansi-2004"
  /// ANSI/INCITS 378-2009.
  case ansi2009 = "ansi-2009"
  /// ANSI/INCITS 378-2009 with Amendment 1.
  case ansi2009am1 = "ansi-2009-am1"
  /// The text format of NIST's NBIS programs: `x y theta [quality]`, one minutia a line.
  case xyt = "xyt"

  /// The name of the standard, for messages.
  public var title: String {
    switch self {
    case .iso2005: "ISO/IEC 19794-2:2005"
    case .iso2005CardNormal: "ISO/IEC 19794-2:2005 card format, normal size"
    case .iso2005CardCompact: "ISO/IEC 19794-2:2005 card format, compact size"
    case .iso2011: "ISO/IEC 19794-2:2011"
    case .ansi2004: "ANSI/INCITS 378-2004"
    case .ansi2009: "ANSI/INCITS 378-2009"
    case .ansi2009am1: "ANSI/INCITS 378-2009/AM1"
    case .xyt: "NBIS .xyt"
    }
  }

  /// Whether a record of this format states its own image size, resolution and finger; one that does
  /// not is read with a ``RecordContext`` and is never detected.
  public var hasHeader: Bool {
    switch self {
    case .iso2005, .iso2011, .ansi2004, .ansi2009, .ansi2009am1: true
    case .iso2005CardNormal, .iso2005CardCompact, .xyt: false
    }
  }

  /// The part of error codes that names the format.
  var codeName: String { rawValue.filter { $0 != "-" } }

  /// Steps of a full turn in the format's angle unit.
  var anglesPerTurn: Int {
    switch self {
    case .iso2005, .iso2005CardNormal, .iso2011: 256
    case .iso2005CardCompact: 64
    case .ansi2004, .ansi2009, .ansi2009am1: 180
    case .xyt: 360
    }
  }
}
