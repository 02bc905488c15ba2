// Nothing but what the other kernels spend their time on, to see how fast the machine does it.
#ifndef BIOMATCH_LIMITS_H
#define BIOMATCH_LIMITS_H

#include "CBiomatchKernels.h"
#include "lanes.h"

BM_KERNEL void bm_count_common(const uint32_t *words, int64_t count,
                               const uint32_t blocks[BM_COUNTED_BLOCKS * BM_LANES],
                               uint32_t sums[BM_LANES]) {
  u32x16 block[BM_COUNTED_BLOCKS];
  i32x16 sum[BM_COUNTED_BLOCKS];
  for (int32_t j = 0; j < BM_COUNTED_BLOCKS; j++) {
    block[j] = BM_LOAD(u32x16, blocks + j * BM_LANES);
    sum[j] = 0;
  }
  for (int64_t k = 0; k < count; k++)
    for (int32_t j = 0; j < BM_COUNTED_BLOCKS; j++) sum[j] += bm_popcount(block[j] & words[k]);
  for (int32_t j = 1; j < BM_COUNTED_BLOCKS; j++) sum[0] += sum[j];
  BM_STORE(sums, sum[0]);
}

BM_KERNEL void bm_add_words(const uint8_t *bytes, int64_t count, uint32_t sums[BM_LANES]) {
  u32x16 sum[4] = {0, 0, 0, 0};
  const int64_t step = 4 * sizeof(u32x16);
  for (int64_t k = 0; k + step <= count; k += step)
    for (int32_t j = 0; j < 4; j++) sum[j] += BM_LOAD(u32x16, bytes + k + j * 64);
  BM_STORE(sums, sum[0] + sum[1] + sum[2] + sum[3]);
}

#endif
