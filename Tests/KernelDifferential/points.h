// All functions over sets of points, run one after the other.
#ifndef KERNEL_DIFFERENTIAL_POINTS_H
#define KERNEL_DIFFERENTIAL_POINTS_H

#include "CBiomatchKernels.h"
#include "outcome.h"

typedef enum {
  STEP_ENCODE,
  STEP_UNPACK,
  STEP_PREPARE,
  STEP_SCREEN,
  STEP_SUPPORT,
  STEP_MATCH,
  STEP_SCAN,
  STEPS,
} step;

extern const char *const step_names[STEPS];

// The two sets that one case compares, packed without and with signatures.
typedef struct {
  const uint8_t *plain;
  const uint8_t *probe;
  const uint8_t *reference;
  int32_t bytes;
} comparison;

// Runs all functions of a level and collects every field and lane that they define. Memory that
// they write to is filled with `garbage` before, so that what they leave out shows.
void run_level(const bm_kernels *kernels, const comparison *sets, const bm_parameters *parameters,
               uint8_t garbage, outcome *result);

#endif
