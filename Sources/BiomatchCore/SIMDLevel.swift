/// An instruction set level of the kernels; every level gives the same bits.
///
/// The best level of the machine is used unless the environment variable `BIOMATCH_SIMD` names
/// another one. Levels are ordered by speed.
public enum SIMDLevel: String, Sendable, Hashable, Codable, CaseIterable {
  /// Plain C, on every machine.
  case portable
  /// 128-bit registers of 64-bit ARM.
  case neon
  /// 256-bit registers of x86-64.
  case avx2
  /// 512-bit registers of x86-64 with the VNNI and VPOPCNTDQ extensions.
  case avx512

  /// Whether this build and this machine have the level.
  public var isAvailable: Bool { kernelLevels().contains(self) }

  /// The levels that this build and this machine have, slowest first.
  public static var available: [SIMDLevel] { kernelLevels() }

  /// The fastest level that this build and this machine have.
  public static var best: SIMDLevel { kernelLevels().last ?? .portable }

  /// The level in use: the one that `BIOMATCH_SIMD` names where it is available, the best one
  /// otherwise. The variable is read once.
  public static let active: SIMDLevel = {
    guard let name = environmentVariable("BIOMATCH_SIMD"), let level = SIMDLevel(rawValue: name),
      level.isAvailable
    else { return best }
    return level
  }()

  /// The level with that name.
  ///
  /// - Throws: ``SIMDLevelError`` when no level has the name or the machine does not have it.
  public init(validating name: String) throws(SIMDLevelError) {
    guard let level = SIMDLevel(rawValue: name) else { throw .unknown(name) }
    guard level.isAvailable else { throw .unavailable(level) }
    self = level
  }
}

/// Why a SIMD level cannot be used.
public enum SIMDLevelError: BiomatchError, Hashable {
  /// No level has this name.
  case unknown(String)
  /// This build or this machine does not have the level.
  case unavailable(SIMDLevel)

  /// The stable dotted identifier of the rule.
  public var code: String {
    switch self {
    case .unknown: "simd.unknown"
    case .unavailable: "simd.unavailable"
    }
  }

  /// Where the offending input is.
  public var location: ErrorLocation { ErrorLocation(field: "SIMD level") }

  /// The rule that was broken.
  public var rule: String {
    switch self {
    case .unknown(let name): "no SIMD level is named '\(name)'"
    case .unavailable(let level): "this machine does not have SIMD level '\(level.rawValue)'"
    }
  }

  /// What the reader can do about it.
  public var remedy: String {
    "choose one of " + SIMDLevel.available.map(\.rawValue).joined(separator: ", ")
  }

  /// The class of failure.
  public var category: ErrorCategory { .usage }
}
