import CBiomatchKernels

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The levels that the kernel library was built with and the processor has, slowest first.
func kernelLevels() -> [SIMDLevel] {
  let codes: [(SIMDLevel, Int)] = [
    (.portable, BM_SIMD_PORTABLE), (.neon, BM_SIMD_NEON), (.avx2, BM_SIMD_AVX2),
    (.avx512, BM_SIMD_AVX512),
  ]
  return codes.compactMap { level, code in bm_kernels_at(Int32(code)) == nil ? nil : level }
}

/// The value of an environment variable, `nil` when it is not set.
func environmentVariable(_ name: String) -> String? {
  getenv(name).map { String(cString: $0) }
}
