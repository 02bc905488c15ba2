import BiomatchCore

/// Image size and resolution of a record or a view.
struct ImageGeometry {
  var width: Int
  var height: Int
  var resolutionX: Int
  var resolutionY: Int
  /// Offset of its first field.
  var offset: Int
}

extension RecordDecoding {
  /// `FMR` and a zero byte.
  static let identifier: [UInt8] = [0x46, 0x4D, 0x52, 0x00]
  /// ` 20` and a zero byte.
  static let version20: [UInt8] = [0x20, 0x32, 0x30, 0x00]
  /// `020` and a zero byte, a slip of some writers.
  static let version020: [UInt8] = [0x30, 0x32, 0x30, 0x00]
  /// `030` and a zero byte.
  static let version030: [UInt8] = [0x30, 0x33, 0x30, 0x00]
  /// `035` and a zero byte.
  static let version035: [UInt8] = [0x30, 0x33, 0x35, 0x00]

  /// The version string that records of a format with a header carry.
  static func version(of format: MinutiaeFormat) -> [UInt8] {
    switch format {
    case .iso2005, .ansi2004: version20
    case .iso2011, .ansi2009: version030
    case .ansi2009am1: version035
    case .iso2005CardNormal, .iso2005CardCompact, .xyt: []
    }
  }

  /// Format identifier and version number.
  mutating func magic() throws(MinutiaeFormatError) {
    guard try long("format identifier") == 0x464D_5200 else {
      throw malformed(
        .identifier,
        at: 0,
        "format identifier",
        "the record does not start with FMR and a zero byte"
      )
    }
    let offset = reader.offset
    let found = try long("version number")
    let expected = Self.version(of: format)
    guard expected.reduce(0, { $0 << 8 | UInt32($1) }) != found else { return }
    let text = Self.quoted(found)
    let known = [Self.version20, Self.version020, Self.version030, Self.version035]
    guard known.contains(where: { $0.reduce(0, { $0 << 8 | UInt32($1) }) == found }) else {
      throw malformed(
        .version,
        at: offset,
        "version number",
        "the version is \(text), not \(Self.quoted(expected))"
      )
    }
    let title = format.title
    try repair(
      .version,
      at: offset,
      "version number",
      "the version is \(text), not \(Self.quoted(expected))",
      "read as \(title)"
    )
  }

  /// Compares the declared length of the record with the number of bytes that its structure takes.
  ///
  /// Called when everything has been read; in lenient mode the structure wins.
  mutating func finish(declared: Int, at offset: Int) throws(MinutiaeFormatError) {
    viewIndex = nil
    minutiaIndex = nil
    let size = reader.offset
    if declared != size {
      try repair(
        .length,
        at: offset,
        "record length",
        "the declared length is \(declared), the record takes \(size) bytes",
        "the record's structure decides"
      )
    }
    guard !reader.isAtEnd else { return }
    let count = reader.remaining
    let isPadding = (try? reader.readBytes(count))?.allSatisfy { $0 == 0 } ?? false
    if !isPadding { noteForeignTail() }
    try repair(
      .trailing,
      at: size,
      "end of record",
      "\(count) \(isPadding ? "zero bytes" : "bytes") follow the record",
      "ignored"
    )
  }

  /// Width, height and the two resolutions, in this order.
  mutating func sizeAndResolution() throws(MinutiaeFormatError) -> ImageGeometry {
    let offset = reader.offset
    let width = Int(try word("image width"))
    let height = Int(try word("image height"))
    return ImageGeometry(
      width: width,
      height: height,
      resolutionX: Int(try word("horizontal resolution")),
      resolutionY: Int(try word("vertical resolution")),
      offset: offset
    )
  }

  /// Puts right a resolution of zero and one in dots per inch, and reports one that is too small.
  mutating func checkResolution(
    _ geometry: inout ImageGeometry,
    at offset: Int
  ) throws(MinutiaeFormatError) {
    let smallest = format.smallestResolution
    for axis in [\ImageGeometry.resolutionX, \.resolutionY] {
      let field: StaticString =
        axis == \.resolutionX ? "horizontal resolution" : "vertical resolution"
      let place = axis == \.resolutionX ? offset : offset + 2
      let value = geometry[keyPath: axis]
      if value == 0 {
        let other = axis == \.resolutionX ? geometry.resolutionY : geometry.resolutionX
        let assumed = other == 0 || other > Self.largestResolution ? 197 : other
        geometry[keyPath: axis] = assumed
        try repair(
          .resolution,
          at: place,
          field,
          "the resolution is 0 px/cm",
          "taken as \(assumed) px/cm"
        )
      } else if value > Self.largestResolution {
        let converted = (value * 100 + 127) / 254
        geometry[keyPath: axis] = converted
        try repair(
          .resolution,
          at: place,
          field,
          "the resolution of \(value) px/cm is that of no fingerprint device",
          "taken as dots per inch, \(converted) px/cm"
        )
      } else if value < smallest {
        try repair(
          .resolution,
          at: place,
          field,
          "the resolution of \(value) px/cm is below \(smallest), 250 dpi",
          "kept"
        )
      }
    }
  }

  /// The largest credible resolution in px/cm, 1,016 dpi; larger values are dots per inch written
  /// into the wrong field (500 dpi is 197 px/cm, 1,000 dpi is 394 px/cm).
  static let largestResolution = 400

  /// Number of the device and its compliance flags in one 16-bit field.
  mutating func packedDevice() throws(MinutiaeFormatError) -> CaptureDevice {
    let value = try word("capture equipment")
    return CaptureDevice(model: value & 0x0FFF, compliance: UInt8(value >> 12) << 4)
  }

  private static func quoted(_ version: UInt32) -> String {
    quoted((0..<4).map { UInt8(truncatingIfNeeded: version >> (24 - 8 * $0)) })
  }

  private static func quoted(_ version: [UInt8]) -> String {
    let characters = version.dropLast().map { byte in
      byte >= 0x20 && byte < 0x7F ? String(UnicodeScalar(byte)) : "?"
    }
    return "\"" + characters.joined() + "\""
  }
}

extension MinutiaeFormat {
  /// The smallest resolution in px/cm; the ISO records demand 250 dpi.
  var smallestResolution: Int {
    switch self {
    case .iso2005, .iso2011: 99
    default: 1
    }
  }
}
