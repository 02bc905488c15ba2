import BiomatchFingerprint
import BiomatchTestSupport

/// Random records whose every value the format can hold, so that a round trip must keep them all.
struct RandomRecords {
  var generator: SeededGenerator
  let format: MinutiaeFormat

  init(format: MinutiaeFormat, seed: UInt64) {
    self.generator = SeededGenerator(seed: seed)
    self.format = format
  }

  mutating func record() -> MinutiaeRecord {
    let count = format.hasHeader ? Int.random(in: 1...4, using: &generator) : 1
    let device = device()
    let geometry = view()
    var views: [FingerView] = []
    for _ in 0..<count {
      var view = view()
      if [.iso2005, .ansi2004].contains(format) {
        view.width = geometry.width
        view.height = geometry.height
        view.resolutionX = geometry.resolutionX
        view.resolutionY = geometry.resolutionY
      }
      view.device = format == .iso2011 ? self.device() : device
      view.viewNumber = viewNumber(for: view.position, among: views)
      view.minutiae = minutiae(in: view)
      view.extendedData = extendedData(for: view)
      views.append(view)
    }
    return MinutiaeRecord(views: views, product: product())
  }

  /// The context in which a record of a format without a header is read back.
  static func context(of record: MinutiaeRecord) -> RecordContext {
    RecordContext(view: record.views[0])
  }

  // MARK: Header

  private var isANSI: Bool { [.ansi2004, .ansi2009, .ansi2009am1].contains(format) }

  private mutating func word() -> UInt16 { .random(in: 0...0xFFFF, using: &generator) }

  private mutating func chance(_ percent: Int) -> Bool {
    Int.random(in: 0..<100, using: &generator) < percent
  }

  private mutating func product() -> ProductIdentifier? {
    isANSI && chance(70) ? ProductIdentifier(owner: word() | 1, type: word()) : nil
  }

  private mutating func device() -> CaptureDevice {
    switch format {
    case .iso2005, .ansi2004:
      CaptureDevice(
        model: .random(in: 0...0xFFF, using: &generator),
        compliance: .random(in: 0...15, using: &generator) << 4
      )
    case .ansi2009, .ansi2009am1:
      CaptureDevice(model: word(), compliance: .random(in: 0...255, using: &generator))
    case .iso2011:
      CaptureDevice(
        technology: .random(in: 0...20, using: &generator),
        vendor: word(),
        model: word(),
        certifications: (0..<Int.random(in: 0...2, using: &generator)).map { _ in
          DeviceCertification(
            authority: word(),
            scheme: .random(in: 0...255, using: &generator)
          )
        }
      )
    case .iso2005CardNormal, .iso2005CardCompact, .xyt: CaptureDevice()
    }
  }

  /// A number that no view of the same finger has; views of different fingers often share theirs.
  private mutating func viewNumber(
    for position: FingerPosition,
    among views: [FingerView]
  ) -> UInt8 {
    guard format.hasHeader else { return 0 }
    var number = chance(70) ? 0 : UInt8.random(in: 0...15, using: &generator)
    while views.contains(where: { $0.position == position && $0.viewNumber == number }) {
      number = (number + 1) % 16
    }
    return number
  }

  private mutating func view() -> FingerView {
    // Pixels coarser than the unit of a card survive on it; those of the compact one must equal it.
    let resolution =
      switch format {
      case .iso2005CardCompact: 100
      case .iso2005CardNormal: chance(50) ? 1000 : Int.random(in: 99...400, using: &generator)
      default: Int.random(in: 99...400, using: &generator)
      }
    let isSquare = !format.hasHeader || chance(50)
    let positions = FingerPosition.allCases.filter {
      $0.isSingleFinger || [.iso2011, .ansi2009am1].contains(format)
    }
    let largest = format == .iso2005CardCompact ? 256 : 2000
    var view = FingerView(
      position: chance(30) ? .unknown : positions.randomElement(using: &generator) ?? .unknown,
      width: .random(in: 1...largest, using: &generator),
      height: .random(in: 1...largest, using: &generator),
      resolutionX: resolution,
      resolutionY: isSquare ? resolution : .random(in: 99...400, using: &generator),
      minutiae: []
    )
    let impressions: [UInt8] =
      switch format {
      case .iso2005: [0, 1, 2, 3, 8]
      case .ansi2004: [0, 1, 2, 3, 8, 24]
      case .ansi2009, .ansi2009am1: [0, 1, 2, 3, 8, 10, 11, 20, 24, 29]
      case .iso2011: [0, 4, 7, 8, 9, 24, 28, 29]
      case .iso2005CardNormal, .iso2005CardCompact, .xyt: [0]
      }
    view.impressionType = impressions.randomElement(using: &generator) ?? 0
    setQuality(of: &view)
    if format == .iso2011 {
      view.ridgeEndingType = chance(50) ? .ridgeSkeletonEndpoint : .valleySkeletonBifurcation
      view.captureTime = captureTime()
    }
    return view
  }

  private mutating func setQuality(of view: inout FingerView) {
    guard format.hasHeader else { return }
    view.quality = quality(atLeast: 0)
    guard [.iso2011, .ansi2009, .ansi2009am1].contains(format) else { return }
    if chance(30) { view.quality = nil }
    view.qualityFailed = view.quality == nil && chance(50)
    let isRated = view.quality != nil || view.qualityFailed
    if chance(70), format != .iso2011 || isRated {
      view.qualitySource = QualitySource(vendor: word() | 1, algorithm: word())
    }
    guard format == .iso2011, isRated else { return }
    view.furtherQualities = (0..<Int.random(in: 0...2, using: &generator)).map { _ in
      QualityBlock(
        quality: chance(30) ? nil : quality(atLeast: 0),
        source: QualitySource(vendor: word(), algorithm: word() | 1)
      )
    }
  }

  /// A quality, of which the smallest and the largest are as likely as all others together.
  private mutating func quality(atLeast smallest: UInt8) -> UInt8 {
    if chance(25) { return smallest }
    return chance(25) ? 100 : .random(in: smallest...100, using: &generator)
  }

  private mutating func captureTime() -> CaptureTime? {
    let time = CaptureTime(
      year: chance(70) ? .random(in: 1...0xFFFE, using: &generator) : nil,
      month: chance(70) ? .random(in: 1...12, using: &generator) : nil,
      day: chance(70) ? .random(in: 1...31, using: &generator) : nil,
      hour: chance(50) ? .random(in: 0...23, using: &generator) : nil,
      minute: chance(50) ? .random(in: 0...59, using: &generator) : nil,
      second: chance(50) ? .random(in: 0...59, using: &generator) : nil,
      millisecond: chance(50) ? .random(in: 0...999, using: &generator) : nil
    )
    return time == CaptureTime() ? nil : time
  }

  // MARK: Minutiae

  private mutating func minutiae(in view: FingerView) -> [Minutia] {
    let turns: [MinutiaeFormat: Int] = [.xyt: 360, .iso2005CardCompact: 64]
    let turn = turns[format] ?? (isANSI ? 180 : 256)
    let counts = [0, 1, 30, 255]
    let isRated = chance(70)
    return (0..<(counts.randomElement(using: &generator) ?? 0)).map { _ in
      var minutia = Minutia(
        kind: format == .xyt
          ? .other : Minutia.Kind.allCases.randomElement(using: &generator) ?? .other,
        x: .random(in: 0..<view.width, using: &generator),
        y: .random(in: 0..<view.height, using: &generator),
        angle: MinutiaAngle(steps: .random(in: 0..<turn, using: &generator), per: turn)
      )
      guard isRated, chance(90) else { return minutia }
      switch format {
      case .iso2005, .ansi2004: minutia.quality = quality(atLeast: 1)
      case .iso2011, .ansi2009, .ansi2009am1:
        minutia.quality = chance(90) ? quality(atLeast: 0) : nil
        minutia.qualityFailed = minutia.quality == nil && chance(50)
      case .xyt: minutia.quality = quality(atLeast: 0)
      case .iso2005CardNormal, .iso2005CardCompact: break
      }
      return minutia
    }
  }

  // MARK: Extended data

  private mutating func extendedData(for view: FingerView) -> [ExtendedData] {
    guard format.hasHeader else { return [] }
    var areas: [ExtendedData] = []
    if chance(50) { areas.append(ridgeCounts(for: view)) }
    if chance(50) { areas.append(.singularPoints(singularPoints())) }
    if chance(40), !isANSI { areas.append(.zonalQuality(zones(for: view))) }
    // Vendor data, and a reserved type.
    for types in [UInt16(0x100)...0xFFFF, 0x100...0xFFFF, 4...0xFF] where chance(30) {
      let data = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
        UInt8.random(in: 0...255, using: &generator)
      }
      areas.append(.raw(type: .random(in: types, using: &generator), data: data))
    }
    return areas.shuffled(using: &generator)
  }

  private mutating func ridgeCounts(for view: FingerView) -> ExtendedData {
    let last = UInt8(view.minutiae.count)
    return .ridgeCounts(
      RidgeCounts(
        method: RidgeCounts.Method.allCases.randomElement(using: &generator) ?? .other,
        edges: (0..<Int.random(in: 0...20, using: &generator)).map { _ in
          RidgeCounts.Edge(
            from: .random(in: 0...last, using: &generator),
            to: .random(in: 0...last, using: &generator),
            count: .random(in: 0...255, using: &generator)
          )
        }
      )
    )
  }

  private mutating func singularPoints() -> SingularPoints {
    // In ANSI records either every point of a kind has directions or none has.
    let all = chance(50)
    return SingularPoints(
      cores: (0..<Int.random(in: 0...15, using: &generator)).map { _ in
        SingularPoints.Core(
          x: .random(in: 0...0x3FFF, using: &generator),
          y: .random(in: 0...0x3FFF, using: &generator),
          angle: (isANSI ? all : chance(50)) ? angle() : nil
        )
      },
      deltas: (0..<Int.random(in: 0...15, using: &generator)).map { _ in
        SingularPoints.Delta(
          x: .random(in: 0...0x3FFF, using: &generator),
          y: .random(in: 0...0x3FFF, using: &generator),
          angles: (isANSI ? all : chance(50))
            ? SingularPoints.Delta.Angles(first: angle(), second: angle(), third: angle()) : nil
        )
      }
    )
  }

  private mutating func angle() -> MinutiaAngle {
    let turn = isANSI ? 180 : 256
    return MinutiaAngle(steps: .random(in: 0..<turn, using: &generator), per: turn)
  }

  private mutating func zones(for view: FingerView) -> ZonalQuality {
    let width = UInt8.random(in: 50...255, using: &generator)
    let height = UInt8.random(in: 50...255, using: &generator)
    let bits = UInt8.random(in: 1...8, using: &generator)
    let columns = (view.width + Int(width) - 1) / Int(width)
    let rows = (view.height + Int(height) - 1) / Int(height)
    return ZonalQuality(
      source: format == .iso2011 && chance(50)
        ? QualitySource(vendor: word() | 1, algorithm: word()) : nil,
      zoneWidth: width,
      zoneHeight: height,
      bitsPerZone: bits,
      zones: (0..<columns * rows).map { _ in
        UInt8(Int.random(in: 0..<(1 << Int(bits)), using: &generator))
      }
    )
  }
}
