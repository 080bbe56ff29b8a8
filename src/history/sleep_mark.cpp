#include "history/sleep_mark.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace klono {
namespace {

constexpr std::array<std::string_view, 3> kNames{"lay_down", "fell_asleep", "woke_up"};

}  // namespace

std::string_view name_of(SleepMoment moment) { return kNames[static_cast<std::size_t>(moment)]; }

std::optional<SleepMoment> sleep_moment_of(std::string_view name) {
  const auto found = std::ranges::find(kNames, name);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<SleepMoment>(found - kNames.begin());
}

void add_mark(std::vector<SleepMark>& marks, const SleepMark& mark) {
  if (std::ranges::find(marks, mark) != marks.end()) return;
  marks.insert(std::ranges::upper_bound(marks, mark.at_s, {}, &SleepMark::at_s), mark);
}

bool is_up(std::span<const SleepMark> marks, double t_s) {
  const auto next = std::ranges::upper_bound(marks, t_s, {}, &SleepMark::at_s);
  if (next == marks.begin()) return next != marks.end() && next->moment == SleepMoment::LayDown;
  return (next - 1)->moment == SleepMoment::WokeUp;
}

}  // namespace klono
