/// Writes an SVG document as text, one element a line, the same bytes for the same calls.
package struct SVGWriter {
  /// What an attribute holds.
  package enum Value: ExpressibleByStringLiteral, ExpressibleByFloatLiteral,
    ExpressibleByIntegerLiteral,
    ExpressibleByStringInterpolation
  {
    case text(String)
    case number(Double)

    package init(stringLiteral value: String) { self = .text(value) }
    package init(floatLiteral value: Double) { self = .number(value) }
    package init(integerLiteral value: Int) { self = .number(Double(value)) }
  }

  package typealias Attributes = KeyValuePairs<String, Value>

  /// The document so far.
  package private(set) var text = ""
  private var depth = 0

  /// An empty document.
  package init() {}

  /// An element with content: everything that `content` writes.
  package mutating func element(
    _ name: String,
    _ attributes: Attributes = [:],
    content: (inout SVGWriter) -> Void
  ) {
    line("<\(name)\(Self.list(attributes))>")
    depth += 1
    content(&self)
    depth -= 1
    line("</\(name)>")
  }

  /// An element without content.
  package mutating func leaf(_ name: String, _ attributes: Attributes) {
    line("<\(name)\(Self.list(attributes))/>")
  }

  /// An element whose content is text, for example `text` or `title`.
  package mutating func textElement(
    _ name: String,
    _ content: String,
    _ attributes: Attributes = [:]
  ) {
    line("<\(name)\(Self.list(attributes))>\(Self.escape(content))</\(name)>")
  }

  /// The number with at most two decimals; zero where it is not finite.
  package static func format(_ value: Double) -> String {
    guard value.isFinite else { return "0" }
    let hundredths = Int((max(-1e9, min(1e9, value)) * 100).rounded())
    let magnitude = abs(hundredths)
    var result = (hundredths < 0 ? "-" : "") + String(magnitude / 100)
    let fraction = magnitude % 100
    if fraction != 0 {
      result +=
        fraction % 10 == 0 ? ".\(fraction / 10)" : fraction < 10 ? ".0\(fraction)" : ".\(fraction)"
    }
    return result
  }

  /// The text as XML 1.0 character data that is safe in attributes too; characters that XML
  /// cannot hold become U+FFFD.
  package static func escape(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result.append(contentsOf: "&amp;".unicodeScalars)
      case "<": result.append(contentsOf: "&lt;".unicodeScalars)
      case ">": result.append(contentsOf: "&gt;".unicodeScalars)
      case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
      case "'": result.append(contentsOf: "&#39;".unicodeScalars)
      case "\u{9}", "\u{A}", "\u{D}": result.append(" ")
      case "\u{0}"..<"\u{20}", "\u{7F}"..<"\u{A0}", "\u{FFFE}", "\u{FFFF}":
        result.append("\u{FFFD}")
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  private static func list(_ attributes: Attributes) -> String {
    attributes.reduce(into: "") { result, attribute in
      let value =
        switch attribute.value {
        case .text(let text): escape(text)
        case .number(let number): format(number)
        }
      result += " \(attribute.key)=\"\(value)\""
    }
  }

  private mutating func line(_ content: String) {
    text += String(repeating: "  ", count: depth) + content + "\n"
  }
}
