#if defined(__x86_64__)

#include <immintrin.h>

#define BM_TARGET __attribute__((target("avx2,sse4.2,popcnt,bmi,bmi2")))
#define BM_LEVEL BM_SIMD_AVX2
#define BM_TABLE bm_avx2_kernels

#include "private/checksum_x86.h"
#include "CBiomatchKernels.h"
#include "private/lanes.h"

typedef union {
  u32x16 words;
  i32x16 lanes;
  __m256i half[2];
} bm_halves;

// Set bits of each byte by a table of half bytes (Mula, Kurz, Lemire, doi:10.1093/comjnl/bxx046),
// summed over the words; a byte holds up to 80.
BM_INLINE i32x16 bm_common(const u32x16 *word, const uint32_t *row) {
  const __m256i table = _mm256_setr_epi8(0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4,  //
                                         0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4);
  const __m256i low = _mm256_set1_epi8(15);
  bm_halves sum;
  for (int32_t k = 0; k < 2; k++) {
    __m256i bytes = _mm256_setzero_si256();
    for (int32_t w = 0; w < BM_SIGNATURE_WORDS; w++) {
      const bm_halves h = {.words = word[w] & row[w]};
      const __m256i below = _mm256_and_si256(h.half[k], low);
      const __m256i above = _mm256_and_si256(_mm256_srli_epi16(h.half[k], 4), low);
      bytes = _mm256_add_epi8(bytes, _mm256_add_epi8(_mm256_shuffle_epi8(table, below),
                                                     _mm256_shuffle_epi8(table, above)));
    }
    sum.half[k] = _mm256_madd_epi16(_mm256_maddubs_epi16(bytes, _mm256_set1_epi8(1)),
                                    _mm256_set1_epi16(1));
  }
  return sum.lanes;
}

BM_INLINE u32x16 bm_gather(const uint32_t *table, i32x16 index) {
  bm_halves h = {.lanes = index};
  for (int32_t k = 0; k < 2; k++)
    h.half[k] = _mm256_i32gather_epi32((const int32_t *)table, h.half[k], 4);
  return h.words;
}

BM_INLINE u32x16 bm_compress(u32x16 v, uint32_t mask) { return bm_compress_lanes(v, mask); }

BM_INLINE int32_t bm_mask(i32x16 m) {
  const bm_halves h = {.lanes = m};
  return _mm256_movemask_ps(_mm256_castsi256_ps(h.half[0])) |
         (_mm256_movemask_ps(_mm256_castsi256_ps(h.half[1])) << 8);
}

#define BM_CODE_BIAS 0
#define BM_TILE_PROBES 4
#define BM_TILE_BLOCKS 1
#define BM_COARSE_PROBES 4
#define BM_COARSE_SUMS 1

BM_INLINE i32x16 bm_dot_each(i32x16 sum, u32x16 halves, u32x16 codes) {
  bm_halves s = {.lanes = sum};
  const bm_halves h = {.words = halves}, c = {.words = codes};
  for (int32_t k = 0; k < 2; k++)
    s.half[k] = _mm256_add_epi32(
        s.half[k],
        _mm256_madd_epi16(_mm256_maddubs_epi16(h.half[k], c.half[k]), _mm256_set1_epi16(1)));
  return s.lanes;
}

// Sums of four products of 15 and 127 at most stay far below what 16 bits hold.
BM_INLINE void bm_dot_halves(i32x16 sum[BM_COARSE_SUMS], u32x16 first, u32x16 second,
                             uint32_t four, uint32_t more) {
  bm_halves s = {.lanes = sum[0]};
  const bm_halves f = {.words = first}, n = {.words = second};
  const __m256i with = _mm256_set1_epi32((int32_t)four);
  const __m256i then = _mm256_set1_epi32((int32_t)more);
  for (int32_t k = 0; k < 2; k++) {
    const __m256i pairs = _mm256_add_epi16(_mm256_maddubs_epi16(f.half[k], with),
                                           _mm256_maddubs_epi16(n.half[k], then));
    s.half[k] = _mm256_add_epi32(s.half[k], _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)));
  }
  sum[0] = s.lanes;
}

// Magnitudes are unsigned, the sign goes to the other factor: two products of 128 and 127 fit 16 bits,
// two of 255 and 127 would not.
BM_INLINE i32x16 bm_dot_codes(i32x16 sum, u32x16 codes, uint32_t four) {
  bm_halves s = {.lanes = sum};
  const bm_halves c = {.words = codes};
  const __m256i with = _mm256_set1_epi32((int32_t)four);
  for (int32_t k = 0; k < 2; k++)
    s.half[k] = _mm256_add_epi32(
        s.half[k], _mm256_madd_epi16(_mm256_maddubs_epi16(_mm256_abs_epi8(c.half[k]),
                                                          _mm256_sign_epi8(with, c.half[k])),
                                     _mm256_set1_epi16(1)));
  return s.lanes;
}

#define BM_CODE_TILE_ROWS 4
#define BM_CODE_TILE_BLOCKS 1
// A byte holds up to 8 for each word.
#define BM_CODE_SPAN 16

typedef union {
  u64x8 words;
  i64x8 lanes;
  __m256i half[2];
} bm_long_halves;

BM_INLINE u64x8 bm_count_start(i64x8 sum) {
  (void)sum;
  return 0;
}

BM_INLINE u64x8 bm_count_bits(u64x8 sum, u64x8 v) {
  const __m256i table = _mm256_setr_epi8(0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4,  //
                                         0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4);
  const __m256i low = _mm256_set1_epi8(15);
  bm_long_halves s = {.words = sum};
  const bm_long_halves h = {.words = v};
  for (int32_t k = 0; k < 2; k++) {
    const __m256i below = _mm256_and_si256(h.half[k], low);
    const __m256i above = _mm256_and_si256(_mm256_srli_epi16(h.half[k], 4), low);
    s.half[k] = _mm256_add_epi8(s.half[k], _mm256_add_epi8(_mm256_shuffle_epi8(table, below),
                                                           _mm256_shuffle_epi8(table, above)));
  }
  return s.words;
}

BM_INLINE i64x8 bm_count_end(i64x8 sum, u64x8 counted) {
  bm_long_halves s = {.lanes = sum};
  const bm_long_halves c = {.words = counted};
  for (int32_t k = 0; k < 2; k++)
    s.half[k] = _mm256_add_epi64(s.half[k], _mm256_sad_epu8(c.half[k], _mm256_setzero_si256()));
  return s.lanes;
}

BM_INLINE int32_t bm_any_unsigned(i64x8 v) {
  const bm_long_halves h = {.lanes = v};
  return _mm256_movemask_pd(_mm256_castsi256_pd(_mm256_and_si256(h.half[0], h.half[1]))) != 15;
}

BM_INLINE bm_code_hit *bm_keep_hits(bm_code_hit *to, u64x8 hits, i64x8 kept) {
  return bm_keep_each(to, hits, kept);
}

#include "private/table.h"

#endif
