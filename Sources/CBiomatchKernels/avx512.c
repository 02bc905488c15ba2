#if defined(__x86_64__)

#include <immintrin.h>

#define BM_TARGET \
  __attribute__((target(  \
      "avx512f,avx512bw,avx512vl,avx512dq,avx512vpopcntdq,sse4.2,popcnt,bmi,bmi2")))
#define BM_LEVEL BM_SIMD_AVX512
#define BM_TABLE bm_avx512_kernels

#include "private/checksum_x86.h"
#include "private/lanes.h"

BM_INLINE i32x16 bm_popcount(u32x16 v) { return (i32x16)_mm512_popcnt_epi32((__m512i)v); }

BM_INLINE int32_t bm_mask(i32x16 m) { return (int32_t)_mm512_movepi32_mask((__m512i)m); }

#include "private/table.h"

#endif
