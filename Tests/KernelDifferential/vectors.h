// All functions over rows of equal length, run one after the other.
#ifndef KERNEL_DIFFERENTIAL_VECTORS_H
#define KERNEL_DIFFERENTIAL_VECTORS_H

#include "CBiomatchKernels.h"
#include "outcome.h"
#include "rows.h"

typedef enum {
  VECTOR_NORMALISE,
  VECTOR_ENCODE,
  VECTOR_ENCODE_PROBE,
  VECTOR_SCREEN,
  VECTOR_SCREEN_COARSE,
  VECTOR_REFINE,
  VECTOR_NARROW,
  VECTOR_LEAST,
  VECTOR_SCORE,
  VECTOR_SCORE_HITS,
  VECTOR_STEPS,
} vector_step;

extern const char *const vector_step_names[VECTOR_STEPS];

// Rows and probes that are compared with them. Every array has its exact size, so that a tool that
// watches memory sees what goes beyond.
typedef struct {
  row_kind kind;
  int32_t dimension;
  int32_t groups;
  int32_t row_count;
  int32_t blocks;
  int32_t probe_count;
  // The rows and then the probes: as they come, and of unit length.
  float *given;
  float *unit;
  uint8_t *upper;
  uint8_t *lower;
  bm_vector_block *block;
  int8_t *codes;
  // What rows must reach by whole codes, by their upper halves, and later on.
  bm_vector_probe *fine;
  bm_vector_probe *coarse;
  bm_vector_probe *raised;
  uint64_t *wanted;
  // Pairs in any order.
  bm_vector_hit *pairs;
  int32_t pair_count;
} vector_case;

// Makes the case of a number; codes and bounds come from `kernels`.
void make_vector_case(vector_case *c, uint64_t seed, int32_t number,
                      const bm_vector_kernels *kernels);
void free_vector_case(vector_case *c);

// Runs all functions and collects every byte that they define. Memory that they write to is filled
// with `garbage` before.
void run_vectors(const bm_vector_kernels *kernels, const vector_case *c, uint8_t garbage,
                 outcome *result);

// Whether `multiply` does as many products as it says, and the same sum each time.
int32_t is_multiplying(const bm_vector_kernels *kernels, uint64_t seed);

#endif
