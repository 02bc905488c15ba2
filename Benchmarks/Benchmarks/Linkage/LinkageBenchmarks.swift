import Benchmark
import BiomatchCore
import BiomatchLinkage

// One core. One iteration of "parse" is 10,000 zones; divide by the lines of a zone's format. One of "read
// CSV" is a table of 100,000 people in memory.
let benchmarks: @Sendable () -> Void = {
  let configuration = Benchmark.Configuration(
    metrics: [.wallClock, .throughput],
    scalingFactor: .one,
    maxDuration: .seconds(3)
  )
  let zones = 10_000
  for format in MRZFormat.allCases {
    let file = RandomZones.file(of: format, count: zones)
    Benchmark(
      "parse, \(zones) zones of \(format.rawValue), \(zones * format.lineCount) lines",
      configuration: configuration
    ) { _ in
      let parser = MRZParser()
      for text in MRZText.all(in: file) { blackHole(try parser.parse(text)) }
    }
  }

  let zone = RandomZones.zones(of: .td3, count: zones)
  Benchmark("write, \(zones) zones of td3", configuration: configuration) { _ in
    for mrz in zone { blackHole(try mrz.lines()) }
  }

  let names = ["Müller-Łukasz", "Юлия Щербакова", "محمد بن زكريا", "Παπαδόπουλος", "SMITH"]
  Benchmark("transliterate, \(names.count * 1000) names", configuration: configuration) { _ in
    let transliterator = Transliterator()
    for _ in 0..<1000 {
      for name in names { blackHole(transliterator.transliterate(name)) }
    }
  }

  for isQuoted in [false, true] {
    let table = RandomTable.bytes(count: 10 * zones, isQuoted: isQuoted)
    Benchmark(
      "read CSV, \(table.count) bytes\(isQuoted ? ", quoted" : "")",
      configuration: configuration
    ) { _ in
      var reader = try CSVReader(bytes: table)
      while let row = try reader.nextRow() { blackHole(row) }
    }
  }
}
