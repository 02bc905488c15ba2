#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// What a score is worth, as the rate at which different people reach it: -10 log10 of the false
/// match rate.
///
/// 30 says that one comparison of different people in 1,000 scores as high, 40 one in 10,000. Unlike
/// scores, evidence of different matchers compares. A sample of impostor comparisons supports only so
/// much; what lies beyond is reported as "at least" that and never extrapolated.
public struct Evidence: Sendable, Hashable, Codable {
  /// -10 log10 of the false match rate; a lower bound when ``isCapped``.
  public let value: Double
  /// Whether the score lies beyond what the calibration sample supports.
  public let isCapped: Bool
  /// How many comparisons of different people the calibration rests on.
  public let calibrationSize: Int

  /// The evidence of a score at which the false match rate is `rate`, given a sample that supports
  /// rates down to `smallestSupportedRate`.
  init(rate: Double, smallestSupportedRate: Double, calibrationSize: Int) {
    isCapped = rate < smallestSupportedRate
    let supported = max(rate, smallestSupportedRate)
    // Adding zero turns the -0 of a rate of 1 into +0.
    value = -10 * log10(supported) + 0
    self.calibrationSize = calibrationSize
  }

  /// Decodes evidence that a calibration can have given: no sample supports a value above 1,000.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    value = try container.decode(Double.self, forKey: .value)
    isCapped = try container.decode(Bool.self, forKey: .isCapped)
    calibrationSize = try container.decode(Int.self, forKey: .calibrationSize)
    guard (0...1000).contains(value), calibrationSize > 0 else {
      throw DecodingError.dataCorruptedError(
        forKey: .value,
        in: container,
        debugDescription: "evidence has a value in 0...1000 and rests on a sample"
      )
    }
  }
}

extension Evidence: CustomStringConvertible {
  /// The value to one decimal, rounded down, with a sign before a capped one: `32.1`, `>= 45.2`.
  public var description: String {
    let tenths = Int((value * 10).rounded(.down))
    return "\(isCapped ? ">= " : "")\(tenths / 10).\(tenths % 10)"
  }
}
