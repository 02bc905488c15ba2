// Nothing but the arithmetic of the screen, to see how fast the machine does it.
#ifndef BIOMATCH_VECTOR_PEAK_H
#define BIOMATCH_VECTOR_PEAK_H

#include "layout.h"

BM_KERNEL int64_t bm_multiply(const int8_t *codes, const uint8_t *rows, int64_t steps,
                              int64_t *sum_of_all) {
  i32x16 sum[BM_TILE_PROBES][BM_TILE_BLOCKS];
  u32x16 four[BM_TILE_BLOCKS];
#pragma clang loop unroll(full)
  for (int32_t b = 0; b < BM_TILE_BLOCKS; b++) {
    four[b] = BM_LOAD(u32x16, rows + b * 64);
#pragma clang loop unroll(full)
    for (int32_t q = 0; q < BM_TILE_PROBES; q++) sum[q][b] = (i32x16)0;
  }
  for (int64_t step = 0; step < steps; step++) {
    const int8_t *at = codes + step % 64 * BM_TILE_PROBES * 4;
#pragma clang loop unroll(full)
    for (int32_t q = 0; q < BM_TILE_PROBES; q++) {
      const uint32_t with = BM_LOAD(uint32_t, at + 4 * q);
#pragma clang loop unroll(full)
      for (int32_t b = 0; b < BM_TILE_BLOCKS; b++)
        sum[q][b] = bm_dot_codes(sum[q][b], four[b], with);
    }
  }
  int64_t total = 0;
  for (int32_t q = 0; q < BM_TILE_PROBES; q++)
    for (int32_t b = 0; b < BM_TILE_BLOCKS; b++) total += __builtin_reduce_add(sum[q][b]);
  *sum_of_all = total;
  return steps * BM_TILE_PROBES * BM_TILE_BLOCKS * 64;
}

#endif
