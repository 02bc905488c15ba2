#include "codes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "CBiomatchKernels.h"
#include "outcome.h"
#include "random.h"

enum { LEVELS = 4, MOST_ROWS = 70, CAPACITY = 96 * 96 };

typedef struct {
  int32_t count;
  // Row by row, and as the kernels read them.
  uint64_t *rows;
  uint64_t *blocks;
  uint16_t ones[96];
  uint16_t rest[96];
} side;

typedef struct {
  int32_t words;
  int32_t checked;
  side a, b;
  uint32_t floors[96];
  uint16_t *least;
} code_case;

static uint64_t word_of(random_source *random, int32_t kind) {
  switch (kind) {
    case 0: return 0;
    case 1: return ~(uint64_t)0;
    case 2: return random_bits(random) & random_bits(random);
    case 3: return random_bits(random) | random_bits(random);
    default: return random_bits(random);
  }
}

static int32_t ones_of(const uint64_t *row, int32_t from, int32_t to) {
  int32_t ones = 0;
  for (int32_t w = from; w < to; w++) ones += __builtin_popcountll(row[w]);
  return ones;
}

static int32_t common_of(const uint64_t *a, const uint64_t *b, int32_t words) {
  int32_t common = 0;
  for (int32_t w = 0; w < words; w++) common += __builtin_popcountll(a[w] & b[w]);
  return common;
}

// Rows in ascending order of their set bits.
static void make_side(side *s, int32_t words, int32_t checked, const side *like,
                      random_source *random) {
  s->count = random_between(random, 1, MOST_ROWS);
  s->rows = calloc((size_t)(96 * words), sizeof(uint64_t));
  s->blocks = calloc((size_t)(96 * words), sizeof(uint64_t));
  memset(s->ones, 0, sizeof(s->ones));
  memset(s->rest, 0, sizeof(s->rest));
  for (int32_t i = 0; i < s->count; i++) {
    uint64_t row[BM_CODE_WORDS];
    const int32_t kind = random_between(random, 0, 8);
    for (int32_t w = 0; w < words; w++) row[w] = word_of(random, kind);
    if (like != NULL && random_between(random, 0, 1)) {
      memcpy(row, like->rows + random_between(random, 0, like->count - 1) * words,
             (size_t)words * sizeof(uint64_t));
      row[random_between(random, 0, words - 1)] ^= random_bits(random);
    }
    int32_t at = i;
    while (at > 0 && ones_of(s->rows + (at - 1) * words, 0, words) > ones_of(row, 0, words)) at--;
    memmove(s->rows + (at + 1) * words, s->rows + at * words,
            (size_t)((i - at) * words) * sizeof(uint64_t));
    memcpy(s->rows + at * words, row, (size_t)words * sizeof(uint64_t));
  }
  for (int32_t i = 0; i < s->count; i++) {
    const uint64_t *row = s->rows + i * words;
    s->ones[i] = (uint16_t)ones_of(row, 0, words);
    s->rest[i] = (uint16_t)ones_of(row, checked, words);
    for (int32_t w = 0; w < words; w++)
      s->blocks[(i / BM_CODE_ROWS * words + w) * BM_CODE_ROWS + i % BM_CODE_ROWS] = row[w];
  }
}

static void make_code_case(code_case *c, uint64_t seed, int32_t number) {
  random_source random = {seed * 7919u + (uint64_t)number};
  const int32_t telling[] = {1, 2, 3, 15, 16, 17, 31, 33, 64};
  c->words = number % 2 ? telling[number / 2 % 9] : random_between(&random, 1, BM_CODE_WORDS);
  c->checked = random_between(&random, 1, c->words);
  make_side(&c->a, c->words, c->checked, NULL, &random);
  make_side(&c->b, c->words, c->checked, &c->a, &random);
  // A threshold in 1/64, by the sum of set bits.
  const int32_t threshold = random_between(&random, 0, 64);
  c->least = malloc((size_t)(128 * c->words + 1) * sizeof(uint16_t));
  for (int32_t sum = 0; sum <= 128 * c->words; sum++)
    c->least[sum] = (uint16_t)((sum * threshold + 127) / 128);
  for (int32_t i = 0; i < 96; i++)
    c->floors[i] = random_between(&random, 0, 3) ? 0 : (uint32_t)random_between(&random, 0, 1 << 30);
}

static void free_code_case(code_case *c) {
  free(c->a.rows);
  free(c->a.blocks);
  free(c->b.rows);
  free(c->b.blocks);
  free(c->least);
}

// A cell for each pair: 1 + its common bits where it is a hit. Rows may be hits although their floor is
// out of reach, so such pairs are left out.
static void naive_hits(const code_case *c, uint16_t *cells) {
  memset(cells, 0, CAPACITY * sizeof(uint16_t));
  for (int32_t i = 0; i < c->a.count; i++)
    for (int32_t j = 0; j < c->b.count; j++) {
      const int32_t sum = c->a.ones[i] + c->b.ones[j];
      const int32_t common =
          common_of(c->a.rows + i * c->words, c->b.rows + j * c->words, c->words);
      const uint64_t floor =
          ((uint64_t)c->floors[i] * (uint64_t)sum + ((uint64_t)1 << 31) - 1) >> 31;
      if (common >= c->least[sum] && (uint64_t)common >= floor)
        cells[i * 96 + j] = (uint16_t)(common + 1);
    }
}

static int64_t count_without_floors(const code_case *c) {
  int64_t count = 0;
  for (int32_t i = 0; i < c->a.count; i++)
    for (int32_t j = 0; j < c->b.count; j++)
      count += common_of(c->a.rows + i * c->words, c->b.rows + j * c->words, c->words) >=
               c->least[c->a.ones[i] + c->b.ones[j]];
  return count;
}

// What a level finds; 0 when it writes a pair twice or none that there is.
static int32_t level_hits(const bm_code_kernels *kernels, const code_case *c, uint16_t *cells) {
  static bm_code_hit hits[CAPACITY + 128];
  const bm_code_rows a = {c->a.blocks, c->a.ones, c->a.rest, c->a.count};
  const bm_code_rows b = {c->b.blocks, c->b.ones, c->b.rest, c->b.count};
  const bm_code_rule rule = {c->words, c->checked, c->least};
  const int64_t count = kernels->compare(&a, c->floors, &b, &rule, hits, CAPACITY + 128);
  memset(cells, 0, CAPACITY * sizeof(uint16_t));
  for (int64_t k = 0; k < count; k++) {
    if (hits[k].a >= (uint32_t)c->a.count || hits[k].b >= (uint32_t)c->b.count) return 0;
    uint16_t *cell = cells + hits[k].a * 96 + hits[k].b;
    if (*cell) return 0;
    const int32_t sum = c->a.ones[hits[k].a] + c->b.ones[hits[k].b];
    const uint64_t floor =
        ((uint64_t)c->floors[hits[k].a] * (uint64_t)sum + ((uint64_t)1 << 31) - 1) >> 31;
    // A group's rows share the floor of the one with the fewest bits.
    if (hits[k].common >= floor) *cell = (uint16_t)(hits[k].common + 1);
  }
  if (count < 0 || count != kernels->count_hits(&a, c->floors, &b, &rule)) return 0;
  return kernels->count_hits(&a, NULL, &b, &rule) == count_without_floors(c);
}

// As many bits as it says are looked at, half of which are set.
static int32_t is_fastest_right(const bm_code_kernels *kernels) {
  uint64_t words[BM_CODE_WORDS * BM_CODE_ROWS];
  int64_t ones = 0;
  for (int32_t k = 0; k < BM_CODE_WORDS * BM_CODE_ROWS; k++) words[k] = 0x5555aaaa0f0ff0f0u;
  const int64_t bits = kernels->fastest(words, 3, &ones);
  return bits > 0 && 2 * ones == bits;
}

static int32_t is_counting(const bm_code_kernels *kernels, const code_case *c) {
  uint16_t ones[96], common[96];
  uint32_t list[96];
  kernels->count(c->a.rows, c->a.count, c->words, 0, ones);
  if (memcmp(ones, c->a.ones, (size_t)c->a.count * sizeof(uint16_t)) != 0) return 0;
  kernels->count(c->a.rows, c->a.count, c->words, c->checked, ones);
  if (memcmp(ones, c->a.rest, (size_t)c->a.count * sizeof(uint16_t)) != 0) return 0;
  for (int32_t j = 0; j < c->b.count; j++) list[j] = (uint32_t)(c->b.count - 1 - j);
  kernels->common(c->a.rows, c->b.rows, c->words, list, c->b.count, common);
  for (int32_t j = 0; j < c->b.count; j++)
    if (common[j] != common_of(c->a.rows, c->b.rows + (int32_t)list[j] * c->words, c->words))
      return 0;
  return is_fastest_right(kernels);
}

// Before how many words a pair is out of reach.
static int32_t words_alive(const code_case *c, int32_t i, int32_t j) {
  const uint64_t *a = c->a.rows + i * c->words, *b = c->b.rows + j * c->words;
  const int32_t need = c->least[c->a.ones[i] + c->b.ones[j]];
  for (int32_t w = 0; w < c->words; w++) {
    const int32_t rest_a = ones_of(a, w, c->words), rest_b = ones_of(b, w, c->words);
    if (common_of(a, b, w) + (rest_a < rest_b ? rest_a : rest_b) < need) return w;
  }
  return c->words;
}

static int32_t is_alive_right(const bm_code_kernels *kernels, const code_case *c) {
  const bm_code_rows a = {c->a.blocks, c->a.ones, c->a.rest, c->a.count};
  const bm_code_rows b = {c->b.blocks, c->b.ones, c->b.rest, c->b.count};
  const bm_code_rule rule = {c->words, c->checked, c->least};
  int64_t expected[BM_CODE_WORDS] = {0}, alive[BM_CODE_WORDS] = {0};
  for (int32_t i = 0; i + BM_CODE_ROWS <= c->a.count; i += BM_CODE_ROWS)
    for (int32_t j = 0; j + BM_CODE_GROUP_ROWS <= c->b.count; j += BM_CODE_GROUP_ROWS) {
      int32_t most = 0;
      for (int32_t k = 0; k < BM_CODE_ROWS * BM_CODE_GROUP_ROWS; k++) {
        const int32_t words =
            words_alive(c, i + k / BM_CODE_GROUP_ROWS, j + k % BM_CODE_GROUP_ROWS);
        if (words > most) most = words;
      }
      for (int32_t w = 0; w < most; w++) expected[w]++;
    }
  kernels->alive(&a, &b, &rule, alive);
  return memcmp(expected, alive, sizeof(alive)) == 0;
}

int32_t compare_codes(uint64_t seed, int32_t cases, int32_t *passed, uint64_t *digest) {
  static uint16_t expected[CAPACITY], found[CAPACITY];
  int32_t failed = 0;
  for (int32_t number = 0; number < cases; number++) {
    code_case c;
    make_code_case(&c, seed, number);
    naive_hits(&c, expected);
    *digest = digest_bytes(*digest, (const uint8_t *)expected, sizeof(expected));
    for (int32_t level = 0; level < LEVELS; level++) {
      if (bm_kernels_at(level) == NULL) continue;
      const bm_code_kernels *kernels = &bm_kernels_at(level)->codes;
      const int32_t right = level_hits(kernels, &c, found) && is_counting(kernels, &c) &&
                            is_alive_right(kernels, &c) &&
                            memcmp(expected, found, sizeof(found)) == 0;
      if (!right && failed == 0)
        printf("level %d: codes of %d words, checked after %d, differ; case %d: %d rows, %d rows\n",
               level, c.words, c.checked, number, c.a.count, c.b.count);
      *passed += right;
      failed += !right;
    }
    free_code_case(&c);
  }
  return failed;
}
