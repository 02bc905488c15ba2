#define BM_TARGET
#define BM_LEVEL BM_SIMD_PORTABLE
#define BM_TABLE bm_portable_kernels

#include "private/checksum.h"
#include "private/lanes.h"
#include "private/remainders.h"

BM_INLINE i32x16 bm_popcount(u32x16 v) {
  v = v - ((v >> 1) & 0x55555555u);
  v = (v & 0x33333333u) + ((v >> 2) & 0x33333333u);
  v = (v + (v >> 4)) & 0x0f0f0f0fu;
  v = v + (v >> 8);
  v = v + (v >> 16);
  return BM_INT(v & 0xffu);
}

BM_INLINE int32_t bm_mask(i32x16 m) {
  const i32x16 bit = {1,   2,   4,    8,    16,   32,   64,    128,
                      256, 512, 1024, 2048, 4096, 8192, 16384, 32768};
  return __builtin_reduce_or(m & bit);
}

BM_KERNEL uint32_t bm_checksum(uint32_t state, const uint8_t *bytes, int64_t count) {
  return bm_checksum_by(bm_remainder_word, bm_remainder_byte, state, bytes, count);
}

#include "private/table.h"
