// A probe compared with many packed sets.
#ifndef BIOMATCH_SCAN_H
#define BIOMATCH_SCAN_H

#include "CBiomatchKernels.h"
#include "match.h"
#include "screen.h"
#include "support.h"
#include "unpack.h"

// Whether a whole packed set starts `offset` bytes into an arena.
BM_INLINE int32_t bm_is_whole(const uint8_t *arena, int64_t arena_bytes, int64_t offset) {
  uint16_t sizes[2];
  if (offset + BM_HEADER_BYTES > arena_bytes) return 0;
  __builtin_memcpy(sizes, arena + offset, sizeof(sizes));
  const int32_t count = sizes[0], blocks = sizes[1];
  return count <= BM_MAX_POINTS && blocks == (count + BM_LANES - 1) / BM_LANES &&
         offset + bm_packed_bytes(blocks) <= arena_bytes;
}

BM_INLINE void bm_follow(const bm_probe *probe, const uint8_t *packed, const bm_points *reference,
                         const bm_parameters *parameters, const bm_pairs *pairs, int32_t seed,
                         bm_matches *matches, bm_survivor *survivor) {
  bm_match(probe, packed, reference, parameters, pairs, seed, matches);
  survivor->sums[survivor->hypotheses++] = matches->sums;
}

BM_KERNEL int32_t bm_scan(const bm_probe *probe, const uint8_t *arena, int64_t arena_bytes,
                          const uint32_t *offsets, int32_t count, int32_t gated,
                          const bm_parameters *parameters, bm_survivor *survivors,
                          int64_t passed[BM_GATES]) {
  bm_points reference;
  bm_pairs pairs;
  bm_matches matches;
  int32_t found = 0;
  for (int32_t k = 0; k < count; k++) {
    const int64_t offset = 8 * (int64_t)offsets[k];
    if (!bm_is_whole(arena, arena_bytes, offset)) return -1 - k;
    const uint8_t *packed = arena + offset;
    (void)gated;
    passed[0]++;
    passed[1]++;
    bm_screen(probe, packed, parameters, &pairs);
    if (pairs.count < 2) continue;
    bm_unpack(packed, parameters, &reference);
    bm_support(probe, &reference, parameters, &pairs);
    bm_survivor *survivor = survivors + found++;
    survivor->index = k;
    survivor->hypotheses = 0;
    bm_follow(probe, packed, &reference, parameters, &pairs, pairs.first_seed, &matches, survivor);
    if (pairs.second_seed >= 0)
      bm_follow(probe, packed, &reference, parameters, &pairs, pairs.second_seed, &matches,
                survivor);
  }
  return found;
}

#endif
