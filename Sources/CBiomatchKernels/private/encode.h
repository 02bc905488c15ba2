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

// Adds what point i sees to the sums; the number of points seen.
BM_INLINE int32_t bm_look_around(const bm_points *points, const uint8_t *angle, int32_t i,
                                 const bm_parameters *p, f32x8 *sums) {
  const float middle = 0.5f * (BM_GRID - 1);
  const float scale = 1.0f / p->pitch, span = p->reach * scale;
  const float cosine = points->cosine[i], sine = points->sine[i];
  int32_t seen = 0;
  for (int32_t j = 0; j < points->count; j++) {
    const float dx = points->x[j] - points->x[i], dy = points->y[j] - points->y[i];
    if (j == i || dx * dx + dy * dy > p->sight) continue;
    seen++;
    const float u = (dx * cosine + dy * sine) * scale + middle;
    const float v = (dy * cosine - dx * sine) * scale + middle;
    const int32_t first = bm_first_cell(u, span), last = bm_last_cell(u, span);
    const int32_t bottom = bm_last_cell(v, span);
    const f32x8 influence = BM_LOAD(f32x8, p->directional[(uint8_t)(angle[i] - angle[j])]);
    for (int32_t row = bm_first_cell(v, span); row <= bottom; row++) {
      const float dv = ((float)row - v) * p->pitch;
      for (int32_t column = first; column <= last; column++) {
        const int32_t cell = p->cell[row * BM_GRID + column];
        const float du = ((float)column - u) * p->pitch;
        const int32_t distance = (int32_t)(du * du + dv * dv + 0.5f);
        if (cell < 0 || distance >= p->spatial_count) continue;
        sums[cell] += p->spatial[distance] * influence;
      }
    }
  }
  return seen;
}

BM_KERNEL void bm_encode(uint8_t *packed, const bm_parameters *parameters) {
  bm_points points;
  bm_unpack(packed, parameters, &points);
  const int32_t blocks = points.blocks;
  const uint8_t *angle = packed + bm_angle_offset(blocks);
  for (int32_t i = 0; i < points.count; i++) {
    f32x8 sums[BM_CELLS];
    for (int32_t c = 0; c < BM_CELLS; c++) sums[c] = 0.0f;
    uint64_t bits[BM_SIGNATURE_WORDS / 2 + 1] = {0};
    if (bm_look_around(&points, angle, i, parameters, sums) >= parameters->least_seen) {
      for (int32_t c = 0; c < BM_CELLS; c += 2) {
        f32x16 pair;
        pair.lo = sums[c];
        pair.hi = sums[c + 1];
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
