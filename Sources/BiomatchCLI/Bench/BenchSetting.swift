import Biomatch
import BiomatchCore

/// With which kernels and on how many threads something is measured.
struct BenchSetting: Hashable {
  var simd: SIMDLevel
  var threads: Int

  /// Every level on one thread and the best on all, as far as the user has not chosen.
  static func all(simd name: String?, threads: Int?) throws -> [BenchSetting] {
    let levels = try name.map { [try SIMDLevel(validating: $0)] } ?? SIMDLevel.available
    let onOne = levels.map { BenchSetting(simd: $0, threads: threads ?? 1) }
    let all = MachineDescription.current.processorCount
    guard threads == nil, all > 1, let best = levels.last else { return onOne }
    return onOne + [BenchSetting(simd: best, threads: all)]
  }
}
