#include "alive.h"
#include "compare.h"
#include "limit.h"
#include "ones.h"

#define BM_CODE_TABLE               \
  {                                 \
      .compare = bm_compare_codes,  \
      .count_hits = bm_count_codes, \
      .alive = bm_count_alive,      \
      .count = bm_count_ones,       \
      .fastest = bm_count_fastest,  \
      .common = bm_count_listed,    \
  }
