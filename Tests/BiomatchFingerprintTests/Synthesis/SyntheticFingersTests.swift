import BiomatchCore
import BiomatchFingerprint
import BiomatchTestSupport
import Testing

@Suite("Synthetic fingers")
struct SyntheticFingersTests {
  private static let fingers = SyntheticFingers(seed: 42)

  @Test("the same seed gives the bytes of Tests/Golden")
  func golden() throws {
    var lines = ["finger,position,pattern,impression,minutiae,crc32c"]
    let encoder = MinutiaeEncoder(format: .iso2005)
    for index in Array(0..<20) + [1_000_000, 1 << 40] {
      let finger = Self.fingers.finger(index)
      for number in [0, 1, 1_000] {
        let template = Self.fingers.impression(number, of: finger)
        let record = MinutiaeRecord(views: [FingerView(template)])
        let checksum = CRC32C.checksum(of: try encoder.encode(record).bytes)
        lines.append(
          "\(index),\(finger.position),\(finger.pattern),\(number),\(template.minutiae.count),"
            + "\(checksum)"
        )
      }
    }
    let text = lines.joined(separator: "\n") + "\n"
    let difference = try Golden.difference(text, "synthesis/impressions.csv")
    #expect(difference == nil)
  }

  @Test("an impression does not depend on what was made before, nor on the thread")
  func order() async {
    let forward = (0..<40).map { Self.impressions(of: $0) }
    let backward = (0..<40).reversed().map { index in
      let finger = Self.fingers.finger(index)
      return (0..<3).reversed().map { Self.fingers.impression($0, of: finger) }.reversed()
    }
    #expect(forward == backward.reversed().map { Array($0) })
    let parallel = await withTaskGroup(of: (Int, [FingerprintTemplate]).self) { group in
      for index in 0..<40 { group.addTask { (index, Self.impressions(of: index)) } }
      return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
    for index in 0..<40 { #expect(parallel[index] == forward[index], "finger \(index)") }
  }

  private static func impressions(of index: Int) -> [FingerprintTemplate] {
    let finger = fingers.finger(index)
    return (0..<3).map { fingers.impression($0, of: finger) }
  }

  @Test("seeds, fingers and impressions all differ")
  func distinct() {
    var seen: Set<[TemplateMinutia]> = []
    for seed in [0, 1, 2, UInt64.max] {
      let fingers = SyntheticFingers(seed: seed)
      for index in 0..<10 {
        for number in 0..<3 {
          seen.insert(fingers.impression(number, of: fingers.finger(index)).minutiae)
        }
      }
    }
    #expect(seen.count == 4 * 10 * 3)
  }

  @Test("fingers take the positions in turn, as many for each subject")
  func positions() {
    let positions = SyntheticFingerParameters.standard.positions
    #expect(positions.count == 10)
    for index in [0, 9, 10, 123] {
      let finger = Self.fingers.finger(index)
      #expect(finger.position == positions[index % 10])
      #expect(finger.subject == index / 10)
      #expect(Self.fingers.impression(0, of: finger).position == finger.position)
    }
    var parameters = SyntheticFingerParameters.standard
    parameters.positions = [.leftIndex, .rightIndex]
    let index = SyntheticFingers(seed: 1, parameters: parameters)
    #expect((0..<4).map { index.finger($0).subject } == [0, 0, 1, 1])
    #expect(index.finger(2).position == .leftIndex)
  }

  @Test("templates are what a view gives, and every format takes them")
  func valid() throws {
    for index in 0..<60 {
      let template = Self.fingers.impression(0, of: Self.fingers.finger(index))
      let view = FingerView(template)
      #expect(try FingerprintTemplate(view: view) == template, "finger \(index)")
      for format in [MinutiaeFormat.iso2005, .iso2011] {
        let encoded = try MinutiaeEncoder(format: format).encode(MinutiaeRecord(views: [view]))
        let record = try MinutiaeDecoder(strictness: .strict).decode(encoded.bytes).record
        let decoded = try FingerprintTemplate(view: try #require(record.views.first))
        #expect(decoded == template, "finger \(index), \(format)")
      }
    }
  }

  @Test("impressions hold a part of the finger, and two of them overlap in a part")
  func overlap() throws {
    let matcher = FingerprintMatcher()
    var shares: [Double] = []
    for index in 0..<40 {
      let finger = Self.fingers.finger(index)
      let a = Self.fingers.impression(0, of: finger)
      let b = Self.fingers.impression(1, of: finger)
      let match = matcher.compare(a, b)
      guard match.score > FingerprintMatcher.verificationThreshold else { continue }
      shares.append(Double(match.pairs.count) / Double(min(a.minutiae.count, b.minutiae.count)))
    }
    #expect(shares.count >= 35, "\(shares.count) of 40 fingers match themselves")
    let mean = shares.reduce(0, +) / Double(max(1, shares.count))
    #expect((0.5...0.8).contains(mean), "\(mean) of the minutiae are shared")
    #expect(shares.allSatisfy { $0 < 1 }, "no two impressions show the same minutiae")
  }

  @Test("an impression under perfect conditions is the finger, moved")
  func perfect() throws {
    var parameters = SyntheticFingerParameters.standard
    for path: WritableKeyPath<SyntheticFingerParameters, Double> in [
      \.turnDeviation, \.contactDeviation, \.contactShiftX, \.contactShiftY, \.sensorShift,
      \.linearDistortion, \.elasticDistortion, \.missed, \.placeNoise, \.directionNoise,
      \.mistakenKinds, \.undeterminedKinds, \.borderEndings, \.groupedMinutiae, \.strayMinutiae,
    ] {
      parameters[keyPath: path] = 0
    }
    parameters.contactWidth = 1_000
    parameters.contactHeight = 1_000
    parameters.width = 600
    parameters.height = 800
    parameters.meanMinutiae = 20
    let fingers = SyntheticFingers(seed: 5, parameters: parameters)
    let finger = fingers.finger(0)
    let template = fingers.impression(0, of: finger)
    #expect(template.minutiae.count == finger.minutiae.count)
    let places = Set(template.minutiae.map { [Int($0.x), Int($0.y)] })
    for minutia in finger.minutiae {
      let place = [Int((300 + minutia.x).rounded()), Int((400 - minutia.y).rounded())]
      #expect(places.contains(place), "\(minutia)")
    }
  }
}
