#pragma once
/// Long rest and onsets of sleep in words: what is estimated is always called so.

#include <span>
#include <string>
#include <vector>

#include "history/sleep_mark.hpp"
#include "patterns/near_sleep.hpp"
#include "signal/recording.hpp"

namespace klono::view {

/// How long the person rested, when sleep began, and how many events lie near; empty where nothing is known.
std::vector<std::string> rest_sentences(const WallClock& start, const RestEstimate& rest, std::span<const patterns::NearSleep> near);

/// When sleep began, marked or estimated, and how many events lie near.
std::string near_sleep_value(const WallClock& start, const patterns::NearSleep& near);

/// "12 events within 30 min of the estimated onset of sleep."
std::string near_events_words(const patterns::NearSleep& near);

/// "Fell asleep".
std::string sleep_moment_words(SleepMoment moment);

/// "lay down 22:48, asleep 23:14, awake 06:31"; empty without marks.
std::string sleep_marks_value(const WallClock& start, std::span<const SleepMark> marks);

/// "4 min 10 s after the estimated onset of sleep".
std::string near_sleep_figure(const SleepOnset& onset, double t_s);

/// Length of all long rests: "6 h 10 min, estimated from how little the sensor turned".
std::string long_rest_value(const RestEstimate& rest);

}  // namespace klono::view
