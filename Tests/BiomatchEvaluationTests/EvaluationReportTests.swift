import BiomatchCore
import BiomatchEvaluation
import BiomatchTestSupport
import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("Evaluation report")
struct EvaluationReportTests {
  @Test("the page is as recorded")
  func golden() throws {
    let difference = try Golden.difference(
      Self.report(name: "second").html,
      "evaluation/report.html"
    )
    #expect(difference == nil)
  }

  @Test("names are escaped, and the curves are well-formed", arguments: ["<b>&\"'", "]]>", ""])
  func escaping(name: String) throws {
    let html = Self.report(name: name).html
    #expect(!html.contains("<b>"))
    let start = try #require(html.range(of: "<svg"))
    let end = try #require(html.range(of: "</svg>"))
    let parser = XMLParser(data: Data(html[start.lowerBound..<end.upperBound].utf8))
    #expect(parser.parse(), "\(String(describing: parser.parserError))")
  }

  @Test("sets without genuine or impostor comparisons give a page all the same")
  func degenerate() {
    for set in [ScoreSet(name: "none"), ScoreSet(name: "one", genuine: [1], impostor: [])] {
      let report = EvaluationReport(
        title: "t",
        parameters: [],
        sets: [set],
        result: EvaluationResult(of: [set])
      )
      #expect(report.html.contains("</html>"))
    }
  }

  private static func report(name: String) -> EvaluationReport {
    var random = SeededGenerator(seed: 3)
    let sets = ["first", name].map { name in
      ScoreSet(
        name: name,
        genuine: (0..<20).map { _ in Double(Int.random(in: 20...200, using: &random)) },
        impostor: (0..<300).map { _ in Double(Int.random(in: 0...40, using: &random)) }
      )
    }
    return EvaluationReport(
      title: "Report of \(name)",
      parameters: [(name: "seed", value: "3")],
      sets: sets,
      result: EvaluationResult(of: sets)
    )
  }
}
