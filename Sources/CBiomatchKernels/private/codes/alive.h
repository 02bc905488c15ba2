// For how many words a tile has a pair that may still reach what it must.
#ifndef BIOMATCH_CODES_ALIVE_H
#define BIOMATCH_CODES_ALIVE_H

#include "compare.h"

BM_INLINE i64x8 bm_ones_of(u64x8 v) {
  const i64x8 none = 0;
  return bm_count_end(none, bm_count_bits(bm_count_start(none), v));
}

// Of one block and one group, whose blocks are taken one by one to have room for the sums.
BM_INLINE int32_t bm_words_alive(const bm_code_rows *a, const bm_code_rows *b, int32_t row_a,
                                 int32_t row_b, const bm_code_rule *rule) {
  const uint64_t *words_a = a->words + (int64_t)row_a * rule->words;
  const uint64_t *words_b = b->words + (int64_t)row_b * rule->words;
  i64x8 rest_a = __builtin_convertvector(BM_LOAD(u16x8, a->ones + row_a), i64x8);
  i64x8 rest_b = __builtin_convertvector(BM_LOAD(u16x8, b->ones + row_b), i64x8);
  i64x8 over[BM_CODE_ROWS];
  for (int32_t r = 0; r < BM_CODE_ROWS; r++)
    for (int32_t n = 0; n < BM_CODE_ROWS; n++)
      over[r][n] = -(int64_t)rule->least[a->ones[row_a + r] + b->ones[row_b + n]];
  for (int32_t w = 0; w < rule->words; w++) {
    const u64x8 a_word = BM_LOAD(u64x8, words_a + w * BM_CODE_ROWS);
    const u64x8 b_word = BM_LOAD(u64x8, words_b + w * BM_CODE_ROWS);
    i64x8 all = -1;
#pragma clang loop unroll(full)
    for (int32_t r = 0; r < BM_CODE_ROWS; r++)
      all &= over[r] + __builtin_elementwise_min((i64x8)rest_a[r], rest_b);
    if (!bm_any_unsigned(all)) return w;
    rest_a -= bm_ones_of(a_word);
    rest_b -= bm_ones_of(b_word);
#pragma clang loop unroll(full)
    for (int32_t r = 0; r < BM_CODE_ROWS; r++)
      over[r] += bm_ones_of((u64x8)a_word[r] & b_word);
  }
  return rule->words;
}

BM_KERNEL void bm_count_alive(const bm_code_rows *a, const bm_code_rows *b,
                              const bm_code_rule *rule, int64_t *alive) {
  for (int32_t row_a = 0; row_a + BM_CODE_ROWS <= a->count; row_a += BM_CODE_ROWS)
    for (int32_t row_b = 0; row_b + BM_CODE_GROUP_ROWS <= b->count; row_b += BM_CODE_GROUP_ROWS) {
      int32_t most = 0;
      for (int32_t n = 0; n < BM_CODE_GROUP_ROWS; n += BM_CODE_ROWS) {
        const int32_t words = bm_words_alive(a, b, row_a, row_b + n, rule);
        if (words > most) most = words;
      }
      for (int32_t w = 0; w < most; w++) alive[w]++;
    }
}

#endif
