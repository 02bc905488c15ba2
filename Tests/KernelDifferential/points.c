#include "points.h"

#include <string.h>

#include "sets.h"

const char *const step_names[STEPS] = {
    "encode", "unpack", "prepare", "screen", "support", "match", "scan",
};

static void append_points(outcome *result, const bm_points *points) {
  const int32_t lanes = points->blocks * BM_LANES;
  APPEND(result, points->count);
  APPEND(result, points->blocks);
  APPEND_LANES(result, points->x, lanes);
  APPEND_LANES(result, points->y, lanes);
  APPEND_LANES(result, points->cosine, lanes);
  APPEND_LANES(result, points->sine, lanes);
  APPEND_LANES(result, points->weight, lanes);
  APPEND_LANES(result, points->half_planes, BM_HALF_PLANES);
  APPEND_LANES(result, points->lowest, points->blocks);
  APPEND_LANES(result, points->highest, points->blocks);
}

static void append_probe(outcome *result, const bm_probe *probe) {
  const int32_t count = probe->points.count;
  append_points(result, &probe->points);
  APPEND_LANES(result, probe->rows, count);
  APPEND_LANES(result, probe->norm, count);
  APPEND_LANES(result, probe->angle, count);
  APPEND_LANES(result, probe->kind, count);
  APPEND(result, probe->first);
  const bm_gate_rows *gate = &probe->gate;
  APPEND(result, gate->count);
  APPEND(result, gate->centre);
  APPEND_LANES(result, gate->bits, gate->count);
  APPEND_LANES(result, gate->scale, gate->count);
  APPEND_LANES(result, gate->turn, gate->count);
  APPEND(result, gate->place);
  APPEND(result, gate->first);
}

static void append_screened(outcome *result, const bm_pairs *pairs) {
  APPEND(result, pairs->count);
  APPEND_LANES(result, pairs->probe, pairs->count);
  APPEND_LANES(result, pairs->reference, pairs->count);
  APPEND_LANES(result, pairs->similarity, pairs->count);
}

static void append_supported(outcome *result, const bm_pairs *pairs) {
  APPEND(result, pairs->first_seed);
  APPEND(result, pairs->second_seed);
  APPEND_LANES(result, pairs->support, pairs->count);
  APPEND_LANES(result, pairs->first_row, pairs->count);
  APPEND_LANES(result, pairs->rotation_cosine, pairs->count);
  APPEND_LANES(result, pairs->rotation_sine, pairs->count);
}

static void append_matches(outcome *result, const bm_matches *m) {
  APPEND(result, m->sums.count);
  APPEND_LANES(result, m->probe, m->sums.count);
  APPEND_LANES(result, m->reference, m->sums.count);
  APPEND_LANES(result, m->place, m->sums.count);
  APPEND_LANES(result, m->chord, m->sums.count);
  APPEND_LANES(result, m->distance, m->sums.count);
  const float sums[11] = {m->sums.weight, m->sums.nearness,  m->sums.evidence,    m->sums.expected,
                          m->sums.overlap, m->sums.cosine,   m->sine,        m->probe_x,
                          m->probe_y, m->reference_x, m->reference_y};
  APPEND(result, sums);
}

// Scans the reference and the probe's own set, which lie one behind the other, with the probe twice.
static void append_scanned(outcome *result, const bm_kernels *kernels, const comparison *sets,
                           const bm_probe *probe, const bm_parameters *parameters,
                           uint8_t garbage) {
  static uint8_t arena[2 * PACKED_BYTES];
  static bm_survivor survivors[4];
  const bm_probe *const probes[2] = {probe, probe};
  const uint32_t offsets[2] = {0, PACKED_BYTES / 8}, wanted[2] = {3, 1};
  memset(arena, garbage, sizeof(arena));
  memcpy(arena, sets->reference, PACKED_BYTES);
  memcpy(arena + PACKED_BYTES, sets->probe, PACKED_BYTES);
  for (int32_t gated = 0; gated < 2; gated++) {
    int64_t passed[2 * BM_GATES] = {0};
    memset(survivors, garbage, sizeof(survivors));
    const int32_t found = kernels->scan(probes, 2, arena, sizeof(arena), offsets, wanted, 2, gated,
                                        parameters, survivors, passed);
    APPEND(result, found);
    APPEND(result, passed);
    for (int32_t k = 0; k < found; k++) {
      APPEND(result, survivors[k].probe);
      APPEND(result, survivors[k].index);
      APPEND(result, survivors[k].hypotheses);
      APPEND_LANES(result, survivors[k].sums, survivors[k].hypotheses);
    }
  }
}

void run_level(const bm_kernels *kernels, const comparison *sets, const bm_parameters *parameters,
               uint8_t garbage, outcome *result) {
  static uint8_t encoded[1 << 13];
  static bm_points points;
  static bm_probe probe;
  static bm_pairs pairs;
  static bm_matches matches;
  memset(&points, garbage, sizeof(points));
  memset(&probe, garbage, sizeof(probe));
  memset(&pairs, garbage, sizeof(pairs));
  clear_outcome(result);

  memcpy(encoded, sets->plain, (size_t)sets->bytes);
  kernels->encode(encoded, parameters);
  APPEND_LANES(result, encoded, sets->bytes);
  end_step(result);

  kernels->unpack(sets->reference, parameters, &points);
  append_points(result, &points);
  end_step(result);

  kernels->prepare(sets->probe, parameters, &probe);
  append_probe(result, &probe);
  end_step(result);

  kernels->screen(&probe, sets->reference, parameters, &pairs);
  append_screened(result, &pairs);
  end_step(result);

  kernels->support(&probe, &points, parameters, &pairs);
  append_supported(result, &pairs);
  end_step(result);

  // Every pair may be a seed; the library follows two of them.
  for (int32_t seed = 0; seed < pairs.count; seed++) {
    const int32_t chosen = seed == pairs.first_seed || seed == pairs.second_seed;
    if (!chosen && seed % 16 != 3) continue;
    memset(&matches, garbage, sizeof(matches));
    kernels->match(&probe, sets->reference, &points, parameters, &pairs, seed, &matches);
    append_matches(result, &matches);
  }
  end_step(result);

  append_scanned(result, kernels, sets, &probe, parameters, garbage);
  end_step(result);
}
