#include "naive_vectors.h"

#include <string.h>

#pragma STDC FP_CONTRACT OFF

static int32_t half_of(uint8_t byte, int32_t k) { return k % 8 < 4 ? byte & 15 : byte >> 4; }

int32_t upper_half(const uint8_t *upper, int32_t groups, int32_t row, int32_t k) {
  const int32_t block = row / 16, lane = row % 16;
  return half_of(upper[((block * groups + k / 8) * 16 + lane) * 4 + k % 4], k);
}

static int32_t lower_half(const uint8_t *lower, int32_t groups, int32_t row, int32_t k) {
  return half_of(lower[(row * groups + k / 8) * 4 + k % 4], k);
}

int32_t code_of(const uint8_t *upper, const uint8_t *lower, int32_t groups, int32_t row,
                int32_t k) {
  return 16 * upper_half(upper, groups, row, k) + lower_half(lower, groups, row, k) - 128;
}

int32_t probe_code(const int8_t *codes, int32_t groups, int32_t k) {
  return codes[(k % 8 < 4 ? 0 : 4 * groups) + k / 8 * 4 + k % 4];
}

static float scale_of(const bm_vector_block *block, int32_t row) {
  const uint32_t bits = (uint32_t)block[row / 16].scale[row % 16] << 16;
  float scale;
  memcpy(&scale, &bits, sizeof(scale));
  return scale;
}

static double product_of(const float *a, const float *b, int32_t dimension) {
  double lane[8] = {0};
  for (int32_t k = 0; k < dimension; k++) lane[k % 8] += (double)a[k] * (double)b[k];
  return ((lane[0] + lane[4]) + (lane[2] + lane[6])) + ((lane[1] + lane[5]) + (lane[3] + lane[7]));
}

static void normalise(const float *rows, int64_t count, int32_t dimension, float *result) {
  for (int64_t i = 0; i < count; i++, rows += dimension, result += dimension) {
    const double scale = 1.0 / __builtin_elementwise_sqrt(product_of(rows, rows, dimension));
    for (int32_t k = 0; k < dimension; k++) result[k] = (float)((double)rows[k] * scale);
  }
}

static float magnitude(float value) { return value < 0 ? -value : value; }

// Eight significant bits, 127 times which is above every value; no scale is below 2^-100.
static float scale_for(const float *row, int32_t dimension) {
  float largest = 0;
  for (int32_t k = 0; k < dimension; k++)
    if (magnitude(row[k]) > largest) largest = magnitude(row[k]);
  largest *= 1.0f / 127.0f;
  uint32_t bits;
  memcpy(&bits, &largest, sizeof(bits));
  bits = ((bits >> 16) + 1) << 16;
  memcpy(&largest, &bits, sizeof(bits));
  return largest > 0x1p-100f ? largest : 0x1p-100f;
}

// The nearest whole number, the even one of two.
static int32_t nearest(float value) {
  const int32_t whole = (int32_t)value;
  const float rest = value - (float)whole;
  if (rest > 0.5f || (rest == 0.5f && whole % 2)) return whole + 1;
  if (rest < -0.5f || (rest == -0.5f && whole % 2)) return whole - 1;
  return whole;
}

// Above the length whose square is summed up in sixteen lanes.
static float length_above(float lane[16]) {
  for (int32_t n = 8; n > 0; n /= 2)
    for (int32_t k = 0; k < n; k++) lane[k] = lane[k] + lane[k + n];
  return __builtin_elementwise_sqrt(lane[0] + 0x1p-100f) * (1.0f + 0x1p-13f);
}

static float encode_row(const float *row, int32_t dimension, int32_t *codes, float *residual,
                        float *coarse_residual) {
  const float scale = scale_for(row, dimension);
  float fine[16] = {0}, coarse[16] = {0};
  for (int32_t k = 0; k < dimension; k++) {
    const int32_t code = nearest(row[k] * (1.0f / scale));
    codes[k] = code > 127 ? 127 : code < -127 ? -127 : code;
    const float left = row[k] - (float)codes[k] * scale;
    const float coarse_left = row[k] - ((float)((codes[k] + 128) / 16 * 16) - 120.5f) * scale;
    fine[k % 16] += left * left;
    coarse[k % 16] += coarse_left * coarse_left;
  }
  *residual = length_above(fine);
  *coarse_residual = length_above(coarse);
  return scale;
}

static float larger(float a, float b) { return a > b ? a : b; }

static void encode(const float *rows, int32_t count, int32_t dimension, uint8_t *upper,
                   uint8_t *lower, bm_vector_block *block) {
  const int32_t groups = (dimension + 7) / 8;
  memset(upper, 0, (size_t)(groups * 64));
  memset(lower, 0, (size_t)(groups * 64));
  block->residual = block->coarse_residual = block->outside = 0;
  for (int32_t r = 0; r < 16; r++) {
    int32_t codes[4096] = {0};
    float scale = 0x1p-100f, residual = 0, coarse = 0;
    if (r < count) scale = encode_row(rows + r * dimension, dimension, codes, &residual, &coarse);
    uint32_t bits;
    memcpy(&bits, &scale, sizeof(bits));
    block->scale[r] = (uint16_t)(bits >> 16);
    block->residual = larger(block->residual, residual / scale * (1.0f + 0x1p-22f));
    block->coarse_residual =
        larger(block->coarse_residual, coarse / scale * (1.0f + 0x1p-22f));
    for (int32_t k = 0; k < 8 * groups; k++) {
      const int32_t byte = codes[k] + 128, shift = k % 8 < 4 ? 0 : 4;
      upper[(k / 8 * 16 + r) * 4 + k % 4] |= (uint8_t)(byte / 16 << shift);
      lower[(r * groups + k / 8) * 4 + k % 4] |= (uint8_t)(byte % 16 << shift);
    }
  }
}

static float encode_probe(const float *row, int32_t dimension, int8_t *codes, int32_t *sum,
                          float *residual) {
  const int32_t groups = (dimension + 7) / 8;
  int32_t code[4096] = {0};
  float coarse;
  const float scale = encode_row(row, dimension, code, residual, &coarse);
  *sum = 0;
  for (int32_t k = 0; k < 8 * groups; k++) {
    codes[(k % 8 < 4 ? 0 : 4 * groups) + k / 8 * 4 + k % 4] = (int8_t)code[k];
    *sum += code[k];
  }
  return scale;
}

static int32_t is_wanted(const uint64_t *wanted, int32_t row) {
  return (int32_t)(wanted[row / 64] >> (row % 64) & 1);
}

static int32_t code_product(const bm_vector_probe *probe, const uint8_t *upper,
                            const uint8_t *lower, int32_t groups, int32_t row) {
  int64_t product = 0;
  for (int32_t k = 0; k < 8 * groups; k++)
    product += probe_code(probe->codes, groups, k) * code_of(upper, lower, groups, row, k);
  return (int32_t)product;
}

static float base_of(const bm_vector_probe *probe, const bm_vector_block *block, int32_t row) {
  const float outside = block[row / 16].outside * probe->outside;
  return probe->base - outside;
}

static int64_t screen(const bm_vector_probe *probes, int32_t probe_count, const uint8_t *upper,
                      const uint8_t *lower, const bm_vector_block *block, const uint64_t *wanted,
                      int32_t blocks, int32_t groups, uint8_t *scratch, bm_vector_hit *hits) {
  (void)scratch;
  int64_t count = 0;
  for (int32_t first = 0; first < blocks; first += 4) {
    float residual = 0;
    for (int32_t b = first; b < blocks && b < first + 4; b++)
      residual = larger(residual, block[b].residual);
    for (int32_t q = 0; q < probe_count; q++)
      for (int32_t row = 16 * first; row < 16 * blocks && row < 16 * first + 64; row++) {
        if (!is_wanted(wanted, row)) continue;
        const int32_t product = code_product(probes + q, upper, lower, groups, row);
        const float most = (float)product + residual * probes[q].slope;
        if (most * scale_of(block, row) >= base_of(probes + q, block, row))
          hits[count++] = (bm_vector_hit){.probe = q, .row = row, .product = product};
      }
  }
  return count;
}

static int64_t screen_coarse(const bm_vector_probe *probes, int32_t probe_count,
                             const uint8_t *upper, const bm_vector_block *block,
                             const uint64_t *wanted, int32_t blocks, int32_t groups,
                             bm_vector_hit *hits) {
  int64_t count = 0;
  for (int32_t b = 0; b < blocks; b++)
    for (int32_t q = 0; q < probe_count; q++)
      for (int32_t row = 16 * b; row < 16 * b + 16; row++) {
        if (!is_wanted(wanted, row)) continue;
        int64_t halves = 0, twice = 0;
        for (int32_t k = 0; k < 8 * groups; k++) {
          const int32_t half = upper_half(upper, groups, row, k);
          const int32_t code = probe_code(probes[q].codes, groups, k);
          halves += half * code;
          twice += (32 * half - 241) * code;
        }
        const float most = (float)twice + block[b].coarse_residual * probes[q].slope;
        if (most * scale_of(block, row) >= base_of(probes + q, block, row))
          hits[count++] = (bm_vector_hit){.probe = q, .row = row, .product = (int32_t)halves};
      }
  return count;
}

static int64_t narrow(const bm_vector_probe *probes, const bm_vector_block *block,
                      bm_vector_hit *hits, int64_t count) {
  int64_t kept = 0;
  for (int64_t i = 0; i < count; i++) {
    const bm_vector_probe *probe = probes + hits[i].probe;
    const float most = (float)hits[i].product + block[hits[i].row / 16].residual * probe->slope;
    if (most * scale_of(block, hits[i].row) >= base_of(probe, block, hits[i].row))
      hits[kept++] = hits[i];
  }
  return kept;
}

static int64_t refine(const bm_vector_probe *probes, const uint8_t *lower,
                      const bm_vector_block *block, int32_t groups, bm_vector_hit *hits,
                      int64_t count) {
  for (int64_t i = 0; i < count; i++) {
    int64_t product = 0;
    for (int32_t k = 0; k < 8 * groups; k++)
      product += (lower_half(lower, groups, hits[i].row, k) - 128) *
                 probe_code(probes[hits[i].probe].codes, groups, k);
    hits[i].product = (int32_t)(16 * (int64_t)hits[i].product + product);
  }
  return narrow(probes, block, hits, count);
}

static void least(const bm_vector_probe *probes, const bm_vector_block *block,
                  const bm_vector_hit *hits, int64_t count, float *result) {
  for (int64_t i = 0; i < count; i++) {
    const float left_out = block[hits[i].row / 16].residual * probes[hits[i].probe].slope;
    const float outside = block[hits[i].row / 16].outside * probes[hits[i].probe].outside;
    result[i] = ((float)hits[i].product - left_out) * scale_of(block, hits[i].row) - outside;
  }
}

static void score(const float *row, const float *rows, int64_t count, int32_t dimension,
                  float *scores) {
  for (int64_t i = 0; i < count; i++)
    scores[i] = (float)product_of(row, rows + i * dimension, dimension);
}

static void score_hits(const float *probes, const float *rows, int32_t dimension,
                       const bm_vector_hit *hits, int64_t count, float *scores) {
  for (int64_t i = 0; i < count; i++)
    scores[i] = (float)product_of(probes + hits[i].probe * dimension,
                                  rows + hits[i].row * dimension, dimension);
}

const bm_vector_kernels naive_vectors = {
    .normalise = normalise,
    .encode = encode,
    .encode_probe = encode_probe,
    .screen = screen,
    .screen_coarse = screen_coarse,
    .refine = refine,
    .narrow = narrow,
    .least = least,
    .score = score,
    .score_hits = score_hits,
};

// Whether a residual is an upper bound, and no more than a little above: of squares of lengths, in
// units of a scale. `floor` is the part of it that no row needs.
static int32_t is_bound(double bound, double square, double floor) {
  const double tight = bound / 1.001 - floor;
  return bound * bound >= square && (tight < 0 || tight * tight <= square);
}

int32_t are_codes_sound(const vector_case *c) {
  for (int32_t b = 0; b < c->blocks; b++) {
    double fine = 0, coarse = 0, floor = 0;
    for (int32_t row = 16 * b; row < 16 * b + 16; row++) {
      const double scale = (double)scale_of(c->block, row);
      double left = 0, coarse_left = 0;
      for (int32_t k = 0; k < 8 * c->groups; k++) {
        const int32_t code = code_of(c->upper, c->lower, c->groups, row, k);
        if (row >= c->row_count || k >= c->dimension) {
          if (code != 0) return 0;
          continue;
        }
        const double value = (double)c->unit[row * c->dimension + k] / scale;
        const double half = 16 * upper_half(c->upper, c->groups, row, k) - 120.5;
        if (code < -127 || code > 127) return 0;
        // Single precision rounds the quotient.
        if (value - code > 0.5001 || code - value > 0.5001) return 0;
        left += (value - code) * (value - code);
        coarse_left += (value - half) * (value - half);
      }
      fine = left > fine ? left : fine;
      coarse = coarse_left > coarse ? coarse_left : coarse;
      if (row < c->row_count && 0x1p-49 / scale > floor) floor = 0x1p-49 / scale;
    }
    if (!is_bound((double)c->block[b].residual, fine, floor)) return 0;
    if (!is_bound((double)c->block[b].coarse_residual, coarse, floor)) return 0;
  }
  return 1;
}
