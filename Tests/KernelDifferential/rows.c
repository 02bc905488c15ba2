#include "rows.h"

#include <string.h>

#pragma STDC FP_CONTRACT OFF

const char *const row_names[ROW_KINDS] = {
    "spread", "one hot", "constant", "signs", "many orders", "denormal", "huge", "small", "near",
};

float random_float(random_source *random, float low, float high) {
  const float share = (float)(random_bits(random) >> 40) * 0x1p-24f;
  return low + share * (high - low);
}

// Any number whose exponent is one of so many above the lowest one, 0 being that of denormal ones.
static float random_orders(random_source *random, int32_t from, int32_t to) {
  const uint32_t bits = (uint32_t)random_between(random, from, to) << 23 |
                        (uint32_t)(random_bits(random) & 0x807fffffu);
  float value;
  memcpy(&value, &bits, sizeof(value));
  return value;
}

void make_row(float *row, int32_t dimension, row_kind kind, random_source *random) {
  const float level = random_float(random, 0.01f, 2.0f);
  for (int32_t k = 0; k < dimension; k++) {
    const float sign = random_bits(random) & 1 ? 1.0f : -1.0f;
    const float spread = random_float(random, -1.0f, 1.0f) + random_float(random, -1.0f, 1.0f);
    switch (kind) {
      case ROWS_ONE_HOT:
        row[k] = sign * 0.0f;
        break;
      case ROWS_CONSTANT:
        row[k] = level;
        break;
      case ROWS_SIGNS:
        row[k] = sign * level;
        break;
      case ROWS_MANY_ORDERS:
        row[k] = random_between(random, 0, 3) ? random_orders(random, 60, 140) : sign * 0.0f;
        break;
      case ROWS_DENORMAL:
        row[k] = random_orders(random, 0, 0);
        break;
      case ROWS_HUGE:
        row[k] = random_orders(random, 250, 254);
        break;
      case ROWS_SMALL:
        row[k] = random_orders(random, 0, 20);
        break;
      case ROWS_NEAR:
        row[k] = (float)(k % 7) - 3.25f + 0.02f * spread;
        break;
      default:
        row[k] = spread;
        break;
    }
  }
  const int32_t hot = random_between(random, 0, dimension - 1);
  if (kind == ROWS_ONE_HOT || row[hot] == 0.0f) row[hot] = random_bits(random) & 1 ? level : -level;
}
