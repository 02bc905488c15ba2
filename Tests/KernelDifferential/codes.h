// Every function over binary codes of every level against plain loops.
#ifndef KERNEL_DIFFERENTIAL_CODES_H
#define KERNEL_DIFFERENTIAL_CODES_H

#include <stdint.h>

// The number of runs in which a level gives something else than plain loops; the first is reported.
int32_t compare_codes(uint64_t seed, int32_t cases, int32_t *passed, uint64_t *digest);

#endif
