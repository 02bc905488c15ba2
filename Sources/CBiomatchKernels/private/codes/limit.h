// Nothing but what a tile spends its time on, in registers, to see how fast the machine does it.
#ifndef BIOMATCH_CODES_LIMIT_H
#define BIOMATCH_CODES_LIMIT_H

#include "compare.h"

// How many words are met at a time: with their sums they fill the registers.
#if BM_CODE_TILE_ROWS < 8
#define BM_CODE_LIMIT 2
#else
#define BM_CODE_LIMIT 12
#endif

BM_KERNEL int64_t bm_count_fastest(const uint64_t *words, int64_t times, int64_t *ones) {
  u64x8 word[BM_CODE_LIMIT];
  i64x8 sum[BM_CODE_LIMIT];
#pragma clang loop unroll(full)
  for (int32_t k = 0; k < BM_CODE_LIMIT; k++) {
    word[k] = BM_LOAD(u64x8, words + k * BM_CODE_ROWS);
    sum[k] = 0;
  }
  for (int64_t n = 0; n < times; n++) {
    u64x8 part[BM_CODE_LIMIT];
#pragma clang loop unroll(full)
    for (int32_t k = 0; k < BM_CODE_LIMIT; k++) part[k] = bm_count_start(sum[k]);
    for (int32_t w = 0; w < BM_CODE_SPAN; w++) {
      const u64x8 with = BM_LOAD(u64x8, words + w * BM_CODE_ROWS);
#pragma clang loop unroll(full)
      for (int32_t k = 0; k < BM_CODE_LIMIT; k++) part[k] = bm_count_bits(part[k], word[k] & with);
    }
#pragma clang loop unroll(full)
    for (int32_t k = 0; k < BM_CODE_LIMIT; k++) sum[k] = bm_count_end(sum[k], part[k]);
  }
  *ones = 0;
  for (int32_t k = 0; k < BM_CODE_LIMIT; k++) *ones += __builtin_reduce_add(sum[k]);
  return times * BM_CODE_SPAN * BM_CODE_LIMIT * BM_CODE_ROWS * 64;
}

#endif
