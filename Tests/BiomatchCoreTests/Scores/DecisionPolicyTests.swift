import BiomatchCore
import BiomatchTestSupport
import Foundation
import Testing

/// 100,000 impostor comparisons: supports rates down to 3e-5.
private func table(impostors: Int = 100_000) throws -> CalibrationTable {
  try CalibrationTable(
    parameters: ParameterDigest(of: []),
    points: [(10, 1e-1), (20, 1e-2), (30, 1e-3), (40, 1e-4), (50, 1e-5), (60, 0)].map {
      CalibrationTable.Point(score: SimilarityScore($0), falseMatchRate: $1)
    },
    impostorComparisons: impostors,
    subjects: 500
  )
}

@Suite("Calibration and decision policy")
struct DecisionPolicyTests {
  @Test("evidence follows the staircase and is capped where the sample ends")
  func evidence() throws {
    let table = try table()
    let cases: [(score: Float, value: Double, isCapped: Bool, text: String)] = [
      (5, 0, false, "0.0"),
      (10, 10, false, "10.0"),
      (29, 20, false, "20.0"),
      (40, 40, false, "40.0"),
      (50, 45.2287, true, ">= 45.2"),
      (1000, 45.2287, true, ">= 45.2"),
    ]
    for item in cases {
      let evidence = table.evidence(for: SimilarityScore(item.score))
      #expect(abs(evidence.value - item.value) < 1e-4, "score \(item.score)")
      #expect(evidence.isCapped == item.isCapped, "score \(item.score)")
      #expect(evidence.description == item.text, "score \(item.score)")
      #expect(evidence.calibrationSize == 100_000)
    }
  }

  @Test("a threshold by score needs no calibration")
  func byScore() throws {
    let policy = DecisionPolicy.score(SimilarityScore(48))
    #expect(try policy.threshold() == SimilarityScore(48))
    #expect(try policy.largestGallery(calibration: table()) == .max)
  }

  @Test("a threshold by FMR is the lowest score that keeps it")
  func byFMR() throws {
    let table = try table()
    #expect(
      try DecisionPolicy.falseMatchRate(1e-3).threshold(calibration: table) == SimilarityScore(30)
    )
    #expect(
      try DecisionPolicy.falseMatchRate(5e-4).threshold(calibration: table) == SimilarityScore(40)
    )
    #expect(
      throws: DecisionPolicyError.rateUnsupported(
        requested: 1e-5,
        smallest: 3e-5,
        calibrationSize: 100_000
      )
    ) { try DecisionPolicy.falseMatchRate(1e-5).threshold(calibration: table) }
  }

  @Test("a rate needs a calibration and lies between 0 and 1")
  func refusals() throws {
    let table = try table()
    for rate in [0, 1, -1, 2, .nan, .infinity] as [Double] {
      for policy in [
        DecisionPolicy.falseMatchRate(rate), .falsePositiveIdentificationRate(rate),
      ] {
        do {
          _ = try policy.threshold(calibration: table)
          Issue.record("\(policy) was accepted")
        } catch {
          #expect(error.code == "policy.rate", "\(policy)")
        }
        #expect(policy.largestGallery(calibration: table) == 0, "\(policy)")
      }
    }
    #expect(throws: DecisionPolicyError.calibrationMissing) {
      try DecisionPolicy.falseMatchRate(0.1).threshold()
    }
  }

  @Test("a threshold by FPIR rises with the gallery")
  func byFPIR() throws {
    let table = try table()
    let policy = DecisionPolicy.falsePositiveIdentificationRate(0.1)
    #expect(try policy.threshold(calibration: table, gallerySize: 1) == SimilarityScore(10))
    #expect(try policy.threshold(calibration: table, gallerySize: 10) == SimilarityScore(20))
    #expect(try policy.threshold(calibration: table, gallerySize: 1000) == SimilarityScore(40))
  }

  @Test("the page's example of a largest gallery is right")
  func documentedGallery() throws {
    let policy = DecisionPolicy.falsePositiveIdentificationRate(0.01)
    #expect(policy.largestGallery(calibration: try table()) == 335)
  }

  @Test("names the largest gallery that the calibration supports, exactly", arguments: 0..<200)
  func largestGallery(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let impostors = Int(exp(Double.random(in: 0...25, using: &random)))
    let table = try table(impostors: impostors)
    let rate = exp(Double.random(in: -12...(-0.01), using: &random))
    let policy = DecisionPolicy.falsePositiveIdentificationRate(rate)
    let largest = policy.largestGallery(calibration: table)
    let input: Comment = "seed \(seed): \(impostors) impostors, FPIR \(rate), largest \(largest)"
    if largest > 0 {
      #expect(throws: Never.self, input) {
        try policy.threshold(calibration: table, gallerySize: largest)
      }
    }
    #expect(
      throws: DecisionPolicyError.galleryTooLarge(
        size: largest + 1,
        largest: largest,
        requested: rate
      ),
      input
    ) { try policy.threshold(calibration: table, gallerySize: largest + 1) }
  }

  @Test("a calibration that is not a falling staircase is refused")
  func badTables() {
    func failure(_ points: [(Float, Double)], impostors: Int = 10) -> String? {
      do {
        _ = try CalibrationTable(
          parameters: ParameterDigest(of: []),
          points: points.map {
            CalibrationTable.Point(score: SimilarityScore($0.0), falseMatchRate: $0.1)
          },
          impostorComparisons: impostors,
          subjects: 1
        )
        return nil
      } catch {
        return error.code
      }
    }
    #expect(failure([(1, 0.5), (2, 0.5)]) == nil)
    #expect(failure([]) == "calibration.points")
    #expect(failure([(1, 0.5)], impostors: 0) == "calibration.sample")
    #expect(failure([(1, 0.5), (1, 0.4)]) == "calibration.monotone")
    #expect(failure([(1, 0.5), (2, 0.6)]) == "calibration.monotone")
    #expect(failure([(1, 1.5)]) == "calibration.rate")
    #expect(failure([(1, .nan)]) == "calibration.rate")
  }

  @Test("tables and policies travel as JSON, checked on arrival")
  func coding() throws {
    let table = try table()
    let data = try JSONEncoder().encode(table)
    #expect(try JSONDecoder().decode(CalibrationTable.self, from: data) == table)
    let broken = String(decoding: data, as: UTF8.self)
      .replacingOccurrences(of: "\"impostorComparisons\":100000", with: "\"impostorComparisons\":0")
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(CalibrationTable.self, from: Data(broken.utf8))
    }
  }

  @Test(
    "policies travel as one named number",
    arguments: [
      (.score(SimilarityScore(48)), #"{"score":48}"#),
      (.falseMatchRate(0.5), #"{"falseMatchRate":0.5}"#),
      (.falsePositiveIdentificationRate(0.25), #"{"falsePositiveIdentificationRate":0.25}"#),
    ] as [(DecisionPolicy, String)]
  )
  func policyCoding(policy: DecisionPolicy, json: String) throws {
    let data = try JSONEncoder().encode(policy)
    #expect(String(decoding: data, as: UTF8.self) == json)
    #expect(try JSONDecoder().decode(DecisionPolicy.self, from: data) == policy)
  }

  @Test(
    "what is no policy is refused on arrival",
    arguments: [
      "{}", #"{"score":48,"falseMatchRate":0.5}"#, #"{"falseMatchRate":0}"#,
      #"{"falseMatchRate":1}"#, #"{"falsePositiveIdentificationRate":-0.5}"#, #"{"rate":0.5}"#,
    ]
  )
  func badPolicies(json: String) {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(DecisionPolicy.self, from: Data(json.utf8))
    }
  }

  @Test("evidence travels as JSON, checked on arrival")
  func evidenceCoding() throws {
    let evidence = try table().evidence(for: SimilarityScore(40))
    let data = try JSONEncoder().encode(evidence)
    #expect(try JSONDecoder().decode(Evidence.self, from: data) == evidence)
    for (value, size) in [("1e300", 10), ("-1", 10), ("20", 0)] {
      let json = #"{"value":\#(value),"isCapped":false,"calibrationSize":\#(size)}"#
      #expect(throws: DecodingError.self, "\(json)") {
        try JSONDecoder().decode(Evidence.self, from: Data(json.utf8))
      }
    }
  }

  @Test("a calibration is for the matcher that it was made of")
  func parameters() throws {
    let table = try table()
    try table.check(parameters: ParameterDigest(of: []))
    let other = ParameterDigest(of: [1])
    #expect(
      throws: CalibrationError.wrongParameters(expected: other, found: ParameterDigest(of: []))
    ) { try table.check(parameters: other) }
  }
}
