extension UnsafeRawPointer {
  /// The same place as OpenSSL wants it.
  var asBytes: UnsafePointer<UInt8> { assumingMemoryBound(to: UInt8.self) }
}

extension UnsafeMutableRawPointer {
  /// The same place as OpenSSL wants it.
  var asBytes: UnsafeMutablePointer<UInt8> { assumingMemoryBound(to: UInt8.self) }
}
