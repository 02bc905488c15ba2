import ArgumentParser
import Biomatch
import BiomatchCore
import BiomatchEvaluation
import BiomatchFace

struct EvaluateFacesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "faces",
    abstract: "Measure the error rates of a model on labelled face vectors.",
    discussion: """
      Compares all pairs of a file of vectors, or a sample of them, and searches for \
      each vector among the others. Labels are the identities, one a line in the order \
      of the vectors; a CSV file of vectors may have them in its column subject.

      Rates of comparisons are those of evaluate fingerprints. Searches leave one out \
      for the rank-1 identification rate, and use an open set for FNIR at an FPIR of \
      1/100, 1/1000 and 1/10000: half of the identities, drawn by --seed, are enrolled \
      with their first image each. docs/evaluation.md has the definitions.

      Examples:

        biomatch evaluate faces faces.npy --labels labels.txt
        biomatch evaluate faces faces.npy --labels people.csv --label-column person
        biomatch evaluate faces big.npy --labels l.txt --pairs 1000000 --searches 500
        biomatch evaluate faces faces.npy --labels labels.txt --report r.html
      """
  )

  @Argument(help: "The vectors: .npy, .csv, or raw values; - is the standard input.")
  var file: String

  @Option(name: .long, help: "The identities, one a line.")
  var labels: String?

  @Option(name: .long, help: "The labels are a CSV file, and the identities in this column.")
  var labelColumn: String?

  @Option(name: .long, help: "Take the first K images of each identity only.")
  var imagesPerIdentity: Int?

  @Option(
    name: .long,
    help: "Compare at most N genuine and N impostor pairs, drawn at random; all unless told."
  )
  var pairs: Int?

  @Option(
    name: .long,
    help: "Search for at most N images, drawn at random, 0 for none; for all unless told."
  )
  var searches: Int?

  @Option(name: .long, help: "Which pairs, searches and enrolled identities are drawn.")
  var seed: UInt64 = 1

  @Option(name: .long, help: "Write all pairs with their scores to a CSV file in here.")
  var scores: String?

  @Option(name: .long, help: "Write a page with curves and tables to this HTML file.")
  var report: String?

  @Option(
    name: .long,
    help: """
      Bounds from so many resamplings of the identities, 1000 for example, not from Wilson's formula.
      """
  )
  var bootstrap: Int?

  @OptionGroup var files: FaceFileOptions
  @OptionGroup var engine: EngineOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    let ranges: [(String, Int?, ClosedRange<Int>)] = [
      ("--images-per-identity", imagesPerIdentity, 1...1_000_000),
      ("--pairs", pairs, 1...50_000_000), ("--searches", searches, 0...1_000_000_000),
      ("--bootstrap", bootstrap, 1...1_000_000),
    ]
    for (name, value, range) in ranges {
      guard let value, !range.contains(value) else { continue }
      throw ValidationError(
        "\(name) must be in \(range.lowerBound)...\(range.upperBound), found \(value)"
      )
    }
    if labelColumn != nil, labels == nil {
      throw ValidationError("--label-column needs --labels")
    }
  }

  func run() throws {
    let evaluation = FaceEvaluation(
      faces: try faces(),
      pairLimit: pairs,
      searchLimit: searches,
      seed: seed,
      bootstrap: bootstrap.map { SubjectBootstrap(replicates: $0) },
      threads: engine.threads ?? ParallelScan.processorCount
    )
    let pairScores = try evaluation.scores()
    let file = FaceScoreFile(faces: evaluation.faces, scores: pairScores)
    if scores != nil { try file.check() }
    let outcome = try evaluation.run(pairScores)
    if let scores { try file.write(into: scores, threads: evaluation.threads) }
    if let report { try write(outcome, evaluation, to: report) }
    try StandardOutput.write(
      EvaluationOutput.text(
        outcome.result,
        searches: outcome.identification,
        format: output.format
      )
    )
  }

  private func faces() throws -> LabelledFaces {
    guard file != "-" || labels != "-" else {
      throw UsageError.option(
        "-",
        rule: "vectors and labels cannot both come from the standard input",
        remedy: "give one of them as a file"
      )
    }
    let (vectors, subjects) = try files.load(file)
    return try LabelledFaces(
      path: file,
      vectors: vectors,
      labels: try labels(count: vectors.count) ?? subjects ?? missingLabels(),
      limit: imagesPerIdentity,
      simd: engine.level()
    )
  }

  private func labels(count: Int) throws -> [SubjectID]? {
    try labels.map { try IdentifierList.subjects($0, column: labelColumn, count: count) }
  }

  private func missingLabels() throws -> [SubjectID] {
    throw UsageError.option(
      "--labels",
      rule: "the file does not say whose its vectors are",
      remedy: "give a file with one identity a line, in the order of the vectors"
    )
  }

  private func write(
    _ outcome: FaceEvaluation.Outcome,
    _ evaluation: FaceEvaluation,
    to path: String
  ) throws {
    let faces = evaluation.faces
    var parameters = [
      (name: "biomatch", value: Version.current),
      (name: "vectors", value: Figure.grouped(faces.groups.count)),
      (name: "identities", value: Figure.grouped(faces.groups.subjectCount)),
      (name: "dimension", value: String(faces.vectors.dimension)),
      (name: "score", value: "cosine"), (name: "SIMD level", value: try engine.level().rawValue),
      (name: "seed", value: String(seed)),
    ]
    if let imagesPerIdentity {
      parameters.append((name: "images per identity", value: "at most \(imagesPerIdentity)"))
    }
    if let pairs { parameters.append((name: "pairs of each kind", value: "at most \(pairs)")) }
    var report = EvaluationReport(
      title: "Face vectors: error rates",
      parameters: parameters,
      scores: outcome.scores,
      result: outcome.result
    )
    report.identification = outcome.identification
    try OutputFile.write(Array(report.html.utf8), to: path)
  }
}
