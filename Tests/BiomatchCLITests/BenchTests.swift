import BiomatchCore
import BiomatchTestSupport
import Foundation
import Testing

@Suite("Bench")
struct BenchTests {
  private static let quick = [
    "bench", "fingerprints", "--prints", "100", "--probes", "3", "--rounds", "1", "--seconds",
    "0.01",
    "--threads", "2",
  ]

  /// Name, value, unit, threads, level and parameters of each row.
  private static func rows(_ run: Executable.Run) throws -> [[String]] {
    var reader = try CSVReader(bytes: Array(run.output.utf8))
    #expect(reader.header.strings == ["name", "value", "unit", "threads", "simd", "parameters"])
    var rows: [[String]] = []
    while let row = try reader.nextRow() { rows.append(row.strings) }
    return rows
  }

  @Test("everything is measured at every level, on synthetic and on real prints")
  func everything() throws {
    try TemporaryDirectory.with { directory in
      let made = try Executable.run(
        ["synth", "fingerprints", "--fingers", "60", "-o", "prints"],
        in: directory
      )
      try #require(made.status == 0, "\(made.transcript)")
      // The directory holds three lists beside the templates.
      for (templates, passedOver) in [
        ("prints", "3 of 123 files passed over"), ("prints/gallery.csv", ""),
      ] {
        let run = try Executable.run(
          Self.quick + ["--templates", templates, "--format", "csv"],
          in: directory
        )
        #expect(run.status == 0, "\(run.transcript)")
        #expect(
          passedOver.isEmpty ? run.errors == "" : run.errors.contains(passedOver),
          "\(run.transcript)"
        )
        let rows = try Self.rows(run)
        #expect(rows.first?[0] == "machine")
        // A search that the deadline ends at once has come to no pair, and few of a few pass a gate.
        for row in rows.dropFirst() {
          let value = try #require(Double(row[1]), "\(row)")
          let mayBeZero = row[0].hasPrefix("search.") || row[0].hasPrefix("gate.")
          #expect(value.isFinite && (value > 0 || mayBeZero && value == 0), "\(row)")
        }
        let levels = SIMDLevel.available.map(\.rawValue)
        for (name, unit, sets) in [
          ("limit.bits", "Gbit/s", 1), ("limit.memory", "GB/s", 1), ("build", "µs/print", 3),
          ("search.exhaustive", "prints/s", 3), ("search.screened", "prints/s", 3),
          ("search.exhaustive.bits", "%", 3), ("search.screened.memory", "%", 3),
        ] {
          let found = rows.filter { $0[0] == name && $0[2] == unit && $0[3] == "2" }
          #expect(
            found.map { $0[4] }.sorted()
              == (levels + levels + levels)
              .prefix(sets * levels.count).sorted(),
            "\(name)"
          )
        }
        for name in ["gate.first", "gate.second", "print.size", "open"] {
          let found = rows.filter { $0[0] == name }
          #expect(found.count == 3 && found.allSatisfy { $0[4] == "" }, "\(name)")
        }
        let sets = Set(rows.map { $0[5] }.filter { $0.contains("100 prints, 3 probes") })
        #expect(sets.count == 3 && sets.contains { $0.contains("repeated and shuffled") })
      }
    }
  }

  @Test("a level can be chosen, and the table says what was measured")
  func table() throws {
    let run = try Executable.run(Self.quick + ["--simd", "portable"])
    #expect(run.status == 0, "\(run.transcript)")
    for text in ["portable", "35 minutiae", "52 minutiae", "first gate", "opened in"] {
      #expect(run.output.contains(text), "\(run.transcript)")
    }
    #expect(!run.output.contains("avx"), "\(run.transcript)")
  }

  @Test("templates that cannot be used are an error before anything is measured")
  func badTemplates() throws {
    for (path, status) in [("nowhere", 66), ("bad-print.csv", 65), ("few.iso", 65)] {
      let run = try Executable.run(Self.quick + ["--templates", path])
      #expect(run.status == status && run.output == "", "\(run.transcript)")
    }
  }

  @Test("a gallery is measured from its making to its opening, and nothing of it stays")
  func gallery() throws {
    try TemporaryDirectory.with { directory in
      let run = try Executable.run(
        [
          "bench", "gallery", "--people", "100", "--seconds", "0.01", "--directory", directory.path,
          "--rebuild", "--format", "csv",
        ],
        in: directory
      )
      #expect(run.status == 0, "\(run.transcript)")
      let rows = try Self.rows(run)
      for name in [
        "limit.flush", "enrol.bulk", "enrol.single", "search.finger.ratio", "search.face", "erase",
        "open", "open.search", "rebuild",
      ] {
        let found = rows.filter { $0[0] == name }
        #expect(found.count == 1 && Double(found[0][1]) ?? 0 > 0, "\(name)")
        #expect(found.first?[5] == "sealed; 100 people", "\(name)")
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path).isEmpty)
    }
  }
}
