import Foundation

/// Calls `body` with the path of a file of those bytes, which is removed afterwards.
func withFile<Result>(of bytes: [UInt8], _ body: (_ path: String) -> Result) -> Result {
  // Foundation's ways of writing a file wait for the disk.
  let path = NSTemporaryDirectory() + "biomatch-fuzz-\(getpid())"
  guard let file = fopen(path, "w") else { preconditionFailure("cannot write \(path)") }
  precondition(fwrite(bytes, 1, bytes.count, file) == bytes.count)
  fclose(file)
  defer { unlink(path) }
  return body(path)
}
