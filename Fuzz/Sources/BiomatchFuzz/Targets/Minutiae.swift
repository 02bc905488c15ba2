import BiomatchFingerprint

/// One target per minutiae format, and one for detection.
let minutiaeTargets: [FuzzTarget] =
  MinutiaeFormat.allCases.map { format in
    FuzzTarget(name: "minutiae-\(format.rawValue)") { input in
      // A format without header needs an image to place its minutiae in; the first byte varies it.
      let size = 1 + Int(input.first ?? 0) * 4
      let context = RecordContext(width: size, height: size, resolution: format.fuzzResolution)
      let bytes = format.hasHeader ? input : Array(input.dropFirst())
      decode(bytes, format, context)
    }
  } + [
    FuzzTarget(name: "minutiae-detection") { input in decode(input, nil, nil) }
  ]

private func decode(_ bytes: [UInt8], _ format: MinutiaeFormat?, _ context: RecordContext?) {
  for strictness in DecodingStrictness.allCases {
    let decoder = MinutiaeDecoder(strictness: strictness, format: format, context: context)
    do {
      let decoded = try decoder.decode(bytes)
      precondition(strictness == .lenient || decoded.repairs.isEmpty, "strict decoding repaired")
      checkRoundTrip(of: decoded)
    } catch {
      precondition(!error.description.isEmpty)
    }
  }
}

/// What decodes can be written again in its own format, to bytes that decode strictly and, unless a
/// loss is reported, to the same record.
private func checkRoundTrip(of decoded: DecodedRecord) {
  let encoded: EncodedRecord
  do {
    encoded = try MinutiaeEncoder(format: decoded.format).encode(decoded.record)
  } catch {
    // Strictly decoded records can always be written; repaired ones may hold too much.
    precondition(!decoded.repairs.isEmpty, "cannot be encoded: \(error)")
    return
  }
  let view = decoded.record.views[0]
  let decoder = MinutiaeDecoder(format: decoded.format, context: RecordContext(view: view))
  do {
    let again = try decoder.decode(encoded.bytes)
    precondition(
      !encoded.losses.isEmpty || again.record == decoded.record,
      "the record changed without a loss being reported"
    )
  } catch {
    preconditionFailure("the encoded record does not decode: \(error)")
  }
}

extension MinutiaeFormat {
  /// A resolution at which the format's coordinates are whole pixels.
  fileprivate var fuzzResolution: Int {
    switch self {
    case .iso2005CardNormal: 1000
    case .iso2005CardCompact: 100
    default: 197
    }
  }
}
