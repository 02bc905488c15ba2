import BiomatchCore

/// The state of encoding one record: the bytes so far, and what they do not hold.
struct RecordEncoding {
  let format: MinutiaeFormat
  var writer = ByteWriter()
  var losses: [ConversionLoss] = []

  init(format: MinutiaeFormat) { self.format = format }

  /// Notes that something is not held; `view` counts from one.
  mutating func lose(_ kind: ConversionLoss.Kind, _ view: Int? = nil, _ text: String) {
    losses.append(ConversionLoss(kind: kind, view: view, text: text))
  }

  /// The error for values that cannot be written at all.
  func unencodable(
    _ rule: MinutiaeRule,
    _ field: String,
    _ finding: String
  ) -> MinutiaeFormatError {
    .unencodable(
      rule,
      RuleBreach(
        format: format,
        location: ErrorLocation(field: field),
        finding: finding,
        clause: rule.clause(in: format)
      )
    )
  }

  /// Identifier, version and room for the length; the offset of the latter.
  mutating func header() -> Int {
    writer.writeBytes(RecordDecoding.identifier)
    writer.writeBytes(RecordDecoding.version(of: format))
    return writer.count
  }

  mutating func product(_ product: ProductIdentifier?) {
    writer.writeUInt16(product?.owner ?? 0)
    writer.writeUInt16(product?.type ?? 0)
  }

  mutating func sizeAndResolution(_ view: FingerView) {
    writer.writeUInt16(UInt16(view.width))
    writer.writeUInt16(UInt16(view.height))
    writer.writeUInt16(UInt16(view.resolutionX))
    writer.writeUInt16(UInt16(view.resolutionY))
  }
}

extension MinutiaeFormat {
  /// The largest number of views in a record.
  var largestViewCount: Int {
    switch self {
    case .iso2005, .ansi2004, .ansi2009, .ansi2009am1: 255
    // The eleven single positions of 2011 with sixteen views each.
    case .iso2011: 176
    case .iso2005CardNormal, .iso2005CardCompact, .xyt: 1
    }
  }

  /// The largest view number of every format, also of those that spend a byte on it.
  static var largestViewNumber: UInt8 { 15 }

  /// Whether image size, resolution and device are stated once for all views.
  var hasRecordGeometry: Bool { self == .iso2005 || self == .ansi2004 }

  /// Whether all views share one description of the device.
  var hasRecordDevice: Bool { hasHeader && self != .iso2011 }
}
