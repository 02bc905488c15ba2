// Inner products and lengths in double precision.
#ifndef BIOMATCH_VECTOR_SCORE_H
#define BIOMATCH_VECTOR_SCORE_H

#include "layout.h"

// A product of two single-precision numbers is exact in double precision: only the sums round.
BM_INLINE double bm_inner_product(const float *a, const float *b, int32_t dimension) {
  f64x8 sum = 0;
  int32_t k = 0;
  for (; k + 8 <= dimension; k += 8) sum += bm_load_doubles(a + k) * bm_load_doubles(b + k);
  if (k < dimension)
    sum += bm_load_rest(a + k, dimension - k) * bm_load_rest(b + k, dimension - k);
  return bm_sum_lanes(sum);
}

BM_KERNEL void bm_score_rows(const float *row, const float *rows, int64_t count, int32_t dimension,
                        float *scores) {
  for (int64_t i = 0; i < count; i++)
    scores[i] = (float)bm_inner_product(row, rows + i * dimension, dimension);
}

// How many hits ahead rows are fetched: they lie anywhere in memory.
enum { BM_FETCHED_ROWS = 16 };

BM_KERNEL void bm_score_hits(const float *probes, const float *rows, int32_t dimension,
                             const bm_vector_hit *hits, int64_t count, float *scores) {
  for (int64_t i = 0; i < count; i++) {
    if (i + BM_FETCHED_ROWS < count) {
      const float *next = rows + (int64_t)hits[i + BM_FETCHED_ROWS].row * dimension;
      for (int32_t k = 0; k < dimension; k += 16) __builtin_prefetch(next + k, 0, 3);
    }
    scores[i] = (float)bm_inner_product(probes + (int64_t)hits[i].probe * dimension,
                                        rows + (int64_t)hits[i].row * dimension, dimension);
  }
}

BM_KERNEL void bm_normalise(const float *rows, int64_t count, int32_t dimension, float *result) {
  for (int64_t i = 0; i < count; i++) {
    const float *row = rows + i * dimension;
    float *unit = result + i * dimension;
    const double scale = 1.0 / __builtin_elementwise_sqrt(bm_inner_product(row, row, dimension));
    int32_t k = 0;
    for (; k + 8 <= dimension; k += 8)
      BM_STORE(unit + k, __builtin_convertvector(bm_load_doubles(row + k) * scale, f32x8));
    for (; k < dimension; k++) unit[k] = (float)((double)row[k] * scale);
  }
}

#endif
