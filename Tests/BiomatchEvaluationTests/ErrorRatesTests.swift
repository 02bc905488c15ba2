import BiomatchEvaluation
import Foundation
import Testing

@Suite("Error rates")
struct ErrorRatesTests {
  @Test("known answers, counted by hand")
  func knownAnswers() {
    // Thresholds     1    2    3    4    5    6   above
    // FNMR           0   1/4  1/4  2/4  2/4  3/4   1
    // FMR            1   4/5  3/5  2/5  1/5  0     0
    // (genuine 1 3 5 6; impostor 1 2 3 4 5)
    let set = ScoreSet(name: "hand", genuine: [6, 1, 5, 3], impostor: [5, 4, 3, 2, 1])
    let points = ErrorCurve(of: set).points
    #expect(points.map(\.threshold) == [1, 2, 3, 4, 5, 6, nil])
    #expect(points.map(\.falseNonMatchRate) == [0, 0.25, 0.25, 0.5, 0.5, 0.75, 1])
    #expect(points.map(\.falseMatchRate) == [1, 0.8, 0.6, 0.4, 0.2, 0, 0])
    let rates = ErrorRates(of: set)
    // At 3 the mean is (1/4 + 3/5) / 2 = 0.425, at 4 it is (2/4 + 2/5) / 2 = 0.45: the first wins.
    #expect(abs((rates.rates.eer ?? -1) - 0.425) < 1e-15)
    #expect(rates.thresholds.eer == 3)
    #expect(rates.rates.zeroFmr == 0.75)
    #expect(rates.thresholds.zeroFmr == 6)
    #expect(rates.rates.fmr100 == nil)
    #expect(rates.genuine == 4)
    #expect(rates.impostor == 5)
  }

  @Test("a rate needs as many impostor comparisons as its denominator says", arguments: [99, 100])
  func enoughImpostors(count: Int) {
    let impostor = (1...count).map(Double.init)
    let set = ScoreSet(name: "", genuine: [Double(count), 50.5, 200, 300], impostor: impostor)
    let rates = ErrorRates(of: set)
    if count == 99 {
      #expect(rates.rates.fmr100 == nil)
      #expect(rates.thresholds.fmr100 == nil)
    } else {
      // One false match in 100 is allowed: the threshold is the highest impostor score.
      #expect(rates.rates.fmr100 == 0.25)
      #expect(rates.thresholds.fmr100 == 100)
    }
    #expect(rates.rates.fmr1000 == nil)
    #expect(rates.rates.zeroFmr == 0.5)
  }

  @Test("no error at all where the scores do not overlap")
  func separated() {
    let rates = ErrorRates(of: ScoreSet(name: "", genuine: [7, 8], impostor: [1, 2]))
    #expect(rates.rates.eer == 0)
    #expect(rates.rates.zeroFmr == 0)
    #expect(rates.thresholds.zeroFmr == 7)
    #expect(rates.bounds.zeroFmr == ConfidenceInterval(lower: 0, upper: 1))
  }

  @Test("zero false matches may need a threshold above every score")
  func aboveEveryScore() {
    let rates = ErrorRates(of: ScoreSet(name: "", genuine: [1, 2], impostor: [3, 1]))
    #expect(rates.rates.zeroFmr == 1)
    #expect(rates.thresholds.zeroFmr == nil)
  }

  @Test("missing and NaN scores count as 0 and as failures")
  func failures() {
    var set = ScoreSet(name: "")
    set.add(nil, isGenuine: true)
    set.add(.nan, isGenuine: false)
    set.add(5, isGenuine: true)
    set.add(-1, isGenuine: false)
    #expect(set.failures == 2)
    #expect(ErrorCurve(of: set).points.map(\.threshold) == [-1, 0, 5, nil])
    #expect(ErrorRates(of: set).rates.zeroFmr == 0.5)
  }

  @Test("without genuine or without impostor comparisons there is no rate")
  func empty() {
    for set in [
      ScoreSet(name: ""), ScoreSet(name: "", genuine: [1], impostor: []),
      ScoreSet(name: "", genuine: [], impostor: [1]),
    ] {
      #expect(ErrorRates(of: set).rates == PerMetric())
      #expect(ErrorCurve(of: set).points.isEmpty)
    }
  }

  @Test("the mean is over the lists that have the rate, the pool has one threshold")
  func meanAndPool() throws {
    let first = ScoreSet(name: "first", genuine: [10, 20], impostor: [1, 15])
    let second = ScoreSet(
      name: "second",
      genuine: [110, 120],
      impostor: (0..<100).map { Double($0) }
    )
    let result = EvaluationResult(of: [first, second])
    #expect(result.rows.map(\.name) == ["first", "second", "mean", "pooled"])
    #expect(result.mean.rates.zeroFmr == 0.25)
    #expect(result.mean.rates.fmr100 == 0)
    #expect(result.pooled.rates.zeroFmr == 0.5)
    #expect(result.pooled.genuine == 4)
    #expect(result.pooled.impostor == 102)
    let data = try JSONEncoder().encode(result)
    #expect(try JSONDecoder().decode(EvaluationResult.self, from: data) == result)
  }

  @Test("rows travel as flat JSON with the documented names")
  func json() throws {
    let set = ScoreSet(name: "x", genuine: [6, 1, 5, 3], impostor: [5, 4, 3, 2, 1])
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let row = EvaluationResult(of: [set]).lists[0]
    let text = String(decoding: try encoder.encode(row), as: UTF8.self)
    #expect(text.hasPrefix("{\"bounds\":{\"zeroFmr\":{\"lower\":0.3006"), "\(text)")
    #expect(
      text.hasSuffix(
        "\"boundsMethod\":\"wilson\",\"eer\":0.425,\"failures\":0,\"genuine\":4,\"impostor\":5,"
          + "\"name\":\"x\",\"thresholds\":{\"eer\":3,\"zeroFmr\":6},\"zeroFmr\":0.75}"
      ),
      "\(text)"
    )
  }
}
