import Biomatch
import BiomatchCore

/// What was measured, value by value, in the order in which each was measured first.
struct BenchResults {
  static let fieldNames = ["name", "value", "unit", "threads", "simd", "parameters"]

  private struct Key: Hashable {
    var name: String
    var unit: String
    var setting: BenchSetting?
    var parameters: String
  }

  private let machine: MachineDescription
  private var order: [Key] = []
  private var values: [Key: [Double]] = [:]

  init(machine: MachineDescription) { self.machine = machine }

  /// Adds what one round has measured.
  mutating func add(
    _ name: String,
    _ value: Double,
    _ unit: String,
    _ setting: BenchSetting? = nil,
    parameters: String = ""
  ) {
    let key = Key(name: name, unit: unit, setting: setting, parameters: parameters)
    if values[key] == nil { order.append(key) }
    values[key, default: []].append(value)
  }

  /// The medians of what was measured on the prints of those parameters, in any setting or none.
  func value(_ name: String, _ setting: BenchSetting?, _ parameters: String) -> Double {
    let key = order.first {
      $0.name == name && $0.setting == setting && $0.parameters == parameters
    }
    return Self.rounded(Self.median(key.flatMap { values[$0] } ?? []))
  }

  /// The settings, and the parameters of the prints, in the order in which they were measured first.
  var settings: [BenchSetting] { unique(order.compactMap(\.setting)) }
  var parameters: [String] { unique(order.map(\.parameters)).filter { !$0.isEmpty } }

  private func unique<Value: Hashable>(_ values: [Value]) -> [Value] {
    var seen: Set<Value> = []
    return values.filter { seen.insert($0).inserted }
  }

  /// A row a value, the machine first.
  var rows: [Row] {
    [row("machine", .none, "", nil, description)]
      + order.map { key in
        let value = Self.median(values[key] ?? [])
        return row(key.name, .real(Self.rounded(value)), key.unit, key.setting, key.parameters)
      }
  }

  private func row(
    _ name: String,
    _ value: Row.Value,
    _ unit: String,
    _ setting: BenchSetting?,
    _ parameters: String
  ) -> Row {
    Row([
      "name": .text(name), "value": value, "unit": unit.isEmpty ? .none : .text(unit),
      "threads": .optional(setting?.threads), "simd": .optional(setting?.simd.rawValue),
      "parameters": parameters.isEmpty ? .none : .text(parameters),
    ])
  }

  /// The machine in one line.
  var description: String {
    let memory = JSONText.number((Double(machine.memory) / 1e8).rounded() / 10)
    return "\(machine.processor); \(machine.processorCount) processors; \(memory) GB; "
      + "\(machine.system); biomatch \(Version.current)"
  }

  private static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    let middle = sorted.count / 2
    guard !sorted.isEmpty else { return .nan }
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }

  /// Three digits that mean something; more would pretend.
  private static func rounded(_ value: Double) -> Double {
    guard value != 0, value.isFinite else { return value }
    var unit = 1.0
    while abs(value) / unit >= 1000 { unit *= 10 }
    while abs(value) / unit < 100 { unit /= 10 }
    return unit >= 1 ? (value / unit).rounded() * unit : (value / unit).rounded() / (1 / unit)
  }
}
