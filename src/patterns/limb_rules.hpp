#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "detection/emg/emg_event.hpp"
#include "detection/event.hpp"
#include "history/decision.hpp"
#include "patterns/rates.hpp"

namespace klono::patterns {

/// Two published rules for limb movements in series (METHODS.md 8d), coded apart in detection/limb_series.hpp.
enum class LimbRule : std::uint8_t { Aasm, Wasm2016 };

/// "aasm", "wasm_2016".
std::string_view name_of(LimbRule rule);

/// What one rule makes of the limb movements of a recording.
struct LimbRuleFigures {
  LimbRule rule = LimbRule::Aasm;
  Rate in_series;                ///< movements in runs, per analysable hour
  std::int64_t runs = 0;
  std::int64_t longest = 0;      ///< movements of the longest run
  double median_interval_s = 0.0;  ///< onset to onset within runs; NaN without any
  std::vector<TimeSpan> spans;     ///< of the runs, from the first onset to the last end
};

/// Of acceleration: events of the class limb movement that the person did not reject. Stretches of more than 10 s that could
/// not be analysed, and movements as long, count as movements of more than 10 s. Nothing is counted across a gap.
std::array<LimbRuleFigures, 2> limb_rules(const Analysis& analysis, std::span<const Decision> decisions = {});

/// Of one EMG channel: its leg movements; longer activity and stretches of more than 10 s that could not be analysed end a
/// run where the rule says so.
std::array<LimbRuleFigures, 2> limb_rules(const EmgChannelAnalysis& channel);

}  // namespace klono::patterns
