// Rows that have passed, one by one.
#ifndef BIOMATCH_VECTOR_HITS_H
#define BIOMATCH_VECTOR_HITS_H

#include "layout.h"

BM_INLINE float bm_scale_of(const bm_vector_hit *hit, const bm_vector_block *block) {
  const bm_float_bits scale = {
      .bits = (uint32_t)block[hit->row / BM_BLOCK_ROWS].scale[hit->row % BM_BLOCK_ROWS] << 16};
  return scale.value;
}

BM_INLINE int32_t bm_is_passing(const bm_vector_hit *hit, const bm_vector_probe *probe,
                                const bm_vector_block *block) {
  const float left_out = block[hit->row / BM_BLOCK_ROWS].residual * probe->slope;
  return ((float)hit->product + left_out) * bm_scale_of(hit, block) >=
         bm_base(probe, block + hit->row / BM_BLOCK_ROWS);
}

BM_KERNEL int64_t bm_narrow(const bm_vector_probe *probes, const bm_vector_block *block,
                            bm_vector_hit *hits, int64_t count) {
  int64_t kept = 0;
  for (int64_t i = 0; i < count; i++)
    if (bm_is_passing(hits + i, probes + hits[i].probe, block)) hits[kept++] = hits[i];
  return kept;
}

BM_KERNEL void bm_least(const bm_vector_probe *probes, const bm_vector_block *block,
                        const bm_vector_hit *hits, int64_t count, float *least) {
  for (int64_t i = 0; i < count; i++) {
    const bm_vector_hit *hit = hits + i;
    const bm_vector_block *of = block + hit->row / BM_BLOCK_ROWS;
    const bm_vector_probe *probe = probes + hit->probe;
    least[i] = ((float)hit->product - of->residual * probe->slope) * bm_scale_of(hit, block) -
               of->outside * probe->outside;
  }
}

#endif
