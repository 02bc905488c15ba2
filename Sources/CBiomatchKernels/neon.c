#if defined(__aarch64__)

#define BM_TARGET
#define BM_CHECKSUM_TARGET __attribute__((target("crc")))
#define BM_TABLE bm_neon_kernels

#include "private/neon.h"

// Two products of 128 and 127 fit 16 bits.
BM_INLINE int32x4_t bm_dot_quarter(int32x4_t sum, int8x16_t bytes, int8x16_t codes) {
  const int16x8_t low = vmull_s8(vget_low_s8(bytes), vget_low_s8(codes));
  const int16x8_t high = vmull_high_s8(bytes, codes);
  return vpadalq_s16(sum, vpaddq_s16(low, high));
}

#include "private/table.h"

#endif
