import BiomatchCrypto
import BiomatchTestSupport
import TestVectors
import Testing

struct HashVector: NamedVector {
  let name: String
  let message: HexBytes
  let repetitions: Int
  let digest: HexBytes

  var whole: [UInt8] {
    [[UInt8]](repeating: message.bytes, count: repetitions).flatMap(\.self)
  }
}

@Suite("SHA-2")
struct HashTests {
  @Test(
    "SHA-256 gives the digests of FIPS 180 and of NIST's validation programme",
    arguments: try TestVectors.list("crypto/sha-256.json", of: HashVector.self)
  )
  func sha256(vector: HashVector) throws {
    #expect(try HashAlgorithm.sha256.digest(of: vector.whole) == vector.digest.bytes)
  }

  @Test(
    "SHA-512 gives the digests of FIPS 180 and of NIST's validation programme",
    arguments: try TestVectors.list("crypto/sha-512.json", of: HashVector.self)
  )
  func sha512(vector: HashVector) throws {
    #expect(try HashAlgorithm.sha512.digest(of: vector.whole) == vector.digest.bytes)
  }

  @Test(
    "does not depend on how the message is cut, message after message",
    arguments: UInt64(0)..<20
  )
  func pieces(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for algorithm in HashAlgorithm.allCases {
      var digest = try MessageDigest(algorithm)
      for _ in 0..<3 {
        let message = (0..<Int.random(in: 0...600, using: &random)).map { _ in
          UInt8.random(in: 0...255, using: &random)
        }
        var rest = message[...]
        while !rest.isEmpty {
          let count = Int.random(in: 0...min(150, rest.count), using: &random)
          try digest.update(Array(rest.prefix(count)))
          rest = rest.dropFirst(count)
        }
        let found = try digest.finish()
        #expect(try found == algorithm.digest(of: message), "\(algorithm), seed \(seed)")
        #expect(found.count == algorithm.digestSize)
      }
    }
  }
}
