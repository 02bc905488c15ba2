/// A regular expression as a tree.
indirect enum PatternTree {
  case step(PatternStep)
  case sequence([PatternTree])
  case alternatives([PatternTree])
  case repetition(PatternTree, least: Int, most: Int?)
}

/// Writes a tree as steps.
struct PatternCompiler {
  private static let limit = 20_000

  private var program: [PatternStep] = []

  static func program(_ tree: PatternTree) throws(TextPatternError) -> [PatternStep] {
    var compiler = PatternCompiler()
    try compiler.add(tree)
    try compiler.add(.accept)
    return compiler.program
  }

  private mutating func add(_ step: PatternStep) throws(TextPatternError) {
    guard program.count < Self.limit else {
      throw TextPatternError(offset: 0, text: "with its repetitions it is too large")
    }
    program.append(step)
  }

  private mutating func add(_ tree: PatternTree) throws(TextPatternError) {
    switch tree {
    case .step(let step): try add(step)
    case .sequence(let trees): for tree in trees { try add(tree) }
    case .alternatives(let trees):
      var jumps: [Int] = []
      for (index, tree) in trees.enumerated() {
        let split = program.count
        let isLast = index == trees.count - 1
        if !isLast { try add(PatternStep.split(0)) }
        try add(tree)
        if !isLast {
          jumps.append(program.count)
          try add(PatternStep.jump(0))
          program[split] = .split(program.count)
        }
      }
      for jump in jumps { program[jump] = .jump(program.count) }
    case .repetition(let tree, let least, let most):
      for _ in 0..<least { try addCounted(tree) }
      if let most {
        var splits: [Int] = []
        for _ in least..<max(least, most) {
          splits.append(program.count)
          try add(PatternStep.split(0))
          try addCounted(tree)
        }
        for split in splits { program[split] = .split(program.count) }
      } else {
        let split = program.count
        try add(PatternStep.split(0))
        try addCounted(tree)
        try add(PatternStep.jump(split))
        program[split] = .split(program.count)
      }
    }
  }

  /// A repeated part costs at least one step, so that nested repetitions of nothing end at the limit.
  private mutating func addCounted(_ tree: PatternTree) throws(TextPatternError) {
    let before = program.count
    try add(tree)
    if program.count == before { try add(PatternStep.jump(before + 1)) }
  }
}
