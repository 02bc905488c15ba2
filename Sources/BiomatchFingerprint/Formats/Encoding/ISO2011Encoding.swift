import BiomatchCore

extension RecordEncoding {
  /// ISO/IEC 19794-2:2011.
  mutating func iso2011(_ views: [FingerView]) throws(MinutiaeFormatError) {
    let hasCertifications = views.contains { !$0.device.certifications.isEmpty }
    let lengthOffset = header()
    writer.writeUInt32(0)
    writer.writeUInt16(UInt16(views.count))
    writer.writeUInt8(hasCertifications ? 1 : 0)
    for (index, view) in views.enumerated() {
      let start = writer.count
      writer.writeUInt32(0)
      capture(view, hasCertifications: hasCertifications)
      writer.writeUInt8(view.position.rawValue)
      writer.writeUInt8(view.viewNumber)
      writer.writeUInt16(UInt16(view.resolutionX))
      writer.writeUInt16(UInt16(view.resolutionY))
      writer.writeUInt8(impressionCode(view))
      writer.writeUInt16(UInt16(view.width))
      writer.writeUInt16(UInt16(view.height))
      // A minutia without quality is a byte shorter, when that holds for all of them.
      let hasQuality = view.minutiae.contains { $0.quality != nil || $0.qualityFailed }
      writer.writeUInt8((hasQuality ? 6 : 5) << 4 | (view.ridgeEndingType?.rawValue ?? 0))
      minutiae(view.minutiae, quality: hasQuality ? .codes : .absent)
      extendedData(view, index + 1)
      writer.overwriteUInt32(UInt32(writer.count - start), at: start)
    }
    writer.overwriteUInt32(UInt32(writer.count), at: lengthOffset)
  }

  private mutating func capture(_ view: FingerView, hasCertifications: Bool) {
    let time = view.captureTime ?? CaptureTime()
    writer.writeUInt16(time.year ?? 0xFFFF)
    for part in [time.month, time.day, time.hour, time.minute, time.second] {
      writer.writeUInt8(part ?? 0xFF)
    }
    writer.writeUInt16(time.millisecond ?? 0xFFFF)
    writer.writeUInt8(view.device.technology)
    writer.writeUInt16(view.device.vendor)
    writer.writeUInt16(view.device.model)
    let isRated = view.quality != nil || view.qualityFailed
    let first = QualityBlock(quality: view.quality, source: view.qualitySource)
    let blocks = (isRated ? [first] : []) + view.furtherQualities
    writer.writeUInt8(UInt8(blocks.count))
    for block in blocks {
      writer.writeUInt8(block.quality ?? 255)
      writer.writeUInt16(block.source?.vendor ?? 0)
      writer.writeUInt16(block.source?.algorithm ?? 0)
    }
    guard hasCertifications else { return }
    writer.writeUInt8(UInt8(view.device.certifications.count))
    for certification in view.device.certifications {
      writer.writeUInt16(certification.authority)
      writer.writeUInt8(certification.scheme)
    }
  }
}
