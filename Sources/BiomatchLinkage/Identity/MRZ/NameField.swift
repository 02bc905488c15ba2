import BiomatchCore

/// The name field: components separated by one filler, the identifiers by two.
enum NameField {
  /// How many characters the identifiers take, separators included.
  static func length(_ primary: [String], _ secondary: [String]) -> Int {
    let first = length(primary.map(\.utf8.count))
    return secondary.isEmpty ? first : first + 2 + length(secondary.map(\.utf8.count))
  }

  /// How many characters components of these lengths take.
  static func length(_ components: [Int]) -> Int {
    components.reduce(0, +) + max(0, components.count - 1)
  }

  /// The field's characters, without the fillers behind the name.
  static func bytes(_ primary: [String], _ secondary: [String]) -> [UInt8] {
    var text = primary.joined(separator: "<")
    if !secondary.isEmpty { text += "<<" + secondary.joined(separator: "<") }
    return Array(text.utf8)
  }
}

extension MRZParsing {
  mutating func name() throws(MRZError) -> PersonName? {
    let range = layout.name
    let end = trimmedEnd(range)
    var parts: [[String]] = [[]]
    var offset = range.lowerBound
    if end > offset, bytes[offset] == MRZCharacter.filler {
      try reportName(at: offset, "a name must begin at the first position of its field")
    }
    while offset < end {
      var fillers = 0
      while offset < end, bytes[offset] == MRZCharacter.filler {
        fillers += 1
        offset += 1
      }
      if fillers > 2 || fillers == 2 && parts.count == 2 {
        try reportName(
          at: offset - fillers,
          "one filler must part components and two the identifiers, once, found '\(raw(range))'"
        )
      }
      if fillers >= 2, parts.count == 1, !parts[0].isEmpty { parts.append([]) }
      let start = offset
      while offset < end, bytes[offset] != MRZCharacter.filler { offset += 1 }
      let component = try component(start..<offset)
      if !component.isEmpty { parts[parts.count - 1].append(component) }
    }
    if parts[0].isEmpty {
      guard parts.count == 2, !parts[1].isEmpty else {
        try reportName(at: range.lowerBound, "a name must have a letter at least")
        return nil
      }
      return PersonName(wellFormed: parts[1], [])
    }
    return PersonName(wellFormed: parts[0], parts.count == 2 ? parts[1] : [])
  }

  /// A component; a digit in it, which no name has, is read leniently as the letter that it looks like.
  private mutating func component(_ range: Range<Int>) throws(MRZError) -> String {
    guard let digit = bytes[range].firstIndex(where: { !isCapital($0) }) else {
      return String(decoding: bytes[range], as: UTF8.self)
    }
    try reportName(at: digit, "a name must not have digits, found '\(raw(range))'")
    let letters = bytes[range].compactMap { byte in
      isCapital(byte) ? byte : OCRConfusion.letters(for: byte).first
    }
    return String(decoding: letters, as: UTF8.self)
  }

  private mutating func reportName(
    at offset: Int,
    _ text: String
  ) throws(MRZError) {
    try report(.name, at: offset, field: "name", text)
  }
}
