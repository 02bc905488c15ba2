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

// Word by word, of each byte its products: `offset` is taken from what is unsigned.
BM_INLINE i32x16 bm_dot_words(i32x16 sum, u32x16 bytes, i32x16 offset, u32x16 codes) {
  for (int32_t shift = 0; shift < 32; shift += 8) {
    const i32x16 a = (i32x16)((bytes >> (uint32_t)shift) & 0xffu) - offset;
    const i32x16 b = (i32x16)(codes << (uint32_t)(24 - shift)) >> 24;
    // Both fit 16 bits, and so do the factors of one instruction that every processor has.
    sum += a * b;
  }
  return sum;
}

BM_INLINE i32x16 bm_dot_each(i32x16 sum, u32x16 halves, u32x16 codes) {
  return bm_dot_words(sum, halves, (i32x16)0, codes);
}

BM_INLINE i32x16 bm_dot_halves(i32x16 sum, u32x16 halves, uint32_t four) {
  return bm_dot_words(sum, halves, (i32x16)0, (u32x16)four);
}

BM_INLINE i32x16 bm_dot_codes(i32x16 sum, u32x16 codes, uint32_t four) {
  return bm_dot_words(sum, codes, (i32x16)128, (u32x16)four);
}

#include "private/table.h"
