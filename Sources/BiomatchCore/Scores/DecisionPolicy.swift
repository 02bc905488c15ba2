#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// From which score on two samples are taken to be of one person.
///
/// ```swift
/// let policy = DecisionPolicy.falsePositiveIdentificationRate(1e-3)
/// let threshold = try policy.threshold(calibration: table, gallerySize: 20_000)
/// ```
public enum DecisionPolicy: Sendable, Hashable {
  /// From this score on.
  case score(SimilarityScore)
  /// From the lowest score at which at most this share of comparisons of different people is
  /// accepted.
  case falseMatchRate(Double)
  /// From the lowest score at which at most this share of searches for people who are not in the
  /// gallery gives any candidate, for the gallery as large as it is at the time of the search.
  case falsePositiveIdentificationRate(Double)

  /// The lowest score that this policy accepts.
  ///
  /// A search makes as many comparisons as its gallery has samples after filters, N, each of which
  /// may give a false match: FPIR = 1 - (1 - FMR)^N. The formula takes the comparisons of one search
  /// for independent; ISO/IEC 19795-1 gives it as an approximation for that reason.
  ///
  /// - Parameters:
  ///   - calibration: needed by the two rates; that it is of the matcher in use is the caller's to
  ///     ``CalibrationTable/check(parameters:)``.
  ///   - gallerySize: how many stored samples a probe is compared with; 1 for a verification.
  /// - Throws: ``DecisionPolicyError`` when the calibration is absent or its sample too small.
  public func threshold(
    calibration: CalibrationTable? = nil,
    gallerySize: Int = 1
  ) throws(DecisionPolicyError) -> SimilarityScore {
    switch self {
    case .score(let score):
      return score
    case .falseMatchRate(let rate):
      let calibration = try Self.check(calibration, rate: rate)
      guard let threshold = calibration.threshold(falseMatchRate: rate) else {
        throw .rateUnsupported(
          requested: rate,
          smallest: calibration.smallestSupportedRate,
          calibrationSize: calibration.impostorComparisons
        )
      }
      return threshold
    case .falsePositiveIdentificationRate(let rate):
      let calibration = try Self.check(calibration, rate: rate)
      let needed = Self.falseMatchRate(forFPIR: rate, gallerySize: gallerySize)
      guard let threshold = calibration.threshold(falseMatchRate: needed) else {
        throw .galleryTooLarge(
          size: gallerySize,
          largest: Self.largestGallery(forFPIR: rate, calibration: calibration),
          requested: rate
        )
      }
      return threshold
    }
  }

  /// The largest number of samples that may be searched under this policy with this calibration: 0
  /// when the sample supports the policy for no gallery at all or the rate is none, `Int.max` for a
  /// policy that does not depend on the gallery's size.
  public func largestGallery(calibration: CalibrationTable) -> Int {
    switch self {
    case .score: .max
    case .falseMatchRate(let rate):
      rate < 1 && calibration.threshold(falseMatchRate: rate) != nil ? .max : 0
    case .falsePositiveIdentificationRate(let rate):
      Self.largestGallery(forFPIR: rate, calibration: calibration)
    }
  }

  // MARK: Helpers

  private static func check(
    _ calibration: CalibrationTable?,
    rate: Double
  ) throws(DecisionPolicyError) -> CalibrationTable {
    guard isRate(rate) else { throw .rateOutOfRange(rate) }
    guard let calibration else { throw .calibrationMissing }
    return calibration
  }

  private static func isRate(_ rate: Double) -> Bool { rate > 0 && rate < 1 }

  /// The false match rate at which a gallery of that size has that FPIR; `log1p` and `expm1` keep
  /// what 1 - FMR would round away.
  private static func falseMatchRate(forFPIR rate: Double, gallerySize: Int) -> Double {
    -expm1(log1p(-rate) / Double(max(1, gallerySize)))
  }

  private static func largestGallery(forFPIR rate: Double, calibration: CalibrationTable) -> Int {
    guard isRate(rate) else { return 0 }
    let smallest = calibration.smallestSupportedRate
    guard smallest < 1 else { return 0 }
    let estimate = log1p(-rate) / log1p(-smallest)
    guard estimate < 1e15 else { return .max }
    // The quotient may be off by rounding: what counts is what `threshold` accepts.
    var size = Int(estimate) + 1
    while size > 0, falseMatchRate(forFPIR: rate, gallerySize: size) < smallest { size -= 1 }
    return size
  }
}

extension DecisionPolicy: Codable {
  private enum CodingKeys: String, CodingKey, CaseIterable {
    case score, falseMatchRate, falsePositiveIdentificationRate
  }

  /// Decodes from an object with one member, `{"falseMatchRate": 0.001}` for example.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    func rate(_ key: CodingKeys) throws -> Double {
      let rate = try container.decode(Double.self, forKey: key)
      guard Self.isRate(rate) else {
        throw DecodingError.dataCorruptedError(
          forKey: key,
          in: container,
          debugDescription: DecisionPolicyError.rateOutOfRange(rate).description
        )
      }
      return rate
    }
    guard let key = container.allKeys.first, container.allKeys.count == 1 else {
      let names = CodingKeys.allCases.map(\.rawValue).joined(separator: ", ")
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "a policy has one of \(names)")
      )
    }
    self =
      switch key {
      case .score: .score(try container.decode(SimilarityScore.self, forKey: key))
      case .falseMatchRate: .falseMatchRate(try rate(key))
      case .falsePositiveIdentificationRate: .falsePositiveIdentificationRate(try rate(key))
      }
  }

  /// Encodes as an object with one member.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .score(let score): try container.encode(score, forKey: .score)
    case .falseMatchRate(let rate): try container.encode(rate, forKey: .falseMatchRate)
    case .falsePositiveIdentificationRate(let rate):
      try container.encode(rate, forKey: .falsePositiveIdentificationRate)
    }
  }
}

/// Why a ``DecisionPolicy`` gives no threshold.
public enum DecisionPolicyError: BiomatchError, Hashable {
  /// The rate does not lie between 0 and 1.
  case rateOutOfRange(Double)
  /// A rate needs a calibration, and there is none.
  case calibrationMissing
  /// The calibration's sample is too small for the false match rate.
  case rateUnsupported(requested: Double, smallest: Double, calibrationSize: Int)
  /// The calibration's sample is too small for the rate in a gallery of this size.
  case galleryTooLarge(size: Int, largest: Int, requested: Double)

  /// The stable dotted identifier of the rule.
  public var code: String {
    switch self {
    case .rateOutOfRange: "policy.rate"
    case .calibrationMissing: "policy.calibration-missing"
    case .rateUnsupported: "policy.rate-unsupported"
    case .galleryTooLarge: "policy.gallery-too-large"
    }
  }

  /// Where the offending input is.
  public var location: ErrorLocation { ErrorLocation(field: "policy") }

  /// The rule that was broken.
  public var rule: String {
    switch self {
    case .rateOutOfRange(let rate):
      "a rate must lie between 0 and 1, both excluded, found \(rate)"
    case .calibrationMissing:
      "a threshold by error rate needs a calibration of this matcher, and there is none"
    case .rateUnsupported(let requested, let smallest, let size):
      "the calibration's \(size) impostor comparisons support only false match rates down to "
        + "\(smallest), not \(requested)"
    case .galleryTooLarge(let size, let largest, let requested):
      "the calibration supports a false positive identification rate of \(requested) in galleries "
        + "of up to \(largest) samples, not of \(size)"
    }
  }

  /// What the reader can do about it.
  public var remedy: String {
    switch self {
    case .rateOutOfRange: "write 0.001 or 1e-3 for one in a thousand"
    case .calibrationMissing: "give a calibration, or a threshold as a score"
    case .rateUnsupported: "allow a higher rate, or calibrate with more comparisons"
    case .galleryTooLarge:
      "filter the gallery, allow a higher rate, or calibrate with more comparisons"
    }
  }

  /// The class of failure.
  public var category: ErrorCategory {
    switch self {
    case .rateOutOfRange, .calibrationMissing: .usage
    case .rateUnsupported, .galleryTooLarge: .notPermitted
    }
  }
}
