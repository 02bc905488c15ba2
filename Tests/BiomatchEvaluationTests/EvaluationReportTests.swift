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
  /// Scores as a fingerprint matcher gives them: most impostors at or near 0, genuine far above.
  private func simulated(_ name: String, seed: UInt64, quality: Double) -> ScoreSet {
    var random = SeededGenerator(seed: seed)
    var set = ScoreSet(name: name)
    for a in 0..<80 {
      for b in 0...a {
        for _ in 0..<(a == b ? 6 : 1) {
          let sum = (0..<3).reduce(0) { sum, _ in
            sum + log(Double.random(in: 0.001...1, using: &random))
          }
          let score = a == b ? quality * Double.random(in: 0...1, using: &random) - 3 * sum : -sum
          set.add(score.rounded(), isGenuine: a == b, subjects: ("\(name)\(a)", "\(name)\(b)"))
        }
      }
    }
    return set
  }

  private func page(_ sets: [ScoreSet], bootstrap: SubjectBootstrap? = nil) -> String {
    let report = EvaluationReport(
      title: "A <report> & more",
      parameters: [(name: "radius", value: "70 px & <more>")],
      sets: sets,
      result: EvaluationResult(of: sets, bootstrap: bootstrap)
    )
    return report.html
  }

  @Test("the page is as recorded")
  func golden() throws {
    let sets = [
      simulated("first", seed: 1, quality: 10), simulated("second", seed: 2, quality: 30),
    ]
    let html = page(sets, bootstrap: SubjectBootstrap(replicates: 20))
    let difference = try Golden.difference(html, "evaluation/report.html")
    #expect(difference == nil)
  }

  @Test("has a curve and a row for every list, and for their mean and pool")
  func contents() {
    let sets = (0..<9).map {
      simulated("list \($0)", seed: UInt64($0), quality: 4 + 8 * Double($0))
    }
    let html = page(sets, bootstrap: SubjectBootstrap(replicates: 20))
    #expect(html.components(separatedBy: "<title>list ").count == 10)
    #expect(html.components(separatedBy: "<tr").count == 1 + 1 + 9 + 2)
    #expect(html.contains("by resampling subjects"))
    #expect(html == page(sets, bootstrap: SubjectBootstrap(replicates: 20)))
    #expect(html.utf8.count < 300_000)
  }

  @Test("needs nothing from elsewhere and escapes names")
  func selfContained() {
    let html = page([simulated("<b>&\"", seed: 1, quality: 9)])
    #expect(!html.contains("<b>"))
    #expect(html.contains("&lt;b&gt;&amp;&quot;"))
    #expect(html.contains("<dt>radius</dt><dd>70 px &amp; &lt;more&gt;</dd>"))
    #expect(html.contains("<h1>A &lt;report&gt; &amp; more</h1>"))
    for word in ["<script", "<link", "src=", "@import", "url(http"] {
      #expect(!html.contains(word), "\(word)")
    }
  }

  @Test(
    "its pictures are well-formed, also without errors, impostors or scores",
    arguments: [
      ScoreSet(name: "none"),
      ScoreSet(name: "one", genuine: [5], impostor: [1]),
      ScoreSet(name: "equal", genuine: [0, 0], impostor: [0, 0]),
      ScoreSet(name: "genuine only", genuine: [1, 2], impostor: []),
      ScoreSet(name: "large", genuine: [1.7e308, -1.7e308], impostor: [1e-300]),
      ScoreSet(name: "equal and large", genuine: [1e9, 1e9], impostor: [1e9]),
      ScoreSet(name: "equal and huge", genuine: [1.7e308], impostor: [1.7e308]),
      ScoreSet(name: "equal and far below", genuine: [-1e20], impostor: [-1e20]),
      ScoreSet(name: "far apart", genuine: [1, 2], impostor: [1.7e308, -1.7e308, 0.5]),
      ScoreSet(name: "huge & tiny", genuine: [1e9], impostor: (0..<500).map { Double($0) / 1e6 }),
    ]
  )
  func wellFormed(set: ScoreSet) {
    for sets in [[set], [set, ScoreSet(name: "other", genuine: [3], impostor: [1, 2])]] {
      let html = page(sets)
      let pictures = html.components(separatedBy: "<svg").dropFirst().map {
        "<svg" + $0.components(separatedBy: "</svg>")[0] + "</svg>"
      }
      #expect(pictures.count >= 4)
      for picture in pictures {
        #expect(XMLParser(data: Data(picture.utf8)).parse(), "\(set.name): \(picture)")
        #expect(!picture.contains("nan") && !picture.contains("inf\""), "\(set.name): \(picture)")
      }
    }
  }
}
