/// Texts that are looked for together.
struct WantedTexts {
  let texts: [[UInt8]]
  /// Whether a text begins with two bytes.
  private var begins = [Bool](repeating: false, count: 1 << 16)
  /// The texts that begin with two bytes.
  private var beginning: [Int: [[UInt8]]] = [:]

  /// - Parameter texts: of at least two bytes.
  init(_ texts: [[UInt8]]) {
    self.texts = texts
    for text in texts {
      precondition(text.count >= 2, "what is looked for has two bytes")
      let pair = Int(text[0]) << 8 | Int(text[1])
      begins[pair] = true
      beginning[pair, default: []].append(text)
    }
  }

  /// Whether the bytes of one of them lie in `buffer`, one behind the other.
  ///
  /// - Complexity: O(size of the buffer) for few texts or many.
  func isAny(in buffer: [UInt8]) -> Bool {
    var last = 0
    for (index, byte) in buffer.enumerated() {
      let pair = (last << 8 | Int(byte)) & 0xFFFF
      last = Int(byte)
      guard begins[pair], index > 0, let texts = beginning[pair] else { continue }
      let rest = buffer[(index - 1)...]
      if texts.contains(where: { rest.starts(with: $0) }) { return true }
    }
    return false
  }
}
