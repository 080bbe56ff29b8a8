#pragma once
/// How fast rows of text become a recording, beside a copy of the same bytes in memory.

#include "bench/table.hpp"

namespace klono::bench {

/// Best of `repeats` passes over about 64 MB of rows as cwa-convert writes them (Unix seconds and three axes).
Table measure_text_speed(int repeats);

}  // namespace klono::bench
