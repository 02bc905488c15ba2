/// When an impression was captured, as far as the record says (ISO/IEC 19794-2:2011, in UTC).
///
/// Not a `Date`: records of old prints often know the year alone, and an unknown part must stay
/// unknown when the record is written again.
public struct CaptureTime: Sendable, Hashable, Codable {
  /// Year, 1...65,534.
  public var year: UInt16?
  /// Month, 1...12.
  public var month: UInt8?
  /// Day of the month, 1...31.
  public var day: UInt8?
  /// Hour, 0...23.
  public var hour: UInt8?
  /// Minute, 0...59.
  public var minute: UInt8?
  /// Second, 0...59.
  public var second: UInt8?
  /// Millisecond, 0...999.
  public var millisecond: UInt16?

  /// A time of those parts.
  public init(
    year: UInt16? = nil,
    month: UInt8? = nil,
    day: UInt8? = nil,
    hour: UInt8? = nil,
    minute: UInt8? = nil,
    second: UInt8? = nil,
    millisecond: UInt16? = nil
  ) {
    self.year = year
    self.month = month
    self.day = day
    self.hour = hour
    self.minute = minute
    self.second = second
    self.millisecond = millisecond
  }
}
