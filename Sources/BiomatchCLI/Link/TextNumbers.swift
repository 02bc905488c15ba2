/// Texts by number, in the order in which they first came: a hash table over one block of memory.
struct TextNumbers {
  private var bytes: [UInt8] = []
  private var ends: [Int] = []
  /// Numbers from one on, where the hash of their text points or behind; zero for none.
  private var slots = [UInt32](repeating: 0, count: 1 << 10)
  private var last: Int?

  /// How many texts there are.
  var count: Int { ends.count }

  /// A text by its number.
  subscript(number: Int) -> ArraySlice<UInt8> {
    bytes[(number == 0 ? 0 : ends[number - 1])..<ends[number]]
  }

  /// The number of a text; `nil` for one that never came.
  func existing(_ text: ArraySlice<UInt8>) -> Int? { slot(of: text).number }

  /// The number of a text, which is added if it never came.
  mutating func number(of text: ArraySlice<UInt8>) -> Int {
    // Lists of pairs have the pairs of one record together.
    if let last, self[last] == text { return last }
    let (number, slot) = slot(of: text)
    last = number ?? add(text, slot)
    return number ?? count - 1
  }

  private mutating func add(_ text: ArraySlice<UInt8>, _ slot: Int) -> Int {
    bytes += text
    ends.append(bytes.count)
    slots[slot] = UInt32(count)
    if 2 * count > slots.count { grow() }
    return count - 1
  }

  private mutating func grow() {
    slots = [UInt32](repeating: 0, count: 2 * slots.count)
    for number in 0..<count { slots[slot(of: self[number]).slot] = UInt32(number + 1) }
  }

  private func slot(of text: ArraySlice<UInt8>) -> (number: Int?, slot: Int) {
    // Swift's hash has a key of its own in each process: nobody can make a file slow to read.
    var hasher = Hasher()
    text.withUnsafeBytes { hasher.combine(bytes: $0) }
    var slot = hasher.finalize() & (slots.count - 1)
    while slots[slot] != 0 {
      let number = Int(slots[slot]) - 1
      if self[number] == text { return (number, slot) }
      slot = (slot + 1) & (slots.count - 1)
    }
    return (nil, slot)
  }
}
