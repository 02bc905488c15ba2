import BiomatchCore

/// What records must have in common to be compared: one to four terms, all of which must agree.
///
/// ```swift
/// let key = try BlockKey("soundex(surname, given_names) + year(date_of_birth)")
/// ```
///
/// A term is a function of columns:
///
/// | function | values |
/// |---|---|
/// | `soundex` | the ``Soundex`` code of each word of the columns, written in the letters A–Z by ``Transliterator`` |
/// | `year` | the first four digits in a row of each column |
/// | `exact` | each column as it is, without spaces at its ends |
///
/// A term may have several values, of which the first ``valueLimit`` different ones count; the key then
/// has a value for each combination. Where a term has none, the record has no value of this key.
public struct BlockKey: Sendable, Hashable {
  /// How many values a term has at most.
  public static let valueLimit = 8
  /// How many terms a key has at most.
  public static let termLimit = 4

  /// What becomes of the values of columns.
  public enum Function: String, Sendable, Hashable, CaseIterable {
    /// How words sound.
    case soundex
    /// The year of a date.
    case year
    /// The value.
    case exact
  }

  /// A function of columns.
  public struct Term: Sendable, Hashable {
    /// What becomes of the values.
    public var function: Function
    /// The names of the columns, at least one.
    public var columns: [String]

    /// The term of these.
    public init(_ function: Function, _ columns: [String]) {
      self.function = function
      self.columns = columns
    }
  }

  /// What must agree, at least one term.
  public let terms: [Term]

  /// The key of these terms; none, or too many, is a programmer error.
  public init(_ terms: [Term]) {
    precondition(
      (1...Self.termLimit).contains(terms.count) && terms.allSatisfy { !$0.columns.isEmpty },
      "a block key has one to four terms, and a term a column"
    )
    self.terms = terms
  }

  /// The key that `text` describes: terms with `+` between them, each a function with names of columns in
  /// parentheses, commas between them.
  ///
  /// - Throws: ``BlockKeyError``.
  public init(_ text: String) throws(BlockKeyError) {
    var rest = text[...]
    var terms: [Term] = []
    while terms.count < Self.termLimit {
      guard let open = rest.firstIndex(of: "("), let close = rest[open...].firstIndex(of: ")")
      else { throw .syntax(text) }
      let name = Self.trimmed(rest[..<open])
      guard let function = Function(rawValue: name) else { throw .function(name) }
      let columns = rest[rest.index(after: open)..<close]
        .split(separator: ",", omittingEmptySubsequences: false).map(Self.trimmed)
      guard columns.allSatisfy({ !$0.isEmpty && !$0.contains("(") }) else { throw .syntax(text) }
      terms.append(Term(function, columns))
      rest = rest[rest.index(after: close)...].drop { $0 == " " }
      guard let next = rest.first else {
        self.init(terms)
        return
      }
      guard next == "+" else { throw .syntax(text) }
      rest = rest.dropFirst()
    }
    throw .syntax(text)
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text.drop { $0 == " " }
    while text.last == " " { text.removeLast() }
    return String(text)
  }

  /// The key as text, without spaces.
  public var text: String {
    terms.map { "\($0.function.rawValue)(\($0.columns.joined(separator: ",")))" }
      .joined(separator: "+")
  }

  /// The values of the key for a record, each with one value of every term, in a fixed order.
  ///
  /// - Parameter value: the value of the column of that name.
  public func values(_ value: (String) -> String) -> [[String]] {
    var combined: [[String]] = [[]]
    for term in terms {
      let values = term.values(value)
      combined = combined.flatMap { start in values.map { start + [$0] } }
    }
    return combined
  }
}

extension BlockKey.Term {
  fileprivate func values(_ value: (String) -> String) -> [String] {
    var found: [String] = []
    for text in columns.map(value) {
      for next in values(of: text) where !found.contains(next) {
        found.append(next)
        if found.count == BlockKey.valueLimit { return found }
      }
    }
    return found
  }

  private func values(of text: String) -> [String] {
    switch function {
    case .soundex: Transliterator().transliterate(text).components.compactMap(Soundex.code)
    case .year: Self.firstYear(text).map { [$0] } ?? []
    case .exact: Self.exact(text)
    }
  }

  private static func firstYear(_ text: String) -> String? {
    var digits: [UInt8] = []
    for byte in text.utf8 where digits.count < 4 {
      if UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte {
        digits.append(byte)
      } else {
        digits = []
      }
    }
    return digits.count == 4 ? String(decoding: digits, as: UTF8.self) : nil
  }

  private static func exact(_ text: String) -> [String] {
    var text = text[...].drop { $0 == " " }
    while text.last == " " { text.removeLast() }
    return text.isEmpty ? [] : [String(text)]
  }
}
