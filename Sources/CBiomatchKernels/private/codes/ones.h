// Set bits of rows, and those that rows have in common one by one.
#ifndef BIOMATCH_CODES_ONES_H
#define BIOMATCH_CODES_ONES_H

#include "compare.h"

// How many bits are set in both of two rows.
BM_INLINE uint16_t bm_common_ones(const uint64_t *a, const uint64_t *b, int32_t words) {
  i64x8 sum = 0;
  int32_t w = 0;
  for (; w + 8 <= words; w += 8)
    sum = bm_count_end(
        sum, bm_count_bits(bm_count_start(sum), BM_LOAD(u64x8, a + w) & BM_LOAD(u64x8, b + w)));
  if (w < words) {
    uint64_t last[8] = {0};
    for (int32_t k = 0; w + k < words; k++) last[k] = a[w + k] & b[w + k];
    sum = bm_count_end(sum, bm_count_bits(bm_count_start(sum), BM_LOAD(u64x8, last)));
  }
  return (uint16_t)__builtin_reduce_add(sum);
}

BM_KERNEL void bm_count_ones(const uint64_t *rows, int64_t count, int32_t words, int32_t from,
                             uint16_t *ones) {
  for (int64_t i = 0; i < count; i++) {
    const uint64_t *row = rows + i * words + from;
    ones[i] = bm_common_ones(row, row, words - from);
  }
}

BM_KERNEL void bm_count_listed(const uint64_t *row, const uint64_t *rows, int32_t words,
                               const uint32_t *list, int64_t count, uint16_t *common) {
  for (int64_t i = 0; i < count; i++)
    common[i] = bm_common_ones(row, rows + (int64_t)list[i] * words, words);
}

#endif
