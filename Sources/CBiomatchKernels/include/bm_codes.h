/// Kernels over binary codes of equal length: which of many pairs have enough set bits in common.
///
/// A code is a row of 64-bit words. Rows come in blocks of eight, word-major: word w of row r of block k
/// is at (k * words + w) * 8 + r. What is behind the last row is zero.
#ifndef BM_CODES_H
#define BM_CODES_H

#include <stdint.h>

enum {
  /// Rows of a block, and of the blocks that are looked at together: their number is a multiple of it.
  BM_CODE_ROWS = 8,
  BM_CODE_GROUP_ROWS = 16,
  /// Words of a code at most.
  BM_CODE_WORDS = 64,
  /// What stands for 1 in the floor of a row.
  BM_CODE_FLOOR_BITS = 30,
};

/// Codes of one side, 65,535 at most. Arrays have an entry for each row of every block.
typedef struct {
  const uint64_t *words;
  /// How many bits of a row are set; of all, and of the words from `checked` on. The first is in
  /// ascending order, but for the rows behind the last.
  const uint16_t *ones;
  const uint16_t *rest;
  int32_t count;
} bm_code_rows;

/// Which pairs are sought.
typedef struct {
  /// Words of a row.
  int32_t words;
  /// After how many words it is looked whether a pair can still reach what it must; all for none.
  int32_t checked;
  /// How many bits two rows must have in common, by the sum of their set bits: no fewer for more.
  const uint16_t *least;
} bm_code_rule;

/// A pair that reaches it.
typedef struct {
  uint32_t b;
  uint16_t a;
  uint16_t common;
} bm_code_hit;

/// The kernels of one level.
typedef struct {
  /// Compares every row of `a` with every row of `b`. Row i of `a` besides needs at least
  /// floors[i] * (sum of set bits) / 2^31 common bits, rounded up; none does where `floors` is NULL. The hits
  /// are written in an order that is always the same; how many there are, or -1 when there may be more than
  /// `capacity`.
  int64_t (*compare)(const bm_code_rows *a, const uint32_t *floors, const bm_code_rows *b,
                     const bm_code_rule *rule, bm_code_hit *hits, int64_t capacity);
  /// How many hits there are.
  int64_t (*count_hits)(const bm_code_rows *a, const uint32_t *floors, const bm_code_rows *b,
                        const bm_code_rule *rule);
  /// Adds one to alive[w] for each whole block of `a` and whole group of `b` that have a pair which after w
  /// words may still reach what it must, w < words. `checked` and `rest` mean nothing here.
  void (*alive)(const bm_code_rows *a, const bm_code_rows *b, const bm_code_rule *rule,
                int64_t *alive);
  /// How many bits each of `count` rows, which lie one behind the other, has set in its words behind the
  /// first `from`.
  void (*count)(const uint64_t *rows, int64_t count, int32_t words, int32_t from, uint16_t *ones);
  /// How many bits a row has in common with each of those that `list` names of `rows`, which lie one behind
  /// the other.
  void (*common)(const uint64_t *row, const uint64_t *rows, int32_t words, const uint32_t *list,
                 int64_t count, uint16_t *common);
  /// Counts common bits of BM_CODE_WORDS * BM_CODE_ROWS words so many times, all in registers but for one
  /// load; how many bits were looked at, and in `ones` how many of them were set.
  int64_t (*fastest)(const uint64_t *words, int64_t times, int64_t *ones);
} bm_code_kernels;

#endif
