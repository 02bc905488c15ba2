#include "CBiomatchKernels.h"

extern const bm_kernels bm_portable_kernels;

#if defined(__x86_64__)

extern const bm_kernels bm_avx2_kernels;
extern const bm_kernels bm_avx512_kernels;

int32_t bm_simd_best_level(void) {
  __builtin_cpu_init();
  if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("sse4.2") ||
      !__builtin_cpu_supports("popcnt") || !__builtin_cpu_supports("bmi") ||
      !__builtin_cpu_supports("bmi2"))
    return BM_SIMD_PORTABLE;
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("avx512vpopcntdq"))
    return BM_SIMD_AVX512;
  return BM_SIMD_AVX2;
}

#elif defined(__aarch64__)

#if defined(__linux__)
#include <sys/auxv.h>
#endif

extern const bm_kernels bm_neon_kernels;
extern const bm_kernels bm_neon_dot_kernels;

int32_t bm_simd_best_level(void) { return BM_SIMD_NEON; }

static int32_t bm_has_dot_product(void) {
#if defined(__APPLE__)
  return 1;
#elif defined(__linux__)
  return getauxval(AT_HWCAP) >> 20 & 1;  // HWCAP_ASIMDDP
#else
  return 0;
#endif
}

#else

int32_t bm_simd_best_level(void) { return BM_SIMD_PORTABLE; }

#endif

const bm_kernels *bm_kernels_at(int32_t level) {
  if (level == BM_SIMD_PORTABLE) return &bm_portable_kernels;
#if defined(__x86_64__)
  if (level == BM_SIMD_AVX2 && bm_simd_best_level() >= BM_SIMD_AVX2) return &bm_avx2_kernels;
  if (level == BM_SIMD_AVX512 && bm_simd_best_level() >= BM_SIMD_AVX512) return &bm_avx512_kernels;
#elif defined(__aarch64__)
  if (level == BM_SIMD_NEON) return bm_has_dot_product() ? &bm_neon_dot_kernels : &bm_neon_kernels;
#endif
  return 0;
}
