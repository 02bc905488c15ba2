// Seeded packed sets of points, ordinary and adversarial.
#ifndef KERNEL_DIFFERENTIAL_SETS_H
#define KERNEL_DIFFERENTIAL_SETS_H

#include "CBiomatchKernels.h"
#include "random.h"

typedef enum {
  SET_SPREAD,
  SET_ONE_PLACE,
  SET_LINE,
  SET_LATTICE,
  SET_EXTREMES,
  SET_ONE_DIRECTION,
  SET_OPPOSITE_DIRECTIONS,
  SET_CLUSTERS,
  SET_DUPLICATES,
  SET_KINDS,
} set_kind;

extern const char *const set_names[SET_KINDS];

typedef struct {
  int32_t count;
  int16_t x[BM_MAX_POINTS];
  int16_t y[BM_MAX_POINTS];
  uint8_t angle[BM_MAX_POINTS];
  uint8_t weight[BM_MAX_POINTS];
  uint8_t kind[BM_MAX_POINTS];
} point_set;

// Points of a kind.
void make_set(point_set *set, set_kind kind, int32_t count, random_source *random);

// The set turned by whole steps of 1/256 turn and shifted, some points lost, others added, and each
// moved by up to `jitter`; with `at_tolerance`, points are moved to where tolerances end instead.
void mate_set(const point_set *set, int32_t jitter, int32_t at_tolerance, const bm_parameters *p,
              random_source *random, point_set *mate);

enum { PACKED_BYTES = 8192 };

// The packed form without signatures; the number of its bytes.
int32_t pack_set(const point_set *set, const bm_parameters *p, uint8_t packed[PACKED_BYTES]);

typedef enum { BITS_ENCODED, BITS_RANDOM, BITS_FULL, BITS_EQUAL, BITS_SPARSE, BITS_KINDS } bits_kind;

// Replaces the signatures: some of the points get none.
void set_bits(uint8_t *packed, bits_kind kind, random_source *random);

// Gives the points of a packed set other directions, in no order.
void shuffle_angles(uint8_t *packed, random_source *random);

#endif
