/// The device that captured an impression; zero in a field means that the record does not say.
public struct CaptureDevice: Sendable, Hashable, Codable {
  /// Sensing technology, 0...20 as listed in ISO/IEC 19794-2:2011 (1 is optical, white light, total
  /// internal reflection).
  public var technology: UInt8
  /// The vendor (IBIA number).
  public var vendor: UInt16
  /// The device's type or model, assigned by its vendor.
  public var model: UInt16
  /// Compliance flags, bit 7 first: bit 7 says that the device meets the image quality
  /// specification of the standard's annex.
  ///
  /// ANSI/INCITS 378-2009 holds all eight bits; ISO/IEC 19794-2:2005 and ANSI/INCITS 378-2004 hold
  /// bits 7...4 only.
  public var compliance: UInt8
  /// Certifications of the device, in the record's order (ISO/IEC 19794-2:2011).
  public var certifications: [DeviceCertification]

  /// A device with the given values; by default one of which nothing is known.
  public init(
    technology: UInt8 = 0,
    vendor: UInt16 = 0,
    model: UInt16 = 0,
    compliance: UInt8 = 0,
    certifications: [DeviceCertification] = []
  ) {
    self.technology = technology
    self.vendor = vendor
    self.model = model
    self.compliance = compliance
    self.certifications = certifications
  }
}

/// One certification block of ISO/IEC 19794-2:2011.
public struct DeviceCertification: Sendable, Hashable, Codable {
  /// The authority that certified the device (IBIA number).
  public var authority: UInt16
  /// What the device was certified for, as the standard's code.
  public var scheme: UInt8

  /// A certification by `authority` under `scheme`.
  public init(authority: UInt16, scheme: UInt8) {
    self.authority = authority
    self.scheme = scheme
  }
}
