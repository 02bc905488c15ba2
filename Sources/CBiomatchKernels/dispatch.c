#include "CBiomatchKernels.h"

#if defined(__x86_64__)
int32_t bm_simd_best_level(void) {
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512vpopcntdq"))
    return BM_SIMD_AVX512;
  if (__builtin_cpu_supports("avx2")) return BM_SIMD_AVX2;
  return BM_SIMD_PORTABLE;
}
#elif defined(__aarch64__)
int32_t bm_simd_best_level(void) { return BM_SIMD_NEON; }
#else
int32_t bm_simd_best_level(void) { return BM_SIMD_PORTABLE; }
#endif
