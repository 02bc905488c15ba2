// The first gate of a scan: each point of the reference gets its most similar point of the probe, and
// the best of these pairs are asked how well the others agree with the rigid motion that they imply.
//
// Sixteen bits are enough: places are eighths of a unit, tolerances ramps instead of parabolas.
#ifndef BIOMATCH_FIRST_GATE_H
#define BIOMATCH_FIRST_GATE_H

#include "CBiomatchKernels.h"
#include "gate_set.h"
#include "lanes.h"

// Pairs of points; the lanes of whole blocks. Pairs that are none have similarity zero.
typedef struct {
  int32_t count;
  // Places in 1/16 and 1/8 of a unit, relative to the centre of each set's gate.
  int16_t ax[BM_MAX_POINTS], ay[BM_MAX_POINTS], bx[BM_MAX_POINTS], by[BM_MAX_POINTS];
  // Rotation, 1/32,768, and the same as an angle, 1/65,536 turn.
  int16_t cosine[BM_MAX_POINTS], sine[BM_MAX_POINTS], turn[BM_MAX_POINTS];
  // Similarity, 1/65,536.
  uint16_t similarity[BM_MAX_POINTS];
  // The pair with the largest support.
  int32_t best;
} bm_gate_pairs;

// Upper and signed upper halves of products.
BM_INLINE u16x16 bm_upper(u16x16 a, u16x16 b) {
  return __builtin_convertvector(
      (__builtin_convertvector(a, u32x16) * __builtin_convertvector(b, u32x16)) >> 16, u16x16);
}
BM_INLINE i16x16 bm_upper_signed(i16x16 a, i16x16 b) {
  return __builtin_convertvector((BM_INT(a) * BM_INT(b)) >> 16, i16x16);
}
// Exact also for the lowest number, whose absolute value needs the sixteenth bit.
BM_INLINE u16x16 bm_absolute(i16x16 v) { return (u16x16)__builtin_elementwise_abs(v); }
// The length of a vector with these legs, or up to an eighth more.
BM_INLINE u16x16 bm_octagonal(u16x16 a, u16x16 b) {
  return __builtin_elementwise_add_sat(__builtin_elementwise_max(a, b),
                                       __builtin_elementwise_min(a, b) >> 1);
}

// The best partners of a block's points among rows `from` ..< `to`: similarity above index.
BM_INLINE i32x16 bm_best_rows(const bm_gate_rows *rows, const u32x16 *word, u32x16 turn,
                              uint32_t limit, int32_t from, int32_t to, i32x16 best) {
  for (int32_t i = from; i < to; i++) {
    const uint32_t *row = rows->bits[i];
    const i32x16 common = bm_common(word, row);
    const i32x16 key = common * rows->scale[i] + (BM_MAX_POINTS - 1 - i);
    const i32x16 near = turn - rows->turn[i] <= limit;
    best = __builtin_elementwise_max(best, near & key);
  }
  return best;
}

// The same among all rows whose direction can be near that of a point of block `b`.
BM_INLINE i32x16 bm_best_of_block(const bm_gate_rows *rows, const bm_gate_set *set, int32_t b,
                                  int32_t gate) {
  const int32_t start = b * BM_LANES;
  const int32_t end = start + BM_LANES < set->count ? start + BM_LANES : set->count;
  u32x16 word[BM_SIGNATURE_WORDS];
  for (int32_t w = 0; w < BM_SIGNATURE_WORDS; w++)
    word[w] = BM_LOAD(u32x16, set->bits + w * BM_GATE_LANES + start);
  const uint32_t limit = gate >= 128 ? 0xffffffffu : (uint32_t)gate << 25;
  const u32x16 turn = (BM_LOAD(u32x16, set->angle + start) + (uint32_t)gate) << 24;
  const bm_runs runs = bm_runs_of(rows->first, (int32_t)set->angle[start] - gate,
                                  (int32_t)set->angle[end - 1] + gate + 1);
  const i32x16 best =
      bm_best_rows(rows, word, turn, limit, runs.from[0], runs.to[0], (i32x16)0);
  return bm_best_rows(rows, word, turn, limit, runs.from[1], runs.to[1], best);
}

// Sixteen hypotheses at a time.
typedef struct {
  i16x16 ax, ay, bx, by, cosine, sine, turn, index;
  u16x16 similarity;
} bm_gate_hypotheses;

// Completes the pairs of block `b`, and keeps of each lane the most similar pair as a hypothesis.
BM_INLINE void bm_complete_block(const bm_gate_rows *rows, const bm_gate_set *set, int32_t b,
                                 i32x16 best, const bm_parameters *p, bm_gate_pairs *pairs,
                                 bm_gate_hypotheses *h) {
  const int32_t k = b * BM_LANES;
  const i32x16 lane = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
  const i32x16 product = best >> 7;
  const f32x16 norm = BM_FLOAT(BM_LOAD(i32x16, set->norm + k)) * (64.0f / 65535.0f);
  const i32x16 similar =
      __builtin_elementwise_min(BM_INT(BM_FLOAT(product) * norm), (i32x16)65535);
  const i32x16 index = (product > 0) & ((BM_MAX_POINTS - 1) - (best & (BM_MAX_POINTS - 1)));
  const u32x16 place = bm_gather(rows->place, index);
  const i32x16 turn =
      (BM_LOAD(i32x16, set->angle + k) - (i32x16)(place & 0xffu)) & 0xff;
  const u32x16 rotation = bm_gather(p->rotation, turn);

  const i32x16 x = (i32x16)((place >> 8) & 0xfffu) - (BM_GATE_REACH + 1);
  const i32x16 y = (i32x16)(place >> 20) - (BM_GATE_REACH + 1);
  const i16x16 ax = __builtin_convertvector(x << 4, i16x16);
  const i16x16 ay = __builtin_convertvector(y << 4, i16x16);
  const i16x16 bx = __builtin_convertvector(BM_LOAD(i32x16, set->x + k) << 3, i16x16);
  const i16x16 by = __builtin_convertvector(BM_LOAD(i32x16, set->y + k) << 3, i16x16);
  const i16x16 cosine = __builtin_convertvector((i32x16)(rotation << 16) >> 16, i16x16);
  const i16x16 sine = __builtin_convertvector((i32x16)rotation >> 16, i16x16);
  const i16x16 wide_turn = __builtin_convertvector(turn << 8, i16x16);
  const u16x16 similarity = __builtin_convertvector(similar, u16x16);
  BM_STORE(pairs->ax + k, ax);
  BM_STORE(pairs->ay + k, ay);
  BM_STORE(pairs->bx + k, bx);
  BM_STORE(pairs->by + k, by);
  BM_STORE(pairs->cosine + k, cosine);
  BM_STORE(pairs->sine + k, sine);
  BM_STORE(pairs->turn + k, wide_turn);
  BM_STORE(pairs->similarity + k, similarity);

  const i16x16 better = similarity > h->similarity;
  h->ax = better ? ax : h->ax;
  h->ay = better ? ay : h->ay;
  h->bx = better ? bx : h->bx;
  h->by = better ? by : h->by;
  h->cosine = better ? cosine : h->cosine;
  h->sine = better ? sine : h->sine;
  h->turn = better ? wide_turn : h->turn;
  h->index = better ? __builtin_convertvector(lane + k, i16x16) : h->index;
  h->similarity = better ? similarity : h->similarity;
}

// How well the pairs agree with each hypothesis.
BM_INLINE u16x16 bm_gate_support(const bm_gate_pairs *pairs, const bm_gate_hypotheses *h,
                                 const bm_parameters *p) {
  const uint16_t tolerance = (uint16_t)p->gate_tolerance, limit = (uint16_t)p->gate_limit;
  const uint16_t most = (uint16_t)p->gate_turn_limit;
  u16x16 support = 0;
  for (int32_t k = 0; k < pairs->count; k++) {
    const i16x16 ax = pairs->ax[k] - h->ax, ay = pairs->ay[k] - h->ay;
    const i16x16 bx = pairs->bx[k] - h->bx, by = pairs->by[k] - h->by;
    const i16x16 to_x = bm_upper_signed(h->cosine, ax) - bm_upper_signed(h->sine, ay);
    const i16x16 to_y = bm_upper_signed(h->sine, ax) + bm_upper_signed(h->cosine, ay);
    const u16x16 error = bm_octagonal(bm_absolute(__builtin_elementwise_sub_sat(bx, to_x)),
                                      bm_absolute(__builtin_elementwise_sub_sat(by, to_y)));
    const u16x16 distance = bm_octagonal(bm_absolute(ax), bm_absolute(ay));
    // Grows by 7/64 of the distance.
    const u16x16 radius = tolerance + ((distance >> 4) - (distance >> 7));
    const u16x16 turned = bm_absolute(pairs->turn[k] - h->turn);
    const u16x16 parallel = __builtin_elementwise_sub_sat((u16x16)most, turned) >> 6;
    const u16x16 near = __builtin_elementwise_sub_sat(radius, error);
    const u16x16 fit = __builtin_elementwise_min(
        __builtin_elementwise_min(near, (u16x16)limit), parallel);
    support = __builtin_elementwise_add_sat(
        support, bm_upper(fit << 2, (u16x16)pairs->similarity[k]));
  }
  return support;
}

// The support of the best hypothesis, and the pairs.
BM_INLINE int32_t bm_first_gate(const bm_gate_rows *rows, const bm_gate_set *set,
                                const bm_parameters *p, bm_gate_pairs *pairs) {
  bm_gate_hypotheses h;
  __builtin_memset(&h, 0, sizeof(h));
  for (int32_t b = 0; b * BM_LANES < set->count; b++)
    bm_complete_block(rows, set, b, bm_best_of_block(rows, set, b, p->gate_direction), p, pairs, &h);
  pairs->count = set->count;
  const u16x16 support = h.similarity > 0 ? bm_gate_support(pairs, &h, p) : (u16x16)0;
  const int32_t most = __builtin_reduce_max(support);
  int32_t lane = 0;
  while (support[lane] != most) lane++;
  pairs->best = h.index[lane];
  return most;
}

#endif
