import BiomatchCore

extension RecordEncoding {
  /// ISO/IEC 19794-2:2005 and ANSI/INCITS 378-2004.
  mutating func common2005(
    _ record: MinutiaeRecord,
    _ views: [FingerView]
  ) throws(MinutiaeFormatError) {
    let lengthOffset = header()
    if format == .iso2005 {
      writer.writeUInt32(0)
    } else {
      writer.writeUInt16(0)
      product(record.product)
    }
    let device = views[0].device
    writer.writeUInt16(UInt16(device.compliance >> 4) << 12 | device.model)
    sizeAndResolution(views[0])
    writer.writeUInt8(UInt8(views.count))
    writer.writeUInt8(0)
    for (index, view) in views.enumerated() {
      writer.writeUInt8(view.position.rawValue)
      writer.writeUInt8(view.viewNumber << 4 | impressionCode(view))
      writer.writeUInt8(view.quality ?? 0)
      minutiae(view.minutiae, quality: .zeroIsUnreported)
      extendedData(view, index + 1)
    }
    guard format == .ansi2004 else {
      writer.overwriteUInt32(UInt32(writer.count), at: lengthOffset)
      return
    }
    if writer.count <= 0xFFFF {
      writer.overwriteUInt16(UInt16(writer.count), at: lengthOffset)
      return
    }
    // Two bytes do not hold the length: they stay zero, and four more follow them.
    var longer = ByteWriter(capacity: writer.count + 4)
    longer.writeBytes(writer.bytes[..<(lengthOffset + 2)])
    longer.writeUInt32(UInt32(writer.count + 4))
    longer.writeBytes(writer.bytes[(lengthOffset + 2)...])
    writer = longer
  }

  /// ANSI/INCITS 378-2009 and its Amendment 1.
  mutating func ansi2009(
    _ record: MinutiaeRecord,
    _ views: [FingerView]
  ) throws(MinutiaeFormatError) {
    let lengthOffset = header()
    writer.writeUInt32(0)
    product(record.product)
    writer.writeUInt8(views[0].device.compliance)
    writer.writeUInt16(views[0].device.model)
    writer.writeUInt8(UInt8(views.count))
    writer.writeUInt8(0)
    for (index, view) in views.enumerated() {
      writer.writeUInt8(view.position.rawValue)
      writer.writeUInt8(view.viewNumber)
      writer.writeUInt8(impressionCode(view))
      writer.writeUInt8(view.quality ?? (view.qualityFailed ? 255 : 254))
      writer.writeUInt16(view.qualitySource?.vendor ?? 0)
      writer.writeUInt16(view.qualitySource?.algorithm ?? 0)
      sizeAndResolution(view)
      minutiae(view.minutiae, quality: .codes)
      extendedData(view, index + 1)
    }
    writer.overwriteUInt32(UInt32(writer.count), at: lengthOffset)
  }

  /// The code of a view's impression type, which preparation has made one that the format has.
  func impressionCode(_ view: FingerView) -> UInt8 {
    format.impressionCode(of: view.impressionType) ?? 0
  }

  /// The number of minutiae, and the minutiae.
  mutating func minutiae(_ minutiae: [Minutia], quality: MinutiaQualityField) {
    writer.writeUInt8(UInt8(minutiae.count))
    for minutia in minutiae {
      self.minutia(minutia, x: minutia.x, y: minutia.y)
      switch quality {
      case .absent: break
      case .zeroIsUnreported: writer.writeUInt8(minutia.quality.map { max($0, 1) } ?? 0)
      case .codes: writer.writeUInt8(minutia.quality ?? (minutia.qualityFailed ? 255 : 254))
      }
    }
  }

  /// Type, coordinates and direction in five bytes.
  mutating func minutia(_ minutia: Minutia, x: Int, y: Int) {
    writer.writeUInt16(UInt16(minutia.kind.rawValue) << 14 | UInt16(x))
    writer.writeUInt16(UInt16(y))
    writer.writeUInt8(UInt8(minutia.angle.steps(per: format.anglesPerTurn)))
  }
}
