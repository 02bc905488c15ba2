import BiomatchCore
import BiomatchEvaluation

/// Labelled samples with scores from a table, and what straightforward loops make of them.
struct PairwiseFixture {
  let labels: [SubjectID]
  /// The scores by the samples' numbers; symmetric.
  let table: [[Float]]
  let groups: SampleGroups

  /// - Parameters:
  ///   - separation: how far genuine scores lie above impostor scores, which span 1.
  ///   - steps: how many different scores there are in a span of 1; none alike for `nil`.
  init(seed: UInt64, subjects: Int, most: Int, separation: Float, steps: Float?, limit: Int? = nil)
    throws
  {
    var random = SeededGenerator(seed: seed)
    var labels: [SubjectID] = []
    for subject in 0..<subjects {
      for _ in 0..<Int.random(in: 1...most, using: &random) {
        labels.append(try SubjectID("s\(subject)"))
      }
    }
    labels.shuffle(using: &random)
    var table = labels.map { _ in labels.map { _ in Float(0) } }
    for i in labels.indices {
      for j in 0..<i {
        var score = Float.random(in: -0.5...0.5, using: &random)
        if labels[i] == labels[j] { score += separation }
        if let steps { score = (score * steps).rounded() / steps }
        table[i][j] = score
        table[j][i] = score
      }
    }
    self.labels = labels
    self.table = table
    groups = SampleGroups(labels: labels, limit: limit)
  }

  func compare(_ position: Int, _ others: Range<Int>) -> [Float] {
    others.map { table[groups.samples[position]][groups.samples[$0]] }
  }

  func scores(limit: Int? = nil, seed: UInt64 = 1, threads: Int = 2) -> PairwiseScores {
    let copy = self
    return PairwiseScores(
      name: "pairs",
      pairs: SamplePairs(of: groups, limit: limit, seed: seed),
      threads: threads,
      compare: copy.compare
    )
  }

  /// The comparisons one by one.
  func set(of scores: PairwiseScores) -> ScoreSet {
    var set = ScoreSet(name: scores.name)
    for block in 0..<scores.blockCount {
      scores.forEachRun(inBlock: block) { position, others, _, _ in
        for other in others {
          let (i, j) = (groups.samples[position], groups.samples[other])
          set.add(
            Double(table[i][j]),
            isGenuine: labels[i] == labels[j],
            subjects: (labels[i].string, labels[j].string)
          )
        }
      }
    }
    return set
  }

  /// A list without genuine comparisons, and so without rates, in which all subjects appear in order: a
  /// bootstrap draws them by the numbers that they get thereby.
  var subjectOrder: ScoreSet {
    var set = ScoreSet(name: "order")
    let names = groups.samples.map { labels[$0].string }
    for name in names { set.add(0, isGenuine: false, subjects: (name, name)) }
    return set
  }
}
