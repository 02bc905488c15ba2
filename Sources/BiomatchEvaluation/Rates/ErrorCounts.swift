/// How many comparisons, genuine and impostor, have each of the rising scores.
struct ErrorCounts: Sendable {
  private var genuine: [Int]
  private var impostor: [Int]
  private(set) var genuineTotal = 0
  private(set) var impostorTotal = 0

  init(groups: Int) {
    genuine = Array(repeating: 0, count: groups)
    impostor = genuine
  }

  /// Whether a side is missing, so that there is no error rate.
  var isEmpty: Bool { genuineTotal == 0 || impostorTotal == 0 }

  mutating func add(genuine: Int, impostor: Int, to group: Int) {
    self.genuine[group] += genuine
    self.impostor[group] += impostor
    genuineTotal += genuine
    impostorTotal += impostor
  }

  /// The numbers by group.
  var groups: [(genuine: Int, impostor: Int)] {
    zip(genuine, impostor).map { (genuine: $0, impostor: $1) }
  }

  /// Calls `body` with each threshold's number, from the lowest score to the one above all, and the
  /// numbers of rejected genuine and accepted impostor comparisons there, until it returns `false`.
  @inline(__always)
  func forEachStep(_ body: (_ index: Int, _ misses: Int, _ falseMatches: Int) -> Bool) {
    var misses = 0
    var falseMatches = impostorTotal
    for index in genuine.indices {
      guard body(index, misses, falseMatches) else { return }
      misses += genuine[index]
      falseMatches -= impostor[index]
    }
    _ = body(genuine.count, misses, falseMatches)
  }
}
