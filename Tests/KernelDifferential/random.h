// SplitMix64 (doi:10.1145/2660193.2660195): the same numbers on every machine.
#ifndef KERNEL_DIFFERENTIAL_RANDOM_H
#define KERNEL_DIFFERENTIAL_RANDOM_H

#include <stdint.h>

typedef struct {
  uint64_t state;
} random_source;

static inline uint64_t random_bits(random_source *source) {
  uint64_t z = source->state += 0x9E3779B97F4A7C15u;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

// A whole number from `low` to `high`, both included.
static inline int32_t random_between(random_source *source, int32_t low, int32_t high) {
  return low + (int32_t)(random_bits(source) % (uint64_t)(high - low + 1));
}

#endif
