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

#include "private/table.h"
