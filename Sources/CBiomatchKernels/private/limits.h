// Nothing but what the other kernels spend their time on, to see how fast the machine does it.
#ifndef BIOMATCH_LIMITS_H
#define BIOMATCH_LIMITS_H

#include "CBiomatchKernels.h"
#include "lanes.h"

BM_KERNEL void bm_count_common(const uint32_t *rows, int64_t count,
                               const uint32_t block[BM_SIGNATURE_WORDS * BM_LANES],
                               uint32_t sums[BM_LANES]) {
  u32x16 word[BM_SIGNATURE_WORDS];
  for (int32_t w = 0; w < BM_SIGNATURE_WORDS; w++) word[w] = BM_LOAD(u32x16, block + w * BM_LANES);
  i32x16 sum = 0;
  for (int64_t k = 0; k < count; k++) sum += bm_common(word, rows + k * BM_LANES);
  BM_STORE(sums, sum);
}

BM_KERNEL void bm_add_words(const uint8_t *bytes, int64_t count, uint32_t sums[BM_LANES]) {
  u32x16 sum[4] = {0, 0, 0, 0};
  const int64_t step = 4 * sizeof(u32x16);
  for (int64_t k = 0; k + step <= count; k += step)
    for (int32_t j = 0; j < 4; j++) sum[j] += BM_LOAD(u32x16, bytes + k + j * 64);
  BM_STORE(sums, sum[0] + sum[1] + sum[2] + sum[3]);
}

#endif
