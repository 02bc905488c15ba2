import BiomatchCore

/// One area of extended data before its content is looked at.
private struct Area {
  var type: UInt16
  var data: ArraySlice<UInt8>
  /// Offset of its data in the record.
  var offset: Int

  init(type: UInt16, data: ArraySlice<UInt8>) {
    self.type = type
    self.data = data
    self.offset = data.startIndex
  }
}

extension RecordDecoding {
  /// The extended data block of `view`, whose other fields have been read.
  mutating func extendedData(for view: FingerView) throws(MinutiaeFormatError) -> [ExtendedData] {
    let offset = reader.offset
    var length = Int(try word("extended data block length"))
    let remaining = reader.remaining
    if length > remaining {
      let declared = length
      try repair(
        .extendedData,
        at: offset,
        "extended data block length",
        "the block declares \(declared) bytes, \(remaining) are left",
        "the \(remaining) bytes are taken"
      )
      length = remaining
    }
    guard length > 0, let bytes = try? reader.readBytes(length) else { return [] }
    var areas = try self.areas(of: bytes, at: bytes.startIndex)
    if isLenient, let last = areas.last, let whole = try overrun(of: last, in: view) {
      areas[areas.count - 1] = whole
    }
    var result: [ExtendedData] = []
    result.reserveCapacity(areas.count)
    for area in areas { result.append(try parse(area, for: view)) }
    return result
  }

  /// The last area with the bytes behind the block, when it is cores and deltas that need exactly
  /// those bytes to be complete.
  ///
  /// Such an area counts its own points, so that it can be told when its declared length falls short.
  private mutating func overrun(
    of area: Area,
    in view: FingerView
  ) throws(MinutiaeFormatError) -> Area? {
    guard area.type == 2, let coding = ExtendedDataCoding(type: 2, format: format) else {
      return nil
    }
    guard case .failure = coding.decode(Array(area.data), width: view.width, height: view.height)
    else { return nil }
    let offset = reader.offset
    var beyond = reader
    let count = beyond.remaining
    // The rest of the record is looked at only where it may be small enough: a record can have many
    // views, and each of them such an area.
    guard count > 0, area.data.count + count <= ExtendedDataCoding.largestSingularPoints,
      let rest = try? beyond.readBytes(count)
    else { return nil }
    let whole = area.data + rest
    guard case .value = coding.decode(Array(whole), width: view.width, height: view.height) else {
      return nil
    }
    try repair(
      .extendedData,
      at: offset,
      "extended data block length",
      "the block ends \(count) bytes before its cores and deltas do",
      "these bytes, the last ones of the record, are taken as well"
    )
    reader = beyond
    return Area(type: area.type, data: whole)
  }

  // MARK: Areas

  /// Splits a block at the declared lengths of its areas.
  private mutating func areas(
    of bytes: ArraySlice<UInt8>,
    at offset: Int
  ) throws(MinutiaeFormatError) -> [Area] {
    let whole = Self.split(bytes, headerCounted: true)
    if whole.rest.isEmpty { return whole.areas }
    let found = "the areas do not fill the block of \(bytes.count) bytes"
    let bare = Self.split(bytes, headerCounted: false)
    if bare.rest.isEmpty {
      try repair(
        .extendedData,
        at: offset,
        "extended data area length",
        found,
        "they do when each length leaves out its area's own header of 4 bytes"
      )
      return bare.areas
    }
    var areas = whole.areas
    guard whole.rest.count >= 4 else {
      try repair(
        .extendedData,
        at: whole.rest.startIndex,
        "extended data area length",
        found,
        "the last \(whole.rest.count) bytes are left out"
      )
      return areas
    }
    let type =
      UInt16(whole.rest[whole.rest.startIndex]) << 8
      | UInt16(whole.rest[whole.rest.startIndex + 1])
    try repair(
      .extendedData,
      at: whole.rest.startIndex,
      "extended data area length",
      found,
      "the last \(whole.rest.count) bytes are taken as one area"
    )
    areas.append(Area(type: type, data: whole.rest.dropFirst(4)))
    return areas
  }

  /// The areas of a block, and the bytes from the first one on that does not fit.
  private static func split(
    _ bytes: ArraySlice<UInt8>,
    headerCounted: Bool
  ) -> (areas: [Area], rest: ArraySlice<UInt8>) {
    var areas: [Area] = []
    var rest = bytes
    while rest.count >= 4 {
      let start = rest.startIndex
      let type = UInt16(rest[start]) << 8 | UInt16(rest[start + 1])
      let declared = Int(rest[start + 2]) << 8 | Int(rest[start + 3])
      let size = headerCounted ? declared : declared + 4
      guard size >= 4, size <= rest.count else { break }
      areas.append(Area(type: type, data: rest[(start + 4)..<(start + size)]))
      rest = rest[(start + size)...]
    }
    return (areas, rest)
  }

  // MARK: Content

  private mutating func parse(
    _ area: Area,
    for view: FingerView
  ) throws(MinutiaeFormatError) -> ExtendedData {
    let bytes = Array(area.data)
    let raw = ExtendedData.raw(type: area.type, data: bytes)
    guard let coding = ExtendedDataCoding(type: area.type, format: format) else { return raw }
    let offset = area.offset
    switch coding.decode(bytes, width: view.width, height: view.height) {
    case .value(.ridgeCounts(let counts)):
      try checkIndices(of: counts, in: view, at: offset)
      return exact(.ridgeCounts(counts), bytes, coding) ?? raw
    case .value(let value):
      return exact(value, bytes, coding) ?? raw
    case .remainder(.ridgeCounts(let counts), let rest):
      try repair(
        .ridgeCounts,
        at: offset + bytes.count - rest,
        "ridge counts",
        "\(rest) bytes are left after \(counts.edges.count) counts of 3 bytes",
        "left out"
      )
      try checkIndices(of: counts, in: view, at: offset)
      return .ridgeCounts(counts)
    case .remainder(_, let rest):
      try repair(
        coding.rule,
        at: offset + bytes.count - rest,
        coding.field,
        "\(rest) bytes are left at the end of the area",
        "the area is kept as bytes"
      )
      return raw
    case .failure(let finding):
      try repair(coding.rule, at: offset, coding.field, finding, "the area is kept as bytes")
      return raw
    }
  }

  /// `value`, unless writing it would not give the same bytes; bits without a meaning are not lost
  /// that way.
  private func exact(
    _ value: ExtendedData,
    _ bytes: [UInt8],
    _ coding: ExtendedDataCoding
  ) -> ExtendedData? {
    coding.encode(value)?.bytes == bytes ? value : nil
  }

  private mutating func checkIndices(
    of counts: RidgeCounts,
    in view: FingerView,
    at offset: Int
  ) throws(MinutiaeFormatError) {
    let edges = counts.edges
    guard let first = edges.firstIndex(where: { !$0.refers(toMinutiaeOf: view) }) else { return }
    let isFrom = Int(edges[first].from) > view.minutiae.count
    try repair(
      .ridgeCounts,
      // After the method, an edge takes three bytes.
      at: offset + 1 + 3 * first + (isFrom ? 0 : 1),
      "ridge counts",
      "\(edges.count { !$0.refers(toMinutiaeOf: view) }) counts refer to minutiae beyond the "
        + "\(view.minutiae.count) of the view, the first one to "
        + "\(isFrom ? edges[first].from : edges[first].to)",
      "kept"
    )
  }
}

extension RidgeCounts.Edge {
  /// Whether both ends are minutiae of `view`, which are numbered from zero or from one.
  func refers(toMinutiaeOf view: FingerView) -> Bool {
    Int(max(from, to)) <= view.minutiae.count
  }
}
