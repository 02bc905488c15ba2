import BiomatchCore

extension RecordDecoding {
  /// ISO/IEC 19794-2:2005, record format: a header of 24 bytes, then the views.
  mutating func iso2005() throws(MinutiaeFormatError) -> MinutiaeRecord {
    try magic()
    let lengthOffset = reader.offset
    let length = Int(try long("record length"))
    let device = try packedDevice()
    return try commonBody(device, product: nil, length: length, at: lengthOffset)
  }

  /// ANSI/INCITS 378-2004: as ISO/IEC 19794-2:2005, with a product identifier and a length of two
  /// bytes, or of zero and four more bytes when the record is longer than 65,535 bytes.
  mutating func ansi2004() throws(MinutiaeFormatError) -> MinutiaeRecord {
    try magic()
    let lengthOffset = reader.offset
    var length = Int(try word("record length"))
    if length == 0 {
      length = Int(try long("record length"))
      if length <= 0xFFFF {
        try repair(
          .length,
          at: lengthOffset,
          "record length",
          "a length of \(length) is written in the long form, which starts at 65,536",
          "read all the same"
        )
      }
    }
    let product = try product()
    let device = try packedDevice()
    return try commonBody(device, product: product, length: length, at: lengthOffset)
  }

  /// A product identifier; zero for both parts names none.
  mutating func product() throws(MinutiaeFormatError) -> ProductIdentifier? {
    let owner = try word("product identifier owner")
    let type = try word("product identifier type")
    return owner == 0 && type == 0 ? nil : ProductIdentifier(owner: owner, type: type)
  }

  private mutating func commonBody(
    _ device: CaptureDevice,
    product: ProductIdentifier?,
    length: Int,
    at lengthOffset: Int
  ) throws(MinutiaeFormatError) -> MinutiaeRecord {
    var geometry = try sizeAndResolution()
    try checkResolution(&geometry, at: geometry.offset + 4)
    let countOffset = reader.offset
    let count = Int(try byte("number of views"))
    try reservedByte("reserved byte after the number of views")
    var views: [FingerView] = []
    for index in 0..<count {
      viewIndex = index + 1
      views.append(try compactView(geometry, device))
    }
    shareGeometry(&views)
    try checkViews(views, countAt: countOffset)
    try finish(declared: length, at: lengthOffset)
    return MinutiaeRecord(views: views, product: product)
  }

  /// Gives every view the largest size that one of them was repaired to, since the record has one.
  private func shareGeometry(_ views: inout [FingerView]) {
    guard isLenient else { return }
    let width = views.map(\.width).max() ?? 0
    let height = views.map(\.height).max() ?? 0
    for index in views.indices where views[index].width != width || views[index].height != height {
      views[index].width = width
      views[index].height = height
      views[index].extendedData = views[index].extendedData.map { reread($0, for: views[index]) }
    }
  }

  /// Zonal quality that was kept as bytes because it did not fit an image size that has changed since.
  private func reread(_ area: ExtendedData, for view: FingerView) -> ExtendedData {
    guard case .raw(type: 3, let data) = area,
      let coding = ExtendedDataCoding(type: 3, format: format),
      case .value(let value) = coding.decode(data, width: view.width, height: view.height),
      coding.encode(value)?.bytes == data
    else { return area }
    return value
  }
}
