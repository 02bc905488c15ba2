import BiomatchCore

extension RecordEncoding {
  /// The card formats of ISO/IEC 19794-2:2005.
  mutating func card(_ view: FingerView) {
    let units = format.cardUnitsPerCentimetre
    for minutia in view.minutiae {
      let x = CardUnits.units(minutia.x, units, view.resolutionX, below: view.width)
      let y = CardUnits.units(minutia.y, units, view.resolutionY, below: view.height)
      if format == .iso2005CardNormal {
        self.minutia(minutia, x: x, y: y)
      } else {
        writer.writeUInt8(UInt8(x))
        writer.writeUInt8(UInt8(y))
        writer.writeUInt8(minutia.kind.rawValue << 6 | UInt8(minutia.angle.steps(per: 64)))
      }
    }
  }

  /// NBIS `.xyt`.
  mutating func xyt(_ view: FingerView) {
    for minutia in view.minutiae {
      let theta = (minutia.angle.steps(per: 360) + 180) % 360
      let quality = minutia.quality.map { " \($0)" } ?? ""
      let line = "\(minutia.x) \(view.height - minutia.y) \(theta)\(quality)\n"
      writer.writeBytes(line.utf8)
    }
  }
}
