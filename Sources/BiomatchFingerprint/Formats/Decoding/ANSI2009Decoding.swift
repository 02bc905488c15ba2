import BiomatchCore

extension RecordDecoding {
  /// ANSI/INCITS 378-2009 and its Amendment 1: a header of 21 bytes; image size, resolution and
  /// quality algorithm belong to the view.
  ///
  /// Drafts of 2007, which NIST's tools write under the same version string, pack device number and
  /// compliance flags into two bytes where the standard has three. Lenient decoding recognises them
  /// by their structure.
  mutating func ansi2009() throws(MinutiaeFormatError) -> MinutiaeRecord {
    let start = self
    let outcome: Result<MinutiaeRecord, MinutiaeFormatError>
    do throws(MinutiaeFormatError) {
      outcome = .success(try ansi2009(draft: false))
    } catch {
      outcome = .failure(error)
    }
    guard isLenient, format == .ansi2009, !(repairs.isEmpty && outcome.isSuccess) else {
      return try outcome.get()
    }
    var draft = start
    guard let record = try? draft.ansi2009(draft: true) else { return try outcome.get() }
    // The note on the layout counts as one repair, so the draft must fit better than the standard.
    if outcome.isSuccess, misfit <= draft.misfit { return try outcome.get() }
    self = draft
    return record
  }

  private mutating func ansi2009(draft: Bool) throws(MinutiaeFormatError) -> MinutiaeRecord {
    try magic()
    let lengthOffset = reader.offset
    let length = Int(try long("record length"))
    let product = try product()
    let deviceOffset = reader.offset
    var device: CaptureDevice
    if draft {
      device = try packedDevice()
      try repair(
        .layout,
        at: deviceOffset,
        "capture equipment",
        "the record has the layout of the 2007 draft, with two bytes for the capture equipment",
        "read as such"
      )
    } else {
      device = CaptureDevice()
      device.compliance = try byte("capture equipment compliance")
      device.model = try word("capture equipment number")
    }
    let countOffset = reader.offset
    let count = Int(try byte("number of views"))
    try reservedByte("reserved byte after the number of views")
    var views: [FingerView] = []
    for index in 0..<count {
      viewIndex = index + 1
      views.append(try ansi2009View(device))
    }
    try checkViews(views, countAt: countOffset)
    try finish(declared: length, at: lengthOffset)
    return MinutiaeRecord(views: views, product: product)
  }

  private mutating func ansi2009View(
    _ device: CaptureDevice
  ) throws(MinutiaeFormatError) -> FingerView {
    let position = try position()
    let number = try viewNumber("view number")
    let impression = try impressionByte()
    let (quality, failed) = try quality(.codes, "finger quality")
    let vendor = try word("quality algorithm vendor")
    let algorithm = try word("quality algorithm")
    var geometry = try sizeAndResolution()
    try checkResolution(&geometry, at: geometry.offset + 4)
    let count = Int(try byte("number of minutiae"))
    var view = FingerView(
      position: position,
      viewNumber: number,
      impressionType: impression,
      quality: quality,
      width: geometry.width,
      height: geometry.height,
      resolutionX: geometry.resolutionX,
      resolutionY: geometry.resolutionY,
      minutiae: try minutiae(count, quality: .codes),
      qualitySource: QualitySource(nonZeroVendor: vendor, algorithm: algorithm),
      qualityFailed: failed,
      device: device
    )
    try checkImageSize(&view, at: geometry.offset)
    view.extendedData = try extendedData(for: view)
    return view
  }
}

extension QualitySource {
  /// The source of those numbers, or `nil` when both are zero, which names nobody.
  init?(nonZeroVendor vendor: UInt16, algorithm: UInt16) {
    guard vendor != 0 || algorithm != 0 else { return nil }
    self.init(vendor: vendor, algorithm: algorithm)
  }
}

extension Result {
  fileprivate var isSuccess: Bool {
    if case .success = self { true } else { false }
  }
}
