// CRC-32C (RFC 3720, section 12.1), three streams at a time.
//
// A step waits for the one before it, several cycles; three independent streams keep the processor
// busy meanwhile. How a step is taken is the level's: by an instruction, or by a table.
#ifndef BIOMATCH_CHECKSUM_H
#define BIOMATCH_CHECKSUM_H

#include "lanes.h"

// Length of a stream in bytes, with x^(8 length) modulo the polynomial, reflected.
typedef struct {
  int64_t length;
  uint32_t power;
} bm_stream;

// One step: the state after eight bytes more, and after one.
typedef uint32_t (*bm_word_step)(uint32_t state, uint64_t word);
typedef uint32_t (*bm_byte_step)(uint32_t state, uint8_t byte);

// Largest first, each a quarter of the one before: little is left to the single stream at the end.
static const bm_stream bm_streams[] = {
    {65536, 0xfe7740e6u}, {16384, 0xbf455269u}, {4096, 0x35d73a62u},
    {1024, 0xe4172b16u},  {256, 0x88e56f72u},
};
enum { BM_STREAMS = sizeof(bm_streams) / sizeof(bm_streams[0]) };

// The product of two polynomials modulo the CRC's; bit 31 is the constant term.
BM_INLINE uint32_t bm_checksum_product(uint32_t a, uint32_t b) {
  uint32_t product = 0;
  for (int32_t k = 31; k >= 0; k--) {
    product ^= b & -(a >> k & 1u);
    b = b >> 1 ^ (0x82f63b78u & -(b & 1u));
  }
  return product;
}

BM_INLINE uint32_t bm_checksum_by(bm_word_step word, bm_byte_step byte, uint32_t state,
                                  const uint8_t *bytes, int64_t count) {
  for (int32_t s = 0; s < BM_STREAMS; s++) {
    const int64_t length = bm_streams[s].length;
    for (; count >= 3 * length; count -= 3 * length, bytes += 3 * length) {
      uint32_t second = 0, third = 0;
      for (int64_t k = 0; k < length; k += 8) {
        state = word(state, BM_LOAD(uint64_t, bytes + k));
        second = word(second, BM_LOAD(uint64_t, bytes + length + k));
        third = word(third, BM_LOAD(uint64_t, bytes + 2 * length + k));
      }
      // What has gone through is followed by `length` bytes of the next stream.
      state = bm_checksum_product(state, bm_streams[s].power) ^ second;
      state = bm_checksum_product(state, bm_streams[s].power) ^ third;
    }
  }
  for (; count >= 8; count -= 8, bytes += 8)
    state = word(state, BM_LOAD(uint64_t, bytes));
  for (; count > 0; count--, bytes++) state = byte(state, *bytes);
  return state;
}

#endif
