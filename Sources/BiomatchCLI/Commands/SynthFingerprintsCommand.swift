import ArgumentParser
import Biomatch
import BiomatchCore
import BiomatchFingerprint

struct SynthFingerprintsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fingerprints",
    abstract: "Make templates of fingers that nobody has, for trials and measurements.",
    discussion: """
      Writes a template for each impression and three lists: gallery.csv, the first \
      impressions, for index build; probes.csv, the others; pairs.csv, comparisons \
      for evaluate fingerprints. Every ten fingers make a person. The same options \
      give the same bytes on every machine.

      Examples:

        biomatch synth fingerprints --fingers 1000 --impressions 2 -o prints
        biomatch index build --manifest prints/gallery.csv -o prints.index
        biomatch evaluate fingerprints --pairs prints/pairs.csv --root prints
      """
  )

  @Option(name: .long, help: "How many fingers, 1...10000000.")
  var fingers: Int

  @Option(name: .long, help: "How many impressions of each, 1...100.")
  var impressions = 2

  @Option(name: .long, help: "Which population; another number gives other fingers.")
  var seed: UInt64 = 1

  @Option(name: .shortAndLong, help: "The directory to write to.")
  var output: String

  @Option(name: .long, help: "The format of the templates.")
  var to: MinutiaeFormat = .iso2005

  @Option(name: .long, help: "Mean number of minutiae in an impression, 10...80.")
  var minutiae = SyntheticFingerParameters.standard.meanMinutiae

  @OptionGroup var engine: EngineOptions
  @OptionGroup var format: OutputOptions

  func validate() throws {
    guard (1...10_000_000).contains(fingers) else {
      throw ValidationError("--fingers must be in 1...10000000, found \(fingers)")
    }
    guard (1...100).contains(impressions) else {
      throw ValidationError("--impressions must be in 1...100, found \(impressions)")
    }
    guard (10...80).contains(minutiae) else {
      throw ValidationError("--minutiae must be in 10...80, found \(minutiae)")
    }
  }

  func run() throws {
    var parameters = SyntheticFingerParameters.standard
    parameters.meanMinutiae = minutiae
    let prints = SyntheticPrintFiles(
      directory: output,
      population: SyntheticFingers(seed: seed, parameters: parameters),
      fingers: fingers,
      impressions: impressions,
      format: to
    )
    try prints.write(threads: engine.threads)
    if format.format == .table {
      StandardOutput.write(
        "\(output): \(fingers * impressions) templates of \(fingers) fingers; lists gallery.csv, "
          + "probes.csv, pairs.csv\n"
      )
    } else {
      let row = Row([
        "output": .text(output), "fingers": .integer(fingers),
        "templates": .integer(fingers * impressions),
      ])
      try StandardOutput.write(RowPrinter.text([row], names: row.names, format: format.format))
    }
  }
}
