import BiomatchFingerprint
import BiomatchTestSupport
import Testing

@Suite("Detection of damaged records")
struct DetectionTests {
  /// How a writer gets every minutia wrong, and what it does around them.
  struct Habit: Sendable, CustomTestStringConvertible {
    var name: String
    /// Changes the six bytes of a minutia.
    var minutia: @Sendable (inout ArraySlice<UInt8>) -> Void
    /// Zero bytes behind the record.
    var padding = 0
    /// What is added to the last byte of the length.
    var length: UInt8 = 0

    var testDescription: String { name }

    static let all: [Habit] = [
      Habit(name: "qualities of 200", minutia: { $0[$0.startIndex + 5] = 200 }),
      Habit(name: "reserved bits set", minutia: { $0[$0.startIndex + 2] |= 0xC0 }),
      Habit(
        name: "both, and zero padding",
        minutia: {
          $0[$0.startIndex + 5] = 200
          $0[$0.startIndex + 2] |= 0xC0
        },
        padding: 117
      ),
      Habit(
        name: "qualities of 200, a length that is off, and zero padding",
        minutia: { $0[$0.startIndex + 5] = 200 },
        padding: 40,
        length: 1
      ),
      Habit(
        name: "the reserved type and a length that is off",
        minutia: { $0[$0.startIndex] |= 0xC0 },
        length: 0xFF
      ),
    ]
  }

  @Test(
    "a record whose every minutia is repaired keeps its format",
    arguments: MinutiaeFormat.allCases.filter(\.hasHeader),
    Habit.all
  )
  func everyMinutia(_ format: MinutiaeFormat, _ habit: Habit) throws {
    for seed in UInt64(0)..<200 {
      var generator = SeededGenerator(seed: seed)
      let record = record(&generator)
      var bytes = try MinutiaeEncoder(format: format).encode(record).bytes
      // Minutiae of six bytes, then an empty block of extended data.
      let count = record.views[0].minutiae.count
      for index in 0..<count {
        let start = bytes.count - 2 - 6 * (count - index)
        habit.minutia(&bytes[start..<start + 6])
      }
      bytes[format == .ansi2004 ? 9 : 11] &+= habit.length
      bytes += [UInt8](repeating: 0, count: habit.padding)
      let name: Comment = "\(format.rawValue), seed \(seed)"
      let detected = try MinutiaeDecoder(strictness: .lenient).decode(bytes)
      #expect(detected.format == format, name)
      #expect(detected.record.views.map(\.minutiae.count) == [count], name)
    }
  }

  @Test("a record in need of more than 10,000 repairs is refused", arguments: [10_000, 10_001])
  func tooManyRepairs(count: Int) throws {
    var generator = SeededGenerator(seed: 1)
    var single = record(&generator).views[0]
    single.minutiae = (0..<255).map { single.minutiae[$0 % single.minutiae.count] }
    let views = (0..<44).map { index in
      var view = single
      view.position = FingerPosition(rawValue: UInt8(index % 11)) ?? .unknown
      view.viewNumber = UInt8(index / 11)
      return view
    }
    var bytes = try MinutiaeEncoder(format: .iso2011).encode(MinutiaeRecord(views: views)).bytes
    // A representation ends with its minutiae and an empty block of extended data.
    let size = (bytes.count - 15) / views.count
    for index in 0..<count {
      let end = 15 + size * (index / 255 + 1) - 2
      bytes[end - 6 * (255 - index % 255) + 5] = 200
    }
    for format in [nil, MinutiaeFormat.iso2011] {
      let decoder = MinutiaeDecoder(strictness: .lenient, format: format)
      guard count > 10_000 else {
        let decoded = try decoder.decode(bytes)
        #expect(decoded.repairs.count == count)
        #expect(decoded.record.views.count == views.count)
        continue
      }
      let error = #expect(throws: MinutiaeFormatError.self) { try decoder.decode(bytes) }
      #expect(error?.code == "minutiae.iso2011.repairs")
    }
  }

  private func record(_ generator: inout SeededGenerator) -> MinutiaeRecord {
    let width = Int.random(in: 200...600, using: &generator)
    let height = Int.random(in: 200...600, using: &generator)
    let minutiae = (0..<Int.random(in: 1...120, using: &generator)).map { _ in
      Minutia(
        kind: Bool.random(using: &generator) ? .ending : .bifurcation,
        x: .random(in: 0..<width, using: &generator),
        y: .random(in: 0..<height, using: &generator),
        angle: MinutiaAngle(steps: .random(in: 0..<180, using: &generator), per: 180),
        quality: .random(in: 1...100, using: &generator)
      )
    }
    let view = FingerView(
      position: FingerPosition(rawValue: .random(in: 0...10, using: &generator)) ?? .unknown,
      quality: .random(in: 0...100, using: &generator),
      width: width,
      height: height,
      minutiae: minutiae,
      device: CaptureDevice(model: .random(in: 0...0xFFF, using: &generator)),
      captureTime: CaptureTime(year: 2024, month: 5)
    )
    return MinutiaeRecord(views: [view])
  }
}
