// The functions of bm_vectors.h one number at a time, after its comments, to compare the levels with.
#ifndef KERNEL_DIFFERENTIAL_NAIVE_VECTORS_H
#define KERNEL_DIFFERENTIAL_NAIVE_VECTORS_H

#include "vectors.h"

// All functions but `multiply`.
extern const bm_vector_kernels naive_vectors;

// The upper half of a code, and the code, -127...127.
int32_t upper_half(const uint8_t *upper, int32_t groups, int32_t row, int32_t k);
int32_t code_of(const uint8_t *upper, const uint8_t *lower, int32_t groups, int32_t row,
                int32_t k);

// The code of a probe.
int32_t probe_code(const int8_t *codes, int32_t groups, int32_t k);

// Whether the codes of a case are the nearest ones, those behind the rows' ends are zero, and what the
// headers say is left is at least what is, and hardly more.
int32_t are_codes_sound(const vector_case *c);

#endif
