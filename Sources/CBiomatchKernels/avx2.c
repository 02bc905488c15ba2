#if defined(__x86_64__)

#include <immintrin.h>

#define BM_TARGET __attribute__((target("avx2,sse4.2,popcnt,bmi,bmi2")))
#define BM_LEVEL BM_SIMD_AVX2
#define BM_TABLE bm_avx2_kernels

#include "private/checksum_x86.h"
#include "private/lanes.h"

typedef union {
  u32x16 words;
  i32x16 lanes;
  __m256i half[2];
} bm_halves;

// Set bits of each word by a table of half bytes (Mula, Kurz, Lemire,
// doi:10.1093/comjnl/bxx046).
BM_INLINE i32x16 bm_popcount(u32x16 v) {
  const __m256i table = _mm256_setr_epi8(0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4,  //
                                         0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4);
  const __m256i low = _mm256_set1_epi8(15);
  bm_halves h = {.words = v};
  for (int32_t k = 0; k < 2; k++) {
    const __m256i below = _mm256_and_si256(h.half[k], low);
    const __m256i above = _mm256_and_si256(_mm256_srli_epi16(h.half[k], 4), low);
    const __m256i bytes =
        _mm256_add_epi8(_mm256_shuffle_epi8(table, below), _mm256_shuffle_epi8(table, above));
    h.half[k] = _mm256_madd_epi16(_mm256_maddubs_epi16(bytes, _mm256_set1_epi8(1)),
                                  _mm256_set1_epi16(1));
  }
  return h.lanes;
}

BM_INLINE int32_t bm_mask(i32x16 m) {
  const bm_halves h = {.lanes = m};
  return _mm256_movemask_ps(_mm256_castsi256_ps(h.half[0])) |
         (_mm256_movemask_ps(_mm256_castsi256_ps(h.half[1])) << 8);
}

#include "private/table.h"

#endif
