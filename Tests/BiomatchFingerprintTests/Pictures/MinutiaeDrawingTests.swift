import BiomatchFingerprint
import BiomatchTestSupport
import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("Minutiae drawing")
struct MinutiaeDrawingTests {
  @Test("a print is drawn as recorded")
  func printGolden() throws {
    let difference = try Golden.difference(
      MinutiaeDrawing.svg(of: Samples.probe),
      "pictures/print.svg"
    )
    #expect(difference == nil)
  }

  @Test("a match is drawn as recorded")
  func matchGolden() throws {
    let difference = try Golden.difference(
      MinutiaeDrawing.svg(of: Samples.match),
      "pictures/match.svg"
    )
    #expect(difference == nil)
  }

  @Test("a comparison without common pattern is drawn as recorded")
  func noMatchGolden() throws {
    let match = DrawnMatch(
      probe: Samples.probe,
      reference: Samples.reference,
      pairs: [],
      motion: nil,
      score: 3,
      threshold: 100
    )
    let difference = try Golden.difference(
      MinutiaeDrawing.svg(of: match),
      "pictures/no-match.svg"
    )
    #expect(difference == nil)
  }

  @Test(
    "names are escaped and the document stays well-formed",
    arguments: [
      "<script>alert('&')</script>", "\"quoted\"", "control \u{0} \u{1B} \u{9F} \u{FFFF}",
      "Ångström–指紋.iso", "]]>", String(repeating: "long", count: 100), "",
    ]
  )
  func escaping(name: String) throws {
    var probe = Samples.probe
    probe.name = name
    var match = Samples.match
    match.probe.name = name
    for svg in [MinutiaeDrawing.svg(of: probe), MinutiaeDrawing.svg(of: match)] {
      #expect(XMLCheck(svg).problem == nil, "name \(name.debugDescription)")
      #expect(!svg.contains("<script"))
    }
  }

  @Test("each minutia is drawn once a panel, with the values as a tooltip")
  func marks() {
    let svg = MinutiaeDrawing.svg(of: Samples.probe)
    for (index, mark) in Samples.probe.marks.enumerated() {
      let expected = "<title>minutia \(index + 1): "
      #expect(svg.components(separatedBy: expected).count == 2, "minutia \(index): \(mark)")
    }
    let match = MinutiaeDrawing.svg(of: Samples.match)
    for index in Samples.probe.marks.indices {
      #expect(match.components(separatedBy: "<title>probe minutia \(index + 1): ").count == 3)
    }
  }

  @Test("pairs are numbered in both prints")
  func numbers() {
    let svg = MinutiaeDrawing.svg(of: Samples.match)
    for number in 1...Samples.match.pairs.count {
      #expect(svg.components(separatedBy: ", pair \(number)</title>").count == 3)
    }
  }

  @Test("degenerate input gives a well-formed drawing")
  func degenerate() {
    let empty = DrawnPrint(name: "empty", width: 0, height: 0, marks: [])
    let outside = DrawnPrint(
      name: "outside",
      width: 10,
      height: 10,
      marks: [.init(kind: .other, x: 65_535, y: -3, angle: .infinity, quality: 250)]
    )
    for print in [empty, outside] {
      for other in [empty, outside] {
        let match = DrawnMatch(
          probe: print,
          reference: other,
          pairs: [
            .init(probe: 0, reference: 0, distance: .nan, angle: 0),
            .init(probe: -1, reference: 9, distance: 0, angle: 0),
          ],
          motion: .init(angle: .nan, x: .infinity, y: 0),
          score: .nan,
          threshold: 1
        )
        #expect(XMLCheck(MinutiaeDrawing.svg(of: match)).problem == nil)
      }
      #expect(XMLCheck(MinutiaeDrawing.svg(of: print)).problem == nil)
    }
  }

  @Test("random prints give well-formed drawings", arguments: 0..<30 as Range<UInt64>)
  func random(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let count = Int.random(in: 0...200, using: &random)
    let print = DrawnPrint(
      name: "seed \(seed)",
      width: 300,
      height: 400,
      marks: (0..<count).map { _ in
        .init(
          kind: Minutia.Kind.allCases.randomElement(using: &random) ?? .other,
          x: .random(in: -10...400, using: &random),
          y: .random(in: -10...500, using: &random),
          angle: .random(in: -7...7, using: &random),
          quality: Bool.random(using: &random) ? nil : Int.random(in: 0...120, using: &random)
        )
      }
    )
    #expect(XMLCheck(MinutiaeDrawing.svg(of: print)).problem == nil, "seed \(seed)")
  }

  @Test("a view is brought to 500 dpi")
  func resolution() {
    let view = FingerView(
      width: 394,
      height: 788,
      resolutionX: 394,
      resolutionY: 788,
      minutiae: [Minutia(kind: .ending, x: 200, y: 400, angle: .init(steps: 64, per: 256))]
    )
    let print = DrawnPrint(view: view, name: "v")
    #expect(print.width == 197)
    #expect(print.height == 197)
    #expect(print.marks == [.init(kind: .ending, x: 100, y: 100, angle: .pi / 2)])
  }
}

private enum Samples {
  static let probe = DrawnPrint(
    name: "probe.iso",
    position: .rightIndex,
    quality: 80,
    width: 200,
    height: 240,
    marks: [
      .init(kind: .ending, x: 60, y: 50, angle: 0.5, quality: 90),
      .init(kind: .bifurcation, x: 130, y: 70, angle: 2.5, quality: 40),
      .init(kind: .other, x: 100, y: 160, angle: 4, quality: nil),
      .init(kind: .ending, x: 30, y: 200, angle: 1.2, quality: 10),
    ]
  )

  static let reference = DrawnPrint(
    name: "reference & more.iso",
    width: 220,
    height: 260,
    marks: [
      .init(kind: .bifurcation, x: 148, y: 84, angle: 2.6),
      .init(kind: .ending, x: 80, y: 61, angle: 0.55),
      .init(kind: .ending, x: 190, y: 220, angle: 5),
      .init(kind: .other, x: 119, y: 172, angle: 4.1),
    ]
  )

  static let match = DrawnMatch(
    probe: probe,
    reference: reference,
    pairs: [
      .init(probe: 2, reference: 3, distance: 2.5, angle: 0.05),
      .init(probe: 0, reference: 1, distance: 3, angle: 0),
      .init(probe: 1, reference: 0, distance: 4.25, angle: -0.05),
    ],
    motion: .init(angle: 0.05, x: 16, y: 16),
    score: 512.5,
    threshold: 100
  )
}

/// Parses a document; `problem` says what is wrong with it.
private struct XMLCheck {
  let problem: String?

  init(_ text: String) {
    let parser = XMLParser(data: Data(text.utf8))
    problem = parser.parse() ? nil : String(describing: parser.parserError)
  }
}
