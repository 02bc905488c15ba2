/// The words of a code in memory that somebody else owns and keeps for as long as this is used: the
/// one place of the encoder where memory is addressed without checks of the language.
struct BitRow {
  private let words: UnsafeMutablePointer<UInt64>
  let wordCount: Int

  init(_ words: UnsafeMutablePointer<UInt64>, wordCount: Int) {
    self.words = words
    self.wordCount = wordCount
  }

  /// Sets a bit, counted from zero as clkhash counts.
  @inline(__always)
  func set(_ bit: Int) {
    precondition(UInt(bitPattern: bit) < UInt(bitPattern: wordCount * 64), "a bit of the row")
    words[bit >> 6] |= 1 << UInt64(bit & 63)
  }

  func isSet(_ bit: Int) -> Bool {
    precondition(UInt(bitPattern: bit) < UInt(bitPattern: wordCount * 64), "a bit of the row")
    return words[bit >> 6] >> UInt64(bit & 63) & 1 == 1
  }

  /// Sets all bits of another row of the same length.
  @inline(__always)
  func formUnion(_ other: BitRow) {
    precondition(other.wordCount == wordCount, "rows of one length")
    for index in 0..<wordCount { words[index] |= other.words[index] }
  }

  func clear() { words.update(repeating: 0, count: wordCount) }

  /// Exclusive or of all parts of `bits` bits each into `output`, which clkhash calls folding.
  func fold(bits: Int, times: Int, into output: BitRow) {
    precondition(
      output.wordCount * 64 >= bits && wordCount * 64 >= bits << times,
      "rows of these lengths"
    )
    output.clear()
    if bits.isMultiple(of: 64) {
      for index in 0..<(bits / 64) << times { output.words[index % (bits / 64)] ^= words[index] }
    } else {
      for bit in 0..<bits << times where isSet(bit) {
        let target = bit % bits
        output.words[target >> 6] ^= 1 << UInt64(target & 63)
      }
    }
  }
}
