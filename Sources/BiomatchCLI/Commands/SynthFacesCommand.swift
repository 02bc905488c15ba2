import ArgumentParser
import Biomatch
import BiomatchCore
import BiomatchFace

struct SynthFacesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "faces",
    abstract: "Make face vectors of people that do not exist, for trials and measurements.",
    discussion: """
      Writes a .npy file of 32-bit values, a vector of unit length a row: all samples \
      of the first person, then those of the next. The same options give the same \
      bytes on every machine, and a person's sample is the same in every file of \
      that seed, preset and dimension. So a second file has probes for the first: \
      other samples of its people, or people that it does not have.

      Examples:

        biomatch synth faces --identities 100000 -o gallery.npy --labels gallery.txt
        biomatch synth faces --identities 1000 --first-sample 1 -o mated.npy
        biomatch synth faces --identities 1000 --first-identity 100000 -o others.npy
      """
  )

  @Option(name: .long, help: "How many people, 1...100000000.")
  var identities: Int

  @Option(name: .long, help: "How many samples of each, 1...1000.")
  var samples = 1

  @Option(name: .long, help: "How many samples of each person to pass over.")
  var firstSample = 0

  @Option(name: .long, help: "How many people to pass over.")
  var firstIdentity = 0

  @Option(name: .long, help: "How many values a vector has, 64...4096.")
  var dimension = 512

  @Option(
    name: .long,
    help: """
      The model that is imitated: full-rank uses all dimensions, low-rank 191 of 512 and \
      in proportion.
      """
  )
  var preset: FacePreset = .fullRank

  @Option(name: .long, help: "Which population; another number gives other people.")
  var seed: UInt64 = 1

  @Option(name: .shortAndLong, help: "The .npy file to write.")
  var output: String

  @Option(name: .long, help: "A text file to write, with the person of each row, P0000001.")
  var labels: String?

  @Option(name: .long, help: "A text file to write, with the name of each row, F0000001_1.")
  var ids: String?

  @OptionGroup var engine: EngineOptions
  @OptionGroup var format: OutputOptions

  func validate() throws {
    for (name, value, range) in [
      ("--identities", identities, 1...100_000_000), ("--samples", samples, 1...1000),
      ("--first-sample", firstSample, 0...1_000_000_000),
      ("--first-identity", firstIdentity, 0...1_000_000_000),
      ("--dimension", dimension, FaceVectors.dimensions),
    ] where !range.contains(value) {
      throw ValidationError(
        "\(name) must be in \(range.lowerBound)...\(range.upperBound), found \(value)"
      )
    }
    let paths = [output, labels, ids].compactMap(\.self)
    guard !paths.contains("-") else {
      throw ValidationError("vectors and their lists are written to files, not to -")
    }
    guard Set(paths).count == paths.count else {
      throw ValidationError("--output, --labels and --ids must be different files")
    }
  }

  func run() throws {
    let files = SyntheticFaceFiles(
      faces: SyntheticFaces(seed: seed, parameters: preset.parameters(dimension: dimension)),
      identities: firstIdentity..<firstIdentity + identities,
      samples: firstSample..<firstSample + samples,
      vectors: output,
      labels: labels,
      references: ids
    )
    try files.write(threads: engine.threads)
    if format.format == .table {
      let vectors = Plural.text(identities * samples, "vector")
      StandardOutput.write("\(output): \(vectors) of \(dimension) values\n")
    } else {
      let row = Row([
        "output": .text(output), "identities": .integer(identities),
        "vectors": .integer(identities * samples), "dimension": .integer(dimension),
      ])
      try StandardOutput.write(RowPrinter.text([row], names: row.names, format: format.format))
    }
  }
}

/// The face models that can be imitated.
enum FacePreset: String, CaseIterable, ExpressibleByArgument {
  case fullRank = "full-rank"
  case lowRank = "low-rank"

  func parameters(dimension: Int) -> SyntheticFaceParameters {
    switch self {
    case .fullRank: .fullRank(dimension: dimension)
    case .lowRank: .lowRank(dimension: dimension)
    }
  }
}
