import BiomatchCore

extension RecordEncoding {
  /// The views as the format can hold them, after everything that it cannot has been reported.
  mutating func prepare(_ record: MinutiaeRecord) throws(MinutiaeFormatError) -> [FingerView] {
    guard !record.views.isEmpty else {
      throw unencodable(.views, "views", "the record has no views")
    }
    guard record.views.count <= format.largestViewCount else {
      throw unencodable(
        .views,
        "views",
        "the record has \(record.views.count) views, the format holds \(format.largestViewCount)"
      )
    }
    let holdsProduct = [.ansi2004, .ansi2009, .ansi2009am1].contains(format)
    if record.product != nil, !holdsProduct {
      lose(.product, nil, "the product identifier is left out")
    }
    var views = record.views
    for index in views.indices { try validate(views[index], index + 1) }
    if format.hasRecordGeometry { try shareGeometry(&views) }
    for index in views.indices { fit(&views[index], index + 1) }
    if format.hasRecordDevice { shareDevice(&views) }
    try number(&views)
    return views
  }

  // MARK: Validation

  private func validate(_ view: FingerView, _ number: Int) throws(MinutiaeFormatError) {
    for (name, value) in [("width", view.width), ("height", view.height)] {
      guard (1...0xFFFF).contains(value) else {
        throw unencodable(
          .imageSize,
          "view \(number), \(name)",
          "the \(name) is \(value), not in 1...65,535"
        )
      }
    }
    let smallest = format.smallestResolution
    let largest = format.hasHeader ? RecordDecoding.largestResolution : 0xFFFF
    for value in [view.resolutionX, view.resolutionY] {
      guard (smallest...largest).contains(value) else {
        throw unencodable(
          .resolution,
          "view \(number), resolution",
          "the resolution is \(value) px/cm, not in \(smallest)...\(largest)"
        )
      }
    }
    guard format.hasHeader || view.resolutionX == view.resolutionY else {
      throw unencodable(
        .resolution,
        "view \(number), resolution",
        "the resolution is \(view.resolutionX) x \(view.resolutionY) px/cm, and a format without "
          + "header is read with one for both axes"
      )
    }
    for (index, minutia) in view.minutiae.enumerated() {
      guard (0..<view.width).contains(minutia.x), (0..<view.height).contains(minutia.y) else {
        throw unencodable(
          .imageSize,
          "view \(number), minutia \(index + 1)",
          "the minutia lies at (\(minutia.x), \(minutia.y)), outside the image of "
            + "\(view.width) by \(view.height)"
        )
      }
      guard !format.hasHeader || max(minutia.x, minutia.y) <= 0x3FFF else {
        throw unencodable(
          .coordinate,
          "view \(number), minutia \(index + 1)",
          "a coordinate of \(max(minutia.x, minutia.y)) takes more than 14 bits"
        )
      }
      try validate(
        minutia.quality,
        failed: minutia.qualityFailed,
        "view \(number), minutia \(index + 1), quality"
      )
    }
    try validate(view.quality, failed: view.qualityFailed, "view \(number), quality")
    for block in view.furtherQualities {
      try validate(block.quality, failed: false, "view \(number), further quality")
    }
    guard let time = view.captureTime, format == .iso2011, !time.isInRange else { return }
    throw unencodable(
      .captureTime,
      "view \(number), capture time",
      "a part of the capture time is out of its range"
    )
  }

  private func validate(
    _ quality: UInt8?,
    failed: Bool,
    _ field: String
  ) throws(MinutiaeFormatError) {
    guard let quality else { return }
    guard quality <= 100 else {
      throw unencodable(.quality, field, "the quality is \(quality), not in 0...100")
    }
    guard !failed else {
      throw unencodable(.quality, field, "the quality is \(quality) and said to have failed")
    }
  }

  // MARK: Values shared by all views

  private mutating func shareGeometry(_ views: inout [FingerView]) throws(MinutiaeFormatError) {
    let first = views[0]
    for (index, view) in views.enumerated()
    where view.resolutionX != first.resolutionX || view.resolutionY != first.resolutionY {
      throw unencodable(
        .resolution,
        "view \(index + 1), resolution",
        "the format has one resolution for all views, view 1 has \(first.resolutionX) x "
          + "\(first.resolutionY) px/cm and this one \(view.resolutionX) x \(view.resolutionY)"
      )
    }
    let width = views.map(\.width).max() ?? 0
    let height = views.map(\.height).max() ?? 0
    for index in views.indices where views[index].width != width || views[index].height != height {
      lose(
        .imageSize,
        index + 1,
        "the size of \(views[index].width) by \(views[index].height) becomes that of the largest "
          + "view, \(width) by \(height)"
      )
      views[index].width = width
      views[index].height = height
    }
  }

  private mutating func shareDevice(_ views: inout [FingerView]) {
    let first = views[0].device
    for index in views.indices where views[index].device != first {
      lose(.device, index + 1, "the device becomes that of view 1")
      views[index].device = first
    }
  }

  /// Gives views of the same finger different numbers that the format can hold.
  private mutating func number(_ views: inout [FingerView]) throws(MinutiaeFormatError) {
    guard format.hasHeader else {
      if views[0].viewNumber != 0 { lose(.viewNumber, 1, "the view number is left out") }
      return
    }
    var used: [FingerPosition: Set<UInt8>] = [:]
    var waiting: [Int] = []
    for (index, view) in views.enumerated() {
      let isFree =
        view.viewNumber <= MinutiaeFormat.largestViewNumber
        && used[view.position, default: []].insert(view.viewNumber).inserted
      if !isFree { waiting.append(index) }
    }
    for index in waiting {
      let taken = used[views[index].position, default: []]
      guard let free = (0...MinutiaeFormat.largestViewNumber).first(where: { !taken.contains($0) })
      else {
        throw unencodable(
          .viewNumber,
          "view \(index + 1), view number",
          "the finger has more views than the format has numbers for"
        )
      }
      lose(.viewNumber, index + 1, "number \(views[index].viewNumber) becomes \(free)")
      views[index].viewNumber = free
      used[views[index].position, default: []].insert(free)
    }
  }
}

extension CaptureTime {
  /// Whether every known part is in the range that the standard gives it.
  var isInRange: Bool {
    func fits<Value: Comparable>(_ value: Value?, _ range: ClosedRange<Value>) -> Bool {
      value.map(range.contains) ?? true
    }
    return fits(year, 1...0xFFFE) && fits(month, 1...12) && fits(day, 1...31)
      && fits(hour, 0...23) && fits(minute, 0...59) && fits(second, 0...59)
      && fits(millisecond, 0...999)
  }
}
