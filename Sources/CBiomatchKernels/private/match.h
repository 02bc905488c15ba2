// A rigid transform fitted to weighted pairs, and all points of two sets matched under it.
#ifndef BIOMATCH_MATCH_H
#define BIOMATCH_MATCH_H

#include "CBiomatchKernels.h"
#include "directions.h"
#include "lanes.h"
#include "support.h"

// Sum of the lanes in a fixed order: halves, quarters, eighths.
BM_INLINE float bm_sum(f32x16 v) {
  const f32x8 half = v.lo + v.hi;
  const f32x4 quarter = half.lo + half.hi;
  return (quarter.x + quarter.z) + (quarter.y + quarter.w);
}

// Pairs to fit a transform to; lanes behind the last pair have weight zero.
typedef struct {
  float weight[BM_MAX_POINTS];
  float ax[BM_MAX_POINTS], ay[BM_MAX_POINTS], bx[BM_MAX_POINTS], by[BM_MAX_POINTS];
  float cosine[BM_MAX_POINTS], sine[BM_MAX_POINTS];
} bm_fit_pairs;

// Weighted least squares in closed form (Horn 1987, in the plane), with a direction as a lever.
// Coordinates are taken relative to the first pair. False where all weights are zero.
BM_INLINE int32_t bm_fit(const bm_fit_pairs *f, int32_t count, float direction, bm_matches *m) {
  f32x16 w = 0.0f, ax = 0.0f, ay = 0.0f, bx = 0.0f, by = 0.0f, dot = 0.0f, cross = 0.0f;
  const float ax0 = f->ax[0], ay0 = f->ay[0], bx0 = f->bx[0], by0 = f->by[0];
  for (int32_t k = 0; k < count; k += BM_LANES) {
    const f32x16 weight = BM_LOAD(f32x16, f->weight + k);
    const f32x16 x = BM_LOAD(f32x16, f->ax + k) - ax0, y = BM_LOAD(f32x16, f->ay + k) - ay0;
    const f32x16 u = BM_LOAD(f32x16, f->bx + k) - bx0, v = BM_LOAD(f32x16, f->by + k) - by0;
    w += weight;
    ax += weight * x;
    ay += weight * y;
    bx += weight * u;
    by += weight * v;
    dot += weight * ((x * u + y * v) + direction * BM_LOAD(f32x16, f->cosine + k));
    cross += weight * ((x * v - y * u) + direction * BM_LOAD(f32x16, f->sine + k));
  }
  const float sum = bm_sum(w);
  if (!(sum > 0.0f)) return 0;
  const float inverse = 1.0f / sum;
  const float mean_ax = bm_sum(ax) * inverse, mean_ay = bm_sum(ay) * inverse;
  const float mean_bx = bm_sum(bx) * inverse, mean_by = bm_sum(by) * inverse;
  const float c = bm_sum(dot) - sum * (mean_ax * mean_bx + mean_ay * mean_by);
  const float s = bm_sum(cross) - sum * (mean_ax * mean_by - mean_ay * mean_bx);
  const float length = bm_root((f32x16)(c * c + s * s)).x;
  m->sums.cosine = length > 0.0f ? c / length : 1.0f;
  m->sine = length > 0.0f ? s / length : 0.0f;
  m->probe_x = ax0 + mean_ax;
  m->probe_y = ay0 + mean_ay;
  m->reference_x = bx0 + mean_bx;
  m->reference_y = by0 + mean_by;
  return 1;
}

// One set seen from the transform.
typedef struct {
  // Squared distance tolerance, and half its inverse.
  float tolerance[BM_MAX_POINTS];
  float inverse[BM_MAX_POINTS];
  // Place (and for the probe, direction) in the other set's frame.
  float x[BM_MAX_POINTS], y[BM_MAX_POINTS], cosine[BM_MAX_POINTS], sine[BM_MAX_POINTS];
  // Points of the other set nearby.
  int32_t neighbours[BM_MAX_POINTS];
} bm_side;

BM_INLINE void bm_place(const bm_points *points, float from_x, float from_y, float to_x, float to_y,
                        float cosine, float sine, const bm_parameters *p, bm_side *side) {
  for (int32_t k = 0; k < points->count; k += BM_LANES) {
    const f32x16 x = BM_LOAD(f32x16, points->x + k) - from_x;
    const f32x16 y = BM_LOAD(f32x16, points->y + k) - from_y;
    const f32x16 c = BM_LOAD(f32x16, points->cosine + k), s = BM_LOAD(f32x16, points->sine + k);
    const f32x16 allowed = p->tolerance_base + p->tolerance_slope * bm_root(x * x + y * y);
    const f32x16 radius = allowed < p->tolerance_limit ? allowed : (f32x16)p->tolerance_limit;
    BM_STORE(side->tolerance + k, radius * radius);
    BM_STORE(side->inverse + k, 0.5f / (radius * radius));
    BM_STORE(side->x + k, (cosine * x - sine * y) + to_x);
    BM_STORE(side->y + k, (sine * x + cosine * y) + to_y);
    BM_STORE(side->cosine + k, cosine * c - sine * s);
    BM_STORE(side->sine + k, sine * c + cosine * s);
  }
}

// Cost of a match and the index of the partner in one key: the smaller key is the better partner,
// then the lower index. Costs are 0 ..< 2, whose bits order as integers do; seven give way.
enum { BM_INDEX_BITS = 7, BM_NO_MATCH = 0x7fffffff };

// The angle of a rotation, 1/256 turn, to within one.
BM_INLINE int32_t bm_turn(float cosine, float sine) {
  const float width = cosine < 0.0f ? -cosine : cosine, height = sine < 0.0f ? -sine : sine;
  const float larger = width > height ? width : height;
  const float ratio = larger > 0.0f ? (width > height ? height : width) / larger : 0.0f;
  // The arctangent to 0.005 radians.
  float turn = ratio * (0.9724f - 0.1919f * ratio * ratio) * 40.743665f;
  if (height > width) turn = 64.0f - turn;
  if (cosine < 0.0f) turn = 128.0f - turn;
  return (int32_t)(sine < 0.0f ? 256.5f - turn : turn + 0.5f);
}

// Points of both sets that are each other's best under the transform in `m`; with the number of
// points of the other set near each, where `count_neighbours` asks for it.
BM_INLINE void bm_pair_up(const bm_probe *probe, const bm_points *b, const bm_parameters *p,
                          int32_t count_neighbours, bm_side *side_a, bm_side *side_b,
                          bm_matches *m) {
  const bm_points *a = &probe->points;
  bm_place(a, m->probe_x, m->probe_y, m->reference_x, m->reference_y, m->sums.cosine, m->sine, p, side_a);
  bm_place(b, m->reference_x, m->reference_y, m->probe_x, m->probe_y, m->sums.cosine, -m->sine, p,
           side_b);

  const i32x16 lane = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
  const i32x16 cost_bits = ~((1 << BM_INDEX_BITS) - 1);
  i32x16 row_best[BM_MAX_POINTS];
  int32_t column_best[BM_MAX_POINTS];
  const int32_t turn = bm_turn(m->sums.cosine, m->sine), reach = p->match_turn;
  for (int32_t i = 0; i < a->count; i++) row_best[i] = BM_NO_MATCH;
  // Sums run over whole blocks: lanes behind the last point must hold numbers too.
  for (int32_t i = 0; i < a->count; i += BM_LANES) BM_STORE(side_a->neighbours + i, (i32x16)0);
  for (int32_t k = 0; k < b->count; k += BM_LANES) {
    const f32x16 bx = BM_LOAD(f32x16, b->x + k), by = BM_LOAD(f32x16, b->y + k);
    const f32x16 cosine = BM_LOAD(f32x16, b->cosine + k), sine = BM_LOAD(f32x16, b->sine + k);
    const f32x16 inverse = BM_LOAD(f32x16, side_b->inverse + k);
    i32x16 best = BM_NO_MATCH, neighbours = 0;
    // Only points of about the same direction can match or count as neighbours.
    const bm_runs runs = bm_runs_of(probe->first, b->lowest[k / BM_LANES] - turn - reach,
                                    b->highest[k / BM_LANES] - turn + reach + 1);
    for (int32_t run = 0; run < 2; run++) {
      for (int32_t i = runs.from[run]; i < runs.to[run]; i++) {
        const f32x16 dx = bx - side_a->x[i], dy = by - side_a->y[i];
        const f32x16 distance = dx * dx + dy * dy;
        const f32x16 chord =
            (2.0f - 2.0f * (side_a->cosine[i] * cosine + side_a->sine[i] * sine)) * p->match_chord;
        const i32x16 parallel = chord < 1.0f;
        const f32x16 place = distance * (side_a->inverse[i] + inverse);
        const i32x16 matches = parallel & (place < 1.0f);
        const f32x16 positive = place + (chord > 0.0f ? chord : (f32x16)0.0f);
        i32x16 key;
        __builtin_memcpy(&key, &positive, sizeof(key));
        key = matches ? key & cost_bits : (i32x16)BM_NO_MATCH;
        row_best[i] = __builtin_elementwise_min(row_best[i], key | (lane + k));
        best = __builtin_elementwise_min(best, key | i);
        if (count_neighbours) {
          const i32x16 near = parallel & (distance < p->density);
          neighbours -= near;
          side_a->neighbours[i] += __builtin_popcount((unsigned)bm_mask(near));
        }
      }
    }
    BM_STORE(column_best + k, best);
    BM_STORE(side_b->neighbours + k, neighbours);
  }

  m->sums.count = 0;
  const int32_t index = (1 << BM_INDEX_BITS) - 1;
  for (int32_t i = 0; i < a->count; i++) {
    const int32_t key = __builtin_reduce_min(row_best[i]);
    const int32_t j = key & index;
    // A key without a match has all cost bits set.
    const int32_t mutual = key < (BM_NO_MATCH & ~index) && (column_best[j] & index) == i;
    m->probe[m->sums.count] = (uint8_t)i;
    m->reference[m->sums.count] = (uint8_t)j;
    m->sums.count += mutual;
    if (m->sums.count == BM_MAX_POINTS) break;
  }
  for (int32_t k = 0; k < m->sums.count; k++) {
    const int32_t i = m->probe[k], j = m->reference[k];
    const float dx = b->x[j] - side_a->x[i], dy = b->y[j] - side_a->y[i];
    const float dot = side_a->cosine[i] * b->cosine[j] + side_a->sine[i] * b->sine[j];
    m->distance[k] = dx * dx + dy * dy;
    m->place[k] = m->distance[k] * (side_a->inverse[i] + side_b->inverse[j]);
    m->chord[k] = (2.0f - 2.0f * dot) * p->match_chord;
  }
}

// Weighted number of matches that chance alone would give a set's points.
BM_INLINE float bm_expected(const bm_points *points, const bm_side *side, const bm_parameters *p) {
  f32x16 sum = 0.0f;
  const float inverse_density = 1.0f / p->density;
  for (int32_t k = 0; k < points->count; k += BM_LANES) {
    const f32x16 share = BM_FLOAT(BM_LOAD(i32x16, side->neighbours + k)) *
                         (BM_LOAD(f32x16, side->tolerance + k) * inverse_density);
    sum += BM_LOAD(f32x16, points->weight + k) * (share / (1.0f + 0.5f * share));
  }
  return bm_sum(sum);
}

// Weight of a set's points that are matched or lie inside the other set's dilated outline.
BM_INLINE float bm_overlap(const bm_points *points, const bm_side *side, const int32_t *matched,
                           const bm_points *other, const bm_parameters *p) {
  f32x16 sum = 0.0f;
  for (int32_t k = 0; k < points->count; k += BM_LANES) {
    const f32x16 x = BM_LOAD(f32x16, side->x + k), y = BM_LOAD(f32x16, side->y + k);
    i32x16 outside = 0;
    for (int32_t h = 0; h < BM_HALF_PLANES; h++)
      outside |= p->cosine[16 * h] * x + p->sine[16 * h] * y > other->half_planes[h] + p->dilation;
    const i32x16 counts = ~outside | BM_LOAD(i32x16, matched + k);
    sum += counts ? BM_LOAD(f32x16, points->weight + k) : (f32x16)0.0f;
  }
  return bm_sum(sum);
}

// Cosine similarity of a row of the probe with a point of a packed set, -1 where one has no
// signature.
BM_INLINE float bm_similarity(const bm_probe *probe, int32_t i, const uint8_t *packed,
                              int32_t blocks, int32_t j) {
  uint16_t norm;
  __builtin_memcpy(&norm, packed + bm_norm_offset(blocks) + 2 * j, sizeof(norm));
  if (norm == 0 || !(probe->norm[i] > 0.0f)) return -1.0f;
  const uint8_t *bits = packed + bm_bits_offset() +
                        (j / BM_LANES) * BM_SIGNATURE_WORDS * 64 + (j % BM_LANES) * 4;
  int32_t common = 0;
  for (int32_t w = 0; w < BM_SIGNATURE_WORDS; w++) {
    uint32_t word;
    __builtin_memcpy(&word, bits + w * 64, sizeof(word));
    common += __builtin_popcount(word & probe->rows[i][w]);
  }
  return (float)common * (((float)norm * probe->norm[i]) * (1.0f / (65535.0f * 65535.0f)));
}

// What a match says, a log likelihood ratio that is never held against it.
BM_INLINE float bm_evidence(const bm_probe *probe, int32_t i, const uint8_t *packed,
                            int32_t blocks, int32_t j, float place, float chord, float crowd,
                            const bm_parameters *p) {
  const float similarity = bm_similarity(probe, i, packed, blocks, j);
  const uint8_t kind_a = probe->kind[i], kind_b = packed[bm_kind_offset(blocks) + j];
  float evidence =
      p->evidence_base - p->evidence_place * place - p->evidence_chord * chord - crowd;
  evidence += similarity < 0.0f ? p->evidence_unsigned : p->evidence_similarity * similarity;
  if (kind_a != 0 && kind_b != 0) evidence += kind_a == kind_b ? p->evidence_kind : -p->evidence_kind;
  return evidence > 0.0f ? evidence : 0.0f;
}

// Matches all points under the transform that fits `count` weighted pairs, fits again to the matches,
// and sums up. `fit` is overwritten.
BM_INLINE void bm_match_fit(const bm_probe *probe, const uint8_t *packed,
                            const bm_points *reference, const bm_parameters *parameters,
                            bm_fit_pairs *fit, int32_t count, bm_matches *m) {
  const bm_points *a = &probe->points;
  m->sums = (bm_sums){0};
  if (!bm_fit(fit, count, parameters->fit_direction, m)) return;

  bm_side side_a, side_b;
  bm_pair_up(probe, reference, parameters, 0, &side_a, &side_b, m);
  if (m->sums.count < 2) {
    m->sums.count = 0;
    return;
  }
  for (int32_t k = 0; k < m->sums.count; k += BM_LANES) BM_STORE(fit->weight + k, (f32x16)0.0f);
  for (int32_t k = 0; k < m->sums.count; k++) {
    const int32_t i = m->probe[k], j = m->reference[k];
    const float near = 1.0f - m->place[k];
    fit->weight[k] = near > parameters->fit_floor ? near : parameters->fit_floor;
    fit->ax[k] = a->x[i];
    fit->ay[k] = a->y[i];
    fit->bx[k] = reference->x[j];
    fit->by[k] = reference->y[j];
    fit->cosine[k] = a->cosine[i] * reference->cosine[j] + a->sine[i] * reference->sine[j];
    fit->sine[k] = a->cosine[i] * reference->sine[j] - a->sine[i] * reference->cosine[j];
  }
  // Lanes behind the last match have weight zero but must hold numbers.
  for (int32_t k = m->sums.count; k % BM_LANES != 0; k++)
    fit->ax[k] = fit->ay[k] = fit->bx[k] = fit->by[k] = fit->cosine[k] = fit->sine[k] = 0.0f;
  bm_fit(fit, m->sums.count, parameters->fit_direction, m);
  bm_pair_up(probe, reference, parameters, 1, &side_a, &side_b, m);

  int32_t matched_a[BM_MAX_POINTS], matched_b[BM_MAX_POINTS];
  for (int32_t k = 0; k < BM_MAX_POINTS; k += BM_LANES) {
    BM_STORE(matched_a + k, (i32x16)0);
    BM_STORE(matched_b + k, (i32x16)0);
  }
  for (int32_t k = 0; k < m->sums.count; k++) {
    const int32_t i = m->probe[k], j = m->reference[k];
    matched_a[i] = matched_b[j] = -1;
    const float weight = 0.5f * (a->weight[i] + reference->weight[j]);
    m->sums.weight += weight;
    m->sums.nearness += weight * ((1.0f - m->place[k]) * (1.0f - m->chord[k]));
    const float crowd = 0.5f * (parameters->evidence_neighbours[side_a.neighbours[i]] +
                                parameters->evidence_neighbours[side_b.neighbours[j]]);
    m->sums.evidence += weight * bm_evidence(probe, i, packed, reference->blocks, j, m->place[k],
                                        m->chord[k], crowd, parameters);
  }
  m->sums.expected = 0.5f * (bm_expected(a, &side_a, parameters) +
                        bm_expected(reference, &side_b, parameters));
  m->sums.overlap = 0.5f * (bm_overlap(a, &side_a, matched_a, reference, parameters) +
                       bm_overlap(reference, &side_b, matched_b, a, parameters));
}

BM_KERNEL void bm_match(const bm_probe *probe, const uint8_t *packed, const bm_points *reference,
                        const bm_parameters *parameters, const bm_pairs *pairs, int32_t seed,
                        bm_matches *m) {
  bm_fit_pairs fit;
  const int32_t padded = (pairs->count + BM_LANES - 1) / BM_LANES * BM_LANES;
  if (seed != pairs->first_seed) {
    bm_compatible_with(pairs, seed, parameters, fit.weight);
  } else {
    __builtin_memcpy(fit.weight, pairs->first_row, sizeof(float) * (unsigned)padded);
  }
  for (int32_t k = 0; k < padded; k += BM_LANES) {
    BM_STORE(fit.weight + k,
             BM_LOAD(f32x16, fit.weight + k) * BM_LOAD(f32x16, pairs->similarity + k));
    BM_STORE(fit.ax + k, BM_LOAD(f32x16, pairs->ax + k));
    BM_STORE(fit.ay + k, BM_LOAD(f32x16, pairs->ay + k));
    BM_STORE(fit.bx + k, BM_LOAD(f32x16, pairs->bx + k));
    BM_STORE(fit.by + k, BM_LOAD(f32x16, pairs->by + k));
    BM_STORE(fit.cosine + k, BM_LOAD(f32x16, pairs->rotation_cosine + k));
    BM_STORE(fit.sine + k, BM_LOAD(f32x16, pairs->rotation_sine + k));
  }
  bm_match_fit(probe, packed, reference, parameters, &fit, pairs->count, m);
}

#endif
