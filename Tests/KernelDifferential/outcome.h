// What the functions of one level give, as bytes that can be compared and digested.
#ifndef KERNEL_DIFFERENTIAL_OUTCOME_H
#define KERNEL_DIFFERENTIAL_OUTCOME_H

#include <stddef.h>
#include <stdint.h>

enum { OUTCOME_BYTES = 1 << 22, OUTCOME_STEPS = 16 };

typedef struct {
  // Where the bytes of each step end.
  int32_t end[OUTCOME_STEPS];
  int32_t steps;
  int32_t count;
  uint8_t bytes[OUTCOME_BYTES];
} outcome;

void clear_outcome(outcome *result);
void append(outcome *result, const void *from, size_t bytes);
void end_step(outcome *result);

#define APPEND(result, field) append((result), &(field), sizeof(field))
#define APPEND_LANES(result, array, lanes) \
  append((result), (array), (size_t)(lanes) * sizeof((array)[0]))

// The number of steps that differ; which is the first of them, and at which of its bytes.
int32_t compare_outcomes(const outcome *expected, const outcome *found, int32_t *step,
                         int32_t *byte);

// FNV-1a, continued from `digest`.
uint64_t digest_bytes(uint64_t digest, const uint8_t *bytes, int32_t count);

#endif
