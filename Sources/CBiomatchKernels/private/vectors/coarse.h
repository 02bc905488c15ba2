// The upper halves alone against few probes, and what the lower halves add for the rows that pass.
#ifndef BIOMATCH_VECTOR_COARSE_H
#define BIOMATCH_VECTOR_COARSE_H

#include "layout.h"
#include "hits.h"
#include "screen.h"

enum {
  BM_COARSE_PROBES = 6,
  // How far ahead memory is fetched, in bytes: a block of 512 dimensions.
  BM_COARSE_AHEAD = 4096,
  // How many rows ahead.
  BM_FETCHED_HITS = 32,
};

// Probes `at`... against one block.
BM_INLINE bm_vector_hit *bm_coarse_tile(const int32_t count, const bm_vector_probe *probes,
                                        int32_t at, const uint8_t *upper, int32_t groups,
                                        const bm_vector_block *block, uint32_t wanted,
                                        int32_t row, bm_vector_hit *hits) {
  // Two sums each: one would wait for itself.
  i32x16 sum[BM_COARSE_PROBES][2];
  const int8_t *first[BM_COARSE_PROBES];
#pragma clang loop unroll(full)
  for (int32_t q = 0; q < count; q++) {
    first[q] = probes[at + q].codes;
    sum[q][0] = sum[q][1] = (i32x16)0;
  }
  const int32_t second = 4 * groups;
  for (int32_t g = 0; g < groups; g++) {
    // The address is a number: it may lie behind the last block.
    __builtin_prefetch((const void *)((uintptr_t)upper + (uintptr_t)(g * 64 + BM_COARSE_AHEAD)), 0,
                       3);
    const u32x16 halves = BM_LOAD(u32x16, upper + g * 64);
#pragma clang loop unroll(full)
    for (int32_t q = 0; q < count; q++) {
      sum[q][0] = bm_dot_halves(sum[q][0], halves & BM_LOW_HALVES,
                                BM_LOAD(uint32_t, first[q] + 4 * g));
      sum[q][1] = bm_dot_halves(sum[q][1], halves >> 4 & BM_LOW_HALVES,
                                BM_LOAD(uint32_t, first[q] + second + 4 * g));
    }
  }
#pragma clang loop unroll(full)
  for (int32_t q = 0; q < count; q++) {
    const bm_vector_probe *probe = probes + at + q;
    const i32x16 halves = sum[q][0] + sum[q][1];
    // Twice the product of the codes that the upper halves stand for.
    const uint32_t passing =
        bm_passing(32 * halves - 241 * probe->sum, block->coarse_residual * probe->slope,
                   bm_scales(block), bm_base(probe, block)) &
        wanted;
    if (__builtin_expect(passing != 0, 0)) {
      int32_t product[BM_LANES];
      BM_STORE(product, halves);
      hits = bm_write_hits(passing, at + q, row, product, hits);
    }
  }
  return hits;
}

BM_KERNEL int64_t bm_screen_coarse(const bm_vector_probe *probes, int32_t probe_count,
                                   const uint8_t *upper, const bm_vector_block *block,
                                   const uint64_t *wanted, int32_t blocks, int32_t groups,
                                   bm_vector_hit *hits) {
  bm_vector_hit *end = hits;
  for (int32_t b = 0; b < blocks; b++) {
    const uint32_t rows = wanted[b / BM_SPAN_BLOCKS] >> (16 * (b % BM_SPAN_BLOCKS)) & 0xffff;
    if (!rows) continue;
    const uint8_t *bytes = upper + (int64_t)b * groups * 64;
    for (int32_t q = 0; q < probe_count;) {
      const int32_t count = bm_tile_width(probe_count - q, BM_COARSE_PROBES);
#define BM_CASE(n)                                                                           \
  case n:                                                                                    \
    end = bm_coarse_tile(n, probes, q, bytes, groups, block + b, rows, 16 * b, end);         \
    break
      switch (count) {
        BM_CASE(1);
        BM_CASE(2);
        BM_CASE(3);
        BM_CASE(4);
        BM_CASE(5);
        BM_CASE(6);
      }
#undef BM_CASE
      q += count;
    }
  }
  return end - hits;
}

BM_INLINE int32_t bm_lower_product(const int8_t *codes, const uint8_t *lower, int32_t groups) {
  i32x16 sum = 0;
  int32_t g = 0;
  for (; g + BM_LANES <= groups; g += BM_LANES) {
    const u32x16 halves = BM_LOAD(u32x16, lower + 4 * g);
    sum = bm_dot_each(sum, halves & BM_LOW_HALVES, BM_LOAD(u32x16, codes + 4 * g));
    sum = bm_dot_each(sum, halves >> 4 & BM_LOW_HALVES,
                      BM_LOAD(u32x16, codes + 4 * (groups + g)));
  }
  int32_t product = __builtin_reduce_add(sum);
  for (; g < groups; g++)
    for (int32_t k = 0; k < 4; k++)
      product += (lower[4 * g + k] & 15) * codes[4 * g + k] +
                 (lower[4 * g + k] >> 4) * codes[4 * (groups + g) + k];
  return product;
}

BM_KERNEL int64_t bm_refine(const bm_vector_probe *probes, const uint8_t *lower,
                            const bm_vector_block *block, int32_t groups, bm_vector_hit *hits,
                            int64_t count) {
  int64_t kept = 0;
  for (int64_t i = 0; i < count; i++) {
    if (i + BM_FETCHED_HITS < count) {
      const uint8_t *next = lower + (int64_t)hits[i + BM_FETCHED_HITS].row * 4 * groups;
      for (int32_t line = 0; line < 4 * groups; line += 64) __builtin_prefetch(next + line, 0, 3);
    }
    bm_vector_hit hit = hits[i];
    const bm_vector_probe *probe = probes + hit.probe;
    hit.product = 16 * hit.product - 128 * probe->sum +
                  bm_lower_product(probe->codes, lower + (int64_t)hit.row * 4 * groups, groups);
    if (bm_is_passing(&hit, probe, block)) hits[kept++] = hit;
  }
  return kept;
}

#endif
