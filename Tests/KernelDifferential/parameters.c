#include "parameters.h"

#include <string.h>

#pragma STDC FP_CONTRACT OFF

// Series in plain arithmetic: mathematical libraries differ between machines in the last bits.
static double exponential(double x) {
  double value = 1.0;
  for (int32_t k = 8; k >= 1; k--) value = 1.0 + x / 1024.0 / k * value;
  for (int32_t k = 0; k < 10; k++) value *= value;
  return value;
}

static void fill_directions(bm_parameters *p) {
  const double step = 3.141592653589793 / 128.0;
  for (int32_t k = 0; k < 256; k++) {
    const int32_t quarter = (k + 32) / 64;
    const double angle = (k - 64 * quarter) * step, square = angle * angle;
    double cosine = 1.0, sine = 1.0;
    for (int32_t n = 9; n >= 1; n--) {
      cosine = 1.0 - square / ((2 * n - 1) * (2 * n)) * cosine;
      sine = 1.0 - square / ((2 * n) * (2 * n + 1)) * sine;
    }
    sine *= angle;
    const double turned[4][2] = {{cosine, sine}, {-sine, cosine}, {-cosine, -sine}, {sine, -cosine}};
    p->cosine[k] = (float)turned[quarter % 4][0];
    p->sine[k] = (float)turned[quarter % 4][1];
  }
}

static void fill_signatures(bm_parameters *p) {
  p->sight = 98.0f * 98.0f;
  p->pitch = 17.5f;
  p->reach = 28.0f;
  p->threshold = 0.117f;
  p->least_seen = 2;
  p->spatial_count = 785;
  for (int32_t k = 0; k < p->spatial_count; k++)
    p->spatial[k] = (float)exponential(-k / (2.0 * 87.1));
  for (int32_t k = 0; k < 256; k++) {
    for (int32_t section = 0; section < BM_SECTIONS; section++) {
      double away = (section + 0.5) * 256.0 / BM_SECTIONS - 128.0 - k;
      while (away < -128.0) away += 256.0;
      while (away >= 128.0) away -= 256.0;
      p->directional[k][section] = (float)(0.6 * exponential(-away * away / 1618.0));
    }
  }
  int8_t number = 0;
  for (int32_t row = 0; row < BM_GRID; row++) {
    for (int32_t column = 0; column < BM_GRID; column++) {
      const int32_t x = 2 * column + 1 - BM_GRID, y = 2 * row + 1 - BM_GRID;
      const int32_t inside = x * x + y * y <= BM_GRID * BM_GRID;
      p->cell[row * BM_GRID + column] = inside ? number : -1;
      number = (int8_t)(number + inside);
    }
  }
}

static void fill_gates(bm_parameters *p) {
  for (int32_t k = 0; k < 256; k++)
    p->rotation[k] = ((uint32_t)(int32_t)(p->cosine[k] * 32767.0f) & 0xffffu) |
                     (uint32_t)(int32_t)(p->sine[k] * 32767.0f) << 16;
  p->gate_direction = 40;
  p->gate_tolerance = 72;
  p->gate_limit = 80;
  p->gate_turn_limit = 26 * 256;
  for (int32_t k = 0; k <= BM_MAX_POINTS; k++) p->gate_support[k] = 1 + 12 * k;
  p->gate_score = 0.5f;
  p->expected_offset = 0.5f;
  p->evidence_share = 0.3f;
  p->overlap_offset = 4.0f;
  p->upright = 1.0f;
}

static void fill_comparison(bm_parameters *p) {
  p->direction_gate = 64;
  p->pairs = 48;
  p->support_place = 121.0f;
  p->support_slope = 0.01125f;
  p->support_chord = 1.0f / 0.36f;
  p->second_seed = 0.3f;
  p->fit_direction = 549.9f;
  p->fit_floor = 0.05f;
  p->tolerance_base = 9.0f;
  p->tolerance_slope = 0.06f;
  p->tolerance_limit = 20.0f;
  p->match_chord = 1.0f / 0.1764f;
  p->match_turn = 20;
  p->density = 2025.0f;
  p->dilation = 10.0f;
  p->evidence_base = -4.16f;
  p->evidence_place = 0.13f;
  p->evidence_chord = 0.4f;
  p->evidence_similarity = 11.46f;
  p->evidence_unsigned = 5.3f;
  p->evidence_kind = 0.21f;
  for (int32_t k = 0; k <= BM_MAX_POINTS; k++)
    p->evidence_neighbours[k] = (float)(3.0 - 4.2 / (1.0 + 0.3 * k));
}

void fill_parameters(bm_parameters *p, int32_t variant) {
  memset(p, 0, sizeof(*p));
  fill_directions(p);
  fill_signatures(p);
  fill_comparison(p);
  fill_gates(p);
  switch (variant) {
    case 1:
      p->direction_gate = p->gate_direction = 128;
      p->upright = 0.0f;
      break;
    case 2:
      p->direction_gate = p->gate_direction = 0;
      p->pairs = BM_MAX_PAIRS;
      break;
    case 3:
      p->pairs = 1;
      p->second_seed = 2.0f;
      break;
    case 4:
      p->threshold = 0.0f;
      p->least_seen = 0;
      break;
    case 5:
      p->threshold = 1e9f;
      p->fit_direction = 0.0f;
      break;
    case 6:
      p->density = 1e13f;
      p->dilation = -50.0f;
      p->tolerance_limit = 4000.0f;
      p->tolerance_slope = 1.0f;
      p->match_turn = 128;
      memset(p->gate_support, 0, sizeof(p->gate_support));
      p->gate_score = -1.0f;
      break;
    case 7:
      p->fit_direction = 0.0f;
      p->fit_floor = 0.0f;
      p->tolerance_base = 1.0f;
      p->tolerance_slope = 0.0f;
      p->pairs = 7;
      break;
    default:
      break;
  }
}
