#if defined(__aarch64__)

#include <arm_neon.h>

#define BM_TARGET
#define BM_LEVEL BM_SIMD_NEON
#define BM_TABLE bm_neon_kernels

#include "private/lanes.h"

typedef union {
  u32x16 words;
  i32x16 lanes;
  uint32x4_t quarter[4];
} bm_quarters;

BM_INLINE i32x16 bm_popcount(u32x16 v) {
  bm_quarters q = {.words = v};
  for (int32_t k = 0; k < 4; k++)
    q.quarter[k] = vpaddlq_u16(vpaddlq_u8(vcntq_u8(vreinterpretq_u8_u32(q.quarter[k]))));
  return q.lanes;
}

BM_INLINE int32_t bm_mask(i32x16 m) {
  const bm_quarters q = {.lanes = m};
  const uint16x8_t low = vcombine_u16(vmovn_u32(q.quarter[0]), vmovn_u32(q.quarter[1]));
  const uint16x8_t high = vcombine_u16(vmovn_u32(q.quarter[2]), vmovn_u32(q.quarter[3]));
  const uint16x8_t bit = {1, 2, 4, 8, 16, 32, 64, 128};
  return (int32_t)vaddvq_u16(vandq_u16(low, bit)) |
         ((int32_t)vaddvq_u16(vandq_u16(high, bit)) << 8);
}

#include "private/table.h"

#endif
