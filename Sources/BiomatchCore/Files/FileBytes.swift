/// Reads whole files.
public enum FileBytes {
  /// The bytes of the file at `path`, or of the standard input for `-`.
  ///
  /// - Parameter limit: the largest size that is read, 1 GiB unless told; a larger file is an error
  ///   before memory is spent on it.
  /// - Throws: ``FileError``.
  public static func read(_ path: String, limit: Int = 1 << 30) throws(FileError) -> [UInt8] {
    precondition(limit >= 0, "a size is never negative")
    let file = try FileDescriptor.reading(path)
    var bytes: [UInt8] = []
    while true {
      let before = bytes.count
      try file.read(into: &bytes, count: min(1 << 16 - 1, limit - before) + 1)
      if bytes.count == before { return bytes }
      guard bytes.count <= limit else { throw .tooLarge(path: path, limit: limit) }
    }
  }
}
