#include "bench/text_speed.hpp"

namespace klono::bench {

Table measure_text_speed(int) { return {.key = "text", .title = "Reading text: built without readers", .columns = {}, .rows = {}}; }

}  // namespace klono::bench
