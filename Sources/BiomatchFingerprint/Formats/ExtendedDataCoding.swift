import BiomatchCore

/// How a format writes the extended data of one standardised type.
enum ExtendedDataCoding {
  case ridgeCounts
  /// Per point, a flag in its x says whether directions follow.
  case singularPointsISO
  /// One flag beside each count says whether directions follow every point.
  case singularPointsANSI
  case zonalQuality(hasSource: Bool)

  /// What came out of decoding an area.
  enum Outcome {
    case value(ExtendedData)
    /// A value, and how many bytes of the area were left.
    case remainder(ExtendedData, Int)
    case failure(String)
  }

  /// The coding of areas of that type in `format`, or `nil` when the standard does not define any.
  init?(type: UInt16, format: MinutiaeFormat) {
    switch (type, format) {
    case (1, _): self = .ridgeCounts
    case (2, .iso2005), (2, .iso2011): self = .singularPointsISO
    case (2, _): self = .singularPointsANSI
    case (3, .iso2005): self = .zonalQuality(hasSource: false)
    case (3, .iso2011): self = .zonalQuality(hasSource: true)
    default: return nil
    }
  }

  /// The area type.
  var type: UInt16 {
    switch self {
    case .ridgeCounts: 1
    case .singularPointsISO, .singularPointsANSI: 2
    case .zonalQuality: 3
    }
  }

  /// The rule that a malformed area breaks.
  var rule: MinutiaeRule {
    switch self {
    case .ridgeCounts: .ridgeCounts
    case .singularPointsISO, .singularPointsANSI: .singularPoints
    case .zonalQuality: .zonalQuality
    }
  }

  /// The area's name in messages.
  var field: StaticString {
    switch self {
    case .ridgeCounts: "ridge counts"
    case .singularPointsISO, .singularPointsANSI: "cores and deltas"
    case .zonalQuality: "zonal quality"
    }
  }

  /// The most bytes that cores and deltas take: 15 of each, all with directions.
  static let largestSingularPoints = 1 + 15 * 5 + 1 + 15 * 7

  /// Steps of a full turn.
  private var anglesPerTurn: Int {
    if case .singularPointsANSI = self { 180 } else { 256 }
  }

  // MARK: Decoding

  /// Takes the data of an area apart, for a view of that image size.
  func decode(_ data: [UInt8], width: Int, height: Int) -> Outcome {
    var reader = ByteReader(data)
    do throws(ByteReaderError) {
      let value: ExtendedData
      switch self {
      case .ridgeCounts:
        guard let method = RidgeCounts.Method(rawValue: try reader.readUInt8()) else {
          return .failure("the extraction method is not in the standard's table")
        }
        value = .ridgeCounts(RidgeCounts(method: method, edges: try edges(&reader)))
      case .singularPointsISO, .singularPointsANSI:
        guard let points = try singularPoints(&reader) else {
          return .failure("a reserved bit is set, or a direction is not below a full turn")
        }
        value = .singularPoints(points)
      case .zonalQuality(let hasSource):
        guard let zones = try zones(&reader, hasSource, width: width, height: height) else {
          return .failure("zone size and bits per zone do not fit the image")
        }
        value = .zonalQuality(zones)
      }
      return reader.isAtEnd ? .value(value) : .remainder(value, reader.remaining)
    } catch {
      return .failure("the area ends before its content does")
    }
  }

  private func edges(_ reader: inout ByteReader) throws(ByteReaderError) -> [RidgeCounts.Edge] {
    var edges: [RidgeCounts.Edge] = []
    edges.reserveCapacity(reader.remaining / 3)
    while reader.remaining >= 3 {
      let from = try reader.readUInt8()
      let to = try reader.readUInt8()
      edges.append(RidgeCounts.Edge(from: from, to: to, count: try reader.readUInt8()))
    }
    return edges
  }

  private func singularPoints(
    _ reader: inout ByteReader
  ) throws(ByteReaderError) -> SingularPoints? {
    var points = SingularPoints(cores: [], deltas: [])
    let coreInfo = try reader.readUInt8()
    guard coreInfo & ~countMask == 0 else { return nil }
    for _ in 0..<Int(coreInfo & 0x0F) {
      guard let place = try place(&reader, info: coreInfo) else { return nil }
      var core = SingularPoints.Core(x: place.x, y: place.y)
      if place.hasAngle {
        guard let angle = try angle(&reader) else { return nil }
        core.angle = angle
      }
      points.cores.append(core)
    }
    let deltaInfo = try reader.readUInt8()
    guard deltaInfo & ~countMask == 0 else { return nil }
    for _ in 0..<Int(deltaInfo & 0x0F) {
      guard let place = try place(&reader, info: deltaInfo) else { return nil }
      var delta = SingularPoints.Delta(x: place.x, y: place.y)
      if place.hasAngle {
        guard let first = try angle(&reader), let second = try angle(&reader),
          let third = try angle(&reader)
        else { return nil }
        delta.angles = SingularPoints.Delta.Angles(first: first, second: second, third: third)
      }
      points.deltas.append(delta)
    }
    return points
  }

  /// Bits of a count byte that may be set: the count, and in ANSI records the direction flag.
  private var countMask: UInt8 {
    if case .singularPointsANSI = self { 0x4F } else { 0x0F }
  }

  private func place(
    _ reader: inout ByteReader,
    info: UInt8
  ) throws(ByteReaderError) -> (x: Int, y: Int, hasAngle: Bool)? {
    let x = try reader.readUInt16()
    let y = try reader.readUInt16()
    guard y <= 0x3FFF else { return nil }
    if case .singularPointsANSI = self {
      return x <= 0x3FFF ? (Int(x), Int(y), info & 0x40 != 0) : nil
    }
    return x <= 0x7FFF ? (Int(x & 0x3FFF), Int(y), x & 0x4000 != 0) : nil
  }

  private func angle(_ reader: inout ByteReader) throws(ByteReaderError) -> MinutiaAngle? {
    let steps = Int(try reader.readUInt8())
    return steps < anglesPerTurn ? MinutiaAngle(steps: steps, per: anglesPerTurn) : nil
  }

  private func zones(
    _ reader: inout ByteReader,
    _ hasSource: Bool,
    width: Int,
    height: Int
  ) throws(ByteReaderError) -> ZonalQuality? {
    var source: QualitySource?
    if hasSource {
      let vendor = try reader.readUInt16()
      let algorithm = try reader.readUInt16()
      if vendor != 0 || algorithm != 0 {
        source = QualitySource(vendor: vendor, algorithm: algorithm)
      }
    }
    var quality = ZonalQuality(
      source: source,
      zoneWidth: try reader.readUInt8(),
      zoneHeight: try reader.readUInt8(),
      bitsPerZone: try reader.readUInt8(),
      zones: []
    )
    // The count follows from the image, which may be large, and must be covered by bytes at hand
    // before any room is made for it.
    guard let count = quality.zoneCount(width: width, height: height),
      count * Int(quality.bitsPerZone) <= reader.remaining * 8
    else { return nil }
    quality.zones.reserveCapacity(count)
    var bits: UInt32 = 0
    var available: UInt8 = 0
    for _ in 0..<count {
      while available < quality.bitsPerZone {
        bits = (bits << 8 | UInt32(try reader.readUInt8())) & 0xFFFF
        available += 8
      }
      available -= quality.bitsPerZone
      quality.zones.append(UInt8(bits >> available & ((1 << quality.bitsPerZone) - 1)))
    }
    return quality
  }

  // MARK: Encoding

  /// The data of an area, and what of the value it does not hold; `nil` for values of another type
  /// or out of range.
  func encode(_ value: ExtendedData) -> (bytes: [UInt8], loss: String?)? {
    switch (self, value) {
    case (.ridgeCounts, .ridgeCounts(let counts)):
      let edges = counts.edges.flatMap { [$0.from, $0.to, $0.count] }
      return ([counts.method.rawValue] + edges, nil)
    case (.singularPointsISO, .singularPoints(let points)),
      (.singularPointsANSI, .singularPoints(let points)):
      return encode(points)
    case (.zonalQuality(let hasSource), .zonalQuality(let quality)):
      return encode(quality, hasSource: hasSource)
    default: return nil
    }
  }

  private func encode(_ points: SingularPoints) -> (bytes: [UInt8], loss: String?)? {
    guard points.cores.count <= 15, points.deltas.count <= 15,
      points.cores.allSatisfy({ (0...0x3FFF).contains($0.x) && (0...0x3FFF).contains($0.y) }),
      points.deltas.allSatisfy({ (0...0x3FFF).contains($0.x) && (0...0x3FFF).contains($0.y) })
    else { return nil }
    let isANSI = if case .singularPointsANSI = self { true } else { false }
    var loss: String?
    let coreAngles = points.cores.filter { $0.angle != nil }.count
    let deltaAngles = points.deltas.filter { $0.angles != nil }.count
    // One flag speaks for all points of a kind there: directions are written for all or for none.
    let allCores = coreAngles == points.cores.count && coreAngles > 0
    let allDeltas = deltaAngles == points.deltas.count && deltaAngles > 0
    if isANSI, (coreAngles > 0 && !allCores) || (deltaAngles > 0 && !allDeltas) {
      loss = "directions that only some cores or some deltas have"
    }
    var writer = ByteWriter()
    var inexact = false
    func put(_ x: Int, _ y: Int, _ angles: [MinutiaAngle]?, flagged: Bool) {
      let hasAngles = angles != nil && flagged
      let flag: UInt16 = hasAngles && !isANSI ? 0x4000 : 0
      writer.writeUInt16(UInt16(x) | flag)
      writer.writeUInt16(UInt16(y))
      guard hasAngles else { return }
      for angle in angles ?? [] {
        let steps = angle.steps(per: anglesPerTurn)
        inexact = inexact || MinutiaAngle(steps: steps, per: anglesPerTurn) != angle
        writer.writeUInt8(UInt8(steps))
      }
    }
    writer.writeUInt8(UInt8(points.cores.count) | (isANSI && allCores ? 0x40 : 0))
    for core in points.cores {
      put(core.x, core.y, core.angle.map { [$0] }, flagged: !isANSI || allCores)
    }
    writer.writeUInt8(UInt8(points.deltas.count) | (isANSI && allDeltas ? 0x40 : 0))
    for delta in points.deltas {
      let angles = delta.angles.map { [$0.first, $0.second, $0.third] }
      put(delta.x, delta.y, angles, flagged: !isANSI || allDeltas)
    }
    if inexact, loss == nil { loss = "directions finer than a step of the format" }
    return (writer.bytes, loss)
  }

  private func encode(
    _ quality: ZonalQuality,
    hasSource: Bool
  ) -> (bytes: [UInt8], loss: String?)? {
    guard (1...8).contains(quality.bitsPerZone), quality.zoneWidth > 0, quality.zoneHeight > 0,
      quality.zones.allSatisfy({ Int($0) < 1 << quality.bitsPerZone })
    else { return nil }
    var writer = ByteWriter()
    if hasSource {
      writer.writeUInt16(quality.source?.vendor ?? 0)
      writer.writeUInt16(quality.source?.algorithm ?? 0)
    }
    writer.writeUInt8(quality.zoneWidth)
    writer.writeUInt8(quality.zoneHeight)
    writer.writeUInt8(quality.bitsPerZone)
    var bits: UInt32 = 0
    var pending: UInt8 = 0
    for zone in quality.zones {
      bits = (bits << quality.bitsPerZone | UInt32(zone)) & 0xFFFF
      pending += quality.bitsPerZone
      if pending >= 8 {
        pending -= 8
        writer.writeUInt8(UInt8(truncatingIfNeeded: bits >> pending))
      }
    }
    if pending > 0 { writer.writeUInt8(UInt8(truncatingIfNeeded: bits << (8 - pending))) }
    let loss = !hasSource && quality.source != nil ? "who computed the zonal quality" : nil
    return (writer.bytes, loss)
  }
}

extension ZonalQuality {
  /// How many zones cover an image of that size, or `nil` when the zone size or the bits make none.
  func zoneCount(width: Int, height: Int) -> Int? {
    guard zoneWidth > 0, zoneHeight > 0, (1...8).contains(bitsPerZone) else { return nil }
    let columns = (width + Int(zoneWidth) - 1) / Int(zoneWidth)
    let rows = (height + Int(zoneHeight) - 1) / Int(zoneHeight)
    return columns * rows
  }
}
