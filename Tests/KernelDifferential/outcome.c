#include "outcome.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void clear_outcome(outcome *result) { result->count = result->steps = 0; }

void append(outcome *result, const void *from, size_t bytes) {
  if (bytes > (size_t)(OUTCOME_BYTES - result->count)) {
    fprintf(stderr, "the buffer of outcomes is too small\n");
    exit(2);
  }
  if (bytes > 0) memcpy(result->bytes + result->count, from, bytes);
  result->count += (int32_t)bytes;
}

void end_step(outcome *result) { result->end[result->steps++] = result->count; }

static int32_t first_difference(const outcome *a, const outcome *b, int32_t from, int32_t to) {
  for (int32_t k = from; k < to; k++)
    if (k >= a->count || k >= b->count || a->bytes[k] != b->bytes[k]) return k;
  return -1;
}

int32_t compare_outcomes(const outcome *expected, const outcome *found, int32_t *step,
                         int32_t *byte) {
  int32_t differing = 0;
  for (int32_t s = 0, from = 0; s < expected->steps; from = expected->end[s++]) {
    const int32_t at = first_difference(expected, found, from, expected->end[s]);
    if (at < 0 && expected->end[s] == found->end[s]) continue;
    if (differing++ > 0) continue;
    *step = s;
    *byte = at - from;
  }
  return differing;
}

uint64_t digest_bytes(uint64_t digest, const uint8_t *bytes, int32_t count) {
  for (int32_t k = 0; k < count; k++) digest = (digest ^ bytes[k]) * 0x100000001B3u;
  return digest;
}
