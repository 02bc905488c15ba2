import BiomatchCore
import BiomatchFingerprint
import BiomatchTestSupport
import Testing

@Suite("Round trips of minutiae records")
struct RoundTripTests {
  @Test("what a format can hold comes back as it was", arguments: MinutiaeFormat.allCases)
  func sameFormat(_ format: MinutiaeFormat) throws {
    for seed in UInt64(0)..<200 {
      var random = RandomRecords(format: format, seed: seed)
      let record = random.record()
      let encoded = try MinutiaeEncoder(format: format).encode(record)
      #expect(encoded.losses.isEmpty, "\(format.rawValue), seed \(seed): \(encoded.losses)")
      let context = RandomRecords.context(of: record)
      let decoder = MinutiaeDecoder(format: format, context: context)
      let decoded = try decoder.decode(encoded.bytes, file: "seed \(seed)")
      #expect(decoded.record == record, "\(format.rawValue), seed \(seed)")
      #expect(decoded.repairs.isEmpty, "\(format.rawValue), seed \(seed)")
      if format.hasHeader {
        let detected = try MinutiaeDecoder().decode(encoded.bytes)
        #expect(detected == decoded, "\(format.rawValue), seed \(seed)")
      }
    }
  }

  @Test(
    "conversion to any other format decodes strictly, and nothing changes unreported",
    arguments: MinutiaeFormat.allCases
  )
  func conversion(_ source: MinutiaeFormat) throws {
    for target in MinutiaeFormat.allCases {
      for seed in UInt64(0)..<40 {
        var random = RandomRecords(format: source, seed: seed)
        var record = random.record()
        if !target.hasHeader { record.views = [record.views[0]] }
        let name = "\(source.rawValue) to \(target.rawValue), seed \(seed)"
        let encoded: EncodedRecord
        do {
          encoded = try MinutiaeEncoder(format: target).encode(record)
        } catch {
          // Card units as resolution, unequal axes or unequal views have no place in the target.
          #expect(error.code.hasSuffix("encode.resolution"), "\(name): \(error)")
          continue
        }
        let context = RecordContext(view: record.views[0])
        let back = try MinutiaeDecoder(format: target, context: context)
          .decode(encoded.bytes, file: name)
        let again = try MinutiaeEncoder(format: target).encode(back.record)
        #expect(again.bytes == encoded.bytes, "\(name): a second conversion gives other bytes")
        #expect(again.losses.isEmpty, "\(name): \(again.losses)")
        let lost = Set(encoded.losses.map(\.kind))
        #expect(record.product == back.record.product || lost.contains(.product), "\(name)")
        #expect(record.views.count == back.record.views.count, "\(name)")
        for (before, after) in zip(record.views, back.record.views) {
          compare(before, after, lost, name)
        }
      }
    }
  }

  private func compare(
    _ before: FingerView,
    _ after: FingerView,
    _ lost: Set<ConversionLoss.Kind>,
    _ name: String
  ) {
    func same<Value: Equatable>(
      _ kind: ConversionLoss.Kind,
      _ a: Value,
      _ b: Value
    ) {
      #expect(a == b || lost.contains(kind), "\(name): \(kind.rawValue) is not reported")
    }
    same(.minutiae, before.minutiae.count, after.minutiae.count)
    if !lost.contains(.minutiae) {
      same(.angle, before.minutiae.map(\.angle), after.minutiae.map(\.angle))
      same(.minutiaKind, before.minutiae.map(\.kind), after.minutiae.map(\.kind))
      same(.minutiaQuality, before.minutiae.map(\.quality), after.minutiae.map(\.quality))
      same(
        .minutiaQuality,
        before.minutiae.map(\.qualityFailed),
        after.minutiae.map(\.qualityFailed)
      )
      same(.coordinate, before.minutiae.map(\.x), after.minutiae.map(\.x))
      same(.coordinate, before.minutiae.map(\.y), after.minutiae.map(\.y))
    }
    same(.position, before.position, after.position)
    same(.impression, before.impressionType, after.impressionType)
    same(.viewNumber, before.viewNumber, after.viewNumber)
    same(.viewQuality, before.quality, after.quality)
    same(.viewQuality, before.qualityFailed, after.qualityFailed)
    same(.qualitySource, before.qualitySource, after.qualitySource)
    same(.furtherQualities, before.furtherQualities, after.furtherQualities)
    same(.captureTime, before.captureTime, after.captureTime)
    same(.ridgeEndingType, before.ridgeEndingType, after.ridgeEndingType)
    same(.extendedData, before.extendedData, after.extendedData)
    same(.certification, before.device.certifications, after.device.certifications)
    same(.device, before.device.withoutCertifications, after.device.withoutCertifications)
    same(.imageSize, before.width, after.width)
    same(.imageSize, before.height, after.height)
    #expect(before.resolutionX == after.resolutionX, "\(name)")
    #expect(before.resolutionY == after.resolutionY, "\(name)")
  }

  @Test(
    "conformant published records are written back byte for byte",
    .enabled(if: SharedData.isPresent, "\(SharedData.absence)"),
    arguments: PublishedRecord.all.filter(\.repairs.isEmpty)
  )
  func published(_ published: PublishedRecord) throws {
    let bytes = try published.bytes()
    let decoded = try MinutiaeDecoder().decode(bytes)
    let encoded = try MinutiaeEncoder(format: decoded.format).encode(decoded.record)
    #expect(encoded.bytes == bytes)
    #expect(encoded.losses.isEmpty)
  }

  @Test(
    "repaired records are written back as conformant ones of the same content",
    .enabled(if: SharedData.isPresent, "\(SharedData.absence)"),
    arguments: PublishedRecord.all.filter { !$0.repairs.isEmpty }
  )
  func repaired(_ published: PublishedRecord) throws {
    let decoded = try MinutiaeDecoder(strictness: .lenient).decode(published.bytes())
    let encoded = try MinutiaeEncoder(format: decoded.format).encode(decoded.record)
    let again = try MinutiaeDecoder().decode(encoded.bytes)
    #expect(again.format == decoded.format)
    #expect(encoded.losses.isEmpty == (again.record == decoded.record), "\(encoded.losses)")
  }

  @Test(
    "a card record is kept to the last digit at the card's own resolution",
    arguments: [(MinutiaeFormat.iso2005CardNormal, 1000), (.iso2005CardCompact, 100)]
  )
  func cardDigits(format: MinutiaeFormat, resolution: Int) throws {
    var generator = SeededGenerator(seed: 7)
    let size = format == .iso2005CardNormal ? 5 : 3
    let bytes = (0..<size * 40).map { index in
      // Keep the type below the reserved code and the reserved bits clear.
      UInt8.random(in: 0...255, using: &generator) & (size == 5 && index % 5 == 2 ? 0x3F : 0x7F)
    }
    let context = RecordContext(width: 16_384, height: 16_384, resolution: resolution)
    let decoded = try MinutiaeDecoder(format: format, context: context).decode(bytes)
    #expect(try MinutiaeEncoder(format: format).encode(decoded.record).bytes == bytes)
  }
}

extension CaptureDevice {
  fileprivate var withoutCertifications: CaptureDevice {
    var device = self
    device.certifications = []
    return device
  }
}
