#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The machine that a measurement was made on; no figure of speed means anything without it.
public struct MachineDescription: Sendable, Hashable, Codable {
  /// The processor's name, as it or the system states it.
  public let processor: String
  /// How many processors there are for this process, hardware threads counted apart.
  public let processorCount: Int
  /// Bytes of memory.
  public let memory: Int
  /// The system's name, its release and the architecture.
  public let system: String
  /// The SIMD levels that this build and this machine have, slowest first.
  public let simdLevels: [SIMDLevel]

  /// This machine.
  public static let current = MachineDescription(
    processor: processorName() ?? systemNames().last ?? "unknown",
    processorCount: ParallelScan.processorCount,
    memory: sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE)),
    system: systemNames().joined(separator: " "),
    simdLevels: SIMDLevel.available
  )
}

/// System, release, architecture.
private func systemNames() -> [String] {
  var name = utsname()
  guard uname(&name) == 0 else { return [] }
  return [text(name.sysname), text(name.release), text(name.machine)]
}

/// A C array of characters, up to its first zero.
private func text(_ field: some Any) -> String {
  withUnsafeBytes(of: field) { bytes in
    String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
  }
}

#if canImport(Darwin)
  private func processorName() -> String? {
    var size = 0
    let key = "machdep.cpu.brand_string"
    guard sysctlbyname(key, nil, &size, nil, 0) == 0, size > 1 else { return nil }
    var bytes = [UInt8](repeating: 0, count: size)
    guard sysctlbyname(key, &bytes, &size, nil, 0) == 0 else { return nil }
    return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
  }
#else
  private func processorName() -> String? {
    guard let bytes = try? FileBytes.read("/proc/cpuinfo") else { return nil }
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    guard let line = lines.first(where: { $0.hasPrefix("model name") }) else { return nil }
    return line.split(separator: ":", maxSplits: 1).last.map { name in
      name.split(separator: " ").joined(separator: " ")
    }
  }
#endif
