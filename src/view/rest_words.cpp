#include "view/rest_words.hpp"

#include <array>
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

Word by_source(const SleepOnset& onset, Word estimate, Word file, Word person) {
  switch (onset.source) {
    case OnsetSource::File: return file;
    case OnsetSource::Person: return person;
    case OnsetSource::Estimate: break;
  }
  return estimate;
}

}  // namespace

std::vector<std::string> rest_sentences(const WallClock& start, const RestEstimate& rest, std::span<const patterns::NearSleep> near) {
  std::vector<std::string> lines;
  if (!rest.long_rests.empty()) lines.push_back(fill(Word::sleep_rest, {{"length", long_rest_words(rest)}}));
  for (const patterns::NearSleep& one : near) lines.push_back(near_sleep_value(start, one));
  return lines;
}

std::string near_sleep_value(const WallClock& start, const patterns::NearSleep& near) {
  return fill(by_source(near.onset, Word::sleep_onset_estimated, Word::sleep_onset_marked, Word::sleep_onset_own),
              {{"time", clock_words(start, near.onset.at_s, false)}}) + " " + near_events_words(near);
}

std::string near_events_words(const patterns::NearSleep& near) {
  const std::string events = near.events == 0 ? std::string(word(Word::sleep_no_events))
                                              : count_words(near.events, word(Word::app_common_event), word(Word::app_common_events));
  return fill(by_source(near.onset, Word::sleep_near_estimated, Word::sleep_near_marked, Word::sleep_near_own),
              {{"events", events}, {"window", duration_words(patterns::kNearSleep_s)}});
}

std::string sleep_moment_words(SleepMoment moment) {
  constexpr std::array kWords{Word::sleep_own_lay_down, Word::sleep_own_fell_asleep, Word::sleep_own_woke_up};
  return std::string(word(kWords[static_cast<std::size_t>(moment)]));
}

std::string sleep_marks_value(const WallClock& start, std::span<const SleepMark> marks) {
  constexpr std::array kWords{Word::sleep_own_lay_down_short, Word::sleep_own_fell_asleep_short, Word::sleep_own_woke_up_short};
  std::string list;
  for (const SleepMark& mark : marks)
    list += (list.empty() ? "" : ", ") + fill(Word::sleep_own_item, {{"what", std::string(word(kWords[static_cast<std::size_t>(mark.moment)]))},
                                                                     {"time", clock_words(start, mark.at_s, false)}});
  return list;
}

std::string near_sleep_figure(const SleepOnset& onset, double t_s) {
  return fill(t_s < onset.at_s ? Word::sleep_figure_before : Word::sleep_figure_after,
              {{"length", duration_words(std::abs(t_s - onset.at_s))}, {"onset", std::string(word(onset.source == OnsetSource::Estimate ? Word::sleep_estimated : Word::sleep_marked))}});
}

std::string long_rest_value(const RestEstimate& rest) { return fill(Word::sleep_rest_value, {{"length", long_rest_words(rest)}}); }

}  // namespace klono::view
