/// Kernels over rows of equal length: packed codes of them, and inner products with few other rows.
///
/// Rows are single-precision vectors of at most unit length or a little above. A row's code is a whole
/// number -127...127 for each dimension, row ~ scale * code. Codes are kept as unsigned bytes, code +
/// 128, cut into an upper and a lower half of four bits, each in a plane of its own: the upper halves
/// alone are a coarser code, row ~ scale * (16 upper - 120.5).
///
/// Dimensions come in groups of eight; those behind the last are zero. Rows come in blocks of sixteen.
#ifndef BM_VECTORS_H
#define BM_VECTORS_H

#include <stdint.h>

enum {
  /// Rows of a block, and of the blocks that are looked at together.
  BM_BLOCK_ROWS = 16,
  BM_SPAN_BLOCKS = 4,
  BM_SPAN_ROWS = 64,
  /// Dimensions of a group.
  BM_GROUP = 8,
};

/// Where the halves of a code are. Byte k of a group's four, k = 0...3, holds the half of dimension k
/// in bits 0-3, that of dimension 4 + k in bits 4-7.
///
/// - upper plane: blocks one behind the other, of each its groups, of each group its sixteen rows
/// - lower plane: rows one behind the other, of each row its groups
static inline int64_t bm_upper_bytes(int64_t blocks, int32_t groups) {
  return blocks * groups * BM_BLOCK_ROWS * 4;
}
static inline int64_t bm_lower_bytes(int64_t rows, int32_t groups) { return rows * groups * 4; }

/// What a block's rows have besides codes.
typedef struct {
  /// The upper 16 bits of each row's scale, a single-precision number whose lower ones are zero.
  uint16_t scale[BM_BLOCK_ROWS];
  /// The largest length of what the codes leave of a row, and of what their upper halves leave, in
  /// units of the row's scale.
  float residual;
  float coarse_residual;
  /// Where codes are those of coordinates in a subspace: the largest length of what lies outside of
  /// it. Encoding writes zero.
  float outside;
} bm_vector_block;

/// A row that is compared with many: what the pass needs of it. A row of the many passes where
/// (product + residual * slope) * scale >= base - block's outside * outside; of coarse codes the
/// product counts twice.
typedef struct {
  /// The codes of the first four dimensions of each group, then those of the others.
  const int8_t *codes;
  int32_t sum;
  float base;
  float slope;
  float outside;
} bm_vector_probe;

/// A row that passed.
typedef struct {
  int32_t probe;
  int32_t row;
  /// The inner product of the probe's codes with the codes, or with the upper halves of them.
  int32_t product;
} bm_vector_hit;

/// The kernels of one level.
typedef struct {
  /// Brings rows to unit length: sums in double precision over eight lanes, one rounding.
  void (*normalise)(const float *rows, int64_t count, int32_t dimension, float *result);
  /// Packs up to sixteen rows of at most unit length as a block.
  void (*encode)(const float *rows, int32_t count, int32_t dimension, uint8_t *upper,
                 uint8_t *lower, bm_vector_block *block);
  /// The codes of one row, by the scale that is returned; what they leave of the row goes to
  /// `residual`, rounded up.
  float (*encode_probe)(const float *row, int32_t dimension, int8_t *codes, int32_t *sum,
                        float *residual);
  /// Compares probes with the codes of `blocks` blocks, as far as a row's bit is set in `wanted`, 64
  /// rows a word; bits behind the last block count for nothing. The hits, of which there may be as many
  /// as pairs, are written by span, then by probe, then by row. What a span's blocks leave out is for
  /// all of its rows the most that one of them does. `scratch` holds 64 rows of 8 * groups bytes and
  /// starts at a multiple of 64.
  int64_t (*screen)(const bm_vector_probe *probes, int32_t probe_count, const uint8_t *upper,
                    const uint8_t *lower, const bm_vector_block *block, const uint64_t *wanted,
                    int32_t blocks, int32_t groups, uint8_t *scratch, bm_vector_hit *hits);
  /// The same by the upper halves alone, which is half the memory; the hits are written by block, then
  /// by probe, then by row.
  int64_t (*screen_coarse)(const bm_vector_probe *probes, int32_t probe_count, const uint8_t *upper,
                           const bm_vector_block *block, const uint64_t *wanted, int32_t blocks,
                           int32_t groups, bm_vector_hit *hits);
  /// Adds to hits of `screen_coarse` what the lower halves add to the product, and keeps those that
  /// pass by it, in their order; how many there are.
  int64_t (*refine)(const bm_vector_probe *probes, const uint8_t *lower,
                    const bm_vector_block *block, int32_t groups, bm_vector_hit *hits,
                    int64_t count);
  /// Keeps the hits that pass, in their order, by products of whole codes; how many there are.
  int64_t (*narrow)(const bm_vector_probe *probes, const bm_vector_block *block,
                    bm_vector_hit *hits, int64_t count);
  /// What (product - residual * slope) * scale - block's outside * outside is of each hit, by products
  /// of whole codes.
  void (*least)(const bm_vector_probe *probes, const bm_vector_block *block,
                const bm_vector_hit *hits, int64_t count, float *least);
  /// The inner products of one row with others: exact products summed in double precision over
  /// eight lanes, rounded once to single.
  void (*score)(const float *row, const float *rows, int64_t count, int32_t dimension,
                float *scores);
  /// The same for each hit: `probes` and `rows` hold single-precision rows.
  void (*score_hits)(const float *probes, const float *rows, int32_t dimension,
                     const bm_vector_hit *hits, int64_t count, float *scores);
  /// The arithmetic of `screen` alone: multiplies 256 bytes of rows with 4 * 64 * 6 codes over and over
  /// and returns how many products it has summed up. How many that are in so many steps, and what they
  /// sum up to, is the level's.
  int64_t (*multiply)(const int8_t *codes, const uint8_t *rows, int64_t steps, int64_t *sum);
} bm_vector_kernels;

#endif
