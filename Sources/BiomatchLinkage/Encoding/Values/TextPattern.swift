/// A regular expression that a text matches as a whole, in time proportional to the text.
///
/// It understands characters, escapes, `.`, classes (`[A-Z]`, `[^0-9]`, `\d`, `\w`, `\s` and their
/// opposites), groups, alternatives, the repetitions `*`, `+`, `?` and `{m,n}`, and the anchors `^`,
/// `$`, `\A` and `\Z`, all with the meaning that they have in Python. It refuses what needs more than
/// that, back references and look-around above all: a table comes from somebody else, and no value may
/// keep the matcher busy for long.
///
/// Source: K. Thompson, "Regular Expression Search Algorithm", Communications of the ACM 11(6), 1968,
/// doi:10.1145/363347.363387.
public struct TextPattern: Sendable, Hashable {
  /// The expression as it is written.
  public let source: String

  let program: [PatternStep]

  /// The pattern.
  ///
  /// - Throws: ``TextPatternError``.
  public init(_ source: String) throws(TextPatternError) {
    self.source = source
    var parser = PatternParser(source)
    let tree = try parser.tree()
    program = try PatternCompiler.program(tree)
  }

  /// Whether the text as a whole matches.
  public func matches(_ text: String) -> Bool { matches(text.unicodeScalars.map(\.value)) }

  /// Whether two patterns are written alike.
  public static func == (lhs: Self, rhs: Self) -> Bool {
    lhs.source.utf8.elementsEqual(rhs.source.utf8)
  }

  /// Hashes what ``==(_:_:)`` compares.
  public func hash(into hasher: inout Hasher) { hasher.combine(Array(source.utf8)) }

  /// Whether the text as a whole matches.
  ///
  /// - Complexity: O(characters · steps of the program).
  func matches(_ text: [UInt32]) -> Bool {
    var current = StepSet(count: program.count)
    var next = StepSet(count: program.count)
    add(0, to: &current, at: 0, of: text)
    for (index, scalar) in text.enumerated() {
      next.removeAll()
      for step in current.members {
        if case .character(let characters) = program[step], characters.contains(scalar) {
          add(step + 1, to: &next, at: index + 1, of: text)
        }
      }
      swap(&current, &next)
      if current.members.isEmpty { return false }
    }
    return current.members.contains { program[$0] == .accept }
  }

  /// Adds a step and all that follow it without taking a character.
  private func add(_ first: Int, to set: inout StepSet, at position: Int, of text: [UInt32]) {
    var waiting = [first]
    while let step = waiting.popLast() {
      guard set.insert(step) else { continue }
      switch program[step] {
      case .jump(let target): waiting.append(target)
      case .split(let target):
        waiting.append(target)
        waiting.append(step + 1)
      case .start: if position == 0 { waiting.append(step + 1) }
      case .end: if position == text.count { waiting.append(step + 1) }
      case .endOfLine:
        if position == text.count || position + 1 == text.count && text[position] == 0x0A {
          waiting.append(step + 1)
        }
      case .character, .accept: break
      }
    }
  }
}

/// Steps without an order of their own, emptied in constant time.
private struct StepSet {
  private(set) var members: [Int] = []
  private var marks: [UInt32]
  private var mark: UInt32 = 1

  init(count: Int) { marks = Array(repeating: 0, count: count) }

  mutating func insert(_ step: Int) -> Bool {
    guard marks[step] != mark else { return false }
    marks[step] = mark
    members.append(step)
    return true
  }

  mutating func removeAll() {
    members.removeAll(keepingCapacity: true)
    mark += 1
  }
}

/// Why a text is no regular expression that is understood.
public struct TextPatternError: Error, Sendable, Hashable {
  /// How many characters come before the fault.
  public var offset: Int
  /// What is wrong, without a full stop.
  public var text: String
}

/// A step of a compiled pattern; the next one follows unless told.
enum PatternStep: Sendable, Hashable {
  case character(CharacterClass)
  /// Goes on with the next step and with that one.
  case split(Int)
  case jump(Int)
  case start, end, endOfLine
  case accept
}

/// A set of characters.
struct CharacterClass: Sendable, Hashable {
  enum Member: Sendable, Hashable {
    case range(ClosedRange<UInt32>)
    case digit, word, space
    case notDigit, notWord, notSpace
  }

  var members: [Member]
  var isNegated = false

  func contains(_ value: UInt32) -> Bool {
    members.contains { member in
      switch member {
      case .range(let range): range.contains(value)
      case .digit: PythonCharacter.decimal(value) != nil
      case .word: PythonCharacter.isWord(value)
      case .space: PythonCharacter.isSpace(value)
      case .notDigit: PythonCharacter.decimal(value) == nil
      case .notWord: !PythonCharacter.isWord(value)
      case .notSpace: !PythonCharacter.isSpace(value)
      }
    } != isNegated
  }
}
