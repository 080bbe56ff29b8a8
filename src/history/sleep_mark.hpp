#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace klono {

/// What a person can say of their night.
enum class SleepMoment : std::uint8_t { LayDown, FellAsleep, WokeUp };

/// Stable identifiers for files and commands: "lay_down", "fell_asleep", "woke_up".
std::string_view name_of(SleepMoment moment);
std::optional<SleepMoment> sleep_moment_of(std::string_view name);

/// When it was, in seconds since the first sample, running through gaps. The person's word: it changes no event.
struct SleepMark {
  SleepMoment moment = SleepMoment::FellAsleep;
  double at_s = 0.0;

  friend bool operator==(const SleepMark&, const SleepMark&) = default;
};

/// Keeps `marks` in order of time; of two equal ones only one stays.
void add_mark(std::vector<SleepMark>& marks, const SleepMark& mark);

/// Whether the person was up by their own marks: after they woke up and before they lay down again, and before they first
/// lay down. `marks` sorted.
bool is_up(std::span<const SleepMark> marks, double t_s);

}  // namespace klono
