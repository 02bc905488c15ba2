/// A member that only one kind of index has in its manifest.
package struct IndexDetail: Sendable, Hashable {
  package enum Value: Sendable, Hashable {
    /// A text without control characters, quotation marks and backslashes.
    case text(String)
    case number(Int)
  }

  package let name: String
  package let value: Value

  package init(_ name: String, _ text: String) {
    self.init(name: name, value: .text(text))
  }

  package init(_ name: String, _ number: Int) {
    self.init(name: name, value: .number(number))
  }

  init(name: String, value: Value) {
    self.name = name
    self.value = value
  }

  /// The text, `nil` for a number.
  package var text: String? { if case .text(let text) = value { text } else { nil } }
  /// The number, `nil` for a text.
  package var number: Int? { if case .number(let number) = value { number } else { nil } }

  /// Whether there is one way to write the value.
  var isPlain: Bool {
    switch value {
    case .number: true
    case .text(let text):
      text.utf8.allSatisfy { $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
    }
  }

  /// How a manifest has it.
  var encoded: String {
    switch value {
    case .text(let text): #""\#(name)": "\#(text)""#
    case .number(let number): #""\#(name)": \#(number)"#
    }
  }
}
