import BiomatchCore
import BiomatchTestSupport
import Foundation
import Testing

@testable import BiomatchFingerprint

@Suite("Parameters at the ends of their ranges")
struct ParameterEdgeTests {
  @Test(
    "give a score for every print, the same at every SIMD level",
    arguments: MatcherParameters.standard.ranges.map(\.name)
  )
  func ends(name: String) throws {
    let range = try #require(MatcherParameters.standard.ranges.first { $0.name == name }?.range)
    let finger = SyntheticFinger(seed: 3, minutiae: 40)
    var views = [finger.impression(seed: 1), finger.impression(seed: 2)]
    views += AdversarialPrint.allCases.map { $0.view(count: 33, quality: .mixed, seed: 1) }
    let templates = try views.map { try FingerprintTemplate(view: $0) }
    for value in [range.lowerBound, range.upperBound] {
      let parameters = try MatcherParameters.standard.with(name, value)
      try parameters.validate()
      let matchers = SIMDLevel.available.map {
        FingerprintMatcher(parameters: parameters, simd: $0)
      }
      for (index, template) in templates.enumerated() {
        let expected = matchers[0].compare(template, templates[0])
        for matcher in matchers {
          let found = matcher.compare(template, templates[0])
          #expect(found == expected, "\(name) = \(value), print \(index), \(matcher.simd)")
          #expect((0...MatcherParameters.scoreLimit).contains(found.score.value))
        }
      }
    }
  }
}

extension MatcherParameters {
  fileprivate func with(_ name: String, _ value: Float) throws -> MatcherParameters {
    let data = try JSONEncoder().encode(self)
    var object = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
    object[name] = object[name] is Int && value == value.rounded() ? Int(value) : Double(value)
    return try JSONDecoder().decode(
      MatcherParameters.self,
      from: JSONSerialization.data(withJSONObject: object)
    )
  }
}
