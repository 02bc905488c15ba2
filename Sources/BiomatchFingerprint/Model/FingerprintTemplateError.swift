import BiomatchCore

/// Why a view cannot become a ``FingerprintTemplate``.
public enum FingerprintTemplateError: BiomatchError, Hashable {
  /// The view does not state a positive resolution in both directions.
  case resolution(x: Int, y: Int)
  /// A minutia lies too far from the origin.
  case coordinate(minutia: Int, x: Int, y: Int)
  /// The image is too large.
  case size(width: Int, height: Int)

  /// The stable dotted identifier of the rule.
  public var code: String {
    switch self {
    case .resolution: "template.resolution"
    case .coordinate: "template.coordinate"
    case .size: "template.size"
    }
  }

  /// Where the offending input is.
  public var location: ErrorLocation {
    switch self {
    case .resolution: ErrorLocation(field: "resolution")
    case .coordinate(let minutia, _, _): ErrorLocation(field: "minutia \(minutia)")
    case .size: ErrorLocation(field: "image size")
    }
  }

  /// The rule that was broken.
  public var rule: String {
    switch self {
    case .resolution(let x, let y):
      "a template needs a resolution in pixels per centimetre, found \(x) x \(y)"
    case .coordinate(_, let x, let y):
      "coordinates must stay within \(FingerprintTemplate.extent) pixels at 500 dpi, found (\(x), \(y))"
        + " at the view's resolution"
    case .size(let width, let height):
      "an image must have at most \(FingerprintTemplate.extent) pixels a side at 500 dpi, found "
        + "\(width) x \(height) at the view's resolution"
    }
  }

  /// What the reader can do about it.
  public var remedy: String {
    switch self {
    case .resolution: "set the view's resolution, 197 for an image of 500 dpi"
    case .coordinate, .size: "check that the record's resolution is in pixels per centimetre"
    }
  }

  /// The class of failure.
  public var category: ErrorCategory { .badData }
}
