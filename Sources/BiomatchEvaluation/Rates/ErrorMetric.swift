/// The figures by which recognition errors are summed up, named as biometrics names them.
///
/// Source: ISO/IEC 19795-1:2021; the FMR figures and ZeroFMR as defined by Maio, Maltoni, Cappelli,
/// Wayman, Jain, "FVC2000: fingerprint verification competition", IEEE TPAMI 24(3), 2002,
/// doi:10.1109/34.990140.
public enum ErrorMetric: String, Sendable, Hashable, Codable, CaseIterable {
  /// The equal error rate: FMR and FNMR where they cross.
  case eer
  /// FNMR at an FMR of at most 1/100.
  case fmr100
  /// FNMR at an FMR of at most 1/1,000.
  case fmr1000
  /// FNMR at an FMR of at most 1/10,000.
  case fmr10000
  /// FNMR without any false match.
  case zeroFMR = "zeroFmr"

  /// The FMR that the threshold has to keep; `nil` for the equal error rate.
  public var falseMatchRate: Double? {
    switch self {
    case .eer: nil
    case .fmr100: 1e-2
    case .fmr1000: 1e-3
    case .fmr10000: 1e-4
    case .zeroFMR: 0
    }
  }
}

/// A value for each ``ErrorMetric``, as far as there is one.
public struct PerMetric<Value: Sendable & Hashable & Codable>: Sendable, Hashable, Codable {
  /// For the equal error rate.
  public var eer: Value?
  /// For FNMR at FMR 1/100.
  public var fmr100: Value?
  /// For FNMR at FMR 1/1,000.
  public var fmr1000: Value?
  /// For FNMR at FMR 1/10,000.
  public var fmr10000: Value?
  /// For FNMR without any false match.
  public var zeroFmr: Value?

  /// Without any value.
  public init() {}

  /// The value for `metric`.
  public subscript(_ metric: ErrorMetric) -> Value? {
    get {
      switch metric {
      case .eer: eer
      case .fmr100: fmr100
      case .fmr1000: fmr1000
      case .fmr10000: fmr10000
      case .zeroFMR: zeroFmr
      }
    }
    set {
      switch metric {
      case .eer: eer = newValue
      case .fmr100: fmr100 = newValue
      case .fmr1000: fmr1000 = newValue
      case .fmr10000: fmr10000 = newValue
      case .zeroFMR: zeroFmr = newValue
      }
    }
  }
}
