import BiomatchCore

/// How a format writes the quality of a minutia.
enum MinutiaQualityField {
  /// Not at all.
  case absent
  /// 0 is not reported, 1...100 a quality.
  case zeroIsUnreported
  /// 0...100 is a quality, 254 not reported, 255 failed.
  case codes
}

extension RecordDecoding {
  /// `count` minutiae in the binary layout that all record formats and the normal card format share:
  /// type and x, reserved bits and y, angle, quality.
  mutating func minutiae(
    _ count: Int,
    quality: MinutiaQualityField
  ) throws(MinutiaeFormatError) -> [Minutia] {
    let size = quality == .absent ? 5 : 6
    guard reader.remaining >= count * size else {
      throw malformed(
        .truncated,
        at: reader.offset,
        "minutiae",
        "\(count) minutiae take \(count * size) bytes, \(reader.remaining) are left"
      )
    }
    var minutiae: [Minutia] = []
    minutiae.reserveCapacity(count)
    for index in 0..<count {
      minutiaIndex = index + 1
      minutiae.append(try minutia(quality))
    }
    minutiaIndex = nil
    return minutiae
  }

  private mutating func minutia(
    _ qualityField: MinutiaQualityField
  ) throws(MinutiaeFormatError) -> Minutia {
    let offset = reader.offset
    let typeAndX = try word("type and x")
    let reservedAndY = try word("y")
    let angle = try angle("angle")
    if reservedAndY > 0x3FFF {
      try repair(
        .reserved,
        at: offset + 2,
        "y",
        "the reserved bits are \(reservedAndY >> 14), not 0",
        "ignored"
      )
    }
    var minutia = Minutia(
      kind: try kind(UInt8(typeAndX >> 14), at: offset),
      x: Int(typeAndX & 0x3FFF),
      y: Int(reservedAndY & 0x3FFF),
      angle: angle
    )
    if qualityField != .absent {
      let (quality, failed) = try quality(qualityField, "quality")
      minutia.quality = quality
      minutia.qualityFailed = failed
    }
    return minutia
  }

  /// The minutia type of that code; code 3 is reserved.
  mutating func kind(_ code: UInt8, at offset: Int) throws(MinutiaeFormatError) -> Minutia.Kind {
    if let kind = Minutia.Kind(rawValue: code) { return kind }
    try repair(
      .minutiaType,
      at: offset,
      "type",
      "minutia type \(code) is reserved",
      "taken as other"
    )
    return .other
  }

  /// A direction of one byte.
  mutating func angle(_ field: StaticString) throws(MinutiaeFormatError) -> MinutiaAngle {
    let offset = reader.offset
    let steps = Int(try byte(field))
    let turn = format.anglesPerTurn
    if steps >= turn {
      try repair(
        .angle,
        at: offset,
        field,
        "direction \(steps) is not below \(turn)",
        "taken as \(steps % turn)"
      )
    }
    return MinutiaAngle(steps: steps, per: turn)
  }

  /// A quality of one byte, and whether it says that computing it failed.
  mutating func quality(
    _ coding: MinutiaQualityField,
    _ field: StaticString
  ) throws(MinutiaeFormatError) -> (quality: UInt8?, failed: Bool) {
    let offset = reader.offset
    let value = try byte(field)
    switch (coding, value) {
    case (.zeroIsUnreported, 0), (.codes, 254): return (nil, false)
    case (.codes, 255): return (nil, true)
    case (_, 0...100): return (value, false)
    default:
      try repair(
        .quality,
        at: offset,
        field,
        "quality \(value) is above 100",
        "taken as not reported"
      )
      return (nil, false)
    }
  }

  /// Makes the image large enough for every minutia.
  ///
  /// Moving or dropping minutiae would change what is compared; the image size only bounds it.
  mutating func checkImageSize(
    _ view: inout FingerView,
    at offset: Int
  ) throws(MinutiaeFormatError) {
    let right = view.minutiae.map(\.x).max() ?? 0
    let bottom = view.minutiae.map(\.y).max() ?? 0
    if view.width <= right {
      try repair(
        .imageSize,
        at: offset,
        "image width",
        view.width == 0
          ? "the width is 0" : "a minutia lies at x = \(right), outside the width of \(view.width)",
        "taken as \(right + 1)"
      )
      view.width = right + 1
    }
    if view.height <= bottom {
      try repair(
        .imageSize,
        at: offset + 2,
        "image height",
        view.height == 0
          ? "the height is 0"
          : "a minutia lies at y = \(bottom), outside the height of \(view.height)",
        "taken as \(bottom + 1)"
      )
      view.height = bottom + 1
    }
  }
}
