#if defined(__x86_64__)

#include <immintrin.h>

#define BM_TARGET \
  __attribute__((target(  \
      "avx512f,avx512bw,avx512vl,avx512dq,avx512vnni,avx512vpopcntdq,sse4.2,popcnt,bmi,bmi2")))
#define BM_LEVEL BM_SIMD_AVX512
#define BM_TABLE bm_avx512_kernels

#include "private/checksum_x86.h"
#include "CBiomatchKernels.h"
#include "private/lanes.h"

BM_INLINE i32x16 bm_common(const u32x16 *word, const uint32_t *row) {
  __m512i sum = _mm512_popcnt_epi32((__m512i)(word[0] & row[0]));
  for (int32_t w = 1; w < BM_SIGNATURE_WORDS; w++)
    sum = _mm512_add_epi32(sum, _mm512_popcnt_epi32((__m512i)(word[w] & row[w])));
  return (i32x16)sum;
}

BM_INLINE u32x16 bm_gather(const uint32_t *table, i32x16 index) {
  return (u32x16)_mm512_i32gather_epi32((__m512i)index, table, 4);
}

BM_INLINE u32x16 bm_compress(u32x16 v, uint32_t mask) {
  return (u32x16)_mm512_maskz_compress_epi32((__mmask16)mask, (__m512i)v);
}

BM_INLINE int32_t bm_mask(i32x16 m) { return (int32_t)_mm512_movepi32_mask((__m512i)m); }

// Unsigned bytes by signed ones: the codes keep the 128 that makes them unsigned.
#define BM_CODE_BIAS 128
#define BM_TILE_PROBES 6
#define BM_TILE_BLOCKS 4
#define BM_COARSE_PROBES 6
// One would wait for itself.
#define BM_COARSE_SUMS 2

BM_INLINE i32x16 bm_dot_each(i32x16 sum, u32x16 halves, u32x16 codes) {
  return (i32x16)_mm512_dpbusd_epi32((__m512i)sum, (__m512i)halves, (__m512i)codes);
}

BM_INLINE void bm_dot_halves(i32x16 sum[BM_COARSE_SUMS], u32x16 first, u32x16 second,
                             uint32_t four, uint32_t more) {
  sum[0] = bm_dot_each(sum[0], first, (u32x16)four);
  sum[1] = bm_dot_each(sum[1], second, (u32x16)more);
}

BM_INLINE i32x16 bm_dot_codes(i32x16 sum, u32x16 codes, uint32_t four) {
  return bm_dot_each(sum, codes, (u32x16)four);
}

#define BM_CODE_TILE_ROWS 8
#define BM_CODE_TILE_BLOCKS 2
#define BM_CODE_SPAN 64

BM_INLINE u64x8 bm_count_start(i64x8 sum) { return (u64x8)sum; }

BM_INLINE u64x8 bm_count_bits(u64x8 sum, u64x8 v) {
  return sum + (u64x8)_mm512_popcnt_epi64((__m512i)v);
}

BM_INLINE i64x8 bm_count_end(i64x8 sum, u64x8 counted) {
  (void)sum;
  return (i64x8)counted;
}

BM_INLINE int32_t bm_any_unsigned(i64x8 v) {
  return _mm512_movepi64_mask((__m512i)v) != 0xff;
}

// To a register first: the instruction that writes to memory itself is slow on some processors.
BM_INLINE bm_code_hit *bm_keep_hits(bm_code_hit *to, u64x8 hits, i64x8 kept) {
  const __mmask8 mask = _mm512_movepi64_mask((__m512i)kept);
  _mm512_storeu_si512(to, _mm512_maskz_compress_epi64(mask, (__m512i)hits));
  return to + _mm_popcnt_u32(mask);
}

#include "private/table.h"

#endif
