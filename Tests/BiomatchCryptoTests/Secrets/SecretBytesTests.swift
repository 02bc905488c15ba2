import Testing

@testable import BiomatchCrypto

@Suite("Secret bytes")
struct SecretBytesTests {
  /// The secret lives in memory of the test, which outlives it and so shows what is left.
  @Test("leave zeros in their memory at the end of their life")
  func zeroed() {
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 64, alignment: 16)
    defer { memory.deallocate() }
    memory.copyBytes(from: [UInt8](1...64))
    use(SecretBytes(observing: memory), seeing: memory)
    #expect(memory.allSatisfy { $0 == 0 })
  }

  private func use(_ secret: consuming SecretBytes, seeing memory: UnsafeMutableRawBufferPointer) {
    #expect(secret.contents == [UInt8](1...64))
    #expect(memory[63] == 64, "the secret is still there while it lives")
  }

  @Test("moved from an array leave zeros in the array")
  func moved() {
    var source: [UInt8] = [1, 2, 3]
    let secret = SecretBytes(moving: &source)
    #expect(source == [0, 0, 0])
    #expect(secret.contents == [1, 2, 3])
  }

  @Test("tell their length and nothing else")
  func redacted() {
    let secret = SecretBytes(copying: [0xDE, 0xAD])
    #expect(secret.description == "secret of 2 bytes")
  }

  @Test("compare by every bit and by length")
  func equality() {
    let bytes = [UInt8](0..<32)
    let secret = SecretBytes(copying: bytes)
    #expect(secret.isEqual(to: secret.copy()) == true)
    for bit in 0..<256 {
      var other = bytes
      other[bit / 8] ^= 1 << (bit % 8)
      #expect(secret.isEqual(to: SecretBytes(copying: other)) == false, "bit \(bit)")
    }
    #expect(secret.isEqual(to: SecretBytes(copying: Array(bytes.dropLast()))) == false)
    #expect(SecretBytes(copying: []).isEqual(to: SecretBytes(copying: [])) == true)
  }

  @Test(
    "drawn at random have the length that was asked for and are not alike",
    arguments: [0, 1, 32, 5000]
  )
  func random(count: Int) throws {
    let first = try SecretBytes.random(count: count)
    let second = try SecretBytes.random(count: count)
    #expect(first.count == count)
    if count >= 32 { #expect(first.isEqual(to: second) == false) }
  }

  @Test("hand on the error of what works on them")
  func rethrown() {
    let secret = SecretBytes(copying: [1])
    #expect(throws: CryptoError.authentication(.hmacSHA256)) {
      try secret.withBytes { _ throws(CryptoError) in
        throw CryptoError.authentication(.hmacSHA256)
      }
    }
  }
}

@Suite("Secure random")
struct SecureRandomTests {
  @Test("gives other bytes each time, of every value")
  func bytes() throws {
    let first = try SecureRandom.bytes(count: 10_000)
    #expect(try first != SecureRandom.bytes(count: 10_000))
    // That one of 256 values is missing has a probability of 256 * (255 / 256)^10,000, below 1e-14.
    #expect(Set(first).count == 256)
    #expect(try SecureRandom.bytes(count: 0) == [])
  }
}

@Suite("Comparison in constant time")
struct ConstantTimeTests {
  @Test("sees equality as == does")
  func equality() {
    for (a, b) in [([], []), ([1], [1]), ([1], [2]), ([1, 2], [1]), ([], [0])]
      as [([UInt8], [UInt8])]
    {
      #expect(ConstantTime.equal(a, b) == (a == b), "\(a), \(b)")
    }
  }
}
