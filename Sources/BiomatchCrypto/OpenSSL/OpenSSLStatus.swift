import COpenSSL

/// Throws what OpenSSL has to say unless `status` is its one for success.
@inline(__always)
func check(_ status: Int32, _ operation: StaticString) throws(CryptoError) {
  guard status == 1 else { throw openSSLFailure(operation) }
}

/// The error of the last operation on this thread; empties the thread's queue of errors.
func openSSLFailure(_ operation: StaticString) -> CryptoError {
  let reasons = drainErrors()
  return .openSSL(
    operation: operation.description,
    reason: reasons.isEmpty ? "no reason given" : reasons.joined(separator: "; ")
  )
}

/// Empties this thread's queue of errors, oldest first, so that none is taken for a later one's reason.
@discardableResult
func drainErrors() -> [String] {
  var reasons: [String] = []
  while true {
    let code = ERR_get_error()
    guard code != 0 else { return reasons }
    let text = [UInt8](unsafeUninitializedCapacity: 256) { buffer, count in
      buffer.withMemoryRebound(to: CChar.self) {
        ERR_error_string_n(code, $0.baseAddress, $0.count)
      }
      count = buffer.firstIndex(of: 0) ?? 0
    }
    reasons.append(String(decoding: text, as: UTF8.self))
  }
}
