#include "vectors.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "naive_vectors.h"

#pragma STDC FP_CONTRACT OFF

#if defined(__has_feature)
#if __has_feature(memory_sanitizer)
#define KEEPS_TRACK_OF_WRITES 1
#endif
#endif

const char *const vector_step_names[VECTOR_STEPS] = {
    "normalise", "encode", "encode_probe", "screen", "screen_coarse",
    "refine",    "narrow", "least",        "score",  "score_hits",
};

// The size is a multiple of the alignment that it asks for.
static void *aligned(size_t alignment, size_t bytes, uint8_t garbage) {
  void *memory = alignment > 16 ? aligned_alloc(alignment, bytes) : malloc(bytes ? bytes : 1);
  if (memory == NULL) {
    fprintf(stderr, "out of memory\n");
    exit(2);
  }
#if !defined(KEEPS_TRACK_OF_WRITES)
  memset(memory, garbage, bytes);
#endif
  (void)garbage;
  return memory;
}

static void *memory(size_t bytes, uint8_t garbage) { return aligned(1, bytes, garbage); }

static int64_t pairs_of(const vector_case *c) {
  return (int64_t)c->blocks * BM_BLOCK_ROWS * c->probe_count;
}

static void choose_sizes(vector_case *c, int32_t number, random_source *random) {
  const int32_t dimensions[] = {64, 65, 71, 72, 127, 128, 129, 192, 512, 513, 1000, 4095, 4096};
  const int32_t n = sizeof(dimensions) / sizeof(dimensions[0]);
  c->dimension = number % 4 ? dimensions[number % n] : random_between(random, 64, 4096);
  c->groups = (c->dimension + BM_GROUP - 1) / BM_GROUP;
  c->row_count = random_between(random, 1, c->dimension < 1000 ? 150 : 70);
  c->blocks = (c->row_count + BM_BLOCK_ROWS - 1) / BM_BLOCK_ROWS;
  // So much of portable arithmetic is soon done.
  const int32_t most = (1 << 21) / (c->blocks * BM_BLOCK_ROWS * c->dimension);
  c->probe_count = random_between(random, 1, most > 70 ? 70 : most < 7 ? 7 : most);
}

static void choose_wanted(vector_case *c, random_source *random) {
  const int32_t words = (c->blocks + BM_SPAN_BLOCKS - 1) / BM_SPAN_BLOCKS;
  c->wanted = memory((size_t)words * sizeof(uint64_t), 0);
  const int32_t choice = random_between(random, 0, 3);
  for (int32_t w = 0; w < words; w++) {
    const uint64_t some = random_bits(random);
    // Also rows that there are none of, and whole words without any.
    const uint64_t masks[4] = {~(uint64_t)0, some, some & random_bits(random) & random_bits(random),
                               random_bits(random) & 1 ? 0 : some};
    c->wanted[w] = masks[choice];
  }
}

// What a row has by its codes, the way that a screen computes it.
static float value_of(const vector_case *c, const bm_vector_probe *probe, int32_t row,
                      int32_t coarse) {
  int32_t product = 0;
  for (int32_t k = 0; k < c->groups * BM_GROUP; k++) {
    const int32_t half = upper_half(c->upper, c->groups, row, k);
    product += probe_code(probe->codes, c->groups, k) *
               (coarse ? 32 * half - 241 : code_of(c->upper, c->lower, c->groups, row, k));
  }
  float residual = c->block[row / BM_BLOCK_ROWS].coarse_residual;
  if (!coarse) {
    residual = 0;
    const int32_t first = row / BM_SPAN_ROWS * BM_SPAN_BLOCKS;
    for (int32_t b = first; b < c->blocks && b < first + BM_SPAN_BLOCKS; b++)
      if (c->block[b].residual > residual) residual = c->block[b].residual;
  }
  const uint32_t bits = (uint32_t)c->block[row / BM_BLOCK_ROWS].scale[row % BM_BLOCK_ROWS] << 16;
  float scale;
  memcpy(&scale, &bits, sizeof(scale));
  const float outside = c->block[row / BM_BLOCK_ROWS].outside * probe->outside;
  return ((float)product + residual * probe->slope) * scale + outside;
}

static float next_above(float value) {
  int32_t bits;
  memcpy(&bits, &value, sizeof(bits));
  // Towards zero below it; zero itself has no sign here.
  bits = value == 0 ? 1 : value < 0 ? bits - 1 : bits + 1;
  memcpy(&value, &bits, sizeof(value));
  return value;
}

// Mostly what some row has, which it just reaches, or just not.
static void choose_bases(const vector_case *c, bm_vector_probe *probes, int32_t coarse,
                         random_source *random) {
  for (int32_t q = 0; q < c->probe_count; q++) {
    const float value =
        value_of(c, probes + q, random_between(random, 0, c->row_count - 1), coarse);
    switch (random_between(random, 0, 9)) {
      case 0:
        probes[q].base = -__builtin_inff();
        break;
      case 1:
        probes[q].base = __builtin_inff();
        break;
      case 2:
        probes[q].base = 0;
        break;
      case 3:
      case 4:
        probes[q].base = next_above(value);
        break;
      default:
        probes[q].base = value;
        break;
    }
  }
}

static bm_vector_probe *make_probes(const vector_case *c, const bm_vector_kernels *kernels) {
  bm_vector_probe *probes = memory((size_t)c->probe_count * sizeof(*probes), 0);
  for (int32_t q = 0; q < c->probe_count; q++) {
    int8_t *codes = c->codes + q * c->groups * BM_GROUP;
    float residual;
    const float scale = kernels->encode_probe(c->unit + (c->row_count + q) * c->dimension,
                                              c->dimension, codes, &probes[q].sum, &residual);
    probes[q].codes = codes;
    probes[q].outside = q % 2 ? 0 : 0.125f / scale;
    probes[q].slope = q % 5 == 4 ? 0 : (1.000001f + residual) / scale;
  }
  return probes;
}

static void make_rows(vector_case *c, const bm_vector_kernels *kernels, random_source *random) {
  const int32_t count = c->row_count + c->probe_count;
  const size_t values = (size_t)count * (size_t)c->dimension;
  c->given = memory(values * sizeof(float), 0);
  c->unit = memory(values * sizeof(float), 0);
  for (int32_t i = 0; i < count; i++) {
    float *row = c->given + i * c->dimension;
    // One of them mixed in, one probe that is a row.
    const row_kind kind = i % 17 == 5 ? (row_kind)random_between(random, 0, ROW_KINDS - 1) : c->kind;
    make_row(row, c->dimension, kind, random);
    if (i >= c->row_count && i % 3 == 0)
      memcpy(row, c->given, (size_t)c->dimension * sizeof(float));
  }
  kernels->normalise(c->given, count, c->dimension, c->unit);
  // Rows may be shorter, down to nothing.
  for (int32_t i = 0; i < count; i++) {
    const float factors[4] = {0.75f, 0x1p-90f, 0x1p-140f, 0.0f};
    if (random_between(random, 0, 15) > 0) continue;
    const float factor = factors[random_between(random, 0, 3)];
    for (int32_t k = 0; k < c->dimension; k++) c->unit[i * c->dimension + k] *= factor;
  }
}

void make_vector_case(vector_case *c, uint64_t seed, int32_t number,
                      const bm_vector_kernels *kernels) {
  random_source random = {seed * 7000003u + (uint64_t)number};
  c->kind = (row_kind)(number % ROW_KINDS);
  choose_sizes(c, number, &random);
  make_rows(c, kernels, &random);

  const size_t plane = (size_t)bm_upper_bytes(c->blocks, c->groups);
  c->upper = memory(plane, 0);
  c->lower = memory(plane, 0);
  c->block = memory((size_t)c->blocks * sizeof(*c->block), 0);
  for (int32_t b = 0; b < c->blocks; b++) {
    const int32_t row = b * BM_BLOCK_ROWS, rest = c->row_count - row;
    kernels->encode(c->unit + row * c->dimension, rest < BM_BLOCK_ROWS ? rest : BM_BLOCK_ROWS,
                    c->dimension, c->upper + b * c->groups * 64, c->lower + b * c->groups * 64,
                    c->block + b);
    // Also blocks whose codes leave out what lies outside of a subspace.
    if (b % 3) c->block[b].outside = (float)random_between(&random, 0, 1000) * 0x1p-10f;
  }
  c->codes = memory((size_t)(c->probe_count * c->groups * BM_GROUP), 0);
  c->fine = make_probes(c, kernels);
  c->coarse = make_probes(c, kernels);
  c->raised = make_probes(c, kernels);
  for (int32_t q = 0; q < c->probe_count; q++) {
    c->coarse[q].slope *= 2;
    c->coarse[q].outside *= 2;
  }
  choose_bases(c, c->fine, 0, &random);
  choose_bases(c, c->coarse, 1, &random);
  choose_bases(c, c->raised, 0, &random);
  choose_wanted(c, &random);

  c->pair_count = random_between(&random, 0, 60);
  c->pairs = memory((size_t)c->pair_count * sizeof(*c->pairs), 0);
  for (int32_t i = 0; i < c->pair_count; i++)
    c->pairs[i] = (bm_vector_hit){.probe = random_between(&random, 0, c->probe_count - 1),
                                  .row = random_between(&random, 0, c->row_count - 1)};
}

void free_vector_case(vector_case *c) {
  void *const all[] = {c->given, c->unit,   c->upper,  c->lower,  c->block, c->codes,
                       c->fine,  c->coarse, c->raised, c->wanted, c->pairs};
  for (size_t k = 0; k < sizeof(all) / sizeof(all[0]); k++) free(all[k]);
}

static void run_rows(const bm_vector_kernels *kernels, const vector_case *c, uint8_t garbage,
                     outcome *result) {
  const int32_t count = c->row_count + c->probe_count;
  const size_t bytes = (size_t)count * (size_t)c->dimension * sizeof(float);
  float *unit = memory(bytes, garbage);
  kernels->normalise(c->given, count, c->dimension, unit);
  append(result, unit, bytes);
  end_step(result);
  free(unit);

  const size_t plane = (size_t)bm_upper_bytes(1, c->groups);
  uint8_t *upper = memory(plane, garbage), *lower = memory(plane, garbage);
  for (int32_t row = 0; row < c->row_count; row += BM_BLOCK_ROWS) {
    const int32_t rest = c->row_count - row;
    bm_vector_block block;
    kernels->encode(c->unit + row * c->dimension, rest < BM_BLOCK_ROWS ? rest : BM_BLOCK_ROWS,
                    c->dimension, upper, lower, &block);
    append(result, upper, plane);
    append(result, lower, plane);
    APPEND(result, block);
  }
  end_step(result);
  free(upper);
  free(lower);

  int8_t *codes = memory((size_t)(c->groups * BM_GROUP), garbage);
  for (int32_t q = 0; q < c->probe_count; q++) {
    int32_t sum;
    float residual;
    const float scale = kernels->encode_probe(c->unit + (c->row_count + q) * c->dimension,
                                              c->dimension, codes, &sum, &residual);
    APPEND_LANES(result, codes, c->groups * BM_GROUP);
    APPEND(result, scale);
    APPEND(result, sum);
    APPEND(result, residual);
  }
  end_step(result);
  free(codes);
}

static void append_hits(outcome *result, const bm_vector_hit *hits, int64_t count) {
  APPEND(result, count);
  APPEND_LANES(result, hits, count);
  end_step(result);
}

static void run_screens(const bm_vector_kernels *kernels, const vector_case *c, uint8_t garbage,
                        outcome *result) {
  const size_t bytes = (size_t)pairs_of(c) * sizeof(bm_vector_hit);
  bm_vector_hit *fine = memory(bytes, garbage), *coarse = memory(bytes, garbage);
  uint8_t *scratch = aligned(64, (size_t)(BM_SPAN_ROWS * BM_GROUP * c->groups), garbage);
  const int64_t found = kernels->screen(c->fine, c->probe_count, c->upper, c->lower, c->block,
                                        c->wanted, c->blocks, c->groups, scratch, fine);
  append_hits(result, fine, found);
  free(scratch);

  int64_t count = kernels->screen_coarse(c->coarse, c->probe_count, c->upper, c->block, c->wanted,
                                         c->blocks, c->groups, coarse);
  append_hits(result, coarse, count);
  count = kernels->refine(c->fine, c->lower, c->block, c->groups, coarse, count);
  append_hits(result, coarse, count);
  free(coarse);

  float *least = memory((size_t)found * sizeof(float), garbage);
  kernels->least(c->fine, c->block, fine, found, least);
  append_hits(result, fine, kernels->narrow(c->raised, c->block, fine, found));
  APPEND_LANES(result, least, found);
  end_step(result);
  free(least);
  free(fine);
}

static void run_scores(const bm_vector_kernels *kernels, const vector_case *c, uint8_t garbage,
                       outcome *result) {
  const float *probes = c->unit + c->row_count * c->dimension;
  float *scores = memory((size_t)c->row_count * sizeof(float), garbage);
  kernels->score(probes, c->unit, c->row_count, c->dimension, scores);
  APPEND_LANES(result, scores, c->row_count);
  end_step(result);
  free(scores);

  scores = memory((size_t)c->pair_count * sizeof(float), garbage);
  kernels->score_hits(probes, c->unit, c->dimension, c->pairs, c->pair_count, scores);
  APPEND_LANES(result, scores, c->pair_count);
  end_step(result);
  free(scores);
}

void run_vectors(const bm_vector_kernels *kernels, const vector_case *c, uint8_t garbage,
                 outcome *result) {
  clear_outcome(result);
  run_rows(kernels, c, garbage, result);
  run_screens(kernels, c, garbage, result);
  run_scores(kernels, c, garbage, result);
}

int32_t is_multiplying(const bm_vector_kernels *kernels, uint64_t seed) {
  enum { CODES = 4 * 64 * 6, ROWS = 256, STEPS = 100 };
  random_source random = {seed};
  int8_t *codes = memory(CODES, 0);
  uint8_t *rows = memory(ROWS, 0);
  for (int32_t k = 0; k < CODES; k++) codes[k] = (int8_t)random_between(&random, -127, 127);
  for (int32_t k = 0; k < ROWS; k++) rows[k] = (uint8_t)random_bits(&random);
  int64_t sums[2];
  const int64_t once = kernels->multiply(codes, rows, STEPS, sums);
  const int64_t again = kernels->multiply(codes, rows, STEPS, sums + 1);
  free(codes);
  free(rows);
  return once == again && sums[0] == sums[1] && once > 0 && once % (64 * STEPS) == 0;
}
