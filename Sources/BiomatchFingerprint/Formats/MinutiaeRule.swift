/// The rules that a minutiae record can break; the raw value is the last part of the error code.
///
/// Raw values are public interface: a rule keeps its name, and a name is never given to another rule.
public enum MinutiaeRule: String, Sendable, Hashable, Codable, CaseIterable {
  /// A record starts with the bytes `FMR` and zero.
  case identifier
  /// The version string is that of the standard.
  case version
  /// The declared length is that of the record.
  case length
  /// Every declared part of the record is there.
  case truncated
  /// Nothing follows the record.
  case trailing
  /// A record has one view at least, and no more than its format allows.
  case views
  /// Reserved bits and bytes are zero.
  case reserved
  /// The finger position is one of the standard's codes.
  case position
  /// The impression type is one of the standard's codes.
  case impression
  /// Views of the same finger carry different numbers, 0...15.
  case viewNumber = "view-number"
  /// A quality is in 0...100 or one of the standard's codes for a missing one.
  case quality
  /// Resolution is stated, in pixels per centimetre.
  case resolution
  /// Image size is stated and holds every minutia.
  case imageSize = "image-size"
  /// The minutia type is one of the standard's codes.
  case minutiaType = "minutia-type"
  /// A coordinate is one that the format can hold.
  case coordinate
  /// A direction is below a full turn.
  case angle
  /// The extended data block has its declared length, and its areas fill it.
  case extendedData = "extended-data"
  /// Ridge counts are whole and refer to minutiae of the view.
  case ridgeCounts = "ridge-counts"
  /// Cores and deltas fill their area exactly.
  case singularPoints = "singular-points"
  /// Zonal quality covers the image exactly.
  case zonalQuality = "zonal-quality"
  /// Every part of the capture time is in its range or marked as unknown.
  case captureTime = "capture-time"
  /// The capture device technology is one of the standard's codes.
  case deviceTechnology = "device-technology"
  /// The certification flag is 0 or 1.
  case certification
  /// The declared length of a representation is its length.
  case representationLength = "representation-length"
  /// The ridge ending type is one of the standard's codes.
  case endingType = "ending-type"
  /// A minutia takes 5 or 6 bytes.
  case minutiaSize = "minutia-size"
  /// The record has the layout of the standard rather than of a draft.
  case layout
  /// A line of text holds three or four whole numbers.
  case line
  /// A record in need of more than 10,000 repairs is not a record.
  case repairs

  /// The whole error code in records of `format`.
  func code(in format: MinutiaeFormat) -> String { "minutiae.\(format.codeName).\(rawValue)" }

  /// What a reader of the error can do.
  var remedy: String {
    switch self {
    case .identifier, .version: "check that the file is of this format, or name another format"
    case .truncated: "fetch the record again, it is not complete"
    case .line: "check that the file is an NBIS .xyt file"
    case .views, .coordinate, .minutiaSize, .repairs:
      "ask the producer of the record for a valid one"
    default:
      "decode leniently to have it repaired and reported, or ask the producer for a valid record"
    }
  }

  /// Whether the rule is about where the parts of a record begin and end, rather than about a value.
  var concernsFrame: Bool {
    switch self {
    case .length, .trailing, .extendedData, .representationLength, .layout: true
    default: false
    }
  }

  /// The part of a record that the rule belongs to.
  private var part: Part {
    switch self {
    case .identifier, .version, .length, .truncated, .trailing, .views, .certification, .layout,
      .repairs:
      .header
    case .resolution, .imageSize: .image
    case .reserved, .position, .impression, .viewNumber, .quality, .captureTime,
      .deviceTechnology, .representationLength, .endingType, .minutiaSize:
      .view
    case .minutiaType, .coordinate, .angle, .line: .minutia
    case .extendedData, .ridgeCounts, .singularPoints, .zonalQuality: .extendedData
    }
  }

  private enum Part { case header, image, view, minutia, extendedData }

  /// The clause of the standard that states the rule. Numbers are given where the numbering of the
  /// edition is certain, the name of the section otherwise.
  func clause(in format: MinutiaeFormat) -> String {
    if self == .repairs { return "a limit of this decoder" }
    return switch (format, part) {
    case (.iso2005, .header), (.iso2005, .image): "ISO/IEC 19794-2:2005, 7.3"
    case (.iso2005, .view): "ISO/IEC 19794-2:2005, 7.4.1"
    case (.iso2005, .minutia): "ISO/IEC 19794-2:2005, 7.4.2"
    case (.iso2005, .extendedData): "ISO/IEC 19794-2:2005, 7.5"
    case (.iso2005CardNormal, _), (.iso2005CardCompact, _): "ISO/IEC 19794-2:2005, 8"
    case (.ansi2004, .header), (.ansi2004, .image): "ANSI/INCITS 378-2004, 6.4"
    case (.ansi2004, .view): "ANSI/INCITS 378-2004, 6.5.1"
    case (.ansi2004, .minutia): "ANSI/INCITS 378-2004, 6.5.2"
    case (.ansi2004, .extendedData): "ANSI/INCITS 378-2004, 6.6"
    case (.ansi2009, let part), (.ansi2009am1, let part):
      "\(format.title), \(Self.section(part, image: "finger view header"))"
    case (.iso2011, .header): "ISO/IEC 19794-2:2011, general header"
    case (.iso2011, .image), (.iso2011, .view): "ISO/IEC 19794-2:2011, representation header"
    case (.iso2011, let part):
      "ISO/IEC 19794-2:2011, \(Self.section(part, image: "representation header"))"
    case (.xyt, _): "NBIS user's guide, mindtct, minutiae file format"
    }
  }

  private static func section(_ part: Part, image: String) -> String {
    switch part {
    case .header: "record header"
    case .image: image
    case .view: "finger view header"
    case .minutia: "finger minutiae data"
    case .extendedData: "extended data"
    }
  }
}
