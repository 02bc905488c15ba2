import BiomatchCore
import BiomatchFingerprint
import Testing

@Suite("Record lint")
struct RecordLintTests {
  @Test("a sound view has no findings")
  func sound() {
    #expect(RecordLint.findings(in: view()) == [])
  }

  @Test("an empty view is told from one with few minutiae", arguments: [0, 1, 11, 12])
  func count(count: Int) {
    let rules = RecordLint.findings(in: view(count: count)).map(\.rule)
    let expected: [RecordFinding.Rule] =
      count == 0 ? [.noMinutiae] : count < 12 ? [.fewMinutiae] : []
    #expect(rules == expected, "\(count) minutiae")
  }

  @Test(
    "resolutions that no scanner has are found on each axis",
    arguments: [(0, 1), (98, 0), (197, 0), (394, 0), (395, 1), (500, 1), (1000, 1)]
  )
  func resolution(value: Int, findings: Int) {
    var horizontal = view()
    horizontal.resolutionX = value
    #expect(RecordLint.findings(in: horizontal).count == findings)
    var both = horizontal
    both.resolutionY = value
    let found = RecordLint.findings(in: both)
    #expect(found.map(\.rule) == [RecordFinding.Rule](repeating: .resolution, count: 2 * findings))
    let looksLikeDPI = found.allSatisfy { $0.text.contains("dots per inch") }
    #expect(looksLikeDPI == (findings == 0 || value >= 500))
  }

  @Test("a repeated minutia names the first, and views are counted in records of several")
  func duplicate() {
    var second = view()
    second.minutiae.append(second.minutiae[3])
    let record = MinutiaeRecord(views: [view(), second])
    let findings = RecordLint.findings(in: record)
    #expect(findings.map(\.rule) == [.duplicate])
    #expect(findings.first?.location.field == "view 2, minutia 21")
    #expect(findings.first?.text == "the same place and direction as minutia 4")
  }

  @Test("a view without any quality is found, one with some is not")
  func quality() {
    var view = view()
    for index in view.minutiae.indices.dropFirst() { view.minutiae[index].quality = nil }
    #expect(RecordLint.findings(in: view) == [])
    view.minutiae[0].quality = nil
    #expect(RecordLint.findings(in: view).map(\.rule) == [.noQuality])
  }

  private func view(count: Int = 20) -> FingerView {
    FingerView(
      width: 388,
      height: 374,
      minutiae: (0..<count).map {
        Minutia(kind: .ending, x: 10 + 9 * $0, y: 20 + 7 * $0, angle: .init(units: 45), quality: 60)
      }
    )
  }
}
