import BiomatchCore
import BiomatchFingerprint
import Testing

@Suite("What formats cannot hold")
struct EncoderLimitTests {
  private func view(_ minutiae: Int = 1, position: FingerPosition = .rightIndex) -> FingerView {
    FingerView(
      position: position,
      quality: 50,
      width: 300,
      height: 300,
      minutiae: (0..<minutiae).map {
        Minutia(
          kind: .ending,
          x: $0 % 300,
          y: $0 / 300,
          angle: MinutiaAngle(steps: 0, per: 256),
          quality: UInt8($0 % 100 + 1)
        )
      }
    )
  }

  private func views(_ count: Int) -> [FingerView] {
    (0..<count).map { index in
      var view = view(position: FingerPosition(rawValue: UInt8(index % 11)) ?? .unknown)
      view.viewNumber = UInt8(index / 11 % 256)
      return view
    }
  }

  @Test("records without views cannot be encoded", arguments: MinutiaeFormat.allCases)
  func noViews(_ format: MinutiaeFormat) {
    let error = #expect(throws: MinutiaeFormatError.self) {
      try MinutiaeEncoder(format: format).encode(MinutiaeRecord(views: []))
    }
    #expect(error?.code.hasSuffix("encode.views") == true)
  }

  @Test(
    "more views than a format counts are refused",
    arguments: [
      (MinutiaeFormat.iso2005, 255), (.ansi2004, 255), (.ansi2009, 255), (.ansi2009am1, 255),
      (.iso2011, 176), (.xyt, 1), (.iso2005CardNormal, 1), (.iso2005CardCompact, 1),
    ]
  )
  func tooManyViews(format: MinutiaeFormat, largest: Int) {
    let error = #expect(throws: MinutiaeFormatError.self) {
      try MinutiaeEncoder(format: format).encode(MinutiaeRecord(views: views(largest + 1)))
    }
    #expect(error?.code.hasSuffix("encode.views") == true)
  }

  @Test(
    "sixteen views of each of eleven fingers come back, and one more has no number",
    arguments: MinutiaeFormat.allCases.filter(\.hasHeader)
  )
  func manyViews(_ format: MinutiaeFormat) throws {
    let record = MinutiaeRecord(views: views(176))
    let encoded = try MinutiaeEncoder(format: format).encode(record)
    #expect(encoded.losses.allSatisfy { $0.kind == .ridgeEndingType }, "\(encoded.losses)")
    var decoded = try MinutiaeDecoder().decode(encoded.bytes).record
    for index in decoded.views.indices { decoded.views[index].ridgeEndingType = nil }
    #expect(decoded == record)
    let error = #expect(throws: MinutiaeFormatError.self) {
      try MinutiaeEncoder(format: format).encode(MinutiaeRecord(views: views(177)))
    }
    let rule = format == .iso2011 ? "views" : "view-number"
    #expect(error?.code.hasSuffix("encode.\(rule)") == true)
  }

  @Test("a view without minutiae is a valid view", arguments: MinutiaeFormat.allCases)
  func noMinutiae(_ format: MinutiaeFormat) throws {
    var empty = view(0)
    if !format.hasHeader { empty.quality = nil }
    let encoded = try MinutiaeEncoder(format: format).encode(MinutiaeRecord(views: [empty]))
    let decoder = MinutiaeDecoder(format: format, context: RecordContext(view: empty))
    #expect(try decoder.decode(encoded.bytes).record.views[0].minutiae.isEmpty)
  }

  @Test(
    "of more than 255 minutiae the best are kept, in their order",
    arguments: MinutiaeFormat.allCases.filter(\.hasHeader)
  )
  func tooManyMinutiae(_ format: MinutiaeFormat) throws {
    var many = view(300)
    many.extendedData = [.ridgeCounts(RidgeCounts(method: .other, edges: []))]
    let encoded = try MinutiaeEncoder(format: format).encode(MinutiaeRecord(views: [many]))
    #expect(Set(encoded.losses.map(\.kind)).isSuperset(of: [.minutiae, .extendedData]))
    let kept = try MinutiaeDecoder().decode(encoded.bytes).record.views[0]
    #expect(kept.minutiae.count == 255)
    #expect(kept.extendedData.isEmpty)
    // 300 minutiae carry each quality 1...100 three times: 45 go, those of quality 1...15.
    #expect(kept.minutiae.map { Int($0.quality ?? 0) }.min() == 16)
    #expect(
      kept.minutiae.map { $0.y * 300 + $0.x } == kept.minutiae.map { $0.y * 300 + $0.x }.sorted()
    )
  }

  @Test("a record of ANSI/INCITS 378-2004 beyond 65,535 bytes takes the long form of its length")
  func longRecord() throws {
    var views: [FingerView] = []
    for index in 0..<60 {
      var view = view(255, position: FingerPosition(rawValue: UInt8(index % 10)) ?? .unknown)
      view.viewNumber = UInt8(index / 10)
      views.append(view)
    }
    let encoded = try MinutiaeEncoder(format: .ansi2004).encode(MinutiaeRecord(views: views))
    #expect(encoded.bytes.count > 65_535)
    #expect(Array(encoded.bytes[8..<10]) == [0, 0])
    #expect(try MinutiaeDecoder().decode(encoded.bytes).record.views == views)
    var short = try MinutiaeEncoder(format: .ansi2004)
      .encode(MinutiaeRecord(views: [views[0]])).bytes
    short.replaceSubrange(8..<10, with: [0, 0, 0, 0, 0x06, 0x1E])
    short[12] = UInt8(short.count >> 8)
    short[13] = UInt8(short.count & 0xFF)
    let error = #expect(throws: MinutiaeFormatError.self) {
      try MinutiaeDecoder(format: .ansi2004).decode(short)
    }
    #expect(error?.code == "minutiae.ansi2004.length")
    #expect(try MinutiaeDecoder(strictness: .lenient).decode(short).repairs.count == 1)
  }

  @Test(
    "views of different resolution do not fit one header, of different size the larger is taken"
  )
  func geometry() throws {
    var second = view(position: .leftThumb)
    second.width = 400
    let sizes = try MinutiaeEncoder(format: .iso2005)
      .encode(MinutiaeRecord(views: [view(), second]))
    #expect(sizes.losses.map(\.kind) == [.imageSize])
    #expect(sizes.losses.first?.description.hasPrefix("view 1: ") == true)
    second.resolutionX = 394
    let error = #expect(throws: MinutiaeFormatError.self) {
      try MinutiaeEncoder(format: .iso2005).encode(MinutiaeRecord(views: [view(), second]))
    }
    #expect(error?.code == "minutiae.iso2005.encode.resolution")
    #expect(throws: Never.self) {
      try MinutiaeEncoder(format: .ansi2009).encode(MinutiaeRecord(views: [view(), second]))
    }
  }

  @Test(
    "values out of range are refused with their place",
    arguments: MinutiaeFormat.allCases
  )
  func ranges(_ format: MinutiaeFormat) {
    var outside = view()
    outside.minutiae[0].x = 300
    var negative = view()
    negative.minutiae[0].y = -1
    var flat = view()
    flat.height = 0
    var coarse = view()
    coarse.resolutionX = 0
    var excellent = view()
    excellent.minutiae[0].quality = 101
    var far = view()
    far.minutiae[0].x = .max
    far.width = .max
    var below = view()
    below.minutiae[0].x = .min
    var sparse = view()
    sparse.resolutionX = format == .iso2005 || format == .iso2011 ? 98 : 0
    var fine = view()
    fine.resolutionY = .max
    var mixed = view()
    mixed.qualityFailed = true
    var mixedMinutia = view()
    mixedMinutia.minutiae[0].qualityFailed = true
    for (view, rule) in [
      (outside, "image-size"), (negative, "image-size"), (flat, "image-size"),
      (far, "image-size"), (below, "image-size"), (coarse, "resolution"), (fine, "resolution"),
      (sparse, "resolution"),
      (excellent, "quality"), (mixed, "quality"), (mixedMinutia, "quality"),
    ] {
      let error = #expect(throws: MinutiaeFormatError.self) {
        try MinutiaeEncoder(format: format).encode(MinutiaeRecord(views: [view]))
      }
      #expect(error?.code.hasSuffix("encode.\(rule)") == true, "\(String(describing: error))")
      #expect(error?.location.field?.hasPrefix("view 1, ") == true)
    }
  }

  @Test("70,000 minutiae lose all but the best 255", arguments: MinutiaeFormat.allCases)
  func absurdlyManyMinutiae(_ format: MinutiaeFormat) throws {
    let record = MinutiaeRecord(views: [view(70_000)])
    let encoded = try MinutiaeEncoder(format: format).encode(record)
    let decoder = MinutiaeDecoder(format: format, context: RecordContext(view: record.views[0]))
    let minutiae = try decoder.decode(encoded.bytes).record.views[0].minutiae
    #expect(minutiae.count == (format.hasHeader ? 255 : 70_000))
  }

  @Test("an area fills the block of extended data, and one byte more is left out and reported")
  func largestArea() throws {
    var full = view()
    full.extendedData = [.raw(type: 0x100, data: [UInt8](repeating: 7, count: 65_531))]
    let encoded = try MinutiaeEncoder(format: .iso2005).encode(MinutiaeRecord(views: [full]))
    #expect(encoded.losses.isEmpty)
    #expect(try MinutiaeDecoder().decode(encoded.bytes).record.views == [full])
    full.extendedData = [.raw(type: 0x100, data: [UInt8](repeating: 7, count: 65_532))]
    let cut = try MinutiaeEncoder(format: .iso2005).encode(MinutiaeRecord(views: [full]))
    #expect(cut.losses.map(\.kind) == [.extendedData])
    #expect(try MinutiaeDecoder().decode(cut.bytes).record.views[0].extendedData.isEmpty)
  }

  @Test("the parts of a device that are left out are named")
  func deviceParts() throws {
    var device = view()
    device.device = CaptureDevice(technology: 3, vendor: 9, model: 0x1234, compliance: 0x81)
    for (format, parts) in [
      (MinutiaeFormat.iso2005, "technology, vendor, model, compliance flags"),
      (.ansi2009, "technology, vendor"), (.iso2011, "compliance flags"),
      (.iso2005CardNormal, "technology, vendor, model, compliance flags"),
    ] {
      let losses = try MinutiaeEncoder(format: format).encode(MinutiaeRecord(views: [device]))
        .losses
      let loss = try #require(losses.first { $0.kind == .device })
      #expect(loss.text == "of the capture device is left out: \(parts)", "\(format.rawValue)")
    }
  }

  @Test("of different devices the first is written, and what the others lose is told by view")
  func differentDevices() throws {
    var first = view()
    first.device = CaptureDevice(technology: 1, model: 5)
    var second = view(position: .leftThumb)
    second.device = CaptureDevice(
      model: 6,
      certifications: [DeviceCertification(authority: 1, scheme: 2)]
    )
    let encoded = try MinutiaeEncoder(format: .ansi2009)
      .encode(MinutiaeRecord(views: [first, second]))
    #expect(encoded.losses.map(\.view) == [1, 2, 2])
    #expect(encoded.losses.map(\.kind) == [.device, .certification, .device])
    let devices = try MinutiaeDecoder().decode(encoded.bytes).record.views.map(\.device)
    #expect(devices == [CaptureDevice(model: 5), CaptureDevice(model: 5)])
  }

  @Test("minutiae beyond a card's largest coordinate are left out and counted")
  func cardRange() throws {
    var wide = view(0)
    wide.width = 600
    wide.quality = nil
    wide.minutiae = [100, 520, 599].map {
      Minutia(kind: .ending, x: $0, y: 0, angle: MinutiaAngle(steps: 0, per: 64))
    }
    let encoded = try MinutiaeEncoder(format: .iso2005CardCompact)
      .encode(MinutiaeRecord(views: [wide]))
    #expect(encoded.bytes.count == 3)
    #expect(encoded.losses.map(\.kind) == [.minutiae])
    #expect(encoded.losses[0].text.hasPrefix("2 of 3"))
  }

  @Test("contactless capture keeps its meaning between the codes of two standards")
  func contactless() throws {
    var contactless = view()
    contactless.impressionType = 24
    let record = MinutiaeRecord(views: [contactless])
    let ansi = try MinutiaeEncoder(format: .ansi2004).encode(record)
    #expect(ansi.bytes[27] & 0x0F == 9)
    let back = try MinutiaeDecoder().decode(ansi.bytes).record
    #expect(back.views[0].impressionType == 24)
    let iso = try MinutiaeEncoder(format: .iso2005).encode(record)
    #expect(iso.losses.map(\.kind) == [.impression])
  }

  @Test("every loss has a stable code and names its view")
  func codes() {
    let loss = ConversionLoss(kind: .angle, view: 2, text: "rounded")
    #expect(loss.code == "minutiae.loss.angle")
    #expect(loss.description == "view 2: rounded [minutiae.loss.angle]")
    #expect(
      ConversionLoss(kind: .product, text: "gone").description
        == "gone [minutiae.loss.product]"
    )
  }
}
