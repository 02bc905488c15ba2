// Set bits of rows, and the arithmetic of comparisons alone.
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

BM_KERNEL void bm_count_ones(const uint64_t *rows, int64_t count, int32_t words, uint16_t *ones) {
  for (int64_t i = 0; i < count; i++)
    ones[i] = bm_common_ones(rows + i * words, rows + i * words, words);
}

BM_KERNEL void bm_count_listed(const uint64_t *row, const uint64_t *rows, int32_t words,
                               const uint32_t *list, int64_t count, uint16_t *common) {
  for (int64_t i = 0; i < count; i++)
    common[i] = bm_common_ones(row, rows + (int64_t)list[i] * words, words);
}

BM_KERNEL int64_t bm_intersect(const uint64_t *a, const uint64_t *b, int64_t steps,
                               uint64_t *sum_of_all) {
  i64x8 sum[BM_CODE_TILE_ROWS][BM_CODE_TILE_BLOCKS];
  for (int32_t r = 0; r < BM_CODE_TILE_ROWS; r++)
    for (int32_t n = 0; n < BM_CODE_TILE_BLOCKS; n++) sum[r][n] = 0;
  for (int64_t step = 0; step < steps; step++) bm_add_common(a, b, 8, 0, 8, sum);
  *sum_of_all = 0;
  for (int32_t r = 0; r < BM_CODE_TILE_ROWS; r++)
    for (int32_t n = 0; n < BM_CODE_TILE_BLOCKS; n++)
      *sum_of_all += (uint64_t)__builtin_reduce_add(sum[r][n]);
  return steps * 8 * BM_CODE_TILE_ROWS * BM_CODE_TILE_BLOCKS * BM_CODE_ROWS;
}

#endif
