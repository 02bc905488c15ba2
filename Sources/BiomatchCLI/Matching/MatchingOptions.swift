import ArgumentParser
import Biomatch
import BiomatchCore
import BiomatchFingerprint

/// How fast and on what a command computes; the answer is the same for every choice.
struct EngineOptions: ParsableArguments {
  @Option(name: .long, help: "Threads to use; all processors unless told.")
  var threads: Int?

  @Option(
    name: .long,
    help: "Instruction set: portable, neon, avx2 or avx512; the best there is unless told."
  )
  var simd: String?

  /// The level of the kernels.
  func level() throws -> SIMDLevel {
    guard let simd else { return .active }
    return try SIMDLevel(validating: simd)
  }

  func validate() throws {
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("--threads must be in 1...1024, found \(threads)")
    }
  }
}

/// How prints are compared.
struct MatchingOptions: ParsableArguments {
  @Flag(
    name: .long,
    help: "Expect prints turned by any angle; slower, and a little less accurate on upright ones."
  )
  var anyRotation = false

  @OptionGroup var engine: EngineOptions

  /// The comparer of these options.
  func comparer(
    threshold: SimilarityScore? = nil,
    changes: [String] = [],
    mode: SearchMode = .exhaustive
  ) throws -> Comparer {
    Comparer(
      parameters: try changes.reduce(parameters) { try ParameterChange($1).applied(to: $0) },
      simd: try engine.level(),
      threshold: threshold,
      mode: mode
    )
  }

  /// The matcher of these options.
  func matcher() throws -> FingerprintMatcher {
    FingerprintMatcher(parameters: parameters, simd: try engine.level())
  }

  private var parameters: MatcherParameters { anyRotation ? .anyRotation : .standard }
}

/// From which score on two samples match.
struct DecisionOptions: ParsableArguments {
  @Option(
    name: .long,
    help: "The score from which on two samples match (default for prints: FMR 1e-4)."
  )
  var threshold: Double?

  /// The threshold as a score, `nil` for the default.
  func score() throws -> SimilarityScore? { try Self.score(threshold) }

  /// A threshold that an option gives, as a score.
  static func score(_ threshold: Double?) throws -> SimilarityScore? {
    guard let threshold else { return nil }
    guard (0...10_000).contains(threshold) else {
      throw UsageError.option(
        "--threshold",
        rule: "\(threshold) is no score",
        remedy: "give a number from 0 to 10000"
      )
    }
    return SimilarityScore(Float(threshold))
  }
}

/// Which views of files with several are compared.
struct ViewOptions: ParsableArguments {
  @Option(name: .long, help: "The view of the first file, counted from 1.")
  var viewA: Int?

  @Option(name: .long, help: "The view of the second file, counted from 1.")
  var viewB: Int?
}
