// What all kernels over rows of codes share.
//
// A file for an instruction set defines, besides what lanes.h asks for,
//   BM_CODE_BIAS                      128 where it multiplies unsigned codes of rows, code + 128, with the
//                                     signed ones of probes; 0 where both are signed,
//   bm_dot_codes(sums, codes, four)   adds to 16 sums the products of 16 x 4 codes with four,
//   bm_dot_each(sums, halves, codes)  the same for halves 0...15 with 16 x 4 codes,
//   bm_dot_halves(sums, first, second, four, more)
//                                     adds to BM_COARSE_SUMS times 16 sums, of which the total counts,
//                                     the products of first halves with four codes, of second with more,
//   BM_TILE_PROBES, BM_TILE_BLOCKS    how many of each a tile has whose sums fit the registers,
//   BM_COARSE_PROBES                  how many probes one has of upper halves and a single block.
#ifndef BIOMATCH_VECTOR_LAYOUT_H
#define BIOMATCH_VECTOR_LAYOUT_H

#include <stddef.h>

#include "bm_vectors.h"
#include "../lanes.h"

typedef double f64x8 __attribute__((ext_vector_type(8)));

typedef union {
  float value;
  uint32_t bits;
} bm_float_bits;

#define BM_LOW_HALVES 0x0f0f0f0fu

BM_INLINE f32x16 bm_scales(const bm_vector_block *block) {
  const u16x16 upper = BM_LOAD(u16x16, block->scale);
  return (f32x16)(__builtin_convertvector(upper, u32x16) << 16);
}

// What the rows of a block must reach: less where vectors have a part that codes know nothing of.
BM_INLINE float bm_base(const bm_vector_probe *probe, const bm_vector_block *block) {
  return probe->base - block->outside * probe->outside;
}

// Halves, quarters, eighths: the one order in which lanes are summed up.
BM_INLINE double bm_sum_lanes(f64x8 v) {
  double lane[8];
  BM_STORE(lane, v);
  for (int32_t n = 4; n > 0; n /= 2)
    for (int32_t k = 0; k < n; k++) lane[k] = lane[k] + lane[k + n];
  return lane[0];
}

BM_INLINE float bm_sum_floats(f32x16 v) {
  float lane[16];
  BM_STORE(lane, v);
  for (int32_t n = 8; n > 0; n /= 2)
    for (int32_t k = 0; k < n; k++) lane[k] = lane[k] + lane[k + n];
  return lane[0];
}

BM_INLINE f64x8 bm_load_doubles(const float *p) {
  return __builtin_convertvector(BM_LOAD(f32x8, p), f64x8);
}

// The last values of a row, and zeros.
BM_INLINE f64x8 bm_load_rest(const float *p, int32_t count) {
  float rest[8] = {0};
  for (int32_t k = 0; k < count; k++) rest[k] = p[k];
  return bm_load_doubles(rest);
}

#endif
