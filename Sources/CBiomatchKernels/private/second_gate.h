// The second gate of a scan: the score that all points give under the first gate's hypothesis alone.
#ifndef BIOMATCH_SECOND_GATE_H
#define BIOMATCH_SECOND_GATE_H

#include "CBiomatchKernels.h"
#include "first_gate.h"
#include "lanes.h"
#include "match.h"
#include "support.h"

// The natural logarithm of a positive, normal number, to about 1e-5; plain arithmetic.
BM_INLINE float bm_logarithm(float x) {
  uint32_t bits;
  __builtin_memcpy(&bits, &x, sizeof(bits));
  int32_t exponent = (int32_t)(bits >> 23) - 127;
  bits = (bits & 0x007fffffu) | 0x3f800000u;
  float significand;
  __builtin_memcpy(&significand, &bits, sizeof(significand));
  if (significand > 1.4142135f) {
    significand *= 0.5f;
    exponent++;
  }
  const float t = (significand - 1.0f) / (significand + 1.0f), square = t * t;
  const float series = 1.0f + square * (1.0f / 3.0f + square * (0.2f + square * (1.0f / 7.0f)));
  return 2.0f * t * series + (float)exponent * 0.69314718f;
}

// The formula of the score.
BM_INLINE float bm_score(const bm_sums *sums, const bm_parameters *p) {
  if (sums->count < 3 || !(sums->weight > 0.0f)) return 0.0f;
  const float surprise =
      sums->nearness * bm_logarithm(sums->weight / (sums->expected + p->expected_offset));
  const float value = (surprise > 0.0f ? surprise : 0.0f) + p->evidence_share * sums->evidence;
  const float turned = 1.0f - p->upright * (0.5f - 0.5f * sums->cosine);
  return value * (sums->nearness / (sums->overlap + p->overlap_offset)) * turned;
}

// Sixteen whole numbers of a gate's pair in units of points.
BM_INLINE f32x16 bm_length(const int16_t *from, float unit, int32_t centre) {
  return BM_FLOAT(BM_LOAD(i16x16, from)) * unit + (float)centre;
}

// The score under the best hypothesis of the first gate.
BM_INLINE float bm_second_gate(const bm_probe *probe, const uint8_t *packed,
                               const bm_points *reference, const bm_gate_set *set,
                               const bm_gate_pairs *pairs, const bm_parameters *p,
                               bm_matches *matches) {
  bm_fit_pairs fit;
  for (int32_t k = 0; k < pairs->count; k += BM_LANES) {
    BM_STORE(fit.ax + k, bm_length(pairs->ax + k, 1.0f / 16, probe->gate.centre[0]));
    BM_STORE(fit.ay + k, bm_length(pairs->ay + k, 1.0f / 16, probe->gate.centre[1]));
    BM_STORE(fit.bx + k, bm_length(pairs->bx + k, 1.0f / 8, set->centre[0]));
    BM_STORE(fit.by + k, bm_length(pairs->by + k, 1.0f / 8, set->centre[1]));
    BM_STORE(fit.cosine + k, bm_length(pairs->cosine + k, 1.0f / 32767, 0));
    BM_STORE(fit.sine + k, bm_length(pairs->sine + k, 1.0f / 32767, 0));
  }
  const int32_t best = pairs->best;
  for (int32_t k = 0; k < pairs->count; k += BM_LANES) {
    const f32x16 agrees = bm_compatibility(
        BM_LOAD(f32x16, fit.ax + k) - fit.ax[best], BM_LOAD(f32x16, fit.ay + k) - fit.ay[best],
        BM_LOAD(f32x16, fit.bx + k) - fit.bx[best], BM_LOAD(f32x16, fit.by + k) - fit.by[best],
        fit.cosine[best], fit.sine[best], BM_LOAD(f32x16, fit.cosine + k),
        BM_LOAD(f32x16, fit.sine + k), p);
    BM_STORE(fit.weight + k, agrees * BM_FLOAT(BM_LOAD(u16x16, pairs->similarity + k)));
  }
  bm_match_fit(probe, packed, reference, p, &fit, pairs->count, matches);
  return bm_score(&matches->sums, p);
}

#endif
