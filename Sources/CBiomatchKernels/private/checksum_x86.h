// CRC-32C by the instruction of SSE4.2, which every x86-64 level above the portable one has.
#ifndef BIOMATCH_CHECKSUM_X86_H
#define BIOMATCH_CHECKSUM_X86_H

#include <immintrin.h>

#include "checksum.h"

BM_INLINE uint32_t bm_instruction_word(uint32_t state, uint64_t word) {
  return (uint32_t)_mm_crc32_u64(state, word);
}

BM_INLINE uint32_t bm_instruction_byte(uint32_t state, uint8_t byte) {
  return _mm_crc32_u8(state, byte);
}

BM_KERNEL uint32_t bm_checksum(uint32_t state, const uint8_t *bytes, int64_t count) {
  return bm_checksum_by(bm_instruction_word, bm_instruction_byte, state, bytes, count);
}

#endif
