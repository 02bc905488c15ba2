/// What encoding gives: the bytes, and what of the record they do not hold.
public struct EncodedRecord: Sendable, Hashable, Codable {
  /// The record in the target format; strict decoding takes it.
  public var bytes: [UInt8]
  /// Everything that the bytes do not hold; when it is empty, decoding gives the record back as it
  /// was, except that values which say nothing come back as `nil`: a product or quality source of
  /// zeros, a capture time without parts.
  public var losses: [ConversionLoss]

  /// Those bytes with those losses.
  public init(bytes: [UInt8], losses: [ConversionLoss] = []) {
    self.bytes = bytes
    self.losses = losses
  }
}

/// One kind of information that a record loses by being written in a format.
public struct ConversionLoss: Sendable, Hashable, Codable, CustomStringConvertible {
  /// What is lost.
  public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
    /// The product that wrote the record.
    case product
    /// The capture device, or part of its description.
    case device
    /// Certifications of the capture device.
    case certification
    /// When the impression was captured.
    case captureTime = "capture-time"
    /// The finger position.
    case position
    /// The impression type.
    case impression
    /// The view's number.
    case viewNumber = "view-number"
    /// The view's own image size.
    case imageSize = "image-size"
    /// The view's quality, or that it is not known.
    case viewQuality = "view-quality"
    /// Who computed the view's quality.
    case qualitySource = "quality-source"
    /// Quality values after the first.
    case furtherQualities = "further-qualities"
    /// Where minutiae of ridge endings are placed, or that it is not known.
    case ridgeEndingType = "ending-type"
    /// Whole minutiae.
    case minutiae
    /// The kind of minutiae.
    case minutiaKind = "minutia-kind"
    /// The quality of minutiae.
    case minutiaQuality = "minutia-quality"
    /// Directions, rounded to the format's step.
    case angle
    /// Coordinates, rounded to the format's unit.
    case coordinate
    /// Areas of extended data, or parts of one.
    case extendedData = "extended-data"
  }

  /// What is lost.
  public var kind: Kind
  /// The number of the view, counted from one, or `nil` when it concerns the whole record.
  public var view: Int?
  /// What is lost and what is written instead, as a sentence without a full stop.
  public var text: String

  /// The loss of `kind` in that view.
  public init(kind: Kind, view: Int? = nil, text: String) {
    self.kind = kind
    self.view = view
    self.text = text
  }

  /// A stable dotted identifier, `minutiae.loss.angle` for example.
  public var code: String { "minutiae.loss.\(kind.rawValue)" }

  /// One line for people.
  public var description: String {
    (view.map { "view \($0): " } ?? "") + "\(text) [\(code)]"
  }
}
