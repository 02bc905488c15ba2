import Biomatch
import BiomatchCore

/// One row of machine output: the documented field names and their values, in order.
struct Row {
  /// A value of a field.
  enum Value: Equatable {
    case text(String)
    case integer(Int)
    case real(Double)
    case truth(Bool)
    /// Not available: `null` in JSON, empty in CSV.
    case none

    /// The score as its shortest decimal in single precision, which it is computed in.
    static func score(_ score: SimilarityScore) -> Value {
      .real(Double(score.description) ?? Double(score.value))
    }

    /// The number, or ``none`` where there is none.
    static func optional(_ value: Double?) -> Value { value.map(Value.real) ?? .none }

    /// The number, or ``none`` where there is none.
    static func optional(_ value: Int?) -> Value { value.map(Value.integer) ?? .none }

    /// The text, or ``none`` where there is none.
    static func optional(_ value: String?) -> Value { value.map(Value.text) ?? .none }
  }

  private(set) var fields: [(key: String, value: Value)]

  init(_ fields: KeyValuePairs<String, Value>) { self.fields = Array(fields) }

  /// Adds fields at the end.
  mutating func append(_ more: KeyValuePairs<String, Value>) { fields += more }

  /// The row with the fields of another behind its own, whose names begin with `prefix`.
  func appending(_ other: Row, prefix: String = "") -> Row {
    var row = self
    row.fields += other.fields.map { key, value in
      (prefix.isEmpty ? key : prefix + key.prefix(1).uppercased() + key.dropFirst(), value)
    }
    return row
  }

  var names: [String] { fields.map(\.key) }

  /// The row as one JSON object, in the order of its fields.
  var json: String {
    let members = fields.map { "\(JSONText.quote($0.key)):\(JSONText.value($0.value))" }
    return "{\(members.joined(separator: ","))}"
  }

  /// The values for people: numbers with at most two decimals.
  var cells: [String] {
    zip(fields, texts).map { field, text in
      guard case .real(let number) = field.value, number.isFinite else { return text }
      return JSONText.number((number * 100).rounded() / 100)
    }
  }

  /// The values as CSV fields.
  var texts: [String] {
    fields.map { field in
      switch field.value {
      case .text(let text): text
      case .integer(let number): String(number)
      case .real(let number): JSONText.number(number)
      case .truth(let value): String(value)
      case .none: ""
      }
    }
  }
}

/// JSON as text; rows keep the order of their fields, which a dictionary would lose.
enum JSONText {
  static func value(_ value: Row.Value) -> String {
    switch value {
    case .text(let text): quote(text)
    case .integer(let number): String(number)
    case .real(let number): self.number(number)
    case .truth(let value): String(value)
    case .none: "null"
    }
  }

  /// The shortest decimal that reads back as the same number, without a fraction when it is whole.
  static func number(_ value: Double) -> String {
    guard value.isFinite else { return "null" }
    if value == value.rounded(), abs(value) < 1e15 { return String(Int(value)) }
    return value.description
  }

  static func quote(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\u{0}"..<"\u{20}", "\u{7F}"..<"\u{A0}":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
