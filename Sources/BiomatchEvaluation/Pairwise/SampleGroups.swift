import BiomatchCore

/// Samples in the order of their subjects, so that those of one lie side by side.
///
/// Evaluations over all pairs number samples by their *position* in this order: which pairs are genuine
/// is then a matter of ranges, not of comparing labels twenty-six million times.
public struct SampleGroups: Sendable {
  /// The number of the sample at each position, as the caller counts them from zero. Subjects come as
  /// they first appear, and the samples of each in the caller's order.
  public let samples: [Int]
  /// Where the samples of each subject begin, and at last how many samples there are.
  let starts: [Int]
  /// The number of the subject at each position.
  let subjects: [Int]

  /// Groups samples by subject.
  ///
  /// - Parameters:
  ///   - labels: whose each sample is.
  ///   - limit: how many samples of a subject are taken at most, the first ones; all for `nil`.
  /// - Complexity: O(number of samples).
  public init(labels: [SubjectID], limit: Int? = nil) {
    precondition(limit ?? 1 > 0, "a subject keeps at least one sample")
    var numbers: [SubjectID: Int] = [:]
    var groups: [[Int]] = []
    for (sample, label) in labels.enumerated() {
      let number = numbers[label] ?? groups.count
      if number == groups.count {
        numbers[label] = number
        groups.append([])
      }
      if groups[number].count < limit ?? .max { groups[number].append(sample) }
    }
    samples = Array(groups.joined())
    starts = groups.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
    subjects = groups.enumerated().flatMap { Array(repeating: $0, count: $1.count) }
  }

  /// How many samples there are.
  public var count: Int { samples.count }
  /// How many subjects there are.
  public var subjectCount: Int { starts.count - 1 }

  /// The positions of a subject's samples.
  func positions(of subject: Int) -> Range<Int> { starts[subject]..<starts[subject + 1] }

  /// The positions of all samples of the subject whose sample is at `position`.
  func mates(of position: Int) -> Range<Int> { positions(of: subjects[position]) }
}
