import BiomatchTestSupport
import TestVectors
import Testing

@testable import BiomatchCrypto

struct SealingVector: NamedVector {
  let name: String
  let key: HexBytes
  let nonce: HexBytes
  let associatedData: HexBytes
  /// None where the sealed message is not genuine.
  let message: HexBytes?
  let sealed: HexBytes
}

@Suite("AES-256-GCM")
struct GCMTests {
  @Test(
    "seals, opens and refuses as NIST's validation programme says",
    arguments: try TestVectors.list("crypto/aes-256-gcm.json", of: SealingVector.self)
  )
  func published(vector: SealingVector) throws {
    var gcm = try GCMContext.make(.sealedBlocks)
    try gcm.setKey(SecretBytes(copying: vector.key.bytes))
    var opened: [UInt8] = [0xAA]
    let error = failure {
      try gcm.open(
        vector.sealed.bytes.span.bytes,
        associatedData: vector.associatedData.bytes.span.bytes,
        nonce: vector.nonce.bytes.span.bytes,
        appendingTo: &opened
      )
    }
    guard let message = vector.message else {
      #expect(error == .authentication(.sealedBlocks))
      #expect(opened == [0xAA], "nothing of a message that is not genuine is given out")
      return
    }
    #expect(error == nil)
    #expect(opened == [0xAA] + message.bytes)
    var sealed: [UInt8] = [0xAA]
    try gcm.seal(
      message.bytes.span.bytes,
      associatedData: vector.associatedData.bytes.span.bytes,
      nonce: vector.nonce.bytes.span.bytes,
      appendingTo: &sealed
    )
    #expect(sealed == [0xAA] + vector.sealed.bytes)
  }

  private func failure(_ body: () throws -> Void) -> CryptoError? {
    do { try body() } catch { return error as? CryptoError }
    return nil
  }
}

@Suite("Sealed messages")
struct SealerTests {
  private static let key = [UInt8](repeating: 0x42, count: 32)

  @Test(
    "are those of XAES-256-GCM",
    arguments: try TestVectors.list("crypto/xaes-256-gcm.json", of: SealingVector.self)
  )
  func published(vector: SealingVector) throws {
    let message = try #require(vector.message).bytes
    let associatedData = vector.associatedData.bytes
    var sealer = try Sealer(key: SecretBytes(copying: vector.key.bytes))
    // The second time, the value has served another message.
    for _ in 0..<2 {
      var sealed: [UInt8] = []
      try sealer.seal(
        message.span.bytes,
        associatedData: associatedData.span.bytes,
        nonce: vector.nonce.bytes,
        appendingTo: &sealed
      )
      #expect(sealed == vector.nonce.bytes + vector.sealed.bytes)
      #expect(try sealer.open(sealed, associatedData: associatedData) == message)
      _ = try sealer.seal([1, 2, 3], associatedData: [])
    }
  }

  @Test("are longer by the overhead and open again, whatever their lengths")
  func roundTrip() throws {
    var random = SeededGenerator(seed: 3)
    var sealer = try Sealer(key: SecretBytes(copying: Self.key))
    var other = try Sealer(key: SecretBytes(copying: Self.key))
    for count in [0, 1, 15, 16, 17, 1000, 100_000] {
      for dataCount in [0, 1, 16, 300] {
        let message = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
        let data = (0..<dataCount).map { _ in UInt8.random(in: 0...255, using: &random) }
        let sealed = try sealer.seal(message, associatedData: data)
        #expect(sealed.count == count + Sealer.overhead)
        #expect(try other.open(sealed, associatedData: data) == message)
      }
    }
  }

  @Test("do not open once any bit of nonce, ciphertext, tag or associated data is changed")
  func flippedBits() throws {
    var sealer = try Sealer(key: SecretBytes(copying: Self.key))
    let data: [UInt8] = [1, 2, 3, 4, 5]
    let sealed = try sealer.seal([UInt8](0..<40), associatedData: data)
    for bit in 0..<8 * sealed.count {
      var changed = sealed
      changed[bit / 8] ^= 1 << (bit % 8)
      #expect(throws: CryptoError.authentication(.xaes256GCM), "bit \(bit) of the sealed message") {
        _ = try sealer.open(changed, associatedData: data)
      }
    }
    for bit in 0..<8 * data.count {
      var changed = data
      changed[bit / 8] ^= 1 << (bit % 8)
      #expect(throws: CryptoError.authentication(.xaes256GCM), "bit \(bit) of associated data") {
        _ = try sealer.open(sealed, associatedData: changed)
      }
    }
    #expect(try sealer.open(sealed, associatedData: data) == [UInt8](0..<40))
  }

  @Test("do not open under a key with any bit changed")
  func otherKey() throws {
    var sealer = try Sealer(key: SecretBytes(copying: Self.key))
    let sealed = try sealer.seal([9], associatedData: [])
    for bit in 0..<256 {
      var key = Self.key
      key[bit / 8] ^= 1 << (bit % 8)
      #expect(throws: CryptoError.authentication(.xaes256GCM), "bit \(bit)") {
        var other = try Sealer(key: SecretBytes(copying: key))
        _ = try other.open(sealed, associatedData: [])
      }
    }
  }

  @Test("of every shorter length are refused, and what was there before stays")
  func truncated() throws {
    var sealer = try Sealer(key: SecretBytes(copying: Self.key))
    let sealed = try sealer.seal([1, 2, 3], associatedData: [])
    for count in 0..<sealed.count {
      var output: [UInt8] = [7]
      let error = #expect(throws: CryptoError.self, "\(count) bytes") {
        try sealer.open(
          sealed.span.bytes.extracting(first: count),
          associatedData: [UInt8]().span.bytes,
          appendingTo: &output
        )
      }
      #expect(
        error?.code == (count < 40 ? "crypto.sealed-length" : "crypto.authentication"),
        "\(count) bytes"
      )
      #expect(output == [7])
    }
  }

  @Test("refuse a key of another length", arguments: [0, 16, 31, 33])
  func keyLength(count: Int) {
    let error = #expect(throws: CryptoError.self) {
      _ = try Sealer(key: SecretBytes(copying: [UInt8](repeating: 0, count: count)))
    }
    #expect(error == .length(.key, .xaes256GCM, expected: 32...32, found: count))
  }

  /// Half of a nonce repeats among 20,000 with a probability of 2^-68, if nonces are random.
  @Test("never have the nonce of another, nor half of it, even from sealers that start alike")
  func nonces() throws {
    var nonces: Set<ArraySlice<UInt8>> = []
    var halves: Set<ArraySlice<UInt8>> = []
    for _ in 0..<100 {
      var sealer = try Sealer(key: SecretBytes(copying: Self.key))
      for _ in 0..<200 {
        let sealed = try sealer.seal([], associatedData: [])
        nonces.insert(sealed[0..<24])
        halves.insert(sealed[0..<12])
        halves.insert(sealed[12..<24])
      }
    }
    #expect(nonces.count == 20_000)
    #expect(halves.count == 40_000)
  }

  @Test("hold keys, which come back as secrets")
  func secrets() throws {
    var sealer = try Sealer(key: SecretBytes(copying: Self.key))
    let key = try SecretBytes.random(count: 32)
    let sealed = try sealer.seal(key, associatedData: [1])
    #expect(try sealer.openSecret(sealed, associatedData: [1]).isEqual(to: key) == true)
    #expect(throws: CryptoError.authentication(.xaes256GCM)) {
      _ = try sealer.openSecret(sealed, associatedData: [2])
    }
  }
}
