// Rows of single precision to codes.
#ifndef BIOMATCH_VECTOR_CODES_H
#define BIOMATCH_VECTOR_CODES_H

#include "layout.h"

// The smallest number of 8 significant bits whose 127-fold is at least `largest`.
BM_INLINE float bm_code_scale(float largest) {
  bm_float_bits scale = {.value = largest * (1.0f / 127.0f)};
  scale.bits = (scale.bits & 0xffff0000u) + 0x10000u;
  // Smaller ones have no reciprocal. A row of unit length never needs them.
  return scale.value > 0x1p-100f ? scale.value : 0x1p-100f;
}

// The next whole number, by an addition that rounds: there is no library call for it on every level.
BM_INLINE f32x16 bm_whole(f32x16 v) {
  const float shift = 0x1.8p23f;
  return v + shift - shift;
}

BM_INLINE f32x16 bm_load_padded(const float *p, int32_t count) {
  if (count >= BM_LANES) return BM_LOAD(f32x16, p);
  float rest[BM_LANES] = {0};
  for (int32_t k = 0; k < count; k++) rest[k] = p[k];
  return BM_LOAD(f32x16, rest);
}

BM_INLINE float bm_largest_magnitude(const float *row, int32_t dimension) {
  f32x16 largest = 0;
  for (int32_t k = 0; k < dimension; k += BM_LANES)
    largest = __builtin_elementwise_max(
        largest, __builtin_elementwise_abs(bm_load_padded(row + k, dimension - k)));
  float lane[BM_LANES], result = 0;
  BM_STORE(lane, largest);
  for (int32_t k = 0; k < BM_LANES; k++) result = lane[k] > result ? lane[k] : result;
  return result;
}

// An upper bound of the length whose square was summed up in single precision: a sum of 256 terms a
// lane is off by less than 2^-15 of itself, and squares that vanish are less than 2^-120 together.
BM_INLINE float bm_length_above(float sum) {
  return __builtin_elementwise_sqrt(sum + 0x1p-100f) * (1.0f + 0x1p-13f);
}

// Codes + 128 of a row as bytes, zeros (128) behind it up to a multiple of 16.
BM_INLINE void bm_encode_row(const float *row, int32_t dimension, float scale, uint8_t *bytes,
                             float *residual, float *coarse_residual) {
  const float inverse = 1.0f / scale;
  f32x16 fine = 0, coarse = 0;
  for (int32_t k = 0; k < dimension; k += BM_LANES) {
    const f32x16 value = bm_load_padded(row + k, dimension - k);
    const f32x16 least = -127.0f, most = 127.0f;
    const f32x16 code = __builtin_elementwise_min(
        __builtin_elementwise_max(bm_whole(value * inverse), least), most);
    const i32x16 byte = BM_INT(code) + 128;
    // Products of 8 and at most 9 significant bits: exact.
    const f32x16 left = value - code * scale;
    f32x16 coarse_left = value - (BM_FLOAT((byte >> 4) * 16) - 120.5f) * scale;
    if (dimension - k < BM_LANES)
      for (int32_t j = dimension - k; j < BM_LANES; j++) coarse_left[j] = 0;
    fine += left * left;
    coarse += coarse_left * coarse_left;
    BM_STORE(bytes + k, __builtin_convertvector(byte, u8x16));
  }
  *residual = bm_length_above(bm_sum_floats(fine));
  *coarse_residual = bm_length_above(bm_sum_floats(coarse));
}

// Two halves of each of 8 bytes as four: dimension k below dimension 4 + k.
BM_INLINE uint32_t bm_halves_of(const uint8_t *bytes, int32_t shift) {
  uint32_t first, second;
  __builtin_memcpy(&first, bytes, 4);
  __builtin_memcpy(&second, bytes + 4, 4);
  return (first >> shift & BM_LOW_HALVES) | (second >> shift & BM_LOW_HALVES) << 4;
}

BM_KERNEL void bm_encode_block(const float *rows, int32_t count, int32_t dimension, uint8_t *upper,
                               uint8_t *lower, bm_vector_block *block) {
  const int32_t groups = (dimension + BM_GROUP - 1) / BM_GROUP;
  uint8_t bytes[4096 + BM_LANES];
  block->residual = 0;
  block->coarse_residual = 0;
  block->outside = 0;
  for (int32_t r = 0; r < BM_BLOCK_ROWS; r++) {
    float scale = 0x1p-100f, residual = 0, coarse = 0;
    if (r < count) {
      const float *row = rows + (int64_t)r * dimension;
      scale = bm_code_scale(bm_largest_magnitude(row, dimension));
      bm_encode_row(row, dimension, scale, bytes, &residual, &coarse);
    } else {
      for (int32_t k = 0; k < groups * BM_GROUP; k++) bytes[k] = 128;
    }
    const bm_float_bits scale_bits = {.value = scale};
    block->scale[r] = (uint16_t)(scale_bits.bits >> 16);
    // Rounded up: a quotient is off by less.
    residual = residual / scale * (1.0f + 0x1p-22f);
    coarse = coarse / scale * (1.0f + 0x1p-22f);
    block->residual = residual > block->residual ? residual : block->residual;
    block->coarse_residual = coarse > block->coarse_residual ? coarse : block->coarse_residual;
    for (int32_t g = 0; g < groups; g++) {
      const uint32_t high = bm_halves_of(bytes + g * BM_GROUP, 4);
      const uint32_t low = bm_halves_of(bytes + g * BM_GROUP, 0);
      __builtin_memcpy(upper + (g * BM_BLOCK_ROWS + r) * 4, &high, 4);
      __builtin_memcpy(lower + (r * groups + g) * 4, &low, 4);
    }
  }
}

BM_KERNEL float bm_encode_probe(const float *row, int32_t dimension, int8_t *codes, int32_t *sum,
                                float *residual) {
  const int32_t groups = (dimension + BM_GROUP - 1) / BM_GROUP;
  uint8_t bytes[4096 + BM_LANES];
  float coarse;
  const float scale = bm_code_scale(bm_largest_magnitude(row, dimension));
  bm_encode_row(row, dimension, scale, bytes, residual, &coarse);
  *sum = 0;
  for (int32_t k = 0; k < groups * BM_GROUP; k++) {
    const int8_t code = (int8_t)(bytes[k] - 128);
    const int32_t half = k % BM_GROUP / 4;
    codes[(half * groups + k / BM_GROUP) * 4 + k % 4] = code;
    *sum += code;
  }
  return scale;
}

#endif
