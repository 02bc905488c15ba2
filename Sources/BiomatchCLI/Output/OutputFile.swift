import Biomatch
import BiomatchCore

/// Files that appear whole or not at all.
enum OutputFile {
  /// Writes the bytes to the file at `path`, in place of an older one, or to the standard output
  /// for `-`.
  static func write(_ bytes: [UInt8], to path: String) throws {
    if path == "-" { return StandardOutput.write(bytes) }
    try FileBytes.write(bytes, to: path)
  }
}
