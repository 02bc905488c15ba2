// All rows of one side against all of another: tiles of registers, which are given up half way where no
// pair of them can reach what it must.
//
// A file for an instruction set defines, besides what lanes.h asks for,
//   bm_count_bits(sum, v)  adds the set bits of v to a sum, in each lane or in each byte of it,
//   bm_count_end(sum, s)   adds to a sum by lane what has been counted in one,
//   bm_count_start(sum)    a sum to begin with, and
//   bm_any_unsigned(v)     whether a lane is not negative,
//   BM_CODE_SPAN           how many words a sum can take,
//   BM_CODE_TILE_ROWS      how many rows of the first side a tile has, 1, 2, 4 or 8,
//   BM_CODE_TILE_BLOCKS    how many blocks of the second, 1 or 2.
#ifndef BIOMATCH_CODES_COMPARE_H
#define BIOMATCH_CODES_COMPARE_H

#include "bm_codes.h"
#include "../lanes.h"

typedef uint16_t u16x8 __attribute__((ext_vector_type(8)));

// What eight rows of the first side need with a group: of all words, less what the words that come after
// the check can add, and that.
typedef struct {
  int64_t first[BM_CODE_ROWS];
  int64_t rest[BM_CODE_ROWS];
} bm_code_needs;

typedef struct {
  uint32_t row;
  // Of the rows that there are.
  uint16_t fewest;
  uint16_t most;
  uint16_t most_rest;
} bm_code_group;

BM_INLINE bm_code_group bm_group_at(const bm_code_rows *b, int32_t row) {
  const int32_t end = b->count - row < BM_CODE_GROUP_ROWS ? b->count - row : BM_CODE_GROUP_ROWS;
  bm_code_group group = {
      .row = (uint32_t)row, .fewest = b->ones[row], .most = b->ones[row + end - 1]};
  for (int32_t k = 0; k < end; k++)
    if (b->rest[row + k] > group.most_rest) group.most_rest = b->rest[row + k];
  return group;
}

// Whether any of eight rows can reach what it needs with any of a group's.
BM_INLINE int32_t bm_needs(const bm_code_rows *a, const uint32_t *floors, int32_t row,
                           const bm_code_group *group, const uint16_t *least,
                           bm_code_needs *needs) {
  const i64x8 ones = __builtin_convertvector(BM_LOAD(u16x8, a->ones + row), i64x8);
  const i64x8 rest = __builtin_convertvector(BM_LOAD(u16x8, a->rest + row), i64x8);
  i64x8 need;
  for (int32_t k = 0; k < BM_CODE_ROWS; k++) {
    const int32_t sum = a->ones[row + k] + group->fewest;
    const int64_t floor = (int64_t)(((uint64_t)floors[row + k] * (uint64_t)sum +
                                     ((uint64_t)1 << (BM_CODE_FLOOR_BITS + 1)) - 1) >>
                                    (BM_CODE_FLOOR_BITS + 1));
    need[k] = floor > least[sum] ? floor : least[sum];
  }
  const i64x8 most = __builtin_elementwise_min(ones, (i64x8)(int64_t)group->most);
  const i64x8 added = __builtin_elementwise_min(rest, (i64x8)(int64_t)group->most_rest);
  BM_STORE(needs->first, need - added);
  BM_STORE(needs->rest, added);
  return __builtin_reduce_or((i64x8)(most >= need)) != 0;
}

// Adds the common bits of words `from` ..< `to` of a tile.
BM_INLINE void bm_add_common(const uint64_t *a, const uint64_t *b, int32_t words, int32_t from,
                             int32_t to, i64x8 sum[BM_CODE_TILE_ROWS][BM_CODE_TILE_BLOCKS]) {
  for (int32_t start = from; start < to; start += BM_CODE_SPAN) {
    const int32_t end = to - start < BM_CODE_SPAN ? to : start + BM_CODE_SPAN;
    u64x8 part[BM_CODE_TILE_ROWS][BM_CODE_TILE_BLOCKS];
#pragma clang loop unroll(full)
    for (int32_t r = 0; r < BM_CODE_TILE_ROWS; r++)
#pragma clang loop unroll(full)
      for (int32_t n = 0; n < BM_CODE_TILE_BLOCKS; n++) part[r][n] = bm_count_start(sum[r][n]);
    for (int32_t w = start; w < end; w++) {
      u64x8 word[BM_CODE_TILE_BLOCKS];
#pragma clang loop unroll(full)
      for (int32_t n = 0; n < BM_CODE_TILE_BLOCKS; n++)
        word[n] = BM_LOAD(u64x8, b + (n * words + w) * BM_CODE_ROWS);
#pragma clang loop unroll(full)
      for (int32_t r = 0; r < BM_CODE_TILE_ROWS; r++) {
        const u64x8 with = (u64x8)(a[w * BM_CODE_ROWS + r]);
#pragma clang loop unroll(full)
        for (int32_t n = 0; n < BM_CODE_TILE_BLOCKS; n++)
          part[r][n] = bm_count_bits(part[r][n], with & word[n]);
      }
    }
#pragma clang loop unroll(full)
    for (int32_t r = 0; r < BM_CODE_TILE_ROWS; r++)
#pragma clang loop unroll(full)
      for (int32_t n = 0; n < BM_CODE_TILE_BLOCKS; n++)
        sum[r][n] = bm_count_end(sum[r][n], part[r][n]);
  }
}

// Whether any sum is not negative.
BM_INLINE int32_t bm_any_reaches(i64x8 sum[BM_CODE_TILE_ROWS][BM_CODE_TILE_BLOCKS]) {
  i64x8 all = -1;
#pragma clang loop unroll(full)
  for (int32_t r = 0; r < BM_CODE_TILE_ROWS; r++)
#pragma clang loop unroll(full)
    for (int32_t n = 0; n < BM_CODE_TILE_BLOCKS; n++) all &= sum[r][n];
  return bm_any_unsigned(all);
}

typedef struct {
  const bm_code_rows *a;
  const bm_code_rows *b;
  const bm_code_rule *rule;
} bm_code_sides;

BM_INLINE bm_code_hit *bm_write_common(const bm_code_sides *sides, uint32_t row_a, uint32_t row_b,
                                       i64x8 common, bm_code_hit *hits) {
  int64_t lane[BM_CODE_ROWS];
  BM_STORE(lane, common);
  for (uint32_t k = 0; k < BM_CODE_ROWS && row_b + k < (uint32_t)sides->b->count; k++) {
    const int32_t sum = sides->a->ones[row_a] + sides->b->ones[row_b + k];
    *hits = (bm_code_hit){.a = row_a, .b = row_b + k, .common = (uint32_t)lane[k]};
    hits += lane[k] >= sides->rule->least[sum];
  }
  return hits;
}

BM_INLINE bm_code_hit *bm_code_tile(const bm_code_sides *sides, const bm_code_needs *needs,
                                    int32_t row_a, int32_t first, int32_t row_b,
                                    bm_code_hit *hits) {
  const int32_t words = sides->rule->words;
  const uint64_t *a = sides->a->words + (int64_t)row_a * words + first;
  const uint64_t *b = sides->b->words + (int64_t)row_b * words;
  // What a pair has more than it needs.
  i64x8 sum[BM_CODE_TILE_ROWS][BM_CODE_TILE_BLOCKS];
#pragma clang loop unroll(full)
  for (int32_t r = 0; r < BM_CODE_TILE_ROWS; r++)
#pragma clang loop unroll(full)
    for (int32_t n = 0; n < BM_CODE_TILE_BLOCKS; n++) sum[r][n] = (i64x8)(-needs->first[first + r]);
  bm_add_common(a, b, words, 0, sides->rule->checked, sum);
  if (sides->rule->checked < words) {
    if (!bm_any_reaches(sum)) return hits;
    bm_add_common(a, b, words, sides->rule->checked, words, sum);
  }
#pragma clang loop unroll(full)
  for (int32_t r = 0; r < BM_CODE_TILE_ROWS; r++)
#pragma clang loop unroll(full)
    for (int32_t n = 0; n < BM_CODE_TILE_BLOCKS; n++) sum[r][n] -= needs->rest[first + r];
  if (__builtin_expect(!bm_any_reaches(sum), 1)) return hits;
  for (int32_t r = 0; r < BM_CODE_TILE_ROWS; r++) {
    if (row_a + first + r >= sides->a->count) break;
    const int64_t need = needs->first[first + r] + needs->rest[first + r];
    for (int32_t n = 0; n < BM_CODE_TILE_BLOCKS; n++)
      if (bm_any_unsigned(sum[r][n]))
        hits = bm_write_common(sides, (uint32_t)(row_a + first + r),
                               (uint32_t)(row_b + n * BM_CODE_ROWS), sum[r][n] + need, hits);
  }
  return hits;
}

BM_KERNEL int64_t bm_compare_codes(const bm_code_rows *a, const uint32_t *floors,
                                   const bm_code_rows *b, const bm_code_rule *rule,
                                   bm_code_hit *hits, int64_t capacity) {
  const bm_code_sides sides = {.a = a, .b = b, .rule = rule};
  bm_code_hit *end = hits;
  for (int32_t row_b = 0; row_b < b->count; row_b += BM_CODE_GROUP_ROWS) {
    const bm_code_group group = bm_group_at(b, row_b);
    for (int32_t row_a = 0; row_a < a->count; row_a += BM_CODE_ROWS) {
      if (end - hits + BM_CODE_ROWS * BM_CODE_GROUP_ROWS > capacity) return -1;
      bm_code_needs needs;
      if (!bm_needs(a, floors, row_a, &group, rule->least, &needs)) continue;
      for (int32_t k = 0; k < BM_CODE_GROUP_ROWS; k += BM_CODE_TILE_BLOCKS * BM_CODE_ROWS)
        for (int32_t first = 0; first < BM_CODE_ROWS; first += BM_CODE_TILE_ROWS)
          end = bm_code_tile(&sides, &needs, row_a, first, row_b + k, end);
    }
  }
  return end - hits;
}

#endif
