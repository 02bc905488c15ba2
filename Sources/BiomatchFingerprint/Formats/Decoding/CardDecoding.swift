import BiomatchCore

extension RecordDecoding {
  /// The card formats of ISO/IEC 19794-2:2005: minutiae and nothing else, in units of 0.01 mm
  /// (normal size) or 0.1 mm (compact size).
  mutating func card(in context: RecordContext?) throws(MinutiaeFormatError) -> MinutiaeRecord {
    let context = try usable(context)
    let size = format == .iso2005CardNormal ? 5 : 3
    let count = reader.remaining / size
    guard reader.remaining % size == 0 else {
      throw malformed(
        .truncated,
        at: count * size,
        "minutiae",
        "\(reader.remaining) bytes are no whole number of minutiae of \(size) bytes"
      )
    }
    viewIndex = 1
    var view = FingerView(context: context)
    view.minutiae =
      format == .iso2005CardNormal
      ? try minutiae(count, quality: .absent) : try compactMinutiae(count)
    let units = format.cardUnitsPerCentimetre
    for index in view.minutiae.indices {
      view.minutiae[index].x = CardUnits.pixels(
        view.minutiae[index].x,
        units,
        context.resolution
      )
      view.minutiae[index].y = CardUnits.pixels(
        view.minutiae[index].y,
        units,
        context.resolution
      )
    }
    try checkImageSize(&view, at: 0)
    return MinutiaeRecord(views: [view])
  }

  private mutating func compactMinutiae(
    _ count: Int
  ) throws(MinutiaeFormatError) -> [Minutia] {
    var minutiae: [Minutia] = []
    minutiae.reserveCapacity(count)
    for index in 0..<count {
      minutiaIndex = index + 1
      let x = Int(try byte("x"))
      let y = Int(try byte("y"))
      let offset = reader.offset
      let packed = try byte("type and angle")
      minutiae.append(
        Minutia(
          kind: try kind(packed >> 6, at: offset),
          x: x,
          y: y,
          angle: MinutiaAngle(steps: Int(packed & 0x3F), per: 64)
        )
      )
    }
    minutiaIndex = nil
    return minutiae
  }

  /// The context, when there is one and its numbers make sense.
  func usable(_ context: RecordContext?) throws(MinutiaeFormatError) -> RecordContext {
    guard let context else {
      throw .contextRequired(
        format: format,
        finding: "no context was given",
        location: ErrorLocation(file: file)
      )
    }
    let numbers = [context.width, context.height, context.resolution]
    guard numbers.allSatisfy({ (1...0xFFFF).contains($0) }) else {
      throw .contextRequired(
        format: format,
        finding: "width, height and resolution of the context must be in 1...65,535",
        location: ErrorLocation(file: file)
      )
    }
    return context
  }
}

extension FingerView {
  /// A view without minutiae that has the values of `context`.
  init(context: RecordContext) {
    self.init(
      position: context.position,
      width: context.width,
      height: context.height,
      resolutionX: context.resolution,
      resolutionY: context.resolution,
      minutiae: []
    )
  }
}

extension MinutiaeFormat {
  /// Units of a coordinate in one centimetre: 1,000 of 0.01 mm or 100 of 0.1 mm.
  var cardUnitsPerCentimetre: Int { self == .iso2005CardCompact ? 100 : 1000 }
}

/// Lengths on a card and in pixels, rounded to the nearest.
enum CardUnits {
  /// A length of `value` units in pixels.
  static func pixels(_ value: Int, _ unitsPerCentimetre: Int, _ resolution: Int) -> Int {
    (2 * value * resolution + unitsPerCentimetre) / (2 * unitsPerCentimetre)
  }

  /// A length of `value` pixels in units.
  static func units(_ value: Int, _ unitsPerCentimetre: Int, _ resolution: Int) -> Int {
    (2 * value * unitsPerCentimetre + resolution) / (2 * resolution)
  }
}
