// Remainders of bytes for CRC-32C where no instruction computes them.
#ifndef BIOMATCH_REMAINDERS_H
#define BIOMATCH_REMAINDERS_H

#include <stdint.h>

#include "lanes.h"

// The remainder of a byte is the sum of its bits' remainders: the 256 entries from those of the
// eight bits, lowest first.
#define BM_BIT0(v, a) (v), (v) ^ (a)
#define BM_BIT1(v, a, b) BM_BIT0(v, a), BM_BIT0((v) ^ (b), a)
#define BM_BIT2(v, a, b, c) BM_BIT1(v, a, b), BM_BIT1((v) ^ (c), a, b)
#define BM_BIT3(v, a, b, c, d) BM_BIT2(v, a, b, c), BM_BIT2((v) ^ (d), a, b, c)
#define BM_BIT4(v, a, b, c, d, e) BM_BIT3(v, a, b, c, d), BM_BIT3((v) ^ (e), a, b, c, d)
#define BM_BIT5(v, a, b, c, d, e, f) \
  BM_BIT4(v, a, b, c, d, e), BM_BIT4((v) ^ (f), a, b, c, d, e)
#define BM_BIT6(v, a, b, c, d, e, f, g) \
  BM_BIT5(v, a, b, c, d, e, f), BM_BIT5((v) ^ (g), a, b, c, d, e, f)
#define BM_REMAINDERS(a, b, c, d, e, f, g, h) \
  {BM_BIT6(0u, a, b, c, d, e, f, g), BM_BIT6(h, a, b, c, d, e, f, g)}

// Entry i of row k: the remainder of the byte i followed by k zero bytes.
static const uint32_t bm_remainders[8][256] = {
    BM_REMAINDERS(0xf26b8303u, 0xe13b70f7u, 0xc79a971fu, 0x8ad958cfu,  //
                  0x105ec76fu, 0x20bd8edeu, 0x417b1dbcu, 0x82f63b78u),
    BM_REMAINDERS(0x13a29877u, 0x274530eeu, 0x4e8a61dcu, 0x9d14c3b8u,  //
                  0x3fc5f181u, 0x7f8be302u, 0xff17c604u, 0xfbc3faf9u),
    BM_REMAINDERS(0xa541927eu, 0x4f6f520du, 0x9edea41au, 0x38513ec5u,  //
                  0x70a27d8au, 0xe144fb14u, 0xc76580d9u, 0x8b277743u),
    BM_REMAINDERS(0xdd45aab8u, 0xbf672381u, 0x7b2231f3u, 0xf64463e6u,  //
                  0xe964b13du, 0xd725148bu, 0xaba65fe7u, 0x52a0c93fu),
    BM_REMAINDERS(0x38116facu, 0x7022df58u, 0xe045beb0u, 0xc5670b91u,  //
                  0x8f2261d3u, 0x1ba8b557u, 0x37516aaeu, 0x6ea2d55cu),
    BM_REMAINDERS(0xef306b19u, 0xdb8ca0c3u, 0xb2f53777u, 0x6006181fu,  //
                  0xc00c303eu, 0x85f4168du, 0x0e045bebu, 0x1c08b7d6u),
    BM_REMAINDERS(0x68032cc8u, 0xd0065990u, 0xa5e0c5d1u, 0x4e2dfd53u,  //
                  0x9c5bfaa6u, 0x3d5b83bdu, 0x7ab7077au, 0xf56e0ef4u),
    BM_REMAINDERS(0x493c7d27u, 0x9278fa4eu, 0x211d826du, 0x423b04dau,  //
                  0x847609b4u, 0x0d006599u, 0x1a00cb32u, 0x34019664u),
};

// Eight bytes a step (Kounavis, Berry, doi:10.1109/TC.2008.85).
BM_INLINE uint32_t bm_remainder_word(uint32_t state, uint64_t word) {
  word ^= state;
  uint32_t sum = 0;
  for (int32_t k = 0; k < 8; k++) sum ^= bm_remainders[7 - k][word >> (8 * k) & 255u];
  return sum;
}

BM_INLINE uint32_t bm_remainder_byte(uint32_t state, uint8_t byte) {
  return state >> 8 ^ bm_remainders[0][(state ^ byte) & 255u];
}

#endif
