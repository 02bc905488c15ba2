#include "sets.h"

#include <string.h>

#pragma STDC FP_CONTRACT OFF

const char *const set_names[SET_KINDS] = {
    "spread", "one place", "line", "lattice", "extremes", "one direction", "opposite directions",
    "clusters", "duplicates",
};

static const int16_t farthest = 16383;

static void place(point_set *set, set_kind kind, int32_t i, random_source *random) {
  set->x[i] = (int16_t)random_between(random, -200, 200);
  set->y[i] = (int16_t)random_between(random, -250, 250);
  set->angle[i] = (uint8_t)random_bits(random);
  switch (kind) {
    case SET_ONE_PLACE:
      set->x[i] = 100;
      set->y[i] = -100;
      break;
    case SET_LINE:
      set->x[i] = (int16_t)(9 * i);
      set->y[i] = 40;
      break;
    case SET_LATTICE:
      set->x[i] = (int16_t)(20 * (i % 11));
      set->y[i] = (int16_t)(20 * (i / 11));
      set->angle[i] = 32;
      break;
    case SET_EXTREMES:
      if (i % 4 == 0) set->x[i] = i % 8 ? farthest : (int16_t)-farthest;
      if (i % 4 == 1) set->y[i] = i % 8 == 1 ? farthest : (int16_t)-farthest;
      if (i % 4 == 2) {
        set->x[i] = (int16_t)random_between(random, -farthest, farthest);
        set->y[i] = (int16_t)random_between(random, -farthest, farthest);
      }
      break;
    case SET_ONE_DIRECTION:
      set->angle[i] = 200;
      break;
    case SET_OPPOSITE_DIRECTIONS:
      set->angle[i] = i % 2 ? 0 : 128;
      break;
    case SET_CLUSTERS:
      set->x[i] = (int16_t)(150 * (i % 3) + random_between(random, -9, 9));
      set->y[i] = (int16_t)random_between(random, -9, 9);
      break;
    case SET_DUPLICATES:
      if (i % 2) {
        set->x[i] = set->x[i - 1];
        set->y[i] = set->y[i - 1];
        set->angle[i] = set->angle[i - 1];
      }
      break;
    default:
      break;
  }
}

void make_set(point_set *set, set_kind kind, int32_t count, random_source *random) {
  memset(set, 0, sizeof(*set));
  set->count = count;
  const int32_t weighting = random_between(random, 0, 3);
  for (int32_t i = 0; i < count; i++) {
    place(set, kind, i, random);
    const uint8_t weights[4] = {64, 0, 255, (uint8_t)random_bits(random)};
    set->weight[i] = weights[weighting];
    set->kind[i] = (uint8_t)random_between(random, 0, 2);
  }
}

static int16_t limited(float value) {
  const float end = (float)farthest;
  const float inside = value > end ? end : value < -end ? -end : value;
  return (int16_t)(inside < 0.0f ? inside - 0.5f : inside + 0.5f);
}

void mate_set(const point_set *set, int32_t jitter, int32_t at_tolerance, const bm_parameters *p,
              random_source *random, point_set *mate) {
  memset(mate, 0, sizeof(*mate));
  const uint8_t turn = at_tolerance ? 0 : (uint8_t)random_between(random, -40, 40);
  const float cosine = p->cosine[turn], sine = p->sine[turn];
  const float shift_x = (float)random_between(random, -60, 60);
  const float shift_y = (float)random_between(random, -60, 60);
  for (int32_t i = 0; i < set->count; i++) {
    if (!at_tolerance && random_between(random, 0, 9) < 2) continue;
    const int32_t k = mate->count++;
    const float x = set->x[i], y = set->y[i];
    float dx = (float)random_between(random, -jitter, jitter);
    float dy = (float)random_between(random, -jitter, jitter);
    if (at_tolerance && i % 2) {
      // 9 is the tolerance at the centroid, 20 the limit; 12, 16, 20 is a right triangle.
      const float moves[6][2] = {{9, 0}, {0, -9}, {12, 16}, {-20, 0}, {10, 0}, {0, 21}};
      dx = moves[i % 6][0];
      dy = moves[i % 6][1];
    }
    mate->x[k] = limited((cosine * x - sine * y) + (shift_x + dx));
    mate->y[k] = limited((sine * x + cosine * y) + (shift_y + dy));
    mate->angle[k] = (uint8_t)(set->angle[i] + turn + (at_tolerance ? i % 40 - 20 : 0));
    mate->weight[k] = set->weight[i];
    mate->kind[k] = set->kind[i];
  }
  const int32_t added = random_between(random, 0, 5);
  for (int32_t k = 0; k < added && mate->count < BM_MAX_POINTS; k++) {
    place(mate, SET_SPREAD, mate->count, random);
    mate->weight[mate->count++] = 64;
  }
}

static void store16(uint8_t *at, int32_t value) {
  const uint16_t bits = (uint16_t)value;
  memcpy(at, &bits, sizeof(bits));
}

// The points in the order of their angles, equal ones as they came.
static void order_points(const point_set *set, int32_t order[BM_MAX_POINTS]) {
  int32_t next = 0;
  for (int32_t angle = 0; angle < 256; angle++)
    for (int32_t i = 0; i < set->count; i++)
      if (set->angle[i] == angle) order[next++] = i;
}

int32_t pack_set(const point_set *set, const bm_parameters *p, uint8_t packed[PACKED_BYTES]) {
  int32_t order[BM_MAX_POINTS];
  order_points(set, order);
  const int32_t blocks = (set->count + BM_LANES - 1) / BM_LANES;
  memset(packed, 0, PACKED_BYTES);
  store16(packed, set->count);
  store16(packed + 2, blocks);
  for (int32_t h = 0; h < BM_HALF_PLANES; h++) {
    float reach = set->count > 0 ? -1e9f : 0.0f;
    for (int32_t i = 0; i < set->count; i++) {
      const float r = (float)set->x[i] * p->cosine[16 * h] + (float)set->y[i] * p->sine[16 * h];
      if (r > reach) reach = r;
    }
    const int32_t whole = (int32_t)reach;
    store16(packed + bm_half_planes_offset() + 2 * h, (float)whole < reach ? whole + 1 : whole);
  }
  for (int32_t i = 0; i < set->count; i++) {
    const int32_t k = order[i];
    store16(packed + bm_x_offset(blocks) + 2 * i, set->x[k]);
    store16(packed + bm_y_offset(blocks) + 2 * i, set->y[k]);
    packed[bm_angle_offset(blocks) + i] = set->angle[k];
    packed[bm_weight_offset(blocks) + i] = set->weight[k];
    packed[bm_kind_offset(blocks) + i] = set->kind[k];
  }
  return bm_packed_bytes(blocks);
}

static uint32_t word_of(bits_kind kind, int32_t w, random_source *random) {
  const uint32_t all = w == BM_SIGNATURE_WORDS - 1 ? 0x00ffffffu : 0xffffffffu;
  switch (kind) {
    case BITS_FULL:
      return all;
    case BITS_EQUAL:
      return all & 0x9249a5c3u;
    case BITS_SPARSE:
      return all & (1u << (random_bits(random) % 32));
    default:
      return all & (uint32_t)random_bits(random);
  }
}

// 65,535 / sqrt(set), rounded down, in whole numbers.
static int32_t norm_of(int32_t set) {
  int32_t norm = 65535;
  while (set > 0 && (int64_t)norm * norm * set > (int64_t)65535 * 65535) norm--;
  return set > 0 ? norm : 0;
}

void set_bits(uint8_t *packed, bits_kind kind, random_source *random) {
  if (kind == BITS_ENCODED) return;
  uint16_t sizes[2];
  memcpy(sizes, packed, sizeof(sizes));
  for (int32_t i = 0; i < sizes[0]; i++) {
    const int32_t none = kind != BITS_FULL && random_between(random, 0, 15) == 0;
    int32_t set = 0;
    for (int32_t w = 0; w < BM_SIGNATURE_WORDS; w++) {
      const uint32_t word = none ? 0 : word_of(kind, w, random);
      set += __builtin_popcount(word);
      uint8_t *words = packed + bm_bits_offset() + (i / BM_LANES) * BM_SIGNATURE_WORDS * 64;
      memcpy(words + w * 64 + i % BM_LANES * 4, &word, sizeof(word));
    }
    store16(packed + bm_norm_offset(sizes[1]) + 2 * i, norm_of(set));
  }
}

void shuffle_angles(uint8_t *packed, random_source *random) {
  uint16_t sizes[2];
  memcpy(sizes, packed, sizeof(sizes));
  for (int32_t i = 0; i < sizes[0]; i++)
    packed[bm_angle_offset(sizes[1]) + i] = (uint8_t)random_bits(random);
}
