// The neon level where the processor has instructions for products of bytes, which are optional.
#if defined(__aarch64__)

#define BM_TARGET __attribute__((target("dotprod")))
#define BM_CHECKSUM_TARGET __attribute__((target("dotprod,crc")))
#define BM_TABLE bm_neon_dot_kernels

#include "private/neon.h"

BM_INLINE int32x4_t bm_dot_quarter(int32x4_t sum, int8x16_t bytes, int8x16_t codes) {
  return vdotq_s32(sum, bytes, codes);
}

#include "private/table.h"

#endif
