#include "app/review/phrases.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "view/plain_words.hpp"
#include "view/viewport.hpp"
#include "workspace/screens.hpp"

namespace klono::app::review {

std::pair<std::size_t, std::size_t> events_in(const std::vector<Event>& events, const TimeSpan& span, double slack_s) {
  const auto first = std::ranges::lower_bound(events, span.begin_s - slack_s, {}, &Event::onset_s);
  const auto last = std::ranges::upper_bound(events, span.end_s + slack_s, {}, &Event::onset_s);
  const auto index = [&](auto at) { return static_cast<std::size_t>(at - events.begin()); };
  return {index(first), std::max(index(first), index(last))};
}

EventWords event_words(const Scene& scene, std::size_t index) {
  const workspace::Section section = workspace::selected_section(scene.workspace, scene.entry);
  EventWords words;
  words.time = clock_with_tenths(scene, scene.event(index).onset_s);
  words.confidence = workspace::confidence_words(scene.event(index).confidence);
  if (!section.paragraphs.empty()) words.place = section.paragraphs.front();
  // The second paragraph is the heading over the reasons.
  for (std::size_t i = 2; i < section.paragraphs.size(); ++i) words.reasons.push_back(section.paragraphs[i]);
  if (section.tables.empty()) return words;
  for (const workspace::Row& row : section.tables.front().rows) {
    const Figure figure{row.cells[0], row.cells[1]};
    if (row.id == "peak") {
      words.peak = figure;
    } else if (row.id == "length") {
      words.length = figure;
    } else if (row.id != "direction" && row.id != "decision") {
      if (row.id == "in-series") words.series = figure.value;
      words.figures.push_back(figure);
    }
  }
  return words;
}

RateWords rate_words(const Scene& scene) {
  if (!scene.entry.has_movement() && scene.entry.data.emg)
    return {workspace::emg_count_words(*scene.entry.data.emg, scene.entry.muscle.size()), klono::text(Word::emg_library_found)};
  const patterns::Rate& rate = scene.entry.summary.brief;
  if (rate.hours <= 0.0) return {{}, klono::text(Word::app_review_nothing_analysable)};
  return {view::rate_words(rate), fill(Word::app_canvas_rate_note, {{"interval", view::interval_words(rate)},
                                                                    {"hours", workspace::hours_words(rate.hours)}})};
}

std::string rate_sentence(const Scene& scene) {
  if (!scene.entry.has_movement()) {
    const RateWords words = rate_words(scene);
    return words.rate + ", " + words.note;
  }
  const patterns::Rate& rate = scene.entry.summary.brief;
  if (rate.hours <= 0.0) return klono::text(Word::app_review_nothing_analysable);
  return fill(rate.count > 0 ? Word::app_review_rate_sentence : Word::app_review_none_found,
              {{"count", workspace::event_count(rate.count)},
               {"hours", workspace::hours_words(rate.hours)},
               {"rate", view::rate_words(rate)},
               {"interval", view::interval_words(rate)}});
}

std::string limit_sentence(const Scene& scene) {
  if (!scene.entry.has_movement()) return klono::text(Word::emg_page_limits);
  const workspace::Section section = workspace::limits_section(scene.entry);
  return section.paragraphs.empty() ? std::string() : section.paragraphs.front();
}

std::vector<std::string> notices(const Scene& scene) {
  std::vector<std::string> lines;
  if (scene.entry.analysing_again) lines.push_back(klono::text(Word::app_review_again));
  if (scene.info().partial)
    lines.push_back(fill(Word::app_review_partial, {{"length", view::duration_words(scene.info().duration_s)}}));
  if (!scene.entry.has_movement() && workspace::emg_nouns(*scene.entry.data.emg).many == klono::text(Word::emg_leg_movements))
    lines.push_back(klono::text(Word::emg_page_limb_slow));
  if (!scene.info().amplitudes_valid && scene.entry.has_movement()) lines.push_back(klono::text(Word::app_review_no_sizes));
  return lines;
}

std::string clock_with_tenths(const Scene& scene, double t_s) {
  // Seconds and tenths follow from the same instant, so that they never disagree.
  const WallClock& start = scene.info().start;
  const double part_s = start.basis == ClockBasis::None ? 0.0 : static_cast<double>(start.unix_ns % 1'000'000'000) / 1e9;
  const double tenths = std::floor((part_s + t_s) * 10.0 + 1e-6);
  const auto digit = static_cast<int>(std::fmod(tenths, 10.0));
  return view::clock_words(start, tenths / 10.0 - part_s + 1e-6, true) + "." + std::to_string(std::max(0, digit));
}

std::string size_words(const Scene& scene, const Event& event) {
  return workspace::peak_of(scene.entry, event);
}

std::string axis_number(double value) {
  char buffer[24];
  std::snprintf(buffer, sizeof buffer, "%.4g", std::abs(value));
  return (value < 0.0 ? std::string("\xE2\x88\x92") : std::string()) + buffer;
}

double tick_below(double value) {
  const double above = view::nice_ceiling(value);
  if (above <= value * (1.0 + 1e-9)) return above;
  // The step below 1, 2 or 5 is 0.5, 1 or 2 of the same decade.
  const double decade = std::pow(10.0, std::floor(std::log10(above) + 1e-9));
  const double leading = above / decade;
  return leading > 3.0 ? 2.0 * decade : leading > 1.5 ? decade : 0.5 * decade;
}

}  // namespace klono::app::review
