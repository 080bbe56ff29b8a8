#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "view/plain_words.hpp"
#include "workspace/screens.hpp"

namespace klono::workspace {

std::string number_of(std::size_t place) { return std::to_string(place + 1); }

std::string peak_of(const Entry& entry, const Event& event) {
  return entry.data.info.amplitudes_valid ? view::acceleration_words(event.peak_g) : text(Word::app_review_no_size);
}

Action action(std::string command, std::string label, bool enabled, bool pressed) {
  return {std::move(command), std::move(label), enabled, pressed};
}

std::string event_count(std::int64_t count) {
  return view::count_words(count, word(Word::app_common_brief_event), word(Word::app_common_brief_events));
}

std::string size_words(std::int64_t bytes) {
  const auto value = static_cast<double>(std::max<std::int64_t>(bytes, 0));
  if (value < 1e3) return fill(Word::app_common_bytes, {{"n", std::to_string(std::lround(value))}});
  if (value < 999.5e3) return fill(Word::app_common_kilobytes, {{"n", figure_words(value / 1e3)}});
  if (value < 999.5e6) return fill(Word::app_common_megabytes, {{"n", figure_words(value / 1e6)}});
  return fill(Word::app_common_gigabytes, {{"n", figure_words(value / 1e9)}});
}

std::string hours_words(double hours) { return view::duration_words(hours * 3600.0); }

std::string figure_words(double value) {
  if (!std::isfinite(value)) return text(Word::app_review_no_size);
  const double size = std::abs(value);
  const int decimals = size >= 9.95 || size == 0.0 ? 0 : size >= 0.995 ? 1 : 2;
  std::array<char, 64> digits{};
  const auto end =
      std::to_chars(digits.data(), digits.data() + digits.size(), size, std::chars_format::fixed, decimals);
  if (end.ec != std::errc()) return text(Word::app_review_no_size);
  const std::string figure(digits.data(), end.ptr);
  const bool is_zero = figure.find_first_not_of("0.") == std::string::npos;
  return value < 0.0 && !is_zero ? "\u2212" + figure : figure;
}

std::string decision_words(Decision decision) {
  switch (decision) {
    case Decision::Confirmed:
      return text(Word::app_review_decision_confirmed);
    case Decision::Rejected:
      return text(Word::app_review_decision_rejected);
    case Decision::None:
      break;
  }
  return text(Word::app_review_decision_none);
}

std::string confidence_words(double confidence) {
  constexpr double kHigh = 0.9;  // of a hundred such events, ninety are true ones
  constexpr double kFair = 0.6;
  if (confidence >= kHigh) return text(Word::app_review_confidence_high);
  return text(confidence >= kFair ? Word::app_review_confidence_fair : Word::app_review_confidence_low);
}

}  // namespace klono::workspace
