import COpenSSL

/// Random bytes that nobody can foretell, from OpenSSL's generator, which the operating system seeds.
///
/// A child process after `fork` draws other bytes than its parent.
public enum SecureRandom {
  /// `count` bytes that may be public: nonces, salts, pseudonyms. Keys come from
  /// ``SecretBytes/random(count:)``.
  public static func bytes(count: Int) throws(CryptoError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    try fill(&bytes)
    return bytes
  }

  /// Replaces all of `bytes`, which may be public.
  public static func fill(_ bytes: inout [UInt8]) throws(CryptoError) {
    let status = bytes.withUnsafeMutableBytes { inPieces($0, RAND_bytes) }
    try check(status, "RAND_bytes")
  }
}

/// Fills `memory` from the generator that OpenSSL keeps apart for private values.
func fillPrivately(_ memory: UnsafeMutableRawBufferPointer) throws(CryptoError) {
  try check(inPieces(memory, RAND_priv_bytes), "RAND_priv_bytes")
}

/// OpenSSL counts in 32 bits.
private func inPieces(
  _ memory: UnsafeMutableRawBufferPointer,
  _ fill: (UnsafeMutablePointer<UInt8>?, Int32) -> Int32
) -> Int32 {
  var rest = memory[...]
  while !rest.isEmpty {
    let piece = rest.prefix(1 << 30)
    let start = UnsafeMutableRawBufferPointer(rebasing: piece).baseAddress
    let status = fill(start?.assumingMemoryBound(to: UInt8.self), Int32(piece.count))
    guard status == 1 else { return status }
    rest = rest[piece.endIndex...]
  }
  return 1
}
