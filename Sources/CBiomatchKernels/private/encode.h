// Signatures: what the surroundings of a point look like from the point.
#ifndef BIOMATCH_ENCODE_H
#define BIOMATCH_ENCODE_H

#include "CBiomatchKernels.h"
#include "lanes.h"
#include "unpack.h"

// The cells from which a place at `t` cells from the first centre is less than `span` away.
BM_INLINE int32_t bm_first_cell(float t, float span) {
  const int32_t first = (int32_t)(t - span + BM_GRID) - BM_GRID + 1;
  return first < 0 ? 0 : first;
}
BM_INLINE int32_t bm_last_cell(float t, float span) {
  const int32_t last = (int32_t)(t + span + BM_GRID) - BM_GRID;
  return last < BM_GRID ? last : BM_GRID - 1;
}

// Adds the influence of a point at (u, v) cells from the first centre to the sums of the grid's cells.
// As many rows and columns are gone through for every point, so that no branch depends on it; those
// that are too far away get nothing added.
BM_INLINE void bm_spread(float u, float v, f32x8 influence, const bm_parameters *p, float span,
                         f32x8 *sums) {
  const f32x8 column = {0, 1, 2, 3, 4, 5, 6, 7};
  const f32x8 du = (column - u) * p->pitch;
  const int32_t left = bm_first_cell(u, span), right = bm_last_cell(u, span);
  const int32_t top = bm_first_cell(v, span), bottom = bm_last_cell(v, span);
  const i32x8 inside = (__builtin_convertvector(column, i32x8) >= left) &
                       (__builtin_convertvector(column, i32x8) <= right);
  const int32_t width = 2.0f * span < BM_GRID - 1 ? (int32_t)(2.0f * span) + 1 : BM_GRID;
  const int32_t first = left < BM_GRID - width ? left : BM_GRID - width;
  const int32_t start = top < BM_GRID - width ? top : BM_GRID - width;
  for (int32_t row = start; row < start + width; row++) {
    const float dv = ((float)row - v) * p->pitch;
    const i32x8 rounded = __builtin_convertvector(du * du + dv * dv + 0.5f, i32x8);
    // The last entry of the table is zero.
    const i32x8 none = BM_SPATIAL - 1;
    const i32x8 entry = inside & (row >= top && row <= bottom ? -1 : 0)
                            ? __builtin_elementwise_min(rounded, none)
                            : none;
    int32_t distance[BM_GRID];
    BM_STORE(distance, entry);
    for (int32_t k = first; k < first + width; k++)
      sums[row * BM_GRID + k] += p->spatial[distance[k]] * influence;
  }
}

// Adds what point i sees to the sums; the number of points seen.
BM_INLINE int32_t bm_look_around(const bm_points *points, const uint8_t *angle, int32_t i,
                                 const bm_parameters *p, f32x8 *sums) {
  const float middle = 0.5f * (BM_GRID - 1);
  const float scale = 1.0f / p->pitch, span = p->reach * scale;
  const float cosine = points->cosine[i], sine = points->sine[i];
  const float x = points->x[i], y = points->y[i];
  int32_t seen = 0;
  for (int32_t k = 0; k < points->count; k += BM_LANES) {
    const f32x16 dx = BM_LOAD(f32x16, points->x + k) - x;
    const f32x16 dy = BM_LOAD(f32x16, points->y + k) - y;
    float u[BM_LANES], v[BM_LANES];
    BM_STORE(u, (dx * cosine + dy * sine) * scale + middle);
    BM_STORE(v, (dy * cosine - dx * sine) * scale + middle);
    // Lanes behind the last point are too far away for any sight.
    uint32_t mask = (uint32_t)bm_mask(dx * dx + dy * dy <= p->sight);
    if (i - k >= 0 && i - k < BM_LANES) mask &= ~(1u << (i - k));
    seen += __builtin_popcount(mask);
    for (; mask != 0; mask &= mask - 1) {
      const int32_t lane = __builtin_ctz(mask);
      const uint8_t difference = (uint8_t)(angle[i] - angle[k + lane]);
      bm_spread(u[lane], v[lane], BM_LOAD(f32x8, p->directional[difference]), p, span, sums);
    }
  }
  return seen;
}

BM_KERNEL void bm_encode(uint8_t *packed, const bm_parameters *parameters) {
  bm_points points;
  bm_unpack(packed, parameters, &points);
  const int32_t blocks = points.blocks;
  const uint8_t *angle = packed + bm_angle_offset(blocks);
  int32_t place[BM_CELLS];
  for (int32_t k = 0; k < BM_GRID * BM_GRID; k++)
    if (parameters->cell[k] >= 0) place[parameters->cell[k]] = k;
  for (int32_t i = 0; i < points.count; i++) {
    f32x8 sums[BM_GRID * BM_GRID];
    for (int32_t k = 0; k < BM_GRID * BM_GRID; k++) sums[k] = 0.0f;
    uint64_t bits[BM_SIGNATURE_WORDS / 2 + 1] = {0};
    if (bm_look_around(&points, angle, i, parameters, sums) >= parameters->least_seen) {
      for (int32_t c = 0; c < BM_CELLS; c += 2) {
        f32x16 pair;
        pair.lo = sums[place[c]];
        pair.hi = sums[place[c + 1]];
        const uint32_t mask = (uint32_t)bm_mask(pair >= parameters->threshold);
        const uint64_t sections = (mask & 63u) | ((mask >> 8 & 63u) << BM_SECTIONS);
        const int32_t bit = c * BM_SECTIONS, shift = bit % 64;
        bits[bit / 64] |= sections << shift;
        if (shift > 64 - 2 * BM_SECTIONS) bits[bit / 64 + 1] |= sections >> (64 - shift);
      }
    }
    uint8_t *words = packed + bm_bits_offset() +
                     (i / BM_LANES) * BM_SIGNATURE_WORDS * 64 + (i % BM_LANES) * 4;
    int32_t set = 0;
    for (int32_t w = 0; w < BM_SIGNATURE_WORDS; w++) {
      const uint32_t word = (uint32_t)(bits[w / 2] >> (w % 2 * 32));
      set += __builtin_popcount(word);
      BM_STORE(words + w * 64, word);
    }
    // Rounded down, so that no similarity exceeds one.
    uint16_t norm = 0;
    if (set > 0) norm = (uint16_t)(65535.0f / bm_root((f32x16)(float)set).x);
    BM_STORE(packed + bm_norm_offset(blocks) + 2 * i, norm);
  }
}

#endif
