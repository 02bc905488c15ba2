// Constants to run the kernels with.
#ifndef KERNEL_DIFFERENTIAL_PARAMETERS_H
#define KERNEL_DIFFERENTIAL_PARAMETERS_H

#include "CBiomatchKernels.h"

enum { PARAMETER_VARIANTS = 8 };

// Fills constants of the kind that the library uses; variant 0 resembles its own, the others move
// gates, limits and tolerances to their ends.
void fill_parameters(bm_parameters *p, int32_t variant);

#endif
