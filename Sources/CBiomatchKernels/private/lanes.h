// Sixteen lanes of 32 bits, one or more registers depending on the instruction set.
//
// Included by one file an instruction set, which defines
//   BM_TARGET        the function attribute that selects it,
//   bm_common(a, b)  set bits that 16 signatures have in common with one,
//   bm_gather(t, k)  entries of a table,
//   bm_compress(v,m) the lanes whose bit is set in a mask, in order, then zeros,
//   bm_mask(m)       bit k is set where lane k of a comparison holds.
#ifndef BIOMATCH_LANES_H
#define BIOMATCH_LANES_H

#include <stdint.h>

#include "bm_codes.h"

#pragma STDC FP_CONTRACT OFF

// Helpers that take or return vectors are always inlined: no calling convention is involved.
#pragma clang diagnostic ignored "-Wpsabi"

typedef float f32x16 __attribute__((ext_vector_type(16)));
typedef float f32x8 __attribute__((ext_vector_type(8)));
typedef float f32x4 __attribute__((ext_vector_type(4)));
typedef int32_t i32x8 __attribute__((ext_vector_type(8)));
typedef int32_t i32x16 __attribute__((ext_vector_type(16)));
typedef uint32_t u32x8 __attribute__((ext_vector_type(8)));
typedef uint64_t u64x8 __attribute__((ext_vector_type(8)));
typedef int64_t i64x8 __attribute__((ext_vector_type(8)));
typedef uint32_t u32x16 __attribute__((ext_vector_type(16)));
typedef int16_t i16x16 __attribute__((ext_vector_type(16)));
typedef uint16_t u16x16 __attribute__((ext_vector_type(16)));
typedef uint8_t u8x16 __attribute__((ext_vector_type(16)));

#define BM_INLINE static inline __attribute__((always_inline)) BM_TARGET
#define BM_KERNEL static BM_TARGET

// Unaligned loads and stores.
#define BM_LOAD(type, pointer)                                \
  __extension__({                                             \
    type loaded_;                                             \
    __builtin_memcpy(&loaded_, (pointer), sizeof(loaded_));   \
    loaded_;                                                  \
  })
#define BM_STORE(pointer, value)                              \
  do {                                                        \
    __typeof__(value) stored_ = (value);                      \
    __builtin_memcpy((pointer), &stored_, sizeof(stored_));   \
  } while (0)

#define BM_FLOAT(v) __builtin_convertvector((v), f32x16)
#define BM_INT(v) __builtin_convertvector((v), i32x16)

// The lanes whose bit is set in a mask, in order, then zeros, where no instruction does it.
BM_INLINE u32x16 bm_compress_lanes(u32x16 v, uint32_t mask) {
  uint32_t lanes[16], kept[2 * 16] = {0};
  BM_STORE(lanes, v);
  int32_t count = 0;
  for (int32_t k = 0; k < 16; k++) {
    kept[count] = mask >> k & 1 ? lanes[k] : 0;
    count += (int32_t)(mask >> k & 1);
  }
  return BM_LOAD(u32x16, kept);
}

// The same for hits, which go to memory: those where `kept` is -1, and others behind them, eight at most in
// all. Returns the end of those kept.
BM_INLINE bm_code_hit *bm_keep_each(bm_code_hit *to, u64x8 hits, i64x8 kept) {
  for (int32_t k = 0; k < BM_CODE_ROWS; k++) {
    const uint64_t hit = hits[k];
    __builtin_memcpy(to, &hit, sizeof(hit));
    to -= kept[k];
  }
  return to;
}

BM_INLINE f32x16 bm_root(f32x16 v) { return __builtin_elementwise_sqrt(v); }

#endif
