import BiomatchCrypto

extension SecretBytes {
  /// A copy of the bytes, which only a test may want.
  var contents: [UInt8] { withBytes { span in span.withUnsafeBytes { [UInt8]($0) } } }
}
