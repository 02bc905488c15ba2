// Codes of 64 rows brought together from their halves, in the order in which they are multiplied.
#ifndef BIOMATCH_VECTOR_SPREAD_H
#define BIOMATCH_VECTOR_SPREAD_H

#include "layout.h"

// Exchanges rows and columns of sixteen by sixteen words.
BM_INLINE void bm_transpose(u32x16 m[16]) {
  for (int32_t half = 8; half > 0; half /= 2) {
    u32x16 next[16];
    for (int32_t k = 0; k < 8; k++) {
      // Row k and row k + 8 interleaved: four times that, and each word is in its place.
      next[2 * k] = __builtin_shufflevector(m[k], m[k + 8], 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5,
                                            21, 6, 22, 7, 23);
      next[2 * k + 1] = __builtin_shufflevector(m[k], m[k + 8], 8, 24, 9, 25, 10, 26, 11, 27, 12,
                                                28, 13, 29, 14, 30, 15, 31);
    }
    for (int32_t k = 0; k < 16; k++) m[k] = next[k];
  }
}

// Makes 16 x 4 codes signed where the level multiplies signed ones.
BM_INLINE u32x16 bm_level_codes(u32x16 high, u32x16 low) {
  return (high | low) ^ (BM_CODE_BIAS ? 0 : 0x80808080u);
}

// Step s of `scratch` has four codes of each of 64 rows: those of the first dimensions of group s, or
// of the last of group s - groups.
BM_INLINE void bm_spread_block(const uint8_t *upper, const uint8_t *lower, int32_t groups,
                               uint8_t *scratch) {
  const int64_t stride = 4 * groups, step = BM_SPAN_ROWS * 4;
  uint8_t *const first = scratch, *const second = scratch + groups * step;
  for (int32_t g = 0; g < groups; g += BM_LANES) {
    const int32_t count = groups - g < BM_LANES ? groups - g : BM_LANES;
    u32x16 low[BM_LANES];
    for (int32_t r = 0; r < BM_LANES; r++) {
      low[r] = (u32x16)0;
      if (count == BM_LANES)
        low[r] = BM_LOAD(u32x16, lower + r * stride + 4 * g);
      else
        __builtin_memcpy(&low[r], lower + r * stride + 4 * g, (size_t)(4 * count));
    }
    bm_transpose(low);
    for (int32_t k = 0; k < count; k++) {
      const u32x16 high = BM_LOAD(u32x16, upper + (int64_t)(g + k) * 64);
      BM_STORE(first + (g + k) * step,
               bm_level_codes((high & BM_LOW_HALVES) << 4, low[k] & BM_LOW_HALVES));
      BM_STORE(second + (g + k) * step,
               bm_level_codes(high & ~BM_LOW_HALVES, low[k] >> 4 & BM_LOW_HALVES));
    }
  }
}

#endif
