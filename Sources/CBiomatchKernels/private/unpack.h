// Packed sets of points brought to single precision.
#ifndef BIOMATCH_UNPACK_H
#define BIOMATCH_UNPACK_H

#include "CBiomatchKernels.h"
#include "directions.h"
#include "gate_set.h"
#include "lanes.h"

BM_KERNEL void bm_unpack(const uint8_t *packed, const bm_parameters *parameters,
                         bm_points *points) {
  uint16_t sizes[2];
  __builtin_memcpy(sizes, packed, sizeof(sizes));
  const int32_t count = sizes[0], blocks = sizes[1];
  const i32x16 lane = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
  const float far_away = 1e6f;
  points->count = count;
  points->blocks = blocks;
  const uint8_t *angle = packed + bm_angle_offset(blocks);
  for (int32_t b = 0; b < blocks; b++) {
    const int32_t first = b * BM_LANES;
    const i32x16 present = lane + first < count;
    const f32x16 x = BM_FLOAT(BM_LOAD(i16x16, packed + bm_x_offset(blocks) + 2 * first));
    const f32x16 y = BM_FLOAT(BM_LOAD(i16x16, packed + bm_y_offset(blocks) + 2 * first));
    const f32x16 weight = BM_FLOAT(BM_LOAD(u8x16, packed + bm_weight_offset(blocks) + first));
    BM_STORE(points->x + first, present ? x : (f32x16)far_away);
    BM_STORE(points->y + first, present ? y : (f32x16)far_away);
    BM_STORE(points->weight + first, weight * (1.0f / 64.0f));
    points->lowest[b] = angle[first];
    points->highest[b] = angle[first + BM_LANES < count ? first + BM_LANES - 1 : count - 1];
    for (int32_t k = first; k < first + BM_LANES; k++) {
      points->cosine[k] = parameters->cosine[angle[k]];
      points->sine[k] = parameters->sine[angle[k]];
    }
  }
  BM_STORE(points->half_planes, BM_FLOAT(BM_LOAD(i16x16, packed + bm_half_planes_offset())));
}

BM_KERNEL void bm_prepare(const uint8_t *packed, const bm_parameters *parameters,
                          bm_probe *probe) {
  bm_unpack(packed, parameters, &probe->points);
  const int32_t blocks = probe->points.blocks;
  for (int32_t i = 0; i < probe->points.count; i++) {
    const uint8_t *bits = packed + bm_bits_offset() +
                          (i / BM_LANES) * BM_SIGNATURE_WORDS * 64 + (i % BM_LANES) * 4;
    for (int32_t w = 0; w < BM_LANES; w++) {
      probe->rows[i][w] = 0;
      if (w < BM_SIGNATURE_WORDS) __builtin_memcpy(&probe->rows[i][w], bits + w * 64, 4);
    }
    uint16_t norm;
    __builtin_memcpy(&norm, packed + bm_norm_offset(blocks) + 2 * i, sizeof(norm));
    probe->norm[i] = (float)norm;
    probe->angle[i] = packed[bm_angle_offset(blocks) + i];
    probe->kind[i] = packed[bm_kind_offset(blocks) + i];
  }
  bm_index_directions(packed + bm_angle_offset(blocks), probe->points.count, probe->first);
  bm_gather_rows(packed, &probe->gate);
}

#endif
