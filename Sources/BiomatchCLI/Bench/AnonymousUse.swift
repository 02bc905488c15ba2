import BiomatchCore

/// How much memory the process has of its own: what is mapped from files does not count.
enum AnonymousUse {
  /// In bytes; `nil` where the system does not tell.
  static var byteCount: Int? {
    guard let bytes = try? FileBytes.read("/proc/self/status", limit: 1 << 16) else { return nil }
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      let words = line.split { $0 == " " || $0 == "\t" }
      if words.first == "RssAnon:", words.count == 3 { return Int(words[1]).map { $0 * 1024 } }
    }
    return nil
  }
}
