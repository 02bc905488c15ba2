import BiomatchFingerprint
import Foundation

/// Compares synthetic prints with real ones: counts, densities, directions, scores, error rates.
///
///     synthetic-prints [--root ROOT] [--group NAME]... [--fingers N] [--impressions N] [--seed N]
///                      [--set NAME=VALUE]...
///     synthetic-prints --time N [--seed N] [--set NAME=VALUE]...
///
/// ROOT holds templates and the lists `pairs/*.GROUP.csv`. Writes a table of Markdown with a column
/// for each group, one for their mean, one for synthetic prints and their ratio to the mean; without
/// ROOT the synthetic column alone. `--set` changes a parameter of the synthetic prints. `--time` only
/// makes N fingers with one impression each, on one core, and tells how long each took.
@main
struct Main {
  static func main() throws {
    var options = try Options(CommandLine.arguments.dropFirst())
    let population = SyntheticFingers(seed: options.seed, parameters: options.parameters)
    if let count = options.timed {
      time(population, count)
      return
    }
    let matcher = FingerprintMatcher()
    var columns: [Column] = []
    if let root = options.root {
      if options.groups.isEmpty { options.groups = ["mindtct", "fjfx"] }
      for name in options.groups {
        let group = try PrintGroup(root: root, name: name)
        columns.append(Column(name: name, figures: try group.figures(by: matcher)))
      }
      columns.append(Column(meanOf: columns))
    }
    let group = PrintGroup(
      population,
      fingers: options.fingers,
      impressions: options.impressions
    )
    columns.append(Column(name: "synthetic", figures: try group.figures(by: matcher)))
    if options.root != nil { columns.append(Column(ratioOfLastTwo: columns)) }
    print(Column.table(columns), terminator: "")
  }

  private static func time(_ population: SyntheticFingers, _ count: Int) {
    var minutiae = 0
    let time = ContinuousClock().measure {
      for index in 0..<count {
        minutiae += population.impression(0, of: population.finger(index)).minutiae.count
      }
    }
    let each = Column.text(time / .microseconds(count))
    let mean = Column.text(Double(minutiae) / Double(count))
    print("\(each) µs for a finger and an impression of \(mean) minutiae")
  }
}

private struct Options {
  var root: String?
  var groups: [String] = []
  var fingers = 1_000
  var impressions = 8
  var seed: UInt64 = 1
  var timed: Int?
  var parameters = SyntheticFingerParameters.standard

  init(_ arguments: ArraySlice<String>) throws {
    var rest = arguments
    while let option = rest.popFirst() {
      guard let value = rest.popFirst() else { throw UsageError(description: "\(option) of what?") }
      switch option {
      case "--root": root = value
      case "--group": groups.append(value)
      case "--fingers": fingers = try Self.number(value)
      case "--impressions": impressions = try Self.number(value)
      case "--seed": seed = UInt64(try Self.number(value))
      case "--time": timed = try Self.number(value)
      case "--set": try set(value)
      default: throw UsageError(description: "unknown option \(option)")
      }
    }
  }

  private static func number(_ text: String) throws -> Int {
    guard let number = Int(text), number > 0 else {
      throw UsageError(description: "\(text) is no positive number")
    }
    return number
  }

  private mutating func set(_ change: String) throws {
    let parts = change.split(separator: "=").map(String.init)
    let data = try JSONEncoder().encode(parameters)
    guard parts.count == 2, let value = Double(parts[1]),
      var values = try JSONSerialization.jsonObject(with: data) as? [String: Any],
      values[parts[0]] is NSNumber
    else { throw UsageError(description: "\(change): not NAME=NUMBER of a parameter") }
    values[parts[0]] = value
    parameters = try JSONDecoder().decode(
      SyntheticFingerParameters.self,
      from: JSONSerialization.data(withJSONObject: values)
    )
    try parameters.validate()
  }
}

private struct UsageError: Error, CustomStringConvertible {
  var description: String
}
