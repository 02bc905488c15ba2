// Many rows' codes against those of many probes: tiles of registers, with the test for hits at the end
// of each.
#ifndef BIOMATCH_VECTOR_SCREEN_H
#define BIOMATCH_VECTOR_SCREEN_H

#include "layout.h"
#include "spread.h"

// What the next span reads from memory, fetched meanwhile.
typedef struct {
  // Numbers: behind the last span there may be nothing.
  uintptr_t upper;
  uintptr_t lower;
  // Lines of each plane, and how many are fetched at a step.
  int32_t lines;
  int32_t each;
} bm_ahead;

BM_INLINE void bm_fetch(bm_ahead *ahead) {
  for (int32_t k = 0; k < ahead->each && ahead->lines > 0; k++) {
    __builtin_prefetch((const void *)ahead->upper, 0, 2);
    __builtin_prefetch((const void *)ahead->lower, 0, 2);
    ahead->upper += 64;
    ahead->lower += 64;
    ahead->lines--;
  }
}

// How many of the probes that are left the next tile has: as even as can be, sixteen are 6 + 5 + 5.
BM_INLINE int32_t bm_tile_width(int32_t left, int32_t most) {
  const int32_t tiles = (left + most - 1) / most;
  return (left + tiles - 1) / tiles;
}

// Which of sixteen products reach the base with what their codes leave out.
BM_INLINE uint32_t bm_passing(i32x16 product, float left_out, f32x16 scale, float base) {
  return (uint32_t)bm_mask((BM_FLOAT(product) + left_out) * scale >= base);
}

BM_INLINE bm_vector_hit *bm_write_hits(uint64_t mask, int32_t probe, int32_t row,
                                       const int32_t *product, bm_vector_hit *hits) {
  for (; mask; mask &= mask - 1) {
    const int32_t lane = __builtin_ctzll(mask);
    *hits++ = (bm_vector_hit){.probe = probe, .row = row + lane, .product = product[lane]};
  }
  return hits;
}

// The rows of a span that pass, until all its blocks are done.
typedef struct {
  uint64_t passing[BM_TILE_PROBES];
  // Written for blocks some row of which passes.
  int32_t product[BM_TILE_PROBES][BM_SPAN_ROWS];
} bm_span_hits;

// Probes `first`... against BM_TILE_BLOCKS blocks from `at` on.
BM_INLINE void bm_tile(const int32_t count, const bm_vector_probe *probes, int32_t first,
                       const uint8_t *scratch, int32_t at, int32_t groups,
                       const bm_vector_block *block, float residual, uint64_t wanted,
                       bm_ahead *ahead, bm_span_hits *found) {
  i32x16 sum[BM_TILE_PROBES][BM_TILE_BLOCKS];
  const int8_t *codes[BM_TILE_PROBES];
#pragma clang loop unroll(full)
  for (int32_t q = 0; q < count; q++) {
    codes[q] = probes[first + q].codes;
#pragma clang loop unroll(full)
    for (int32_t b = 0; b < BM_TILE_BLOCKS; b++)
      sum[q][b] = (i32x16)(-BM_CODE_BIAS * probes[first + q].sum);
  }
  const uint8_t *rows = scratch + at * 64;
  for (int32_t step = 0; step < 2 * groups; step++, rows += BM_SPAN_ROWS * 4) {
    bm_fetch(ahead);
    u32x16 four[BM_TILE_BLOCKS];
#pragma clang loop unroll(full)
    for (int32_t b = 0; b < BM_TILE_BLOCKS; b++) four[b] = BM_LOAD(u32x16, rows + b * 64);
#pragma clang loop unroll(full)
    for (int32_t q = 0; q < count; q++) {
      const uint32_t with = BM_LOAD(uint32_t, codes[q] + 4 * step);
#pragma clang loop unroll(full)
      for (int32_t b = 0; b < BM_TILE_BLOCKS; b++)
        sum[q][b] = bm_dot_codes(sum[q][b], four[b], with);
    }
  }
#pragma clang loop unroll(full)
  for (int32_t q = 0; q < count; q++) {
    const bm_vector_probe *probe = probes + first + q;
    const float left_out = residual * probe->slope;
    uint64_t passing = 0;
#pragma clang loop unroll(full)
    for (int32_t b = 0; b < BM_TILE_BLOCKS; b++)
      passing |= (uint64_t)bm_passing(sum[q][b], left_out, bm_scales(block + at + b),
                                      bm_base(probe, block + at + b))
                 << (16 * b);
    passing &= wanted >> (16 * at);
    if (__builtin_expect(passing != 0, 0)) {
      found->passing[q] |= passing << (16 * at);
#pragma clang loop unroll(full)
      for (int32_t b = 0; b < BM_TILE_BLOCKS; b++)
        BM_STORE(found->product[q] + 16 * (at + b), sum[q][b]);
    }
  }
}

BM_INLINE bm_vector_hit *bm_tiles(const bm_vector_probe *probes, int32_t probe_count,
                                  const uint8_t *scratch, int32_t groups,
                                  const bm_vector_block *block, uint64_t wanted, int32_t row,
                                  bm_ahead *ahead, bm_vector_hit *hits) {
  float residual = 0;
  for (int32_t b = 0; b < BM_SPAN_BLOCKS; b++)
    residual = block[b].residual > residual ? block[b].residual : residual;
  bm_span_hits found;
  for (int32_t q = 0; q < probe_count;) {
    const int32_t count = bm_tile_width(probe_count - q, BM_TILE_PROBES);
    for (int32_t k = 0; k < count; k++) found.passing[k] = 0;
    for (int32_t b = 0; b < BM_SPAN_BLOCKS; b += BM_TILE_BLOCKS) {
#define BM_CASE(n)                                                                           \
  case n:                                                                                    \
    bm_tile(n, probes, q, scratch, b, groups, block, residual, wanted, ahead, &found);       \
    break
      switch (count) {
        BM_CASE(1);
        BM_CASE(2);
#if BM_TILE_PROBES > 2
        BM_CASE(3);
        BM_CASE(4);
#endif
#if BM_TILE_PROBES > 4
        BM_CASE(5);
        BM_CASE(6);
#endif
      }
#undef BM_CASE
    }
    for (int32_t k = 0; k < count; k++)
      hits = bm_write_hits(found.passing[k], q + k, row, found.product[k], hits);
    q += count;
  }
  return hits;
}

BM_KERNEL int64_t bm_screen_codes(const bm_vector_probe *probes, int32_t probe_count,
                                  const uint8_t *upper, const uint8_t *lower,
                                  const bm_vector_block *block, const uint64_t *wanted,
                                  int32_t blocks, int32_t groups, uint8_t *scratch,
                                  bm_vector_hit *hits) {
  if (probe_count == 0) return 0;
  bm_vector_hit *end = hits;
  const int64_t bytes = (int64_t)groups * 64;
  const int32_t steps = (probe_count + BM_TILE_PROBES - 1) / BM_TILE_PROBES * 2 * groups *
                        (BM_SPAN_BLOCKS / BM_TILE_BLOCKS);
  for (int32_t b = 0; b < blocks; b += BM_SPAN_BLOCKS) {
    const int32_t count = blocks - b < BM_SPAN_BLOCKS ? blocks - b : BM_SPAN_BLOCKS;
    const uint64_t rows = wanted[b / BM_SPAN_BLOCKS] & ~(uint64_t)0 >> (64 - 16 * count);
    if (!rows) continue;
    // A last span of fewer blocks leaves the others' part of `scratch` as it is: none of it is wanted.
    bm_vector_block span[BM_SPAN_BLOCKS] = {0};
    for (int32_t k = 0; k < count; k++) {
      span[k] = block[b + k];
      bm_spread_block(upper + (b + k) * bytes, lower + (b + k) * bytes, groups, scratch + k * 64);
    }
    // Also behind the last: the caller mostly goes on there, and what is not there is not fetched.
    bm_ahead ahead = {
        .upper = (uintptr_t)upper + (uintptr_t)((b + BM_SPAN_BLOCKS) * bytes),
        .lower = (uintptr_t)lower + (uintptr_t)((b + BM_SPAN_BLOCKS) * bytes),
        .lines = BM_SPAN_BLOCKS * groups,
    };
    ahead.each = (ahead.lines + steps - 1) / steps;
    end = bm_tiles(probes, probe_count, scratch, groups, span, rows, 16 * b, &ahead, end);
  }
  return end - hits;
}

#endif
