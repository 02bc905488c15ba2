#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

extension FileBytes {
  /// Writes a file that appears whole or not at all, also when the machine fails: into a temporary
  /// file beside it, which then takes the place of an older file of that name.
  ///
  /// The new file has the mode of the one that it replaces. What cannot be replaced, a pipe or a
  /// device, is written to directly.
  ///
  /// - Parameter durably: whether the file must survive a loss of power. What is made again in no time
  ///   need not, and a hundred thousand small files are written many times faster; they still appear
  ///   whole or not at all to every program.
  /// - Throws: ``FileError``; an older file is then as it was, unless only the last step failed, which
  ///   makes the new one's name durable. No temporary file is left.
  public static func write(
    _ bytes: [UInt8],
    to path: String,
    durably: Bool = true
  ) throws(FileError) {
    switch FileDescriptor.mode(of: path).map({ $0 & S_IFMT }) {
    case .none, .some(S_IFREG): try replace(path, with: bytes, durably: durably)
    case .some(S_IFDIR): throw .cannotCreate(path: path, reason: "a directory has that name")
    case .some: try FileDescriptor.writing(path).write(bytes)
    }
  }

  private static func replace(
    _ path: String,
    with bytes: [UInt8],
    durably: Bool
  ) throws(FileError) {
    var file = try ReplacementFile(replacing: path)
    try file.write(bytes)
    try file.publish(durably: durably)
  }
}
