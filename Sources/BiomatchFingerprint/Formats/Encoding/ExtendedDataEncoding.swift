import BiomatchCore

extension RecordEncoding {
  /// The extended data block of a view whose size and minutiae are those that are written.
  mutating func extendedData(_ view: FingerView, _ number: Int) {
    let lengthOffset = writer.count
    writer.writeUInt16(0)
    let start = writer.count
    for area in view.extendedData {
      guard let (type, bytes) = content(of: area, in: view, number) else { continue }
      let size = bytes.count + 4
      guard writer.count - start + size <= 0xFFFF else {
        lose(.extendedData, number, "an area of \(bytes.count) bytes does not fit into the block")
        continue
      }
      writer.writeUInt16(type)
      writer.writeUInt16(UInt16(size))
      writer.writeBytes(bytes)
    }
    writer.overwriteUInt16(UInt16(writer.count - start), at: lengthOffset)
  }

  /// Area type and data, or `nil` when the area is left out.
  private mutating func content(
    of area: ExtendedData,
    in view: FingerView,
    _ number: Int
  ) -> (type: UInt16, bytes: [UInt8])? {
    let type = area.type
    guard let coding = ExtendedDataCoding(type: type, format: format) else {
      if case .raw(_, let data) = area { return (type, data) }
      lose(.extendedData, number, "an area of type \(type), which the format does not have")
      return nil
    }
    if case .raw(_, let data) = area {
      // Bytes of a standardised type may come from a standard that lays them out differently.
      guard coding.isWellFormed(data, in: view) else {
        lose(.extendedData, number, "an area of type \(type) that is malformed in this format")
        return nil
      }
      return (type, data)
    }
    guard let value = fitted(area, to: view, number), let (bytes, loss) = coding.encode(value)
    else {
      lose(.extendedData, number, "an area of type \(type) with values that the format cannot hold")
      return nil
    }
    if let loss { lose(.extendedData, number, "\(loss)") }
    return (type, bytes)
  }

  /// The area without what does not belong to the view, or `nil` when nothing fits.
  private mutating func fitted(
    _ area: ExtendedData,
    to view: FingerView,
    _ number: Int
  ) -> ExtendedData? {
    switch area {
    case .ridgeCounts(var counts):
      let total = counts.edges.count
      counts.edges.removeAll { !$0.refers(toMinutiaeOf: view) }
      if counts.edges.count < total {
        lose(
          .extendedData,
          number,
          "\(total - counts.edges.count) of \(total) ridge counts, which refer to no minutia"
        )
      }
      return .ridgeCounts(counts)
    case .zonalQuality(let quality):
      let count = quality.zoneCount(width: view.width, height: view.height)
      return count == quality.zones.count ? area : nil
    case .singularPoints, .raw:
      return area
    }
  }
}

extension ExtendedData {
  /// The area type.
  var type: UInt16 {
    switch self {
    case .ridgeCounts: 1
    case .singularPoints: 2
    case .zonalQuality: 3
    case .raw(let type, _): type
    }
  }
}

extension ExtendedDataCoding {
  /// Whether strict decoding takes `data` as an area of this type in `view`.
  func isWellFormed(_ data: [UInt8], in view: FingerView) -> Bool {
    switch decode(data, width: view.width, height: view.height) {
    case .value(.ridgeCounts(let counts)):
      counts.edges.allSatisfy { $0.refers(toMinutiaeOf: view) }
    case .value: true
    case .remainder, .failure: false
    }
  }
}
