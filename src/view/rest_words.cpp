#include "view/rest_words.hpp"

#include <cmath>

#include "base/words.hpp"
#include "view/plain_words.hpp"

namespace klono::view {
namespace {

std::string long_rest_words(const RestEstimate& rest) {
  double length_s = 0.0;
  for (const TimeSpan& span : rest.long_rests) length_s += span.length_s();
  return duration_words(length_s);
}

}  // namespace

std::vector<std::string> rest_sentences(const WallClock& start, const RestEstimate& rest, std::span<const patterns::NearSleep> near) {
  std::vector<std::string> lines;
  if (!rest.long_rests.empty()) lines.push_back(fill(Word::sleep_rest, {{"length", long_rest_words(rest)}}));
  for (const patterns::NearSleep& one : near) lines.push_back(near_sleep_value(start, one));
  return lines;
}

std::string near_sleep_value(const WallClock& start, const patterns::NearSleep& near) {
  const bool marked = near.onset.marked;
  return fill(marked ? Word::sleep_onset_marked : Word::sleep_onset_estimated, {{"time", clock_words(start, near.onset.at_s, false)}}) + " " +
         fill(marked ? Word::sleep_near_marked : Word::sleep_near_estimated,
              {{"events", count_words(near.events, word(Word::app_common_event), word(Word::app_common_events))}, {"window", duration_words(patterns::kNearSleep_s)}});
}

std::string near_sleep_figure(const SleepOnset& onset, double t_s) {
  return fill(t_s < onset.at_s ? Word::sleep_figure_before : Word::sleep_figure_after,
              {{"length", duration_words(std::abs(t_s - onset.at_s))}, {"onset", std::string(word(onset.marked ? Word::sleep_marked : Word::sleep_estimated))}});
}

std::string long_rest_value(const RestEstimate& rest) { return fill(Word::sleep_rest_value, {{"length", long_rest_words(rest)}}); }

}  // namespace klono::view
