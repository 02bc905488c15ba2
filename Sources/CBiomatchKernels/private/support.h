// How far pairs of points agree on one rigid transform.
#ifndef BIOMATCH_SUPPORT_H
#define BIOMATCH_SUPPORT_H

#include "CBiomatchKernels.h"
#include "lanes.h"

// Compatibility, 0...1, of hypotheses (pairs whose own rotation is given) with other pairs: where
// the hypothesis puts the other pair's probe point, and whether it turns it as the other pair does.
BM_INLINE f32x16 bm_compatibility(f32x16 ax, f32x16 ay, f32x16 bx, f32x16 by, f32x16 cosine,
                                  f32x16 sine, f32x16 other_cosine, f32x16 other_sine,
                                  const bm_parameters *p) {
  const f32x16 ex = bx - (cosine * ax - sine * ay);
  const f32x16 ey = by - (sine * ax + cosine * ay);
  const f32x16 distance = (ax * ax + ay * ay) + (bx * bx + by * by);
  const f32x16 place = (ex * ex + ey * ey) / (p->support_place + p->support_slope * distance);
  const f32x16 chord = 2.0f - 2.0f * (cosine * other_cosine + sine * other_sine);
  const f32x16 fit = 1.0f - (place + chord * p->support_chord);
  const f32x16 positive = fit > 0.0f ? fit : (f32x16)0.0f;
  return positive * positive;
}

// Compatibility of all pairs with the hypothesis of pair `seed`.
BM_INLINE void bm_compatible_with(const bm_pairs *pairs, int32_t seed, const bm_parameters *p,
                                  float *row) {
  for (int32_t b = 0; b < pairs->count; b += BM_LANES) {
    const f32x16 value = bm_compatibility(
        BM_LOAD(f32x16, pairs->ax + b) - pairs->ax[seed],
        BM_LOAD(f32x16, pairs->ay + b) - pairs->ay[seed],
        BM_LOAD(f32x16, pairs->bx + b) - pairs->bx[seed],
        BM_LOAD(f32x16, pairs->by + b) - pairs->by[seed], pairs->rotation_cosine[seed],
        pairs->rotation_sine[seed], BM_LOAD(f32x16, pairs->rotation_cosine + b),
        BM_LOAD(f32x16, pairs->rotation_sine + b), p);
    BM_STORE(row + b, value);
  }
}

BM_KERNEL void bm_support(const bm_probe *probe, const bm_points *reference,
                          const bm_parameters *parameters, bm_pairs *pairs) {
  const bm_points *a = &probe->points;
  const int32_t count = pairs->count;
  const int32_t padded = (count + BM_LANES - 1) / BM_LANES * BM_LANES;
  for (int32_t k = 0; k < padded; k++) {
    const int32_t i = k < count ? pairs->probe[k] : 0;
    const int32_t j = k < count ? pairs->reference[k] : 0;
    pairs->ax[k] = a->x[i];
    pairs->ay[k] = a->y[i];
    pairs->bx[k] = reference->x[j];
    pairs->by[k] = reference->y[j];
    pairs->rotation_cosine[k] = a->cosine[i] * reference->cosine[j] + a->sine[i] * reference->sine[j];
    pairs->rotation_sine[k] = a->cosine[i] * reference->sine[j] - a->sine[i] * reference->cosine[j];
    if (k >= count) pairs->similarity[k] = 0.0f;
  }

  for (int32_t h = 0; h < padded; h += BM_LANES) {
    const f32x16 ax = BM_LOAD(f32x16, pairs->ax + h), ay = BM_LOAD(f32x16, pairs->ay + h);
    const f32x16 bx = BM_LOAD(f32x16, pairs->bx + h), by = BM_LOAD(f32x16, pairs->by + h);
    const f32x16 cosine = BM_LOAD(f32x16, pairs->rotation_cosine + h);
    const f32x16 sine = BM_LOAD(f32x16, pairs->rotation_sine + h);
    f32x16 support = 0.0f;
    for (int32_t k = 0; k < count; k++)
      support += pairs->similarity[k] *
                 bm_compatibility(pairs->ax[k] - ax, pairs->ay[k] - ay, pairs->bx[k] - bx,
                                  pairs->by[k] - by, cosine, sine, pairs->rotation_cosine[k],
                                  pairs->rotation_sine[k], parameters);
    BM_STORE(pairs->support + h, support);
  }

  pairs->first_seed = count > 0 ? 0 : -1;
  pairs->second_seed = -1;
  if (count == 0) return;
  for (int32_t k = 1; k < count; k++)
    if (pairs->support[k] > pairs->support[pairs->first_seed]) pairs->first_seed = k;
  bm_compatible_with(pairs, pairs->first_seed, parameters, pairs->first_row);
  for (int32_t k = 0; k < count; k++) {
    if (pairs->first_row[k] > parameters->second_seed) continue;
    if (pairs->second_seed < 0 || pairs->support[k] > pairs->support[pairs->second_seed])
      pairs->second_seed = k;
  }
}

#endif
