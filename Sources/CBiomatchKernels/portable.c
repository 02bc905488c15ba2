#define BM_TARGET
#define BM_LEVEL BM_SIMD_PORTABLE
#define BM_TABLE bm_portable_kernels

#include "private/checksum.h"
#include "CBiomatchKernels.h"
#include "private/lanes.h"
#include "private/remainders.h"

BM_INLINE i32x16 bm_common(const u32x16 *word, const uint32_t *row) {
  // A byte holds up to 80.
  u32x16 bytes = 0;
  for (int32_t w = 0; w < BM_SIGNATURE_WORDS; w++) {
    u32x16 v = word[w] & row[w];
    v = v - ((v >> 1) & 0x55555555u);
    v = (v & 0x33333333u) + ((v >> 2) & 0x33333333u);
    bytes += (v + (v >> 4)) & 0x0f0f0f0fu;
  }
  const u32x16 pairs = (bytes & 0x00ff00ffu) + ((bytes >> 8) & 0x00ff00ffu);
  return BM_INT((pairs + (pairs >> 16)) & 0xffffu);
}

BM_INLINE u32x16 bm_gather(const uint32_t *table, i32x16 index) {
  u32x16 found;
  for (int32_t k = 0; k < BM_LANES; k++) found[k] = table[index[k]];
  return found;
}

BM_INLINE u32x16 bm_compress(u32x16 v, uint32_t mask) { return bm_compress_lanes(v, mask); }

BM_INLINE int32_t bm_mask(i32x16 m) {
  const i32x16 bit = {1,   2,   4,    8,    16,   32,   64,    128,
                      256, 512, 1024, 2048, 4096, 8192, 16384, 32768};
  return __builtin_reduce_or(m & bit);
}

BM_KERNEL uint32_t bm_checksum(uint32_t state, const uint8_t *bytes, int64_t count) {
  return bm_checksum_by(bm_remainder_word, bm_remainder_byte, state, bytes, count);
}

#define BM_CODE_BIAS 0
#define BM_TILE_PROBES 2
#define BM_TILE_BLOCKS 1
#define BM_COARSE_PROBES 2
#define BM_COARSE_SUMS 1

typedef int16_t i16x32 __attribute__((ext_vector_type(32)));
typedef int32_t i32x32 __attribute__((ext_vector_type(32)));

// Sums of two products of 16 bits each, which every x86-64 has an instruction for.
BM_INLINE i32x16 bm_dot_pairs(i16x32 a, i16x32 b) {
  const i32x32 product = __builtin_convertvector(a, i32x32) * __builtin_convertvector(b, i32x32);
  return product.even + product.odd;
}

// Of each two bytes the first and then the second is moved up, which multiplies it by 256: a compiler
// that knew them to be small would multiply otherwise, and slower.
BM_INLINE i32x16 bm_dot_each(i32x16 sum, u32x16 bytes, u32x16 codes) {
  const i16x32 first = (i16x32)(bytes << 8 & 0xff00ff00u), second = (i16x32)(bytes & 0xff00ff00u);
  const i16x32 four = (i16x32)codes;
  const i32x16 product =
      bm_dot_pairs(first, (i16x32)(four << 8) >> 8) + bm_dot_pairs(second, four >> 8);
  return sum + (product >> 8);
}

BM_INLINE void bm_dot_halves(i32x16 sum[BM_COARSE_SUMS], u32x16 first, u32x16 second,
                             uint32_t four, uint32_t more) {
  sum[0] = bm_dot_each(bm_dot_each(sum[0], first, (u32x16)four), second, (u32x16)more);
}

BM_INLINE i32x16 bm_dot_codes(i32x16 sum, u32x16 codes, uint32_t four) {
  return bm_dot_each(sum, codes, (u32x16)four);
}

#define BM_CODE_TILE_ROWS 2
#define BM_CODE_TILE_BLOCKS 1
// A byte holds up to 8 for each word.
#define BM_CODE_SPAN 16

BM_INLINE u64x8 bm_count_start(i64x8 sum) {
  (void)sum;
  return 0;
}

BM_INLINE u64x8 bm_count_bits(u64x8 sum, u64x8 v) {
  v = v - ((v >> 1) & 0x5555555555555555u);
  v = (v & 0x3333333333333333u) + ((v >> 2) & 0x3333333333333333u);
  return sum + ((v + (v >> 4)) & 0x0f0f0f0f0f0f0f0fu);
}

BM_INLINE i64x8 bm_count_end(i64x8 sum, u64x8 counted) {
  u64x8 v = (counted & 0x00ff00ff00ff00ffu) + ((counted >> 8) & 0x00ff00ff00ff00ffu);
  v += v >> 16;
  v += v >> 32;
  return sum + (i64x8)(v & 0xffffu);
}

BM_INLINE int32_t bm_any_unsigned(i64x8 v) { return __builtin_reduce_and(v) >= 0; }

BM_INLINE bm_code_hit *bm_keep_hits(bm_code_hit *to, u64x8 hits, i64x8 kept) {
  return bm_keep_each(to, hits, kept);
}

#include "private/table.h"
