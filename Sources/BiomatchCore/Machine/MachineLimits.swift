import Synchronization

/// What this machine can do at most, measured: no scan is faster.
///
/// A search of prints counts the common bits of signatures, one of faces multiplies codes, and both read
/// memory to get at them. Beside their speed stand these, so that one sees how much there is left to
/// gain.
///
/// ```swift
/// let limit = MachineLimits.commonBits(simd: .active, threads: 1)
/// print("at most \(limit / 1e9) Gbit/s")
/// ```
///
/// Each call takes about 50 milliseconds, and measures what other programs leave; take the median of
/// several.
public enum MachineLimits {
  /// Bits a second that all threads together can AND and count, in registers and the first cache.
  ///
  /// - Parameters:
  ///   - simd: the kernels, which must be available.
  ///   - threads: how many work at a time, at least one.
  public static func commonBits(simd: SIMDLevel = .active, threads: Int) -> Double {
    let words = (0..<1024).map { UInt32(truncatingIfNeeded: $0 &* 0x9E37_79B9) }
    return rate(threads: threads) { _, _ in kernelCommonBits(of: words, level: simd) }
  }

  /// Bits a second of binary codes that all threads together can AND and count, as many as fit in registers.
  ///
  /// - Parameters:
  ///   - simd: the kernels, which must be available.
  ///   - threads: how many work at a time, at least one.
  public static func codeBits(simd: SIMDLevel = .active, threads: Int) -> Double {
    let words = (0..<512).map { UInt64($0 + 1) &* 0x9E37_79B9_7F4A_7C15 }
    return rate(threads: threads) { _, _ in kernelFastestBits(of: words, level: simd) }
  }

  /// Products of two codes of a byte a second that all threads together can sum up, in registers and the
  /// first cache.
  ///
  /// - Parameters:
  ///   - simd: the kernels, which must be available.
  ///   - threads: how many work at a time, at least one.
  public static func codeProducts(simd: SIMDLevel = .active, threads: Int) -> Double {
    let codes = (0..<4 * 64 * 6).map { UInt8($0 % 127 + 1) }
    return rate(threads: threads) { _, _ in kernelProducts(of: codes, level: simd) }
  }

  /// Bytes a second that all threads together can read from memory, each its own stretch.
  ///
  /// - Parameters:
  ///   - simd: the kernels, which must be available.
  ///   - threads: how many read at a time, at least one.
  ///   - byteCount: how much memory is read, 256 MiB unless told: much more than the caches hold.
  public static func readBytes(
    simd: SIMDLevel = .active,
    threads: Int,
    byteCount: Int = 1 << 28
  ) -> Double {
    let bytes = [UInt8](repeating: 1, count: byteCount)
    let pieces = threads * piecesEach
    return rate(threads: threads) { thread, round in
      let piece = thread * piecesEach + round % piecesEach
      let start = piece * byteCount / pieces
      return kernelAddedBytes(of: bytes, in: start..<(piece + 1) * byteCount / pieces, level: simd)
    }
  }

  private static let duration = Duration.milliseconds(50)
  /// In how many pieces a thread reads its stretch, to look at the clock between them.
  private static let piecesEach = 64

  /// The sum of the threads' rates, each its work over its time.
  private static func rate(
    threads: Int,
    _ work: @escaping @Sendable (_ thread: Int, _ round: Int) -> Int
  ) -> Double {
    let rates = Mutex<[Double]>([])
    let scan = ParallelScan(partCount: threads, threads: threads)
    _ = scan.runBlocking(worker: {}) { thread, _ in
      let clock = ContinuousClock()
      let start = clock.now
      var (done, round, time) = (0, 0, Duration.zero)
      while time < duration {
        done += work(thread, round)
        round += 1
        time = clock.now - start
      }
      rates.withLock { $0.append(Double(done) / (time / .seconds(1))) }
    }
    return rates.withLock { $0.reduce(0, +) }
  }
}
