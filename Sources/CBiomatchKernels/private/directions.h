// Lists of points in the order of their directions, 1/256 turn.
#ifndef BIOMATCH_DIRECTIONS_H
#define BIOMATCH_DIRECTIONS_H

#include "lanes.h"

// Where each direction starts in a list of ascending directions; 257 entries.
BM_INLINE void bm_index_directions(const uint8_t *angle, int32_t count, uint8_t *first) {
  int32_t k = 0;
  for (int32_t a = 0; a <= 256; a++) {
    while (k < count && angle[k] < a) k++;
    first[a] = (uint8_t)k;
  }
}

// Whether the directions ascend.
BM_INLINE int32_t bm_ascend(const uint8_t *angle, int32_t count) {
  int32_t descents = 0;
  for (int32_t k = 1; k < count; k++) descents += angle[k] < angle[k - 1];
  return descents == 0;
}

// One or two runs of places in a list.
typedef struct {
  int32_t from[2], to[2];
} bm_runs;

// The places whose directions lie in `from` ..< `to`, modulo a turn; none where that is empty.
BM_INLINE bm_runs bm_runs_of(const uint8_t *first, int32_t from, int32_t to) {
  bm_runs runs = {{0, 0}, {first[256], 0}};
  if (to - from >= 256) return runs;
  if (to <= from) return (bm_runs){{0, 0}, {0, 0}};
  const int32_t start = from & 255, end = start + (to - from);
  runs.from[0] = first[start];
  runs.to[0] = first[end < 256 ? end : 256];
  runs.to[1] = end > 256 ? first[end - 256] : 0;
  return runs;
}

#endif
