import ArgumentParser
import Biomatch
import BiomatchCore
import BiomatchGallery
import Foundation

struct BenchGalleryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gallery",
    abstract: "Measure a gallery of invented people on this machine.",
    discussion: """
      Makes a sealed gallery of people with two fingers and a face of 512 values \
      each, and measures enrolments, searches alone and beside enrolments, erasures \
      and openings. Beside them stands how often the device can make something \
      durable, which decides most of them: --directory says on which device.

      A person counts as enrolled when everything is durable and the next search \
      finds it. The gallery takes about 13 kB a person, and is removed in the end.

      Examples:

        biomatch bench gallery
        biomatch bench gallery --people 1000000 --directory /srv --format csv
      """
  )

  @Option(name: .long, help: "How many people, 100...10000000.")
  var people = 20_000

  @Option(
    name: .long,
    help: "Where the gallery is made; the directory for temporary files unless told."
  )
  var directory: String?

  @Flag(name: .long, help: "Do not seal the gallery.")
  var clear = false

  @Flag(name: .long, help: "Also delete the indexes and measure how fast they are made anew.")
  var rebuild = false

  @Option(name: .long, help: "How long searches are measured at least, 0.01...60 seconds.")
  var seconds = 2.0

  @Option(name: .long, help: .hidden) var open: String?
  @Option(name: .long, help: .hidden) var keyFile: String?

  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard (100...10_000_000).contains(people) else {
      throw ValidationError("--people must be in 100...10000000, found \(people)")
    }
    guard (0.01...60).contains(seconds) else {
      throw ValidationError("--seconds must be in 0.01...60, found \(seconds)")
    }
  }

  func run() throws {
    let results = try open.map(measureOpening) ?? measure()
    let text =
      try output.format == .table
      ? GalleryBenchTable(results: results).text
      : RowPrinter.text(results.rows, names: BenchResults.fieldNames, format: output.format)
    StandardOutput.write(text)
  }

  private func measureOpening(_ path: String) throws -> BenchResults {
    let key = keyFile.map { KeySource.file($0) }
    return try AsyncWork.result {
      var results = BenchResults(machine: .current)
      try await GalleryBench.measureOpening(path, key, into: &results)
      return results
    }
  }

  private func measure() throws -> BenchResults {
    let place = directory ?? FileManager.default.temporaryDirectory.path(percentEncoded: false)
    let bench = try GalleryBench(
      people: people,
      in: place,
      sealed: !clear,
      rebuilds: rebuild,
      seconds: seconds
    )
    return try AsyncWork.result {
      var results = BenchResults(machine: .current)
      try await bench.measure(into: &results)
      return results
    }
  }
}
