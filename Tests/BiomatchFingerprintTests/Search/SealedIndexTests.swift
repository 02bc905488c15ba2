import BiomatchCrypto
import BiomatchTestSupport
import Foundation
import Testing

@testable import BiomatchFingerprint

@Suite("Sealed fingerprint index")
struct SealedIndexTests {
  private static func key() throws -> IndexKey {
    try IndexKey(.random(count: IndexKey.secretSize))
  }

  @Test("a sealed index answers bit by bit what one in clear does, and shows nothing on disk")
  func course() throws {
    let directory = try TemporaryDirectory()
    let (plain, sealed) = (directory.file("plain"), directory.file("sealed"))
    let key = try Self.key()
    var random = SeededGenerator(seed: 81)
    let prints = try StoredPrint.random(120, using: &random)
    let indexes = [
      FingerprintIndex(matcher: Pool.matcher), FingerprintIndex(matcher: Pool.matcher),
    ]
    var screened = FingerprintSearchOptions(limit: 20)
    screened.threads = 2
    func compare() throws {
      for options in [screened, .exhaustive(limit: 1000)] {
        let opened = try FingerprintIndex(opening: sealed, matcher: Pool.matcher, sealedBy: key)
        #expect(try opened.candidates(options) == indexes[0].candidates(options))
        #expect(try indexes[1].candidates(options) == indexes[0].candidates(options))
        try opened.verify()
      }
    }
    for index in indexes { try index.append(prints[..<90].map(\.entry), threads: 1) }
    try indexes[0].save(to: plain)
    try indexes[1].save(to: sealed, sealedBy: key)
    try compare()
    for index in indexes {
      try index.append(prints[90...].map(\.entry), threads: 1)
      try index.remove([prints[5].reference])
      try index.save(mergingUpTo: 0)
    }
    try compare()
    for index in indexes { try index.purge() }
    try compare()
    #expect(indexes[1].isSealed && !indexes[0].isSealed)
    func files(_ path: String, have bytes: some Sequence<UInt8>) throws -> Bool {
      let bytes = Data(bytes)
      return try SavedFiles(path).files.values.contains { Data($0).range(of: bytes) != nil }
    }
    let packed = Pool.matcher.describe(Pool.templates[prints[0].template]).packed[8..<72]
    for bytes in [Array(prints[0].reference.string.utf8), Array(packed)] {
      #expect(try files(plain, have: bytes))
      #expect(try !files(sealed, have: bytes))
    }
  }

  @Test("a missing, a wrong and a needless key are typed errors, and the key can be changed")
  func keys() throws {
    let directory = try TemporaryDirectory()
    let (plain, sealed) = (directory.file("plain"), directory.file("sealed"))
    let (key, other) = (try Self.key(), try Self.key())
    var random = SeededGenerator(seed: 82)
    let index = FingerprintIndex(matcher: Pool.matcher)
    try index.append(try StoredPrint.random(20, using: &random).map(\.entry))
    try index.save(to: plain)
    try index.save(to: sealed, sealedBy: key)
    #expect(throws: IndexError.notSealed(path: plain)) {
      try FingerprintIndex(opening: plain, matcher: Pool.matcher, sealedBy: key)
    }
    #expect(throws: IndexError.sealed(path: sealed)) {
      try FingerprintIndex(opening: sealed, matcher: Pool.matcher)
    }
    #expect(throws: IndexError.wrongKey(path: sealed)) {
      try FingerprintIndex(opening: sealed, matcher: Pool.matcher, sealedBy: other)
    }
    try index.changeKey(to: other)
    let opened = try FingerprintIndex(opening: sealed, matcher: Pool.matcher, sealedBy: other)
    #expect(opened.count == 20)
    #expect(throws: IndexError.wrongKey(path: sealed)) {
      try FingerprintIndex(opening: sealed, matcher: Pool.matcher, sealedBy: key)
    }
  }

  @Test("all prints of a person are removed")
  func subjects() throws {
    var random = SeededGenerator(seed: 83)
    let prints = try StoredPrint.random(60, using: &random)
    let index = FingerprintIndex(matcher: Pool.matcher)
    try index.append(prints.map(\.entry))
    let gone = prints.filter { $0.subject == prints[0].subject }
    #expect(try index.remove(subjects: [prints[0].subject]) == gone.count)
    #expect(index.count == 60 - gone.count)
  }
}
