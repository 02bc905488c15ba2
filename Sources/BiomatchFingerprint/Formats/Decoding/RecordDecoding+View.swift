import BiomatchCore

extension RecordDecoding {
  /// A finger position.
  mutating func position() throws(MinutiaeFormatError) -> FingerPosition {
    let offset = reader.offset
    let code = try byte("finger position")
    if let position = FingerPosition(rawValue: code), format.allows(position) { return position }
    try repair(
      .position,
      at: offset,
      "finger position",
      "finger position \(code) is not in the standard's table",
      "taken as unknown"
    )
    return .unknown
  }

  /// An impression type of a byte of its own.
  mutating func impressionByte() throws(MinutiaeFormatError) -> UInt8 {
    let offset = reader.offset
    return try impression(try byte("impression type"), at: offset)
  }

  /// The impression type that the format writes as `code`.
  private mutating func impression(
    _ code: UInt8,
    at offset: Int
  ) throws(MinutiaeFormatError) -> UInt8 {
    if let impression = format.impression(of: code) { return impression }
    // Some writers carry the code for contactless capture over from ANSI/INCITS 378-2004.
    let isContactless = format == .iso2005 && code == 9
    try repair(
      .impression,
      at: offset,
      "impression type",
      "impression type \(code) is not in the standard's table",
      isContactless ? "taken as live-scan contactless" : "kept"
    )
    return isContactless ? 24 : code
  }

  /// A view number of a byte of its own.
  mutating func viewNumber(_ field: StaticString) throws(MinutiaeFormatError) -> UInt8 {
    viewNumberOffsets.append(reader.offset)
    return try byte(field)
  }

  /// Position, view number and impression type, quality and minutiae of the formats of 2004 and 2005,
  /// then the extended data.
  mutating func compactView(
    _ geometry: ImageGeometry,
    _ device: CaptureDevice
  ) throws(MinutiaeFormatError) -> FingerView {
    var view = FingerView(
      position: try position(),
      width: geometry.width,
      height: geometry.height,
      resolutionX: geometry.resolutionX,
      resolutionY: geometry.resolutionY,
      minutiae: []
    )
    view.device = device
    let offset = reader.offset
    let packed = try viewNumber("view number and impression type")
    view.viewNumber = packed >> 4
    view.impressionType = try impression(packed & 0x0F, at: offset)
    view.quality = try viewQuality()
    let count = Int(try byte("number of minutiae"))
    view.minutiae = try minutiae(count, quality: .zeroIsUnreported)
    try checkImageSize(&view, at: geometry.offset)
    view.extendedData = try extendedData(for: view)
    return view
  }

  /// The quality of a finger in the formats of 2004 and 2005, where every value is a statement.
  private mutating func viewQuality() throws(MinutiaeFormatError) -> UInt8? {
    let offset = reader.offset
    let value = try byte("finger quality")
    if value <= 100 { return value }
    try repair(
      .quality,
      at: offset,
      "finger quality",
      "quality \(value) is above 100",
      "taken as not reported"
    )
    return nil
  }

  /// Refuses a record without views, and reports too many, numbers above 15, and views of one finger
  /// that carry the same number.
  mutating func checkViews(_ views: [FingerView], countAt offset: Int) throws(MinutiaeFormatError) {
    viewIndex = nil
    guard !views.isEmpty else {
      throw malformed(.views, at: offset, "number of views", "the record has no views")
    }
    let largestCount = format.largestViewCount
    if views.count > largestCount {
      try repair(
        .views,
        at: offset,
        "number of views",
        "the record has \(views.count) views, more than \(largestCount)",
        "all are read"
      )
    }
    var seen: Set<UInt16> = []
    for (index, view) in views.enumerated() {
      if view.viewNumber > MinutiaeFormat.largestViewNumber {
        viewIndex = index + 1
        try repair(
          .viewNumber,
          at: viewNumberOffsets[index],
          "view number",
          "view number \(view.viewNumber) is above \(MinutiaeFormat.largestViewNumber)",
          "kept"
        )
      }
      let key = UInt16(view.position.rawValue) << 8 | UInt16(view.viewNumber)
      guard !seen.insert(key).inserted else { continue }
      viewIndex = index + 1
      try repair(
        .viewNumber,
        at: viewNumberOffsets[index],
        "view number",
        "finger position \(view.position.rawValue) has another view with number \(view.viewNumber)",
        "kept"
      )
      viewIndex = nil
    }
  }
}

extension MinutiaeFormat {
  /// Whether the format's table of finger positions has `position`.
  func allows(_ position: FingerPosition) -> Bool {
    switch self {
    case .iso2011, .ansi2009am1: true
    default: position.isSingleFinger
    }
  }

  /// The impression type that `code` stands for, or `nil` when the format's table lacks it.
  func impression(of code: UInt8) -> UInt8? {
    switch self {
    case .iso2005: [0, 1, 2, 3, 8].contains(code) ? code : nil
    case .ansi2004: code == 9 ? 24 : [0, 1, 2, 3, 8].contains(code) ? code : nil
    case .ansi2009, .ansi2009am1:
      [0, 1, 2, 3, 8, 10, 11].contains(code) || (20...29).contains(code) ? code : nil
    case .iso2011: code <= 9 || [24, 28, 29].contains(code) ? code : nil
    case .iso2005CardNormal, .iso2005CardCompact, .xyt: code == 0 ? 0 : nil
    }
  }

  /// The code that the format writes for an impression type, or `nil` when its table lacks it.
  func impressionCode(of impression: UInt8) -> UInt8? {
    if self == .ansi2004, impression == 24 { return 9 }
    return self.impression(of: impression) == impression ? impression : nil
  }
}
