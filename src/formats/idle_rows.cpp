#include "formats/idle_rows.hpp"

#include <algorithm>
#include <cmath>

namespace klono::formats {
namespace {

constexpr double kHeld_s = 1.0;
constexpr float kFineStep_g = 0.004F;        // coarser sensors repeat a value without being asleep (chosen)

bool all_zero(const TimedRows& rows, std::size_t row) {
  return std::ranges::all_of(rows.acceleration(), [&](const float* values) { return values[row] == 0.0F; });
}

float smallest_step(const TimedRows& rows) {
  float smallest = 1.0F;
  for (const float* values : rows.acceleration()) {
    for (std::size_t row = 1; row < std::min<std::size_t>(rows.count(), 200000); ++row) {
      const float step = std::abs(values[row] - values[row - 1]);
      if (step > 1e-7F) smallest = std::min(smallest, step);
    }
  }
  return smallest;
}

}  // namespace

std::vector<IdleRows> idle_rows(const TimedRows& rows) {
  std::vector<IdleRows> idle;
  if (!rows.table().has_axes()) return idle;
  const std::vector<double>& times = rows.times();
  const bool fine = rows.table().device_filler_is_certain || smallest_step(rows) <= kFineStep_g;
  const auto add = [&](const IdleRows& more) {
    const bool goes_on = !idle.empty() && idle.back().end == more.begin && idle.back().reason == more.reason;
    if (goes_on) idle.back().end = more.end;
    else if (more.end > more.begin) idle.push_back(more);
  };
  for (std::size_t row = 0; row + 1 < rows.count();) {
    std::size_t end = row + 1;
    while (end < rows.count() && rows.same_values(end, row) && times[end] >= times[end - 1]) ++end;
    if (end - row > 1 && times[end - 1] - times[row] >= kHeld_s) {
      if (all_zero(rows, row)) add({row, end, GapReason::Invalid});
      else if (fine) add({row + 1, end, GapReason::Held});
    }
    row = end;
  }
  return idle;
}

}  // namespace klono::formats
