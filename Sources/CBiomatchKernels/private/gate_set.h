// The points of a set that its first gate looks at: the heaviest ones in whole blocks, so that no
// lane is idle, in the form that the gate compares.
#ifndef BIOMATCH_GATE_SET_H
#define BIOMATCH_GATE_SET_H

#include "CBiomatchKernels.h"
#include "directions.h"
#include "lanes.h"

// How far from the set's centre a point is taken to lie, at most.
enum { BM_GATE_REACH = 1023 };

// Room for one block of lanes behind the last.
enum { BM_GATE_LANES = BM_MAX_POINTS + BM_LANES };

// Which lanes of each block take part: all, or of two blocks and more the heaviest that fill whole
// blocks; among equal weights the first. How many they are.
BM_INLINE int32_t bm_select(const uint8_t *weight, int32_t count, uint32_t *chosen) {
  const int32_t blocks = (count + BM_LANES - 1) / BM_LANES;
  const int32_t wanted = count < 2 * BM_LANES ? count : count / BM_LANES * BM_LANES;
  for (int32_t b = 0; b < blocks; b++)
    chosen[b] = b < count / BM_LANES ? 0xffffu : (1u << (count % BM_LANES)) - 1;
  if (wanted == count) return count;

  // The largest weight that at least so many points have. Lanes behind the last point weigh nothing.
  int32_t least = 0;
  for (int32_t bit = 128; bit > 0; bit >>= 1) {
    i32x16 reached = 0;
    for (int32_t b = 0; b < blocks; b++)
      reached -= BM_INT(BM_LOAD(u8x16, weight + b * BM_LANES)) >= (least | bit);
    if (__builtin_reduce_add(reached) >= wanted) least |= bit;
  }
  uint32_t level[BM_MAX_BLOCKS];
  int32_t room = wanted;
  for (int32_t b = 0; b < blocks; b++) {
    const i32x16 weights = BM_INT(BM_LOAD(u8x16, weight + b * BM_LANES));
    level[b] = chosen[b] & (uint32_t)bm_mask(weights == least);
    chosen[b] &= (uint32_t)bm_mask(weights > least);
    room -= __builtin_popcount(chosen[b]);
  }
  for (int32_t b = 0; b < blocks; b++) {
    for (; level[b] != 0 && room > 0; room--) {
      chosen[b] |= level[b] & -level[b];
      level[b] &= level[b] - 1;
    }
  }
  return wanted;
}

// The chosen points of a set in the form that the gate reads, structure of arrays. Lanes behind the
// last point are zero.
typedef struct {
  int32_t count;
  // The mean place, which the others are relative to.
  int32_t centre[2];
  // Signatures: word w of point k at w * BM_GATE_LANES + k.
  uint32_t bits[BM_SIGNATURE_WORDS * BM_GATE_LANES];
  int32_t x[BM_GATE_LANES], y[BM_GATE_LANES];
  uint32_t angle[BM_GATE_LANES], norm[BM_GATE_LANES];
} bm_gate_set;

BM_INLINE void bm_gather_set(const uint8_t *packed, bm_gate_set *set) {
  uint16_t sizes[2];
  __builtin_memcpy(sizes, packed, sizeof(sizes));
  const int32_t blocks = sizes[1];
  uint32_t chosen[BM_MAX_BLOCKS];
  set->count = bm_select(packed + bm_weight_offset(blocks), sizes[0], chosen);
  int32_t first = 0;
  i32x16 sum_x = 0, sum_y = 0;
  for (int32_t b = 0; b < blocks; b++) {
    const uint8_t *bits = packed + bm_bits_offset() + b * BM_SIGNATURE_WORDS * 64;
    for (int32_t w = 0; w < BM_SIGNATURE_WORDS; w++)
      BM_STORE(set->bits + w * BM_GATE_LANES + first,
               bm_compress(BM_LOAD(u32x16, bits + w * 64), chosen[b]));
#define BM_CHOSEN(type, offset) \
  bm_compress((u32x16)BM_INT(BM_LOAD(type, packed + (offset) + (int32_t)sizeof(type) * b)), chosen[b])
    const i32x16 x = (i32x16)BM_CHOSEN(i16x16, bm_x_offset(blocks));
    const i32x16 y = (i32x16)BM_CHOSEN(i16x16, bm_y_offset(blocks));
    BM_STORE(set->x + first, x);
    BM_STORE(set->y + first, y);
    BM_STORE(set->norm + first, BM_CHOSEN(u16x16, bm_norm_offset(blocks)));
    BM_STORE(set->angle + first, BM_CHOSEN(u8x16, bm_angle_offset(blocks)));
#undef BM_CHOSEN
    sum_x += x;
    sum_y += y;
    first += __builtin_popcount(chosen[b]);
  }
  set->centre[0] = set->count > 0 ? __builtin_reduce_add(sum_x) / set->count : 0;
  set->centre[1] = set->count > 0 ? __builtin_reduce_add(sum_y) / set->count : 0;
  const i32x16 reach = BM_GATE_REACH;
  for (int32_t k = 0; k < set->count; k += BM_LANES) {
    const i32x16 x = BM_LOAD(i32x16, set->x + k) - set->centre[0];
    const i32x16 y = BM_LOAD(i32x16, set->y + k) - set->centre[1];
    BM_STORE(set->x + k, __builtin_elementwise_min(__builtin_elementwise_max(x, -reach), reach));
    BM_STORE(set->y + k, __builtin_elementwise_min(__builtin_elementwise_max(y, -reach), reach));
  }
}

// The probe's side of the first gate: a row a point.
BM_INLINE void bm_gather_rows(const uint8_t *packed, bm_gate_rows *rows) {
  bm_gate_set set;
  uint8_t angle[BM_MAX_POINTS];
  bm_gather_set(packed, &set);
  rows->count = set.count;
  __builtin_memcpy(rows->centre, set.centre, sizeof(rows->centre));
  __builtin_memset(rows->place, 0, sizeof(rows->place));
  for (int32_t k = 0; k < set.count; k++) {
    for (int32_t w = 0; w < BM_LANES; w++)
      rows->bits[k][w] = w < BM_SIGNATURE_WORDS ? set.bits[w * BM_GATE_LANES + k] : 0;
    // Eight bits of the norm are enough; signatures of 16 bits and less are taken for such of 16.
    const int32_t scaled = (int32_t)(set.norm[k] >> 6);
    rows->scale[k] = (scaled > 255 ? 255 : scaled) * BM_MAX_POINTS;
    rows->turn[k] = set.angle[k] << 24;
    rows->place[k] = (uint32_t)(set.x[k] + BM_GATE_REACH + 1) << 8 |
                     (uint32_t)(set.y[k] + BM_GATE_REACH + 1) << 20 | set.angle[k];
    angle[k] = (uint8_t)set.angle[k];
  }
  bm_index_directions(angle, rows->count, rows->first);
}

#endif
