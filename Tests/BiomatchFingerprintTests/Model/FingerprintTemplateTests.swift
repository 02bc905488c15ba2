import BiomatchCore
import BiomatchTestSupport
import Testing

@testable import BiomatchFingerprint

@Suite("Templates")
struct FingerprintTemplateTests {
  private func view(_ minutiae: [Minutia], resolution: Int = 197) -> FingerView {
    FingerView(
      width: 300,
      height: 400,
      resolutionX: resolution,
      resolutionY: resolution,
      minutiae: minutiae
    )
  }

  private func minutia(x: Int, y: Int, quality: UInt8? = nil, degrees: Int = 0) -> Minutia {
    Minutia(
      kind: .ending,
      x: x,
      y: y,
      angle: MinutiaAngle(steps: degrees, per: 360),
      quality: quality
    )
  }

  @Test("a view at 500 dpi keeps its values")
  func sameResolution() throws {
    let minutiae = [
      minutia(x: 10, y: 20, quality: 55, degrees: 90), minutia(x: -3, y: 399, degrees: 359),
    ]
    let template = try FingerprintTemplate(view: view(minutiae))
    #expect(template.width == 300 && template.height == 400)
    #expect(template.minutiae.map(\.x) == [10, -3])
    #expect(template.minutiae.map(\.y) == [20, 399])
    #expect(template.minutiae.map(\.angle) == [64, 255])
    #expect(template.minutiae.map(\.quality) == [55, nil])
    #expect(template.minutiae.map(\.index) == [0, 1])
  }

  @Test("a quality that is none counts as none reported", arguments: [0, 101, 255] as [UInt8])
  func noQuality(quality: UInt8) throws {
    let template = try FingerprintTemplate(view: view([minutia(x: 0, y: 0, quality: quality)]))
    #expect(template.minutiae[0].quality == nil)
  }

  @Test(
    "other resolutions are brought to 500 dpi, to the nearest pixel, halves away from zero",
    arguments: [
      (394, 10, 5), (394, 11, 6), (394, 9, 5), (394, -11, -6), (394, -9, -5), (394, 1, 1),
      (98, 100, 201), (200, 100, 99), (197_000, 499, 0), (197_000, 500, 1), (1, 83, 16_351),
    ]
  )
  func resolution(resolution: Int, pixels: Int, expected: Int16) throws {
    var input = view([minutia(x: pixels, y: -pixels)], resolution: resolution)
    (input.width, input.height) = (0, 0)
    let template = try FingerprintTemplate(view: input)
    #expect(template.minutiae[0].x == expected, "\(pixels) at \(resolution)")
    #expect(template.minutiae[0].y == -expected, "\(-pixels) at \(resolution)")
  }

  @Test("each axis has a resolution of its own")
  func axes() throws {
    var input = view([minutia(x: 100, y: 100)])
    input.resolutionX = 394
    let template = try FingerprintTemplate(view: input)
    #expect(template.minutiae[0].x == 50 && template.minutiae[0].y == 100)
    #expect(template.width == 150 && template.height == 400)
  }

  @Test("a view without a resolution is refused", arguments: [0, -1, Int.min])
  func noResolution(resolution: Int) {
    var input = view([])
    input.resolutionY = resolution
    #expect(throws: FingerprintTemplateError.resolution(x: 197, y: resolution)) {
      try FingerprintTemplate(view: input)
    }
  }

  @Test(
    "a minutia beyond 16,383 pixels is refused and named",
    arguments: [16_384, -16_384, 1 << 31, Int.max, Int.min, Int.max / 197, Int.max / 394]
  )
  func farAway(place: Int) {
    let input = view([minutia(x: 0, y: 0), minutia(x: 5, y: place)])
    #expect(throws: FingerprintTemplateError.coordinate(minutia: 1, x: 5, y: place)) {
      try FingerprintTemplate(view: input)
    }
  }

  @Test("no value of any field traps")
  func extremes() {
    let values = [
      Int.min, Int.min + 1, -(1 << 40), -16_384, -1, 0, 1, 197, 16_383, 16_384, 1 << 31, 1 << 40,
      Int.max / 394, Int.max / 197, Int.max - 1, Int.max,
    ]
    let matcher = FingerprintMatcher()
    var made = 0
    var refused = 0
    for resolution in values {
      for place in values {
        for size in values {
          var input = view([minutia(x: place, y: 1), minutia(x: 1, y: place)])
          (input.width, input.height) = (size, size)
          (input.resolutionX, input.resolutionY) = (resolution, resolution)
          do throws(FingerprintTemplateError) {
            let template = try FingerprintTemplate(view: input)
            _ = matcher.compare(template, template)
            made += 1
          } catch {
            refused += 1
            #expect(!error.code.isEmpty && !error.rule.isEmpty && !error.remedy.isEmpty)
          }
        }
      }
    }
    #expect(made > 50 && refused > 1000)
  }

  @Test("of more than 128 minutiae the best are kept, in the view's order")
  func capacityByQuality() throws {
    let minutiae = (0..<200).map { minutia(x: $0, y: 0, quality: $0 % 2 == 0 ? 50 : 51) }
    let template = try FingerprintTemplate(view: view(minutiae))
    #expect(template.minutiae.count == 128)
    // All of the better hundred, then those of the others that are nearest to the centroid, 99.5.
    let indices = template.minutiae.map(\.index)
    #expect(indices == indices.sorted())
    #expect(indices.filter { $0 % 2 == 1 }.count == 100)
    #expect(indices.filter { $0 % 2 == 0 } == Array(stride(from: 72, through: 126, by: 2)))
  }

  @Test("of equally good and equally near minutiae the first are kept, and unreported is the worst")
  func capacityByIndex() throws {
    let ring = [(100, 0), (0, 100), (-100, 0), (0, -100)]
    var minutiae = (0..<160).map { minutia(x: ring[$0 % 4].0, y: ring[$0 % 4].1) }
    #expect(
      try FingerprintTemplate(view: view(minutiae)).minutiae.map(\.index) == Array(0..<128)
    )
    minutiae[159].quality = 1
    #expect(
      try FingerprintTemplate(view: view(minutiae)).minutiae.map(\.index) == Array(0..<127) + [159]
    )
  }
}
