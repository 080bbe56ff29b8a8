#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "detection/event.hpp"
#include "history/decision.hpp"

namespace klono::workspace {

/// Two onsets at most this far apart are the same movement under other settings. Chosen: other
/// settings move an onset by the length of the envelope (0.10 s) and a sample or two.
inline constexpr double kSameOnset_s = 0.15;

/// What the person said about the movement that began at `onset_s`. Kept by time, not by number,
/// so that it outlives an analysis with other settings, also one that does not show the event.
struct KeptDecision {
  double onset_s = 0.0;
  Decision decision = Decision::None;
};

/// Index of the event whose onset is nearest to `onset_s`, none if that is beyond kSameOnset_s.
/// `events` are sorted by onset.
std::optional<std::size_t> event_at(std::span<const Event> events, double onset_s);

/// Remembers a decision in place of the nearest earlier one at most `tolerance_s` away; None forgets it.
/// `kept` is sorted by onset and stays so.
void keep(std::vector<KeptDecision>& kept, double onset_s, Decision decision, double tolerance_s);

/// The decisions of `events`: each kept decision goes to at most one event, nearest pairs first, and takes
/// over that event's onset. Those without an event stay as they are, for settings that show it again.
std::vector<Decision> carry_over(std::span<const Event> events, std::vector<KeptDecision>& kept);

}  // namespace klono::workspace
