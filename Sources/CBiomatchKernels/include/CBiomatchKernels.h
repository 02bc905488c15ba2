#ifndef C_BIOMATCH_KERNELS_H
#define C_BIOMATCH_KERNELS_H

#include <stdint.h>

/// Instruction set levels; every level gives the same bits.
enum {
  BM_SIMD_PORTABLE = 0,
  BM_SIMD_NEON = 1,
  BM_SIMD_AVX2 = 2,
  BM_SIMD_AVX512 = 3,
};

/// The highest level that this processor and operating system support.
int32_t bm_simd_best_level(void);

#endif
