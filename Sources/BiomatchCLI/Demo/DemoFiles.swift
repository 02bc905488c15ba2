import Biomatch
import BiomatchCore
import BiomatchFingerprint

/// The demonstration's files beside its index: templates of the first fingers and a list of
/// comparisons.
struct DemoFiles {
  static let fingers = 20
  static let impressions = 3

  let directory: String

  /// Writes all files; the same bytes each time.
  init(directory: String, population: SyntheticFingers) throws {
    self.directory = directory
    let encoder = MinutiaeEncoder(format: .iso2005)
    for finger in 1...Self.fingers {
      let source = population.finger(finger - 1)
      for impression in 1...Self.impressions {
        let template = population.impression(impression - 1, of: source)
        var view = FingerView(template)
        view.quality = Self.quality(of: template)
        let encoded = try encoder.encode(MinutiaeRecord(views: [view]))
        try OutputFile.write(encoded.bytes, to: path(Self.name(finger, impression)))
      }
    }
    let padded =
      try FileBytes.read(path(Self.name(1, 1))) + [UInt8](repeating: 0, count: 60)
    try OutputFile.write(padded, to: path(Self.padded))
    try OutputFile.write(Self.pairs(), to: path(Self.list))
  }

  /// A template as some devices write it, with zeros after its end.
  static let padded = "padded.iso"
  static let list = "pairs.csv"

  static func name(_ finger: Int, _ impression: Int) -> String {
    "\(finger < 10 ? "0" : "")\(finger)_\(impression).iso"
  }

  /// The mean quality of the minutiae.
  private static func quality(of template: FingerprintTemplate) -> UInt8 {
    let qualities = template.minutiae.compactMap(\.quality).map(Int.init)
    return UInt8(qualities.reduce(0, +) / max(1, qualities.count))
  }

  func path(_ name: String) -> String { directory + "/" + name }

  /// The list of all pairs of impressions, of one finger and of two.
  private static func pairs() throws -> [UInt8] {
    let samples = (1...fingers).flatMap { finger in
      (1...impressions).map { (finger: finger, name: name(finger, $0)) }
    }
    var writer = CSVWriter(columns: ["a", "b", "genuine"])
    for (index, a) in samples.enumerated() {
      for b in samples[(index + 1)...] {
        try writer.write([a.name, b.name, a.finger == b.finger ? "1" : "0"])
      }
    }
    return writer.takeBytes()
  }
}
