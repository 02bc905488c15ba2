// What neon.c and neon_dot.c share: all but how products of codes are summed up.
#ifndef BIOMATCH_NEON_H
#define BIOMATCH_NEON_H

#include <arm_acle.h>
#include <arm_neon.h>

#if defined(__linux__)
#include <sys/auxv.h>
#endif

#define BM_LEVEL BM_SIMD_NEON

#include "checksum.h"
#include "CBiomatchKernels.h"
#include "lanes.h"
#include "remainders.h"

typedef union {
  u32x16 words;
  i32x16 lanes;
  uint32x4_t quarter[4];
} bm_quarters;

BM_INLINE i32x16 bm_common(const u32x16 *word, const uint32_t *row) {
  bm_quarters sum;
  for (int32_t k = 0; k < 4; k++) {
    // A byte holds up to 80.
    uint8x16_t bytes = vdupq_n_u8(0);
    for (int32_t w = 0; w < BM_SIGNATURE_WORDS; w++) {
      const bm_quarters q = {.words = word[w] & row[w]};
      bytes = vaddq_u8(bytes, vcntq_u8(vreinterpretq_u8_u32(q.quarter[k])));
    }
    sum.quarter[k] = vpaddlq_u16(vpaddlq_u8(bytes));
  }
  return sum.lanes;
}

#define BM_CODE_TILE_ROWS 4
#define BM_CODE_TILE_BLOCKS 1
// A byte holds up to 8 for each word.
#define BM_CODE_SPAN 16

typedef union {
  u64x8 words;
  i64x8 lanes;
  uint64x2_t quarter[4];
} bm_long_quarters;

BM_INLINE u64x8 bm_count_start(i64x8 sum) {
  (void)sum;
  return 0;
}

BM_INLINE u64x8 bm_count_bits(u64x8 sum, u64x8 v) {
  bm_long_quarters s = {.words = sum};
  const bm_long_quarters q = {.words = v};
  for (int32_t k = 0; k < 4; k++)
    s.quarter[k] = vreinterpretq_u64_u8(
        vaddq_u8(vreinterpretq_u8_u64(s.quarter[k]), vcntq_u8(vreinterpretq_u8_u64(q.quarter[k]))));
  return s.words;
}

BM_INLINE i64x8 bm_count_end(i64x8 sum, u64x8 counted) {
  bm_long_quarters s = {.lanes = sum};
  const bm_long_quarters c = {.words = counted};
  for (int32_t k = 0; k < 4; k++)
    s.quarter[k] = vaddq_u64(
        s.quarter[k], vpaddlq_u32(vpaddlq_u16(vpaddlq_u8(vreinterpretq_u8_u64(c.quarter[k])))));
  return s.lanes;
}

BM_INLINE int32_t bm_any_unsigned(i64x8 v) { return __builtin_reduce_and(v) >= 0; }

BM_INLINE bm_code_hit *bm_keep_hits(bm_code_hit *to, u64x8 hits, i64x8 kept) {
  return bm_keep_each(to, hits, kept);
}

BM_INLINE u32x16 bm_gather(const uint32_t *table, i32x16 index) {
  u32x16 found;
  for (int32_t k = 0; k < BM_LANES; k++) found[k] = table[index[k]];
  return found;
}

BM_INLINE u32x16 bm_compress(u32x16 v, uint32_t mask) { return bm_compress_lanes(v, mask); }

BM_INLINE int32_t bm_mask(i32x16 m) {
  const bm_quarters q = {.lanes = m};
  const uint16x8_t low = vcombine_u16(vmovn_u32(q.quarter[0]), vmovn_u32(q.quarter[1]));
  const uint16x8_t high = vcombine_u16(vmovn_u32(q.quarter[2]), vmovn_u32(q.quarter[3]));
  const uint16x8_t bit = {1, 2, 4, 8, 16, 32, 64, 128};
  return (int32_t)vaddvq_u16(vandq_u16(low, bit)) |
         ((int32_t)vaddvq_u16(vandq_u16(high, bit)) << 8);
}

// The instructions for CRC-32C are optional in the first version of the architecture.
BM_INLINE int32_t bm_has_checksum(void) {
#if defined(__APPLE__)
  return 1;
#elif defined(__linux__)
  return getauxval(AT_HWCAP) >> 7 & 1;  // HWCAP_CRC32
#else
  return 0;
#endif
}

BM_CHECKSUM_TARGET static inline uint32_t bm_instruction_word(uint32_t state, uint64_t word) {
  return __crc32cd(state, word);
}

BM_CHECKSUM_TARGET static inline uint32_t bm_instruction_byte(uint32_t state, uint8_t byte) {
  return __crc32cb(state, byte);
}

BM_CHECKSUM_TARGET static uint32_t bm_checksum_by_instruction(uint32_t state, const uint8_t *bytes,
                                                              int64_t count) {
  return bm_checksum_by(bm_instruction_word, bm_instruction_byte, state, bytes, count);
}

BM_KERNEL uint32_t bm_checksum(uint32_t state, const uint8_t *bytes, int64_t count) {
  if (bm_has_checksum()) return bm_checksum_by_instruction(state, bytes, count);
  return bm_checksum_by(bm_remainder_word, bm_remainder_byte, state, bytes, count);
}

#define BM_CODE_BIAS 0
#define BM_TILE_PROBES 6
#define BM_TILE_BLOCKS 1
#define BM_COARSE_PROBES 6
#define BM_COARSE_SUMS 1

// Adds to four sums four products of signed bytes each, of which the codes are not -128.
BM_INLINE int32x4_t bm_dot_quarter(int32x4_t sum, int8x16_t bytes, int8x16_t codes);

BM_INLINE i32x16 bm_dot_each(i32x16 sum, u32x16 bytes, u32x16 codes) {
  typedef union {
    i32x16 lanes;
    u32x16 words;
    int32x4_t sum[4];
    int8x16_t bytes[4];
  } quarters;
  quarters s = {.lanes = sum};
  const quarters a = {.words = bytes}, b = {.words = codes};
  for (int32_t k = 0; k < 4; k++) s.sum[k] = bm_dot_quarter(s.sum[k], a.bytes[k], b.bytes[k]);
  return s.lanes;
}

BM_INLINE void bm_dot_halves(i32x16 sum[BM_COARSE_SUMS], u32x16 first, u32x16 second,
                             uint32_t four, uint32_t more) {
  sum[0] = bm_dot_each(bm_dot_each(sum[0], first, (u32x16)four), second, (u32x16)more);
}

BM_INLINE i32x16 bm_dot_codes(i32x16 sum, u32x16 codes, uint32_t four) {
  return bm_dot_each(sum, codes, (u32x16)four);
}

#endif
