import BiomatchCore

/// The minutiae of one finger impression, brought to 500 dpi: what the matcher starts from.
///
/// A template is a plain value built from one view of a decoded record. It holds at most
/// ``capacity`` minutiae; of a view with more, those of highest quality are kept, then those nearest
/// to the centroid, then those that come first. The order of the view is kept.
///
/// ```swift
/// let decoded = try MinutiaeDecoder().decode(bytes, file: "left-index.fmr")
/// let template = try FingerprintTemplate(view: decoded.record.views[0])
/// ```
public struct FingerprintTemplate: Sendable, Hashable, Codable {
  /// The largest number of minutiae that a template holds.
  public static let capacity = 128

  /// Pixels per centimetre that count as 500 dpi.
  static let resolution = 197

  /// Coordinates lie within this many pixels at 500 dpi of the origin.
  static let extent = 16_383

  /// Which finger.
  public let position: FingerPosition
  /// Image width in pixels at 500 dpi.
  public let width: Int
  /// Image height in pixels at 500 dpi.
  public let height: Int
  /// The minutiae, at most ``capacity``.
  public let minutiae: [TemplateMinutia]

  /// The template of one view: coordinates brought from the view's resolution to 500 dpi
  /// (197 pixels per centimetre), directions to 1/256 turn.
  ///
  /// - Parameter view: A view as a decoder gives it; the resolution must be stated.
  /// - Throws: ``FingerprintTemplateError`` when a resolution is not positive, or a coordinate
  ///   exceeds 16,383 pixels at 500 dpi (83 cm).
  /// - Complexity: O(n log n) for n minutiae.
  public init(view: FingerView) throws(FingerprintTemplateError) {
    guard view.resolutionX > 0, view.resolutionY > 0 else {
      throw .resolution(x: view.resolutionX, y: view.resolutionY)
    }
    var minutiae: [TemplateMinutia] = []
    minutiae.reserveCapacity(view.minutiae.count)
    for (index, minutia) in view.minutiae.enumerated() {
      guard let x = Self.at500(minutia.x, view.resolutionX),
        let y = Self.at500(minutia.y, view.resolutionY)
      else { throw .coordinate(minutia: index, x: minutia.x, y: minutia.y) }
      minutiae.append(
        TemplateMinutia(
          kind: minutia.kind,
          x: Int16(x),
          y: Int16(y),
          angle: UInt8(minutia.angle.steps(per: 256)),
          quality: minutia.quality.flatMap { (1...100).contains($0) ? $0 : nil },
          index: index
        )
      )
    }
    guard let width = Self.at500(view.width, view.resolutionX),
      let height = Self.at500(view.height, view.resolutionY)
    else { throw .size(width: view.width, height: view.height) }
    self.position = view.position
    self.width = width
    self.height = height
    self.minutiae = Self.best(of: minutiae)
  }

  /// A template of values that are known to be valid, at most ``capacity`` minutiae at 500 dpi.
  init(position: FingerPosition, width: Int, height: Int, minutiae: [TemplateMinutia]) {
    self.position = position
    self.width = width
    self.height = height
    self.minutiae = minutiae
  }

  private static func at500(_ pixels: Int, _ resolution: Int) -> Int? {
    let (product, overflow) = pixels.multipliedReportingOverflow(by: Self.resolution)
    guard !overflow else { return nil }
    let (doubled, tooLarge) = product.multipliedReportingOverflow(by: 2)
    guard !tooLarge, resolution <= Int(Int32.max) else { return nil }
    // Rounded to the nearest pixel, halves away from zero.
    let scaled = (doubled.magnitude + UInt(resolution)) / (2 * UInt(resolution))
    guard scaled <= UInt(extent) else { return nil }
    return doubled < 0 ? -Int(scaled) : Int(scaled)
  }

  private static func best(of minutiae: [TemplateMinutia]) -> [TemplateMinutia] {
    let count = minutiae.count
    guard count > capacity else { return minutiae }
    let centroidX = Double(minutiae.reduce(0) { $0 + Int($1.x) }) / Double(count)
    let centroidY = Double(minutiae.reduce(0) { $0 + Int($1.y) }) / Double(count)
    func distance(_ minutia: TemplateMinutia) -> Double {
      let dx = Double(minutia.x) - centroidX
      let dy = Double(minutia.y) - centroidY
      return dx * dx + dy * dy
    }
    let ranked = minutiae.sorted {
      ($1.quality ?? 0, distance($0), $0.index) < ($0.quality ?? 0, distance($1), $1.index)
    }
    return ranked.prefix(capacity).sorted { $0.index < $1.index }
  }
}

extension FingerprintTemplate {
  private enum CodingKeys: String, CodingKey { case position, width, height, minutiae }

  /// Decodes a template; one that no view gives (too many minutiae, values out of range) is an error.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    position = try container.decode(FingerPosition.self, forKey: .position)
    width = try container.decode(Int.self, forKey: .width)
    height = try container.decode(Int.self, forKey: .height)
    minutiae = try container.decode([TemplateMinutia].self, forKey: .minutiae)
    for (key, size) in [(CodingKeys.width, width), (.height, height)] {
      guard (-Self.extent...Self.extent).contains(size) else {
        throw DecodingError.dataCorruptedError(
          forKey: key,
          in: container,
          debugDescription: "an image has at most \(Self.extent) pixels a side, not \(size)"
        )
      }
    }
    guard minutiae.count <= Self.capacity else {
      throw DecodingError.dataCorruptedError(
        forKey: .minutiae,
        in: container,
        debugDescription: "a template has at most \(Self.capacity) minutiae, not \(minutiae.count)"
      )
    }
    let bad = minutiae.firstIndex { minutia in
      abs(Int(minutia.x)) > Self.extent || abs(Int(minutia.y)) > Self.extent
        || !(1...100).contains(minutia.quality ?? 1)
    }
    if let bad {
      throw DecodingError.dataCorruptedError(
        forKey: .minutiae,
        in: container,
        debugDescription: "minutia \(bad) has a coordinate beyond \(Self.extent) or a quality "
          + "outside 1...100"
      )
    }
  }
}
