/* What KissFFT asks of a machine when it transforms four signals side by side, for any machine: compilers make vector
   instructions of it where there are some. Seen by KissFFT and by what includes it, nowhere else. */
#pragma once

#include <stdlib.h>

typedef float __m128 __attribute__((vector_size(16), aligned(16)));

static inline __m128 _mm_set1_ps(float value) {
  const __m128 lanes = {value, value, value, value};
  return lanes;
}

static inline void* _mm_malloc(size_t bytes, size_t alignment) { return aligned_alloc(alignment, (bytes + alignment - 1) / alignment * alignment); }
static inline void _mm_free(void* memory) { free(memory); }
