import BiomatchCrypto
import BiomatchTestSupport
import TestVectors
import Testing

struct KeyStreamVector: NamedVector {
  let name: String
  let key: HexBytes
  let label: String
  let context: HexBytes
  let first: HexBytes
  let count: Int
  let digest: HexBytes

  func stream() throws -> KeyStream {
    try KeyStream(key: SecretBytes(copying: key.bytes), label: label, context: context.bytes)
  }

  static func all() throws -> [KeyStreamVector] { try TestVectors.list("crypto/key-stream.json") }
}

@Suite("Key stream")
struct KeyStreamTests {
  @Test("starts as it always did", arguments: try KeyStreamVector.all())
  func known(vector: KeyStreamVector) throws {
    var stream = try vector.stream()
    #expect(try stream.bytes(vector.first.bytes.count) == vector.first.bytes)
  }

  @Test("goes on as it always did", arguments: try KeyStreamVector.all())
  func knownFurther(vector: KeyStreamVector) throws {
    var stream = try vector.stream()
    #expect(try HashAlgorithm.sha256.digest(of: stream.bytes(vector.count)) == vector.digest.bytes)
  }

  @Test("does not depend on how it is read", arguments: UInt64(0)..<20)
  func pieces(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let vector = try KeyStreamVector.all()[0]
    var whole = try vector.stream()
    var pieces = try vector.stream()
    let expected = try whole.bytes(9000)
    var found: [UInt8] = []
    while found.count < 9000 - 700 {
      if Bool.random(using: &random) {
        found += try pieces.bytes(Int.random(in: 0...700, using: &random))
      } else {
        withUnsafeBytes(of: try pieces.nextUInt64().littleEndian) { found += $0 }
      }
    }
    #expect(found == Array(expected.prefix(found.count)), "seed \(seed)")
  }

  @Test("draws integers below a bound by cutting and rejecting, and reaches each of them")
  func bounded() throws {
    for bound in [1, 2, 3, 5, 8, 100, 1 << 63, .max] as [UInt64] {
      let vector = try KeyStreamVector.all()[1]
      var stream = try vector.stream()
      var words = try vector.stream()
      var seen: Set<UInt64> = []
      for _ in 0..<2000 {
        let drawn = try stream.nextUInt64(below: bound)
        var expected: UInt64
        repeat {
          expected = try words.nextUInt64()
          if bound == 1 { expected = 0 }
          var power: UInt64 = 1
          while power < bound, power < 1 << 63 { power <<= 1 }
          if power >= bound { expected %= power }
        } while expected >= bound
        #expect(drawn == expected, "bound \(bound)")
        seen.insert(drawn)
      }
      if bound <= 100 { #expect(seen.count == Int(bound)) }
    }
  }

  @Test("differs between labels, contexts and keys, also where their texts run together")
  func separation() throws {
    let key = SecretBytes(copying: [UInt8](repeating: 7, count: 32))
    let other = SecretBytes(copying: [UInt8](repeating: 8, count: 32))
    var starts: Set<[UInt8]> = []
    for (label, context) in [("ab", "c"), ("a", "bc"), ("abc", ""), ("", "abc")] {
      var stream = try KeyStream(key: key, label: label, context: Array(context.utf8))
      starts.insert(try stream.bytes(16))
    }
    var stream = try KeyStream(key: other, label: "ab", context: Array("c".utf8))
    starts.insert(try stream.bytes(16))
    #expect(starts.count == 5)
  }

  @Test("refuses a key of another length", arguments: [0, 31, 33, 64])
  func keyLength(count: Int) {
    let error = #expect(throws: CryptoError.self) {
      _ = try KeyStream(key: SecretBytes(copying: [UInt8](repeating: 1, count: count)), label: "x")
    }
    #expect(error == .length(.key, .keyStream, expected: 32...32, found: count))
  }
}
