// Probes compared with many packed sets.
#ifndef BIOMATCH_SCAN_H
#define BIOMATCH_SCAN_H

#include "CBiomatchKernels.h"
#include "directions.h"
#include "first_gate.h"
#include "match.h"
#include "screen.h"
#include "second_gate.h"
#include "support.h"
#include "unpack.h"

// Sets that are brought into the first gate's form together, so that each probe stays in the cache
// for some of them and each set is brought into it once for all probes.
enum { BM_TILE = 8 };

// Whether a whole packed set in the order of its angles starts `offset` bytes into an arena.
BM_INLINE int32_t bm_is_whole(const uint8_t *arena, int64_t arena_bytes, int64_t offset) {
  uint16_t sizes[2];
  if (offset + BM_HEADER_BYTES > arena_bytes) return 0;
  __builtin_memcpy(sizes, arena + offset, sizeof(sizes));
  const int32_t count = sizes[0], blocks = sizes[1];
  return count <= BM_MAX_POINTS && blocks == (count + BM_LANES - 1) / BM_LANES &&
         offset + bm_packed_bytes(blocks) <= arena_bytes &&
         bm_ascend(arena + offset + bm_angle_offset(blocks), count);
}

// All stages for one pair; how many hypotheses there are sums of.
BM_KERNEL int32_t bm_compare(const bm_probe *probe, const uint8_t *packed,
                             const bm_points *reference, const bm_parameters *parameters,
                             bm_sums *sums) {
  bm_pairs pairs;
  bm_matches matches;
  bm_screen(probe, packed, parameters, &pairs);
  if (pairs.count < 2) return 0;
  bm_support(probe, reference, parameters, &pairs);
  bm_match(probe, packed, reference, parameters, &pairs, pairs.first_seed, &matches);
  sums[0] = matches.sums;
  if (pairs.second_seed < 0) return 1;
  bm_match(probe, packed, reference, parameters, &pairs, pairs.second_seed, &matches);
  sums[1] = matches.sums;
  return 2;
}

// Whether a pair passes the gates; with the points of the reference where it passes the first one.
BM_KERNEL int32_t bm_passes(const bm_probe *probe, const uint8_t *packed, const bm_gate_set *set,
                            const bm_parameters *parameters, bm_points *reference,
                            int64_t *passed) {
  bm_gate_pairs pairs;
  uint16_t count;
  __builtin_memcpy(&count, packed, sizeof(count));
  const int32_t smaller = count < probe->points.count ? count : probe->points.count;
  const int32_t support = bm_first_gate(&probe->gate, set, parameters, &pairs);
  if (support < parameters->gate_support[smaller]) return 0;
  passed[0]++;
  bm_matches matches;
  bm_unpack(packed, parameters, reference);
  const float score = bm_second_gate(probe, packed, reference, set, &pairs, parameters, &matches);
  if (!(score >= parameters->gate_score)) return 0;
  passed[1]++;
  return 1;
}

BM_KERNEL int32_t bm_scan(const bm_probe *const *probes, int32_t probe_count, const uint8_t *arena,
                          int64_t arena_bytes, const uint32_t *offsets, const uint32_t *wanted,
                          int32_t count, int32_t gated, const bm_parameters *parameters,
                          bm_survivor *survivors, int64_t *passed) {
  for (int32_t k = 0; k < count; k++)
    if (!bm_is_whole(arena, arena_bytes, 8 * (int64_t)offsets[k])) return -1 - k;
  bm_gate_set sets[BM_TILE];
  bm_points reference;
  int32_t found = 0;
  for (int32_t tile = 0; tile < count; tile += BM_TILE) {
    const int32_t end = tile + BM_TILE < count ? tile + BM_TILE : count;
    for (int32_t k = tile; k < end; k++)
      if (gated && wanted[k] != 0)
        bm_gather_set(arena + 8 * (int64_t)offsets[k], &sets[k - tile]);
    for (int32_t q = 0; q < probe_count; q++) {
      for (int32_t k = tile; k < end; k++) {
        if (!(wanted[k] >> q & 1)) continue;
        const uint8_t *packed = arena + 8 * (int64_t)offsets[k];
        if (!gated) {
          bm_unpack(packed, parameters, &reference);
          for (int32_t gate = 0; gate < BM_GATES; gate++) passed[q * BM_GATES + gate]++;
        } else if (!bm_passes(probes[q], packed, &sets[k - tile], parameters, &reference,
                              passed + q * BM_GATES)) {
          continue;
        }
        bm_survivor *survivor = survivors + found;
        survivor->probe = q;
        survivor->index = k;
        survivor->hypotheses =
            bm_compare(probes[q], packed, &reference, parameters, survivor->sums);
        found += survivor->hypotheses > 0;
      }
    }
  }
  return found;
}

#endif
