import BiomatchCore

extension RecordEncoding {
  /// Brings a view to what the format can hold, reporting each change.
  mutating func fit(_ view: inout FingerView, _ number: Int) {
    fitDevice(&view, number)
    fitHeader(&view, number)
    fitQuality(&view, number)
    fitMinutiae(&view, number)
    guard !format.hasHeader, !view.extendedData.isEmpty else { return }
    lose(.extendedData, number, "\(view.extendedData.count) areas of extended data are left out")
    view.extendedData = []
  }

  private mutating func fitDevice(_ view: inout FingerView, _ number: Int) {
    let device = view.device
    let held = held(of: device)
    view.device = held
    if held.certifications != device.certifications {
      lose(.certification, number, "\(device.certifications.count) certifications are left out")
    }
    let parts = [
      ("technology", held.technology != device.technology),
      ("vendor", held.vendor != device.vendor),
      ("model", held.model != device.model),
      ("compliance flags", held.compliance != device.compliance),
    ].filter(\.1).map(\.0)
    if !parts.isEmpty {
      lose(.device, number, "of the capture device is left out: \(parts.joined(separator: ", "))")
    }
  }

  /// What of a device the format holds.
  private func held(of device: CaptureDevice) -> CaptureDevice {
    switch format {
    case .iso2011:
      CaptureDevice(
        technology: device.technology <= CaptureDevice.largestTechnology ? device.technology : 0,
        vendor: device.vendor,
        model: device.model,
        certifications: device.certifications.count <= 255 ? device.certifications : []
      )
    case .iso2005, .ansi2004:
      CaptureDevice(
        model: device.model <= 0x0FFF ? device.model : 0,
        compliance: device.compliance & 0xF0
      )
    case .ansi2009, .ansi2009am1:
      CaptureDevice(model: device.model, compliance: device.compliance)
    case .iso2005CardNormal, .iso2005CardCompact, .xyt: CaptureDevice()
    }
  }

  private mutating func fitHeader(_ view: inout FingerView, _ number: Int) {
    if view.captureTime != nil, format != .iso2011 {
      lose(.captureTime, number, "the capture time is left out")
      view.captureTime = nil
    }
    if format == .iso2011, view.ridgeEndingType == nil {
      lose(
        .ridgeEndingType,
        number,
        "that the ridge ending type is not known; valley skeleton bifurcation is written"
      )
      view.ridgeEndingType = .valleySkeletonBifurcation
    } else if format != .iso2011, view.ridgeEndingType != nil {
      lose(.ridgeEndingType, number, "the ridge ending type is left out")
      view.ridgeEndingType = nil
    }
    if format.hasHeader, !format.allows(view.position) {
      lose(.position, number, "finger position \(view.position.rawValue) becomes unknown")
      view.position = .unknown
    }
    let impression = view.impressionType
    guard format.impressionCode(of: impression) == nil else { return }
    // Rolled stays rolled; everything else becomes plain, which every table has.
    view.impressionType = format.hasHeader && [21, 23, 25, 27].contains(impression) ? 1 : 0
    lose(
      .impression,
      number,
      "impression type \(impression) \(format.hasHeader ? "becomes \(view.impressionType)" : "is left out")"
    )
  }

  private mutating func fitQuality(_ view: inout FingerView, _ number: Int) {
    let hasCodes = [.iso2011, .ansi2009, .ansi2009am1].contains(format)
    if !format.hasHeader {
      if view.quality != nil || view.qualityFailed {
        lose(.viewQuality, number, "the quality is left out")
      }
    } else if !hasCodes, view.quality == nil {
      lose(.viewQuality, number, "that the quality is not known; 0 is written")
    }
    let holdsSource =
      format == .iso2011 ? view.quality != nil || view.qualityFailed : hasCodes
    if view.qualitySource != nil, !holdsSource {
      lose(.qualitySource, number, "who computed the quality is left out")
      view.qualitySource = nil
    }
    guard !view.furtherQualities.isEmpty else { return }
    if format != .iso2011 || (view.quality == nil && !view.qualityFailed)
      || view.furtherQualities.count > 254
    {
      lose(
        .furtherQualities,
        number,
        "\(view.furtherQualities.count) further quality values are left out"
      )
      view.furtherQualities = []
    }
  }

  // MARK: Minutiae

  private mutating func fitMinutiae(_ view: inout FingerView, _ number: Int) {
    if format.hasHeader { dropWeakest(&view, number) } else { dropUnreachable(&view, number) }
    let total = view.minutiae.count
    let turn = format.anglesPerTurn
    let rounded = view.minutiae.filter {
      MinutiaAngle(steps: $0.angle.steps(per: turn), per: turn) != $0.angle
    }.count
    if rounded > 0 {
      lose(
        .angle,
        number,
        "\(rounded) of \(total) directions are rounded to the format's step"
      )
    }
    if format == .xyt {
      let typed = view.minutiae.filter { $0.kind != .other }.count
      if typed > 0 { lose(.minutiaKind, number, "the kinds of \(typed) minutiae are left out") }
    }
    let (lost, text) = qualityLosses(view.minutiae)
    if lost > 0 { lose(.minutiaQuality, number, "\(lost) of \(total) qualities \(text)") }
  }

  private func qualityLosses(_ minutiae: [Minutia]) -> (Int, String) {
    switch format {
    case .iso2005, .ansi2004:
      let lost = minutiae.filter { $0.quality == 0 || $0.qualityFailed }.count
      return (lost, "are 0 or failed; 1 and not reported are written")
    case .iso2011, .ansi2009, .ansi2009am1:
      return (0, "")
    case .iso2005CardNormal, .iso2005CardCompact:
      return (minutiae.filter { $0.quality != nil || $0.qualityFailed }.count, "are left out")
    case .xyt:
      return (minutiae.filter(\.qualityFailed).count, "failed; not reported is written")
    }
  }

  /// Keeps the 255 minutiae of the best quality, in their order, when there are more.
  private mutating func dropWeakest(_ view: inout FingerView, _ number: Int) {
    let total = view.minutiae.count
    guard total > 255 else { return }
    let order = view.minutiae.indices.sorted { a, b in
      let left = view.minutiae[a].quality ?? 0
      let right = view.minutiae[b].quality ?? 0
      return left == right ? a < b : left > right
    }
    let kept = order.prefix(255).sorted()
    view.minutiae = kept.map { view.minutiae[$0] }
    lose(.minutiae, number, "\(total - 255) of \(total) minutiae, those of lowest quality")
    let counts = view.extendedData.filter(\.isRidgeCounts).count
    if counts > 0 {
      view.extendedData.removeAll(where: \.isRidgeCounts)
      lose(.extendedData, number, "the ridge counts, which refer to the minutiae left out")
    }
  }

  /// Drops minutiae beyond the largest coordinate of a card, and reports coordinates that change.
  private mutating func dropUnreachable(_ view: inout FingerView, _ number: Int) {
    guard format != .xyt else { return }
    let total = view.minutiae.count
    let largest = format == .iso2005CardCompact ? 0xFF : 0x3FFF
    let units = format.cardUnitsPerCentimetre
    view.minutiae.removeAll { [view] minutia in
      CardUnits.units(minutia.x, units, view.resolutionX, below: view.width) > largest
        || CardUnits.units(minutia.y, units, view.resolutionY, below: view.height) > largest
    }
    let dropped = total - view.minutiae.count
    if dropped > 0 {
      lose(
        .minutiae,
        number,
        "\(dropped) of \(total) minutiae, which lie beyond the largest coordinate of the card"
      )
    }
    let moved = view.minutiae.filter { minutia in
      let x = CardUnits.units(minutia.x, units, view.resolutionX, below: view.width)
      let y = CardUnits.units(minutia.y, units, view.resolutionY, below: view.height)
      return CardUnits.pixels(x, units, view.resolutionX) != minutia.x
        || CardUnits.pixels(y, units, view.resolutionY) != minutia.y
    }.count
    if moved > 0 {
      lose(
        .coordinate,
        number,
        "\(moved) of \(total) minutiae move by up to half a unit of the card"
      )
    }
  }
}

extension ExtendedData {
  fileprivate var isRidgeCounts: Bool {
    switch self {
    case .ridgeCounts, .raw(type: 1, data: _): true
    default: false
    }
  }
}

extension CardUnits {
  /// The nearest length in units that lies within an image of `limit` pixels.
  static func units(
    _ value: Int,
    _ unitsPerCentimetre: Int,
    _ resolution: Int,
    below limit: Int
  ) -> Int {
    let nearest = units(value, unitsPerCentimetre, resolution)
    let isInside = pixels(nearest, unitsPerCentimetre, resolution) < limit
    return isInside || nearest == 0 ? nearest : nearest - 1
  }
}
