import Biomatch
import BiomatchCore
import BiomatchFingerprint

/// A directory with templates of a synthetic population and the lists that name them.
struct SyntheticPrintFiles: Sendable {
  let directory: String
  let population: SyntheticFingers
  let fingers: Int
  let impressions: Int
  let format: MinutiaeFormat

  /// Directories of millions of files are slow in every tool: so many fingers share one.
  private static let fingersEach = 1000
  /// With so many fingers after it a finger is compared as an impostor.
  private static let impostorsEach = 20

  /// Writes everything, the lists last.
  func write(threads: Int?) throws {
    try FileBytes.createDirectory(directory)
    let groups = (fingers + Self.fingersEach - 1) / Self.fingersEach
    for group in 0..<groups {
      try FileBytes.createDirectory(directory + "/" + name(ofGroup: group))
    }
    let progress = ProgressBar("making prints", total: fingers)
    defer { progress.finish() }
    let encoder = MinutiaeEncoder(format: format)
    let counts = try ParallelWork.map(
      fingers,
      threads: threads,
      chunk: 64,
      finished: progress.advance(by:)
    ) { range in
      for index in range { try write(population.finger(index), encoder) }
      return [range.count]
    }
    precondition(counts.reduce(0, +) == fingers, "every finger is written")
    try OutputFile.write(manifest(0..<1), to: directory + "/gallery.csv")
    try OutputFile.write(manifest(1..<impressions), to: directory + "/probes.csv")
    try OutputFile.write(pairs(), to: directory + "/pairs.csv")
  }

  private func write(_ finger: MasterFinger, _ encoder: MinutiaeEncoder) throws {
    for number in 0..<impressions {
      let view = FingerView(population.impression(number, of: finger))
      let bytes = try encoder.encode(MinutiaeRecord(views: [view])).bytes
      // The same command makes it again.
      try FileBytes.write(bytes, to: directory + "/" + path(finger.index, number), durably: false)
    }
  }

  // MARK: Lists

  private func manifest(_ numbers: Range<Int>) throws -> [UInt8] {
    var writer = CSVWriter(columns: ["path", "reference", "subject", "position"])
    let positions = population.parameters.positions
    for finger in 0..<fingers {
      for number in numbers {
        try writer.write([
          path(finger, number), reference(finger, number), subject(of: finger),
          positions[finger % positions.count].label,
        ])
      }
    }
    return writer.takeBytes()
  }

  /// Genuine: all pairs of a finger's impressions. Impostor: the first impression with those of the
  /// fingers that follow, from the last on with the first again.
  private func pairs() throws -> [UInt8] {
    var writer = CSVWriter(columns: ["a", "b", "genuine"])
    for finger in 0..<fingers {
      for a in 0..<impressions {
        for b in a + 1..<max(a + 1, impressions) {
          try writer.write([path(finger, a), path(finger, b), "1"])
        }
      }
      // Half of the others at most, so that no two fingers meet twice.
      for step in 1..<max(1, min(Self.impostorsEach, (fingers - 1) / 2) + 1) {
        try writer.write([path(finger, 0), path((finger + step) % fingers, 0), "0"])
      }
    }
    return writer.takeBytes()
  }

  // MARK: Names

  private func path(_ finger: Int, _ number: Int) -> String {
    name(ofGroup: finger / Self.fingersEach) + "/" + reference(finger, number) + "."
      + fileExtension
  }

  private func reference(_ finger: Int, _ number: Int) -> String {
    SyntheticNames.sample(finger: finger, impression: number)
  }

  private func subject(of finger: Int) -> String {
    SyntheticNames.subject(finger / population.parameters.positions.count)
  }

  private func name(ofGroup group: Int) -> String { SyntheticNames.padded(group, 5) }

  private var fileExtension: String {
    switch format {
    case .iso2005, .iso2011: "iso"
    case .iso2005CardNormal, .iso2005CardCompact: "card"
    case .ansi2004, .ansi2009, .ansi2009am1: "fmr"
    case .xyt: "xyt"
    }
  }
}
