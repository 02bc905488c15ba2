import BiomatchFace
import Foundation

/// Compares synthetic face vectors with real ones: cosines of genuine and impostor pairs, rank.
///
///     synthetic-faces [--root ROOT] [--identities N] [--seed N] [--set NAME=VALUE]...
///     synthetic-faces --time N [--preset NAME] [--dimension N] [--seed N]
///
/// ROOT holds vectors and their labels. Writes a table of Markdown with a column for each set of real
/// vectors and for each preset; without ROOT those of the presets alone. `--set` changes a parameter of
/// all presets. `--time` only makes N vectors on one core, and tells how many a second.
@main
struct Main {
  static func main() throws {
    let options = try Options(CommandLine.arguments.dropFirst())
    if let count = options.timed {
      time(try options.faces(options.preset, options.dimension ?? 512), count)
      return
    }
    var sets: [FaceSet] = []
    if let root = options.root {
      for name in ["edgexsq_512", "mbfy1_128"] {
        sets.append(try FaceSet(name: name, root: root))
      }
    }
    for (preset, dimension) in [("low-rank", 512), ("full-rank", 128), ("full-rank", 512)] {
      let faces = try options.faces(preset, dimension)
      sets.append(
        FaceSet(
          name: "\(preset) \(dimension)",
          vectors: faces.vectors(identities: 0..<options.identities, samples: 0..<2),
          labels: (0..<options.identities).flatMap { [$0, $0] }
        )
      )
    }
    print(FigureTable(sets).text, terminator: "")
  }

  private static func time(_ faces: SyntheticFaces, _ count: Int) {
    let batch = 1024
    var values: [Float] = []
    let time = ContinuousClock().measure {
      for first in stride(from: 0, to: count, by: batch) {
        faces.fill(&values, identities: first..<min(first + batch, count))
      }
    }
    let rate = Int(Double(count) / (time / .seconds(1)))
    print("\(rate) vectors of \(faces.parameters.dimension) values a second")
  }
}

extension FaceSet {
  fileprivate init(name: String, root: String) throws {
    var reader = try FaceVectorReader("\(root)/lfw_dev_\(name).npy")
    let labels = try String(
      contentsOf: URL(filePath: "\(root)/lfw_dev_labels.txt"),
      encoding: .utf8
    )
    guard let rowCount = reader.rowCount, let batch = try reader.next(max(1, rowCount)) else {
      throw UsageError(description: "\(name): no vectors")
    }
    self.init(
      name: name,
      vectors: batch.vectors,
      labels: labels.split(separator: "\n").compactMap { Int($0) }
    )
  }
}

private struct Options {
  var root: String?
  var identities = 4_000
  var preset = "full-rank"
  var dimension: Int?
  var seed: UInt64 = 1
  var timed: Int?
  var changes: [(name: String, value: Double)] = []

  init(_ arguments: ArraySlice<String>) throws {
    var rest = arguments
    while let option = rest.popFirst() {
      guard let value = rest.popFirst() else { throw UsageError(description: "\(option) of what?") }
      switch option {
      case "--root": root = value
      case "--identities": identities = try Self.number(value)
      case "--preset": preset = value
      case "--dimension": dimension = try Self.number(value)
      case "--seed": seed = UInt64(try Self.number(value))
      case "--time": timed = try Self.number(value)
      case "--set": changes.append(try Self.change(value))
      default: throw UsageError(description: "unknown option \(option)")
      }
    }
  }

  func faces(_ preset: String, _ dimension: Int) throws -> SyntheticFaces {
    var parameters: SyntheticFaceParameters
    switch preset {
    case "full-rank": parameters = .fullRank(dimension: dimension)
    case "low-rank": parameters = .lowRank(dimension: dimension)
    default: throw UsageError(description: "\(preset): full-rank or low-rank")
    }
    for change in changes { parameters = try parameters.changing(change.name, to: change.value) }
    return SyntheticFaces(seed: seed, parameters: parameters)
  }

  private static func number(_ text: String) throws -> Int {
    guard let number = Int(text), number > 0 else {
      throw UsageError(description: "\(text) is no positive number")
    }
    return number
  }

  private static func change(_ text: String) throws -> (String, Double) {
    let parts = text.split(separator: "=").map(String.init)
    guard parts.count == 2, let value = Double(parts[1]) else {
      throw UsageError(description: "\(text): not NAME=NUMBER")
    }
    return (parts[0], value)
  }
}

extension SyntheticFaceParameters {
  fileprivate func changing(_ name: String, to value: Double) throws -> Self {
    let data = try JSONEncoder().encode(self)
    guard var values = try JSONSerialization.jsonObject(with: data) as? [String: Any],
      values[name] is NSNumber
    else { throw UsageError(description: "\(name): no parameter") }
    values[name] = value
    let changed = try JSONDecoder().decode(
      Self.self,
      from: JSONSerialization.data(withJSONObject: values)
    )
    try changed.validate()
    return changed
  }
}

private struct UsageError: Error, CustomStringConvertible {
  var description: String
}
