import COpenSSL

/// Comparison whose time tells nothing about where bytes differ.
public enum ConstantTime {
  /// Whether both are equal; the time depends on the lengths alone, which count as public.
  public static func equal(_ a: RawSpan, _ b: RawSpan) -> Bool {
    a.withUnsafeBytes { a in b.withUnsafeBytes { b in equal(a, b) } }
  }

  /// Whether both are equal; the time depends on the lengths alone, which count as public.
  public static func equal(_ a: [UInt8], _ b: [UInt8]) -> Bool {
    equal(a.span.bytes, b.span.bytes)
  }

  static func equal(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Bool {
    a.count == b.count && (a.isEmpty || CRYPTO_memcmp(a.baseAddress, b.baseAddress, a.count) == 0)
  }
}
