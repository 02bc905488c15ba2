import BiomatchCrypto

/// Remembers the bits of tokens: names repeat the same few hundred pairs of letters, and a hash costs
/// a hundred times as much as finding its bits again.
///
/// Open addressing over memory that is overwritten with zeros when it is given up: the bits of tokens
/// are as telling as a key. When it is as large as it may be, it forgets everything and starts anew.
final class TokenMasks {
  /// The most memory, in bytes.
  private static let memoryLimit = 8 << 20

  /// Small, as a schema may have many features, and rows be long.
  private static let firstCapacity = 4

  private let wordsPerMask: Int
  private var memory: SecretBytes
  private var slots: UnsafeMutablePointer<UInt64>
  private var capacity: Int
  private var count = 0

  init(wordsPerMask: Int) {
    self.wordsPerMask = wordsPerMask
    capacity = Self.firstCapacity
    memory = Self.memory(capacity: Self.firstCapacity, wordsPerMask: wordsPerMask)
    slots = Self.address(of: &memory)
  }

  /// The place of the bits of a token; where it is new they are zero and to be set.
  ///
  /// The row is good until the next call.
  @inline(__always)
  func find(_ key: TokenKey) -> (row: BitRow, isNew: Bool) {
    let size = 2 + wordsPerMask
    var slot = key.hash & (capacity - 1)
    while true {
      let place = slots + slot * size
      if place[1] == key.kind, place[0] == key.content {
        return (BitRow(place + 2, wordCount: wordsPerMask), false)
      }
      if place[1] == 0 { return (insert(key), true) }
      slot = (slot + 1) & (capacity - 1)
    }
  }

  /// Forgets a token whose bits could not be set.
  func removeAll() {
    memory = Self.memory(capacity: Self.firstCapacity, wordsPerMask: wordsPerMask)
    slots = Self.address(of: &memory)
    capacity = Self.firstCapacity
    count = 0
  }

  private func insert(_ key: TokenKey) -> BitRow {
    if 2 * (count + 1) > capacity { makeRoom() }
    count += 1
    let place = freePlace(for: key)
    place[0] = key.content
    place[1] = key.kind
    return BitRow(place + 2, wordCount: wordsPerMask)
  }

  private func makeRoom() {
    let size = 2 + wordsPerMask
    guard 2 * capacity * size * 8 <= Self.memoryLimit else { return removeAll() }
    // The older memory lives to the end of this function, and is then overwritten.
    var larger = Self.memory(capacity: 2 * capacity, wordsPerMask: wordsPerMask)
    let old = slots
    let oldCapacity = capacity
    slots = Self.address(of: &larger)
    capacity *= 2
    for slot in 0..<oldCapacity {
      let place = old + slot * size
      guard place[1] != 0 else { continue }
      freePlace(for: TokenKey(content: place[0], kind: place[1])).update(from: place, count: size)
    }
    memory = larger
  }

  private func freePlace(for key: TokenKey) -> UnsafeMutablePointer<UInt64> {
    let size = 2 + wordsPerMask
    var slot = key.hash & (capacity - 1)
    while slots[slot * size + 1] != 0 { slot = (slot + 1) & (capacity - 1) }
    return slots + slot * size
  }

  private static func memory(capacity: Int, wordsPerMask: Int) -> SecretBytes {
    SecretBytes(count: capacity * (2 + wordsPerMask) * 8)
  }

  private static func address(of memory: inout SecretBytes) -> UnsafeMutablePointer<UInt64> {
    // The secret's memory stays where it is for as long as it lives, which is as long as `memory`.
    memory.withUnsafeMutableBytes { bytes in
      guard let address = bytes.baseAddress else { preconditionFailure("a table has memory") }
      return address.bindMemory(to: UInt64.self, capacity: bytes.count / 8)
    }
  }
}

/// Names a token and the number of its bits; equal for equal ones only.
struct TokenKey {
  /// The characters, or the number.
  let content: UInt64
  /// The kind of token with its place and number of bits; never zero.
  let kind: UInt64

  init(content: UInt64, kind: UInt64) {
    self.content = content
    self.kind = kind
  }

  /// A run of at most three characters, with its position or zero.
  @inline(__always)
  init(characters: UInt64, position: Int, bits: Int) {
    content = characters
    kind = 1 | UInt64(bits) << 8 | UInt64(position) << 24
  }

  /// A whole number.
  init(number: Int64, bits: Int) {
    content = UInt64(bitPattern: number)
    kind = 2 | UInt64(bits) << 8
  }

  /// A whole value of one to twelve bytes.
  init?(value: [UInt8], bits: Int) {
    guard (1...12).contains(value.count) else { return nil }
    var low: UInt64 = 0
    for byte in value.prefix(8) { low = low << 8 | UInt64(byte) }
    var high: UInt64 = 0
    for byte in value.dropFirst(8) { high = high << 8 | UInt64(byte) }
    content = low
    kind = 3 | UInt64(value.count) << 4 | UInt64(bits) << 8 | high << 24
  }

  @inline(__always)
  var hash: Int {
    var mixed = content &* 0x9E37_79B9_7F4A_7C15 ^ kind &* 0xD6E8_FEB8_6659_FD93
    mixed ^= mixed >> 32
    mixed &*= 0xD6E8_FEB8_6659_FD93
    return Int(truncatingIfNeeded: mixed >> 29)
  }
}
