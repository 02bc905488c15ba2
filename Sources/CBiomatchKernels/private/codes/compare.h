// All rows of one side against all of another: tiles of registers, which are given up half way where no
// pair of them can reach what it must.
//
// A file for an instruction set defines, besides what lanes.h asks for,
//   bm_count_bits(sum, v)  adds the set bits of v to a sum, in each lane or in each byte of it,
//   bm_count_end(sum, s)   adds to a sum by lane what has been counted in one,
//   bm_count_start(sum)    a sum to begin with,
//   bm_any_unsigned(v)     whether a lane is not negative, and
//   bm_keep_hits(to, v, k) writes the lanes of v where k is -1, in order, and perhaps more behind them, eight
//                          at most in all; returns behind the last one,
//   BM_CODE_SPAN           how many words a sum can take,
//   BM_CODE_TILE_ROWS      how many rows of the first side a tile has, 1, 2, 4 or 8,
//   BM_CODE_TILE_BLOCKS    how many blocks of the second, 1 or 2.
#ifndef BIOMATCH_CODES_COMPARE_H
#define BIOMATCH_CODES_COMPARE_H

#include <stddef.h>

#include "bm_codes.h"
#include "../lanes.h"

typedef uint16_t u16x8 __attribute__((ext_vector_type(8)));

// What eight rows of the first side need with any of a group at least: of all words, less what the words that
// come after the check can add, and that. None of the pairs needs more than as many more as `spread` says.
typedef struct {
  int64_t first[BM_CODE_ROWS];
  int64_t rest[BM_CODE_ROWS];
  int64_t spread[BM_CODE_ROWS];
  int32_t any_spread;
} bm_code_needs;

typedef struct {
  int32_t row;
  // How many rows there are.
  int32_t count;
  // Of these rows.
  uint16_t fewest;
  uint16_t most;
  uint16_t most_rest;
} bm_code_group;

BM_INLINE bm_code_group bm_group_at(const bm_code_rows *b, int32_t row) {
  const int32_t end = b->count - row < BM_CODE_GROUP_ROWS ? b->count - row : BM_CODE_GROUP_ROWS;
  bm_code_group group = {
      .row = row, .count = end, .fewest = b->ones[row], .most = b->ones[row + end - 1]};
  for (int32_t k = 0; k < end; k++)
    if (b->rest[row + k] > group.most_rest) group.most_rest = b->rest[row + k];
  return group;
}

// More than any pair has in common.
#define BM_CODE_NEVER (1 << 20)

// What rows need for their floors with the fewest bits of a group.
BM_INLINE i64x8 bm_floor_needs(const uint32_t *floors, i64x8 ones, int64_t fewest) {
  const u64x8 floor = __builtin_convertvector(BM_LOAD(u32x8, floors), u64x8);
  const u64x8 up = ((uint64_t)1 << (BM_CODE_FLOOR_BITS + 1)) - 1;
  return (i64x8)((floor * (u64x8)(ones + fewest) + up) >> (BM_CODE_FLOOR_BITS + 1));
}

// Whether any of eight rows may reach what it needs with any of a group's. Where the rows have
// as many bits set, which in large files is the rule, the threshold is looked up twice only.
BM_INLINE int32_t bm_needs(const bm_code_rows *a, const uint32_t *floors, int32_t row,
                           const bm_code_group *group, const uint16_t *least,
                           bm_code_needs *needs) {
  const i64x8 lane = {0, 1, 2, 3, 4, 5, 6, 7};
  const int32_t count = a->count - row < BM_CODE_ROWS ? a->count - row : BM_CODE_ROWS;
  const int32_t most = a->ones[row + count - 1];
  const int64_t fewest_need = least[a->ones[row] + group->fewest];
  if ((most < group->most ? most : group->most) < fewest_need) return 0;
  i64x8 need = (i64x8)fewest_need, top = (i64x8)(int64_t)least[most + group->most];
  if (most > a->ones[row])
    for (int32_t k = 0; k < BM_CODE_ROWS; k++) {
      need[k] = least[a->ones[row + k] + group->fewest];
      top[k] = least[a->ones[row + k] + group->most];
    }
  if (floors != NULL) {
    const i64x8 ones = __builtin_convertvector(BM_LOAD(u16x8, a->ones + row), i64x8);
    need = __builtin_elementwise_max(need, bm_floor_needs(floors + row, ones, group->fewest));
    const i64x8 reached = __builtin_elementwise_min(ones, (i64x8)(int64_t)group->most) >= need;
    if (__builtin_reduce_or(reached) == 0) return 0;
  }
  if (count < BM_CODE_ROWS) need = lane < (int64_t)count ? need : (i64x8)BM_CODE_NEVER;
  const i64x8 rest = __builtin_convertvector(BM_LOAD(u16x8, a->rest + row), i64x8);
  const i64x8 added = __builtin_elementwise_min(rest, (i64x8)(int64_t)group->most_rest);
  BM_STORE(needs->first, need - added);
  BM_STORE(needs->rest, added);
  const i64x8 spread = __builtin_elementwise_max(top - need, (i64x8)0);
  BM_STORE(needs->spread, spread);
  needs->any_spread = __builtin_reduce_or(spread) != 0;
  return 1;
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

// Where hits go: `end` to write them, or `counted` to count them, lane by lane and negative.
typedef struct {
  bm_code_hit *end;
  i64x8 counted;
} bm_code_found;

// -1 where a pair of row `row` and a block that is `open` is a hit; `over` is what it has more than it needs
// at least. Few are open: not decided by what any of the tile needs at least and at most.
BM_INLINE i64x8 bm_open_hits(const bm_code_sides *sides, const bm_code_needs *needs,
                             const bm_code_group *group, int32_t row, int32_t k, int32_t block,
                             i64x8 over, i64x8 open) {
  i64x8 hit = open;
  const uint16_t *least = sides->rule->least + sides->a->ones[row + k];
  const uint16_t *ones = sides->b->ones + group->row + block * BM_CODE_ROWS;
  const int64_t need = needs->first[k] + needs->rest[k];
  for (int32_t n = 0; n < BM_CODE_ROWS; n++)
    if (open[n]) hit[n] = -(int64_t)(over[n] + need >= least[ones[n]]);
  return hit;
}

// -1 where a pair of row `row` and a block is a hit.
BM_INLINE i64x8 bm_block_hits(const bm_code_sides *sides, const bm_code_needs *needs,
                              const bm_code_group *group, int32_t row, int32_t k, int32_t block,
                              i64x8 over) {
  const i64x8 lane = {0, 1, 2, 3, 4, 5, 6, 7};
  const i64x8 hit = (over >= 0) & (lane < (int64_t)(group->count - block * BM_CODE_ROWS));
  const i64x8 open = hit & (over < needs->spread[k]);
  if (__builtin_reduce_or(open) == 0) return hit;
  return (hit & ~open) | bm_open_hits(sides, needs, group, row, k, block, over, open);
}

// A hit in each lane, as it lies in memory.
BM_INLINE u64x8 bm_hits_of(uint32_t row_a, uint32_t row_b, i64x8 common) {
  const u64x8 lane = {0, 1, 2, 3, 4, 5, 6, 7};
  return lane + ((u64x8)common << 48) + ((uint64_t)row_a << 32 | row_b);
}

// Counts the hits of a tile without a branch for a pair: as fast with many as with none.
BM_INLINE void bm_count_tile(const bm_code_sides *sides, const bm_code_needs *needs,
                             const bm_code_group *group, int32_t row, int32_t first, int32_t block,
                             i64x8 sum[BM_CODE_TILE_ROWS][BM_CODE_TILE_BLOCKS],
                             bm_code_found *found) {
#pragma clang loop unroll(full)
  for (int32_t r = 0; r < BM_CODE_TILE_ROWS; r++)
#pragma clang loop unroll(full)
    for (int32_t n = 0; n < BM_CODE_TILE_BLOCKS; n++) found->counted += sum[r][n] >= 0;
  if (!needs->any_spread) return;
  i64x8 any = 0;
#pragma clang loop unroll(full)
  for (int32_t r = 0; r < BM_CODE_TILE_ROWS; r++)
#pragma clang loop unroll(full)
    for (int32_t n = 0; n < BM_CODE_TILE_BLOCKS; n++)
      any |= (u64x8)sum[r][n] < (u64x8)(i64x8)needs->spread[first + r];
  if (__builtin_reduce_or(any) == 0) return;
  for (int32_t r = 0; r < BM_CODE_TILE_ROWS; r++)
    for (int32_t n = 0; n < BM_CODE_TILE_BLOCKS; n++) {
      const int32_t k = first + r;
      const i64x8 open = (u64x8)sum[r][n] < (u64x8)(i64x8)needs->spread[k];
      if (__builtin_reduce_or(open) == 0) continue;
      const i64x8 hit =
          bm_open_hits(sides, needs, group, row, k, block + n, sum[r][n], open);
      found->counted += hit - open;
    }
}

BM_INLINE void bm_code_tile(const bm_code_sides *sides, const bm_code_needs *needs,
                            const bm_code_group *group, int32_t row, int32_t first, int32_t block,
                            bm_code_found *found) {
  const int32_t words = sides->rule->words;
  const uint64_t *a = sides->a->words + (int64_t)row * words + first;
  const uint64_t *b =
      sides->b->words + ((int64_t)group->row + block * BM_CODE_ROWS) * words;
  // What a pair has more than it needs.
  i64x8 sum[BM_CODE_TILE_ROWS][BM_CODE_TILE_BLOCKS];
#pragma clang loop unroll(full)
  for (int32_t r = 0; r < BM_CODE_TILE_ROWS; r++)
#pragma clang loop unroll(full)
    for (int32_t n = 0; n < BM_CODE_TILE_BLOCKS; n++) sum[r][n] = (i64x8)(-needs->first[first + r]);
  bm_add_common(a, b, words, 0, sides->rule->checked, sum);
  if (sides->rule->checked < words) {
    if (!bm_any_reaches(sum)) return;
    bm_add_common(a, b, words, sides->rule->checked, words, sum);
  }
#pragma clang loop unroll(full)
  for (int32_t r = 0; r < BM_CODE_TILE_ROWS; r++)
#pragma clang loop unroll(full)
    for (int32_t n = 0; n < BM_CODE_TILE_BLOCKS; n++) sum[r][n] -= needs->rest[first + r];
  if (found->end == NULL && group->count == BM_CODE_GROUP_ROWS) {
    bm_count_tile(sides, needs, group, row, first, block, sum, found);
    return;
  }
  if (!bm_any_reaches(sum)) return;
  for (int32_t r = 0; r < BM_CODE_TILE_ROWS; r++)
    for (int32_t n = 0; n < BM_CODE_TILE_BLOCKS; n++) {
      if (!bm_any_unsigned(sum[r][n])) continue;
      const int32_t k = first + r;
      const i64x8 hit = bm_block_hits(sides, needs, group, row, k, block + n, sum[r][n]);
      if (found->end == NULL) {
        found->counted += hit;
        continue;
      }
      const uint32_t row_b = (uint32_t)(group->row + (block + n) * BM_CODE_ROWS);
      const i64x8 common = sum[r][n] + (needs->first[k] + needs->rest[k]);
      found->end = bm_keep_hits(found->end, bm_hits_of((uint32_t)(row + k), row_b, common), hit);
    }
}

BM_INLINE int64_t bm_compare_groups(const bm_code_rows *a, const uint32_t *floors,
                                    const bm_code_rows *b, const bm_code_rule *rule,
                                    bm_code_hit *hits, int64_t capacity) {
  const bm_code_sides sides = {.a = a, .b = b, .rule = rule};
  bm_code_found found = {.end = hits, .counted = 0};
  for (int32_t row_b = 0; row_b < b->count; row_b += BM_CODE_GROUP_ROWS) {
    const bm_code_group group = bm_group_at(b, row_b);
    for (int32_t row_a = 0; row_a < a->count; row_a += BM_CODE_ROWS) {
      if (hits != NULL && found.end - hits + BM_CODE_ROWS * BM_CODE_GROUP_ROWS > capacity)
        return -1;
      bm_code_needs needs;
      if (!bm_needs(a, floors, row_a, &group, rule->least, &needs)) continue;
      for (int32_t block = 0; block * BM_CODE_ROWS < BM_CODE_GROUP_ROWS;
           block += BM_CODE_TILE_BLOCKS)
        for (int32_t first = 0; first < BM_CODE_ROWS; first += BM_CODE_TILE_ROWS)
          bm_code_tile(&sides, &needs, &group, row_a, first, block, &found);
    }
  }
  return hits == NULL ? -__builtin_reduce_add(found.counted) : found.end - hits;
}

BM_KERNEL int64_t bm_compare_codes(const bm_code_rows *a, const uint32_t *floors,
                                   const bm_code_rows *b, const bm_code_rule *rule,
                                   bm_code_hit *hits, int64_t capacity) {
  return bm_compare_groups(a, floors, b, rule, hits, capacity);
}

BM_KERNEL int64_t bm_count_codes(const bm_code_rows *a, const uint32_t *floors,
                                 const bm_code_rows *b, const bm_code_rule *rule) {
  return bm_compare_groups(a, floors, b, rule, NULL, 0);
}

#endif
