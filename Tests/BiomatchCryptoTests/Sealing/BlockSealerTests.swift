import TestVectors
import Testing

@testable import BiomatchCrypto

struct SealedBlocksVector: NamedVector {
  struct Block: Decodable, Sendable {
    let message: HexBytes
    let sealed: HexBytes
  }

  let name: String
  let key: HexBytes
  let salt: HexBytes
  let associatedData: HexBytes
  let blocks: [Block]
}

@Suite("Sealed blocks")
struct BlockSealerTests {
  private static let key = [UInt8](repeating: 0x42, count: 32)
  private static let data: [UInt8] = [1, 2, 3]

  private struct File {
    let salt: [UInt8]
    let blocks: [[UInt8]]
  }

  /// Four blocks; block n has n + 1 bytes.
  private func file() throws -> File {
    var sealer = try BlockSealer(key: SecretBytes(copying: Self.key))
    let salt = sealer.salt
    var blocks: [[UInt8]] = []
    for number in 0..<3 {
      blocks.append(try sealer.seal([UInt8](0...UInt8(number)), associatedData: Self.data))
    }
    blocks.append(try sealer.sealLast([0, 1, 2, 3], associatedData: Self.data))
    return File(salt: salt, blocks: blocks)
  }

  @Test(
    "are as they always were",
    arguments: try TestVectors.list("crypto/sealed-blocks.json", of: SealedBlocksVector.self)
  )
  func known(vector: SealedBlocksVector) throws {
    let key = SecretBytes(copying: vector.key.bytes)
    let data = vector.associatedData.bytes
    var sealer = try BlockSealer(key: key, salt: vector.salt.bytes)
    for block in vector.blocks.dropLast() {
      #expect(try sealer.seal(block.message.bytes, associatedData: data) == block.sealed.bytes)
    }
    let last = try #require(vector.blocks.last)
    #expect(try sealer.sealLast(last.message.bytes, associatedData: data) == last.sealed.bytes)

    var opener = try BlockOpener(key: key, salt: vector.salt.bytes)
    for (number, block) in vector.blocks.enumerated().reversed() {
      let opened = try opener.open(
        block.sealed.bytes,
        number: UInt64(number),
        isLast: number == vector.blocks.count - 1,
        associatedData: data
      )
      #expect(opened == block.message.bytes, "block \(number)")
    }
  }

  @Test("open in their own place only")
  func places() throws {
    let file = try file()
    var opener = try BlockOpener(key: SecretBytes(copying: Self.key), salt: file.salt)
    for block in 0..<4 {
      for number in 0..<5 {
        for isLast in [false, true] {
          let opened = try? opener.open(
            file.blocks[block],
            number: UInt64(number),
            isLast: isLast,
            associatedData: Self.data
          )
          let belongs = block == number && isLast == (block == 3)
          #expect(
            opened == (belongs ? [UInt8](0...UInt8(block)) : nil),
            "block \(block) as \(number), last: \(isLast)"
          )
        }
      }
    }
  }

  @Test("do not open once any bit of block, salt or associated data is changed")
  func flippedBits() throws {
    let file = try file()
    let key = SecretBytes(copying: Self.key)
    var opener = try BlockOpener(key: key, salt: file.salt)
    let sealed = file.blocks[2]
    for bit in 0..<8 * sealed.count {
      var changed = sealed
      changed[bit / 8] ^= 1 << (bit % 8)
      #expect(throws: CryptoError.authentication(.sealedBlocks), "bit \(bit) of the block") {
        _ = try opener.open(changed, number: 2, isLast: false, associatedData: Self.data)
      }
    }
    for bit in 0..<8 * file.salt.count {
      var salt = file.salt
      salt[bit / 8] ^= 1 << (bit % 8)
      var other = try BlockOpener(key: key, salt: salt)
      #expect(throws: CryptoError.authentication(.sealedBlocks), "bit \(bit) of the salt") {
        _ = try other.open(sealed, number: 2, isLast: false, associatedData: Self.data)
      }
    }
    for bit in 0..<24 {
      var data = Self.data
      data[bit / 8] ^= 1 << (bit % 8)
      #expect(throws: CryptoError.authentication(.sealedBlocks), "bit \(bit) of associated data") {
        _ = try opener.open(sealed, number: 2, isLast: false, associatedData: data)
      }
    }
  }

  @Test("have nonces that tell number and end apart, without end")
  func nonces() {
    var nonces: Set<[UInt8]> = []
    let numbers = Array(0...999) + [255, 256, 65_535, 65_536, 1 << 32, 1 << 40, .max] as [UInt64]
    for number in numbers {
      for isLast in [false, true] {
        let nonce = BlockKey.nonce(number: number, isLast: isLast)
        #expect(nonce.count == 12)
        nonces.insert(nonce)
      }
    }
    #expect(nonces.count == 2 * Set(numbers).count)
  }

  @Test("of two files under one key have different salts, and so different keys")
  func salts() throws {
    let key = SecretBytes(copying: Self.key)
    var salts: Set<[UInt8]> = []
    var blocks: Set<[UInt8]> = []
    for _ in 0..<500 {
      let sealer = try BlockSealer(key: key)
      #expect(sealer.salt.count == BlockSealer.saltSize)
      salts.insert(sealer.salt)
      blocks.insert(try sealer.sealLast([UInt8](repeating: 0, count: 32), associatedData: []))
    }
    #expect(salts.count == 500)
    #expect(blocks.count == 500)
  }

  @Test("use up a number even where sealing fails")
  func failedSealing() throws {
    var sealer = try BlockSealer(key: SecretBytes(copying: Self.key))
    let tooLong = UnsafeRawBufferPointer(start: UnsafeRawPointer(bitPattern: 4096), count: 1 << 31)
    let error = #expect(throws: CryptoError.self) {
      // Refused by its length before a byte of it is read.
      _ = try sealer.seal(tooLong.bytes, associatedData: Self.data.span.bytes)
    }
    #expect(error?.code == "crypto.message-length")
    #expect(sealer.nextNumber == 1)
  }

  @Test("refuse keys, salts and blocks of other lengths")
  func lengths() throws {
    let key = SecretBytes(copying: Self.key)
    let shortKey = #expect(throws: CryptoError.self) {
      _ = try BlockSealer(key: SecretBytes(copying: [1]))
    }
    #expect(shortKey?.code == "crypto.key-length")
    let shortSalt = #expect(throws: CryptoError.self) {
      _ = try BlockOpener(key: key, salt: [1])
    }
    #expect(shortSalt?.code == "crypto.salt-length")
    var opener = try BlockOpener(key: key, salt: [UInt8](repeating: 0, count: 32))
    let shortBlock = #expect(throws: CryptoError.self) {
      _ = try opener.open(
        [UInt8](repeating: 0, count: 15),
        number: 0,
        isLast: true,
        associatedData: []
      )
    }
    #expect(shortBlock?.code == "crypto.sealed-length")
  }
}
