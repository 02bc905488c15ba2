// The kernels of one level, built from the shared bodies; included once by each level's file.
#include "unpack.h"
#include "encode.h"
#include "screen.h"
#include "support.h"
#include "match.h"
#include "limits.h"
#include "scan.h"
#include "codes/table.h"
#include "vectors/table.h"

const bm_kernels BM_TABLE = {
    .level = BM_LEVEL,
    .encode = bm_encode,
    .unpack = bm_unpack,
    .prepare = bm_prepare,
    .screen = bm_screen,
    .support = bm_support,
    .match = bm_match,
    .scan = bm_scan,
    .checksum = bm_checksum,
    .count_common = bm_count_common,
    .add_words = bm_add_words,
    .vectors = BM_VECTOR_TABLE,
    .codes = BM_CODE_TABLE,
};
