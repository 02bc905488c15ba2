// Signatures of two sets compared all against all, and the best pairs kept. Integers decide, so
// that every level keeps the same pairs.
#ifndef BIOMATCH_SCREEN_H
#define BIOMATCH_SCREEN_H

#include "CBiomatchKernels.h"
#include "lanes.h"

enum { BM_SIMILARITY_ONE = 32768 };

// The best partner of a point: similarity in units of 1/32,768, then the lower index.
#define BM_KEY(similarity, index) (((similarity) << 8) | (255 - (index)))
#define BM_KEY_SIMILARITY(key) ((key) >> 8)
#define BM_KEY_INDEX(key) (255 - ((key)&255))

// The largest threshold that at least `wanted` of the similarities reach; they are all positive.
BM_INLINE int32_t bm_threshold(const int32_t *similarity, int32_t blocks, int32_t wanted) {
  int32_t threshold = 0;
  for (int32_t bit = BM_SIMILARITY_ONE; bit > 0; bit >>= 1) {
    const int32_t trial = threshold | bit;
    i32x16 reached = 0;
    for (int32_t b = 0; b < blocks; b++)
      reached -= BM_LOAD(i32x16, similarity + b * BM_LANES) >= trial;
    if (__builtin_reduce_add(reached) >= wanted) threshold = trial;
  }
  return threshold;
}

BM_KERNEL void bm_screen(const bm_probe *probe, const uint8_t *packed,
                         const bm_parameters *parameters, bm_pairs *pairs) {
  uint16_t sizes[2];
  __builtin_memcpy(sizes, packed, sizeof(sizes));
  const int32_t blocks = sizes[1];
  const uint8_t *bits = packed + bm_bits_offset();
  const int32_t points = probe->points.count;
  const int32_t gate = parameters->direction_gate;

  i32x16 row_best[BM_MAX_POINTS];
  int32_t column_best[BM_MAX_POINTS];
  const i32x16 lane = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};

  for (int32_t i = 0; i < points; i++) row_best[i] = 0;
  for (int32_t b = 0; b < blocks; b++) {
    u32x16 word[BM_SIGNATURE_WORDS];
    for (int32_t w = 0; w < BM_SIGNATURE_WORDS; w++)
      word[w] = BM_LOAD(u32x16, bits + (b * BM_SIGNATURE_WORDS + w) * 64);
    const i32x16 angle = BM_INT(BM_LOAD(u8x16, packed + bm_angle_offset(blocks) + b * BM_LANES));
    const f32x16 norm =
        BM_FLOAT(BM_LOAD(u16x16, packed + bm_norm_offset(blocks) + b * 2 * BM_LANES)) *
        ((float)BM_SIMILARITY_ONE / (65535.0f * 65535.0f));
    const i32x16 column_index = 255 - (lane + b * BM_LANES);
    i32x16 best = 0;
    for (int32_t i = 0; i < points; i++) {
      const uint32_t *row = probe->rows[i];
      const i32x16 common = bm_common(word, row);
      const i32x16 turn = ((angle - probe->angle[i]) << 24) >> 24;
      const i32x16 away = __builtin_elementwise_max(turn, -turn);
      const i32x16 similarity = BM_INT(BM_FLOAT(common) * (norm * probe->norm[i]));
      const i32x16 gated = (away <= gate) & (similarity << 8);
      row_best[i] = __builtin_elementwise_max(row_best[i], gated | column_index);
      best = __builtin_elementwise_max(best, gated | (255 - i));
    }
    BM_STORE(column_best + b * BM_LANES, best);
  }

  // Row bests first, then the column bests that are not row bests already.
  uint8_t probe_index[2 * BM_MAX_POINTS], reference_index[2 * BM_MAX_POINTS];
  int32_t similarity[2 * BM_MAX_POINTS + BM_LANES];
  int32_t partner[BM_MAX_POINTS];
  int32_t count = 0;
  for (int32_t i = 0; i < points; i++) {
    const int32_t key = __builtin_reduce_max(row_best[i]);
    const int32_t value = BM_KEY_SIMILARITY(key);
    partner[i] = BM_KEY_INDEX(key);
    probe_index[count] = (uint8_t)i;
    reference_index[count] = (uint8_t)partner[i];
    similarity[count] = value;
    count += value > 0;
  }
  for (int32_t j = 0; j < sizes[0]; j++) {
    const int32_t value = BM_KEY_SIMILARITY(column_best[j]);
    const int32_t i = BM_KEY_INDEX(column_best[j]);
    probe_index[count] = (uint8_t)i;
    reference_index[count] = (uint8_t)j;
    similarity[count] = value;
    count += value > 0 && partner[i] != j;
  }

  // Equal similarities are kept or dropped together, so that swapping the sets keeps the same pairs;
  // only where that exceeds the buffer does the order decide.
  int32_t least = 0;
  if (count > parameters->pairs) {
    BM_STORE(similarity + count, (i32x16)0);
    least = bm_threshold(similarity, (count + BM_LANES - 1) / BM_LANES, parameters->pairs);
  }
  int32_t kept = 0;
  for (int32_t c = 0; c < count && kept < BM_MAX_PAIRS; c++) {
    pairs->probe[kept] = probe_index[c];
    pairs->reference[kept] = reference_index[c];
    pairs->similarity[kept] = (float)similarity[c] * (1.0f / BM_SIMILARITY_ONE);
    kept += similarity[c] >= least;
  }
  pairs->count = kept;
}

#endif
