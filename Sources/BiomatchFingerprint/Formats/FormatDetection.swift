import BiomatchCore

extension MinutiaeDecoder {
  /// Finds the one format whose structure fits the whole record.
  ///
  /// A strict fit beats every repair: repairs are considered only when no format fits as it is, and
  /// then the format of the smallest ``Misfit`` is taken.
  func detect(_ bytes: [UInt8], file: String?) throws(MinutiaeFormatError) -> DecodedRecord {
    let candidates = try Self.candidates(of: bytes, file: file)
    let strict = attempt(candidates, on: bytes, .strict, file: file)
    if let only = try single(of: strict.best, file: file) { return only }
    guard strictness == .lenient else { throw strict.closest(to: bytes, file: file) }
    let lenient = attempt(candidates, on: bytes, .lenient, file: file)
    if let hopeless = lenient.hopeless { throw hopeless }
    if let only = try single(of: lenient.best, file: file) { return only }
    throw lenient.closest(to: bytes, file: file)
  }

  /// The formats that share the record's identifier and version string.
  private static func candidates(
    of bytes: [UInt8],
    file: String?
  ) throws(MinutiaeFormatError) -> [MinutiaeFormat] {
    let location = ErrorLocation(file: file, byteOffset: 0)
    guard bytes.count >= 8 else {
      throw .unrecognised(
        hint: "\(bytes.count) bytes are fewer than any format's header takes",
        location: location
      )
    }
    guard bytes.starts(with: RecordDecoding.identifier) else {
      let text = bytes.allSatisfy { $0 < 0x80 && ($0 >= 0x20 || $0 == 9 || $0 == 10 || $0 == 13) }
      throw .unrecognised(
        hint: text
          ? "it is text, possibly NBIS .xyt, which has no header to tell it by"
          : "it does not start with FMR and a zero byte",
        location: location
      )
    }
    switch Array(bytes[4..<8]) {
    case RecordDecoding.version20, RecordDecoding.version020: return [.iso2005, .ansi2004]
    case RecordDecoding.version030: return [.iso2011, .ansi2009]
    case RecordDecoding.version035: return [.ansi2009am1]
    default:
      throw .unrecognised(
        hint: "the version string is none of \" 20\", \"030\" and \"035\"",
        location: ErrorLocation(file: file, byteOffset: 4, field: "version number")
      )
    }
  }

  private struct Attempts {
    var fits: [(decoded: DecodedRecord, misfit: Misfit)] = []
    var failures: [MinutiaeFormatError] = []

    /// The records of the formats that fit best.
    var best: [DecodedRecord] {
      let smallest = fits.map(\.misfit).min()
      return fits.filter { $0.misfit == smallest }.map(\.decoded)
    }

    /// The failure of a format that needs too many repairs, when no other one accounts for all bytes.
    var hopeless: MinutiaeFormatError? {
      guard fits.allSatisfy(\.misfit.foreignTail) else { return nil }
      return failures.first { if case .malformed(.repairs, _) = $0 { true } else { false } }
    }

    /// The failure that came furthest into the record, which is the likeliest to be about its format.
    func closest(to bytes: [UInt8], file: String?) -> MinutiaeFormatError {
      failures.max { ($0.location.byteOffset ?? 0) < ($1.location.byteOffset ?? 0) }
        ?? .unrecognised(hint: "no format fits", location: ErrorLocation(file: file))
    }
  }

  private func attempt(
    _ candidates: [MinutiaeFormat],
    on bytes: [UInt8],
    _ strictness: DecodingStrictness,
    file: String?
  ) -> Attempts {
    var attempts = Attempts()
    for candidate in candidates {
      do throws(MinutiaeFormatError) {
        attempts.fits.append(try decode(bytes, as: candidate, strictness, file: file))
      } catch {
        attempts.failures.append(error)
      }
    }
    return attempts
  }

  private func single(
    of fits: [DecodedRecord],
    file: String?
  ) throws(MinutiaeFormatError) -> DecodedRecord? {
    guard fits.count < 2 else {
      throw .ambiguous(
        candidates: fits.map(\.format),
        location: ErrorLocation(file: file, byteOffset: 0)
      )
    }
    return fits.first
  }
}
