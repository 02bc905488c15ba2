#include "codes.h"
#include "coarse.h"
#include "peak.h"
#include "score.h"
#include "screen.h"

#define BM_VECTOR_TABLE                  \
  {                                      \
      .normalise = bm_normalise,         \
      .encode = bm_encode_block,         \
      .encode_probe = bm_encode_probe,   \
      .screen = bm_screen_codes,         \
      .screen_coarse = bm_screen_coarse, \
      .refine = bm_refine,               \
      .narrow = bm_narrow,               \
      .least = bm_least,                 \
      .score = bm_score_rows,            \
      .score_hits = bm_score_hits,       \
      .multiply = bm_multiply,           \
  }
