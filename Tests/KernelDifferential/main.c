// Runs every function of every SIMD level of this machine on seeded random and adversarial sets and
// rows and compares all that they define, byte by byte, with what the portable level gives; that of
// rows and codes also with a naive one.
//
//   kernel-differential [SEED [CASES]]
//
// Prints a digest of the portable level's outcomes, which must be the same on every machine, and
// the numbers of comparisons that passed and failed.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "codes.h"
#include "naive_vectors.h"
#include "outcome.h"
#include "parameters.h"
#include "points.h"
#include "random.h"
#include "sets.h"
#include "vectors.h"

enum { LEVELS = 4 };
static const char *const level_names[LEVELS] = {"portable", "neon", "avx2", "avx512"};

typedef struct {
  uint64_t seed;
  int32_t number;
  int32_t variant;
  set_kind kind;
  bits_kind bits;
  int32_t probe_count;
  int32_t reference_count;
  const char *relation;
  uint8_t plain[PACKED_BYTES];
  uint8_t probe[PACKED_BYTES];
  uint8_t reference[PACKED_BYTES];
  comparison sets;
} test_case;

static int32_t random_count(random_source *random) {
  const int32_t telling[] = {0, 1, 2, 3, 15, 16, 17, 31, 32, 33, 64, 127, 128};
  const int32_t n = sizeof(telling) / sizeof(telling[0]);
  const int32_t choice = random_between(random, 0, 2 * n - 1);
  return choice < n ? telling[choice] : random_between(random, 0, BM_MAX_POINTS);
}

static void make_case(test_case *c, uint64_t seed, int32_t number, bm_parameters *parameters) {
  random_source random = {seed * 1000003u + (uint64_t)number};
  static point_set probe, reference;
  c->seed = seed;
  c->number = number;
  // Half of the cases run with ordinary constants.
  c->variant = number % 2 ? number / 2 % PARAMETER_VARIANTS : 0;
  fill_parameters(parameters, c->variant);
  c->kind = (set_kind)(number % SET_KINDS);
  c->bits = number % 3 ? BITS_ENCODED : (bits_kind)(number / 3 % BITS_KINDS);
  make_set(&probe, c->kind, random_count(&random), &random);
  switch (random_between(&random, 0, 4)) {
    case 0:
      c->relation = "another set of that kind";
      make_set(&reference, c->kind, random_count(&random), &random);
      break;
    case 1:
      c->relation = "the same set";
      reference = probe;
      break;
    case 2:
      c->relation = "a mate at the tolerances' ends";
      mate_set(&probe, 0, 1, parameters, &random, &reference);
      break;
    default:
      c->relation = "a mate";
      mate_set(&probe, 4, 0, parameters, &random, &reference);
      break;
  }
  c->probe_count = probe.count;
  c->reference_count = reference.count;
  const bm_kernels *portable = bm_kernels_at(BM_SIMD_PORTABLE);
  c->sets.bytes = pack_set(&probe, parameters, c->plain);
  memcpy(c->probe, c->plain, sizeof(c->probe));
  portable->encode(c->probe, parameters);
  set_bits(c->probe, c->bits, &random);
  pack_set(&reference, parameters, c->reference);
  portable->encode(c->reference, parameters);
  set_bits(c->reference, c->bits, &random);
  // Angles in no order: no kernel may leave its buffers for that, and a scan refuses such sets.
  if (number % 7 == 0) {
    c->relation = "out of order";
    shuffle_angles(c->probe, &random);
    shuffle_angles(c->reference, &random);
  }
  c->sets.plain = c->plain;
  c->sets.probe = c->probe;
  c->sets.reference = c->reference;
}

// The number of steps that differ; the first one is reported.
static int32_t compare_points(const outcome *expected, const outcome *found, const test_case *c,
                              const char *level) {
  int32_t step, byte;
  const int32_t failed = compare_outcomes(expected, found, &step, &byte);
  if (failed > 0)
    printf(
        "%s: %s differs from portable at byte %d; seed %llu, case %d: %s, %d points against %d, %s,"
        " bits %d, constants %d\n",
        level, step_names[step], byte, (unsigned long long)c->seed, c->number,
        set_names[c->kind], c->probe_count, c->reference_count, c->relation, (int)c->bits,
        c->variant);
  return failed;
}

// What the functions over plain memory give of `count` bytes that begin anywhere.
typedef struct {
  uint32_t checksum;
  uint32_t common[BM_LANES];
  uint32_t added[BM_LANES];
} memory_outcome;

static void run_memory(const bm_kernels *kernels, uint32_t state, const uint8_t *bytes,
                       int32_t count, const uint32_t *words, memory_outcome *result) {
  result->checksum = kernels->checksum(state, bytes, count);
  const uint32_t *rows = words + BM_SIGNATURE_WORDS * BM_LANES;
  kernels->count_common(rows, count % 60, words, result->common);
  kernels->add_words(bytes, count, result->added);
}

// The number of runs of bytes of which a level gives something else than the portable one. They are
// of any short length, or as long as the streams that a kernel may cut them into, or one byte off.
static int32_t compare_memory(uint64_t seed, int32_t *passed, uint64_t *digest) {
  enum { BYTES = 3 * 65536 + 16, WORDS = (BM_SIGNATURE_WORDS + 60) * BM_LANES };
  static uint8_t bytes[BYTES];
  static uint32_t words[WORDS];
  random_source random = {seed};
  for (int32_t k = 0; k < BYTES; k++) bytes[k] = (uint8_t)random_bits(&random);
  for (int32_t k = 0; k < WORDS; k++) words[k] = (uint32_t)random_bits(&random);
  int32_t failed = 0;
  for (int32_t number = 0; number < 400; number++) {
    int32_t count = number / 2;
    if (number % 2) count = 3 * (64 << random_between(&random, 0, 10)) + number / 2 % 3 - 1;
    const int32_t start = random_between(&random, 0, 14);
    const uint32_t state = (uint32_t)random_bits(&random);
    memory_outcome expected, found;
    run_memory(bm_kernels_at(BM_SIMD_PORTABLE), state, bytes + start, count, words, &expected);
    *digest = digest_bytes(*digest, (const uint8_t *)&expected, sizeof(expected));
    for (int32_t level = 1; level < LEVELS; level++) {
      if (bm_kernels_at(level) == NULL) continue;
      run_memory(bm_kernels_at(level), state, bytes + start, count, words, &found);
      if (memcmp(&expected, &found, sizeof(found)) == 0) {
        ++*passed;
      } else if (failed++ == 0) {
        printf("%s: %d bytes from %d give something else than portable\n", level_names[level],
               count, start);
      }
    }
  }
  return failed;
}

static int32_t compare_rows(const outcome *expected, const outcome *found, const vector_case *c,
                            int32_t number, const char *level) {
  int32_t step, byte;
  const int32_t failed = compare_outcomes(expected, found, &step, &byte);
  if (failed > 0)
    printf("%s: %s of rows differs from portable at byte %d; case %d: %s, %d rows of %d, %d probes\n",
           level, vector_step_names[step], byte, number, row_names[c->kind], c->row_count,
           c->dimension, c->probe_count);
  return failed;
}

// The number of steps over rows in which a level gives something else than the portable one.
static int32_t compare_vectors(uint64_t seed, int32_t cases, int32_t *passed, uint64_t *digest) {
  static outcome expected, found;
  const bm_vector_kernels *portable = &bm_kernels_at(BM_SIMD_PORTABLE)->vectors;
  int32_t failed = 0;
  for (int32_t number = 0; number < cases; number++) {
    vector_case c;
    make_vector_case(&c, seed, number, portable);
    run_vectors(portable, &c, 0xA5, &expected);
    *digest = digest_bytes(*digest, expected.bytes, expected.count);
    // Level -1 is the naive one.
    for (int32_t level = -1; level < LEVELS; level++) {
      const bm_kernels *kernels = level < 0 ? NULL : bm_kernels_at(level);
      if (level >= 0 && kernels == NULL) continue;
      run_vectors(level < 0 ? &naive_vectors : &kernels->vectors, &c, 0x3C, &found);
      const int32_t differing =
          compare_rows(&expected, &found, &c, number, level < 0 ? "naive" : level_names[level]);
      failed += differing;
      *passed += VECTOR_STEPS - differing;
    }
    const int32_t sound = are_codes_sound(&c);
    if (!sound) printf("case %d: codes of %s are not sound\n", number, row_names[c.kind]);
    *passed += sound;
    failed += !sound;
    free_vector_case(&c);
  }
  for (int32_t level = 0; level < LEVELS; level++) {
    if (bm_kernels_at(level) == NULL) continue;
    const int32_t multiplying = is_multiplying(&bm_kernels_at(level)->vectors, seed);
    if (!multiplying) printf("%s: multiply is wrong\n", level_names[level]);
    *passed += multiplying;
    failed += !multiplying;
  }
  return failed;
}

// What must be there is there: a machine without its own level would compare nothing.
static int32_t missing_levels(void) {
#if defined(__aarch64__)
  return bm_kernels_at(BM_SIMD_NEON) == NULL;
#else
  return 0;
#endif
}

int main(int argc, char **argv) {
  const uint64_t seed = argc > 1 ? strtoull(argv[1], NULL, 10) : 1;
  const int32_t cases = argc > 2 ? atoi(argv[2]) : 1000;
  static bm_parameters parameters;
  static test_case c;
  static outcome expected, found;
  int32_t passed = 0, failed = missing_levels();
  uint64_t digest = 0xCBF29CE484222325u;

  printf("levels: portable");
  for (int32_t level = 1; level < LEVELS; level++)
    if (bm_kernels_at(level) != NULL) printf(" %s", level_names[level]);
  printf("\n");

  for (int32_t number = 0; number < cases; number++) {
    make_case(&c, seed, number, &parameters);
    run_level(bm_kernels_at(BM_SIMD_PORTABLE), &c.sets, &parameters, 0xA5, &expected);
    digest = digest_bytes(digest, expected.bytes, expected.count);
    // The portable level once more: what it gives may not depend on what its buffers held.
    for (int32_t level = 0; level < LEVELS; level++) {
      const bm_kernels *kernels = bm_kernels_at(level);
      if (kernels == NULL) continue;
      run_level(kernels, &c.sets, &parameters, 0x3C, &found);
      const int32_t differing = compare_points(&expected, &found, &c, level_names[level]);
      failed += differing;
      passed += STEPS - differing;
    }
  }
  failed += compare_memory(seed, &passed, &digest);
  failed += compare_vectors(seed, cases / 5, &passed, &digest);
  failed += compare_codes(seed, cases / 5, &passed, &digest);
  printf("digest %016llx\n", (unsigned long long)digest);
  printf("%d passed, %d failed\n", passed, failed);
  return failed == 0 ? 0 : 1;
}
