// Seeded rows of single precision, ordinary and adversarial.
#ifndef KERNEL_DIFFERENTIAL_ROWS_H
#define KERNEL_DIFFERENTIAL_ROWS_H

#include <stdint.h>

#include "random.h"

typedef enum {
  ROWS_SPREAD,
  ROWS_ONE_HOT,
  ROWS_CONSTANT,
  // Every code is 127 or -127.
  ROWS_SIGNS,
  // Magnitudes of all orders, zeros of both signs among them.
  ROWS_MANY_ORDERS,
  ROWS_DENORMAL,
  ROWS_HUGE,
  ROWS_SMALL,
  // Rows that resemble each other closely.
  ROWS_NEAR,
  ROW_KINDS,
} row_kind;

extern const char *const row_names[ROW_KINDS];

// Fills one row. No row is zero in all places.
void make_row(float *row, int32_t dimension, row_kind kind, random_source *random);

// A number from `low` up to `high`.
float random_float(random_source *random, float low, float high);

#endif
