/// Reads a regular expression.
struct PatternParser {
  private static let depthLimit = 50

  private let scalars: [Unicode.Scalar]
  private var position = 0

  init(_ source: String) { scalars = Array(source.unicodeScalars) }

  mutating func tree() throws(TextPatternError) -> PatternTree {
    let tree = try alternatives(depth: 0)
    guard position == scalars.count else { throw fault("a group ends that did not begin") }
    return tree
  }

  private mutating func alternatives(depth: Int) throws(TextPatternError) -> PatternTree {
    guard depth <= Self.depthLimit else { throw fault("groups lie too deep in one another") }
    var trees = [try sequence(depth: depth)]
    while take("|") { trees.append(try sequence(depth: depth)) }
    return trees.count == 1 ? trees[0] : .alternatives(trees)
  }

  private mutating func sequence(depth: Int) throws(TextPatternError) -> PatternTree {
    var trees: [PatternTree] = []
    while let next = peek, next != "|", next != ")" {
      let isAnchor = next == "^" || next == "$"
      var tree = try element(depth: depth)
      if let (least, most) = try repetition() {
        guard !isAnchor else { throw fault("an anchor cannot be repeated") }
        tree = .repetition(tree, least: least, most: most)
        // A lazy repetition finds the same whole texts as a greedy one.
        _ = take("?")
        if peek == "+" { throw fault("possessive repetitions are not understood") }
        if try repetition() != nil { throw fault("a repetition cannot be repeated") }
      }
      trees.append(tree)
    }
    return .sequence(trees)
  }

  private mutating func element(depth: Int) throws(TextPatternError) -> PatternTree {
    let scalar = scalars[position]
    position += 1
    switch scalar {
    case "(": return try group(depth: depth)
    case "[": return .step(.character(try characterClass()))
    case ".":
      return .step(.character(CharacterClass(members: [.range(0x0A...0x0A)], isNegated: true)))
    case "^": return .step(.start)
    case "$": return .step(.endOfLine)
    case "\\": return .step(try escape())
    case "*", "+", "?": throw fault("there is nothing to repeat")
    default: return .step(.character(Self.single(scalar)))
    }
  }

  private mutating func group(depth: Int) throws(TextPatternError) -> PatternTree {
    if take("?") {
      if take("P") {
        guard take("<") else { throw fault("this kind of group is not understood") }
        let start = position
        while let next = peek, next != ">" {
          guard next == "_" || next.properties.isAlphabetic || next.properties.numericType != nil
          else { throw fault("the name of a group has letters and digits") }
          position += 1
        }
        guard position > start, take(">") else { throw fault("the name of the group does not end") }
      } else if !take(":") {
        throw fault("look-around, flags and comments are not understood")
      }
    }
    let tree = try alternatives(depth: depth + 1)
    guard take(")") else { throw fault("a group does not end") }
    return tree
  }

  /// `nil` when there is no repetition here; braces that are none stand for themselves.
  private mutating func repetition() throws(TextPatternError) -> (least: Int, most: Int?)? {
    if take("*") { return (0, nil) }
    if take("+") { return (1, nil) }
    if take("?") { return (0, 1) }
    let start = position
    guard take("{") else { return nil }
    let least = number()
    let hasComma = take(",")
    let most = hasComma ? number() : least
    guard take("}"), least != nil || hasComma else {
      position = start
      return nil
    }
    if let least, let most, most < least { throw fault("a repetition ends before it begins") }
    guard max(least ?? 0, most ?? 0) <= 10_000 else { throw fault("a repetition is too long") }
    return (least ?? 0, most)
  }

  private mutating func number() -> Int? {
    let start = position
    var value = 0
    while let next = peek, "0"..."9" ~= next {
      value = min(value * 10 + Int(next.value - 0x30), 1_000_000)
      position += 1
    }
    return position > start ? value : nil
  }

  // MARK: Characters

  private mutating func characterClass() throws(TextPatternError) -> CharacterClass {
    var result = CharacterClass(members: [])
    result.isNegated = take("^")
    var isFirst = true
    while let next = peek {
      if next == "]", !isFirst {
        position += 1
        return result
      }
      isFirst = false
      let low = try classMember()
      guard peek == "-", position + 1 < scalars.count, scalars[position + 1] != "]" else {
        result.members.append(low)
        continue
      }
      position += 1
      let high = try classMember()
      guard case .range(let first) = low, case .range(let last) = high,
        first.lowerBound <= last.lowerBound
      else { throw fault("a range goes from a character to a later one") }
      result.members.append(.range(first.lowerBound...last.lowerBound))
    }
    throw fault("a class does not end")
  }

  private mutating func classMember() throws(TextPatternError) -> CharacterClass.Member {
    let scalar = scalars[position]
    position += 1
    guard scalar == "\\" else { return .range(scalar.value...scalar.value) }
    if take("b") { return .range(8...8) }
    guard case .character(let characters) = try escape(), characters.members.count == 1 else {
      throw fault("an anchor cannot be in a class")
    }
    return characters.members[0]
  }

  private mutating func escape() throws(TextPatternError) -> PatternStep {
    guard let scalar = peek else { throw fault("an escape lacks its character") }
    position += 1
    switch scalar {
    case "A": return .start
    case "Z": return .end
    case "d": return .character(CharacterClass(members: [.digit]))
    case "w": return .character(CharacterClass(members: [.word]))
    case "s": return .character(CharacterClass(members: [.space]))
    case "D": return .character(CharacterClass(members: [.notDigit]))
    case "W": return .character(CharacterClass(members: [.notWord]))
    case "S": return .character(CharacterClass(members: [.notSpace]))
    case "a": return .character(Self.single("\u{7}"))
    case "f": return .character(Self.single("\u{C}"))
    case "n": return .character(Self.single("\n"))
    case "r": return .character(Self.single("\r"))
    case "t": return .character(Self.single("\t"))
    case "v": return .character(Self.single("\u{B}"))
    case "x": return .character(Self.single(try hexadecimal(2)))
    case "u": return .character(Self.single(try hexadecimal(4)))
    case "U": return .character(Self.single(try hexadecimal(8)))
    case "a"..."z", "A"..."Z", "0"..."9": throw fault("this escape is not understood")
    default: return .character(Self.single(scalar))
    }
  }

  private mutating func hexadecimal(_ count: Int) throws(TextPatternError) -> Unicode.Scalar {
    var value: UInt32 = 0
    for _ in 0..<count {
      guard let digit = peek.flatMap({ Character($0).hexDigitValue }), value < 1 << 28 else {
        throw fault("the escape has \(count) hexadecimal digits")
      }
      value = value << 4 | UInt32(digit)
      position += 1
    }
    guard let scalar = Unicode.Scalar(value) else { throw fault("the escape is no character") }
    return scalar
  }

  private static func single(_ scalar: Unicode.Scalar) -> CharacterClass {
    CharacterClass(members: [.range(scalar.value...scalar.value)])
  }

  private var peek: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard peek == scalar else { return false }
    position += 1
    return true
  }

  private func fault(_ text: String) -> TextPatternError {
    TextPatternError(offset: position, text: text)
  }
}
