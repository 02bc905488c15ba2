import BiomatchCore

extension RecordDecoding {
  /// ISO/IEC 19794-2:2011, record format: a general header of 15 bytes, then representations that
  /// each state their own length.
  mutating func iso2011() throws(MinutiaeFormatError) -> MinutiaeRecord {
    try magic()
    let lengthOffset = reader.offset
    let length = Int(try long("record length"))
    let countOffset = reader.offset
    let count = Int(try word("number of representations"))
    let flagOffset = reader.offset
    let flag = try byte("device certification flag")
    if flag > 1 {
      try repair(
        .certification,
        at: flagOffset,
        "device certification flag",
        "the flag is \(flag), not 0 or 1",
        "taken as 1"
      )
    }
    var views: [FingerView] = []
    for index in 0..<count {
      viewIndex = index + 1
      views.append(try representation(hasCertifications: flag != 0))
    }
    try checkViews(views, countAt: countOffset)
    try finish(declared: length, at: lengthOffset)
    return MinutiaeRecord(views: views)
  }

  private mutating func representation(
    hasCertifications: Bool
  ) throws(MinutiaeFormatError) -> FingerView {
    let start = reader.offset
    let length = Int(try long("representation length"))
    let time = try captureTime()
    var device = try device()
    let qualities = try qualityBlocks()
    if hasCertifications { device.certifications = try certifications() }
    let position = try position()
    let number = try viewNumber("representation number")
    let resolutionOffset = reader.offset
    let resolutionX = Int(try word("horizontal resolution"))
    let resolutionY = Int(try word("vertical resolution"))
    let impression = try impressionByte()
    let sizeOffset = reader.offset
    var geometry = ImageGeometry(
      width: Int(try word("image width")),
      height: Int(try word("image height")),
      resolutionX: resolutionX,
      resolutionY: resolutionY,
      offset: sizeOffset
    )
    try checkResolution(&geometry, at: resolutionOffset)
    let (hasQuality, ending) = try minutiaLayout()
    let count = Int(try byte("number of minutiae"))
    var view = FingerView(
      position: position,
      viewNumber: number,
      impressionType: impression,
      quality: qualities.first?.quality,
      width: geometry.width,
      height: geometry.height,
      resolutionX: geometry.resolutionX,
      resolutionY: geometry.resolutionY,
      minutiae: try minutiae(count, quality: hasQuality ? .codes : .absent),
      qualitySource: qualities.first?.source,
      qualityFailed: qualities.first.map { $0.quality == nil } ?? false,
      furtherQualities: Array(qualities.dropFirst()),
      device: device,
      captureTime: time,
      ridgeEndingType: ending
    )
    try checkImageSize(&view, at: sizeOffset)
    view.extendedData = try extendedData(for: view)
    let size = reader.offset - start
    if length != size {
      try repair(
        .representationLength,
        at: start,
        "representation length",
        "the declared length is \(length), the representation takes \(size) bytes",
        "the representation's structure decides"
      )
    }
    return view
  }

  // MARK: Capture

  private mutating func captureTime() throws(MinutiaeFormatError) -> CaptureTime? {
    let offset = reader.offset
    let year = try word("capture year")
    let time = CaptureTime(
      year: year == 0xFFFF ? nil : year,
      month: try timePart("capture month", 1...12),
      day: try timePart("capture day", 1...31),
      hour: try timePart("capture hour", 0...23),
      minute: try timePart("capture minute", 0...59),
      second: try timePart("capture second", 0...59),
      millisecond: try milliseconds()
    )
    if year == 0 {
      try repair(.captureTime, at: offset, "capture year", "the year is 0", "taken as unknown")
      var repaired = time
      repaired.year = nil
      return repaired == CaptureTime() ? nil : repaired
    }
    return time == CaptureTime() ? nil : time
  }

  private mutating func timePart(
    _ field: StaticString,
    _ range: ClosedRange<UInt8>
  ) throws(MinutiaeFormatError) -> UInt8? {
    let offset = reader.offset
    let value = try byte(field)
    if value == 0xFF { return nil }
    if range.contains(value) { return value }
    try repair(
      .captureTime,
      at: offset,
      field,
      "\(value) is not in \(range.lowerBound)...\(range.upperBound)",
      "taken as unknown"
    )
    return nil
  }

  private mutating func milliseconds() throws(MinutiaeFormatError) -> UInt16? {
    let offset = reader.offset
    let value = try word("capture millisecond")
    if value == 0xFFFF { return nil }
    if value <= 999 { return value }
    try repair(
      .captureTime,
      at: offset,
      "capture millisecond",
      "\(value) is not in 0...999",
      "taken as unknown"
    )
    return nil
  }

  private mutating func device() throws(MinutiaeFormatError) -> CaptureDevice {
    let offset = reader.offset
    var technology = try byte("capture device technology")
    if technology > CaptureDevice.largestTechnology {
      try repair(
        .deviceTechnology,
        at: offset,
        "capture device technology",
        "technology \(technology) is not in the standard's table",
        "taken as unknown"
      )
      technology = 0
    }
    return CaptureDevice(
      technology: technology,
      vendor: try word("capture device vendor"),
      model: try word("capture device type")
    )
  }

  private mutating func certifications() throws(MinutiaeFormatError) -> [DeviceCertification] {
    let count = Int(try byte("number of certification blocks"))
    var certifications: [DeviceCertification] = []
    for _ in 0..<count {
      let authority = try word("certification authority")
      let scheme = try byte("certification scheme")
      certifications.append(DeviceCertification(authority: authority, scheme: scheme))
    }
    return certifications
  }

  // MARK: Quality and layout

  private mutating func qualityBlocks() throws(MinutiaeFormatError) -> [QualityBlock] {
    let count = Int(try byte("number of quality blocks"))
    var blocks: [QualityBlock] = []
    for _ in 0..<count {
      let offset = reader.offset
      let value = try byte("quality")
      let vendor = try word("quality algorithm vendor")
      let algorithm = try word("quality algorithm")
      if value > 100, value != 255 {
        try repair(
          .quality,
          at: offset,
          "quality",
          "quality \(value) is above 100",
          "taken as failed to compute"
        )
      }
      blocks.append(
        QualityBlock(
          quality: value > 100 ? nil : value,
          source: QualitySource(nonZeroVendor: vendor, algorithm: algorithm)
        )
      )
    }
    return blocks
  }

  /// The byte that packs the size of a minutia and the ridge ending type.
  private mutating func minutiaLayout() throws(MinutiaeFormatError) -> (Bool, RidgeEndingType?) {
    let offset = reader.offset
    let packed = try byte("minutia size and ridge ending type")
    guard packed >> 4 == 5 || packed >> 4 == 6 else {
      throw malformed(
        .minutiaSize,
        at: offset,
        "minutia size",
        "a minutia is said to take \(packed >> 4) bytes, not 5 or 6"
      )
    }
    let ending = RidgeEndingType(rawValue: packed & 0x0F)
    if ending == nil {
      try repair(
        .endingType,
        at: offset,
        "ridge ending type",
        "ridge ending type \(packed & 0x0F) is not in the standard's table",
        "taken as unknown"
      )
    }
    return (packed >> 4 == 6, ending)
  }
}

extension CaptureDevice {
  /// The largest code in the table of device technologies of ISO/IEC 19794-2:2011.
  static let largestTechnology: UInt8 = 20
}
