/// Who computed a quality value, with which algorithm.
public struct QualitySource: Sendable, Hashable, Codable {
  /// The vendor (IBIA number).
  public var vendor: UInt16
  /// The algorithm, assigned by its vendor.
  public var algorithm: UInt16

  /// The algorithm `algorithm` of `vendor`.
  public init(vendor: UInt16, algorithm: UInt16) {
    self.vendor = vendor
    self.algorithm = algorithm
  }
}

/// One quality block of ISO/IEC 19794-2:2011.
public struct QualityBlock: Sendable, Hashable, Codable {
  /// Quality 0...100, or `nil` when its computation failed.
  public var quality: UInt8?
  /// Who computed it, or `nil` where the record names nobody.
  public var source: QualitySource?

  /// A block of that quality and source.
  public init(quality: UInt8?, source: QualitySource? = nil) {
    self.quality = quality
    self.source = source
  }
}

/// Where on a ridge ending its minutia is placed (ISO/IEC 19794-2:2011, ridge ending type).
public enum RidgeEndingType: UInt8, Sendable, Hashable, Codable, CaseIterable {
  /// At the bifurcation of the valley skeleton in front of the ending.
  case valleySkeletonBifurcation = 0
  /// At the end point of the ridge skeleton.
  case ridgeSkeletonEndpoint = 1
}
