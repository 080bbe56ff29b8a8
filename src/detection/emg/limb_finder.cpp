#include "detection/emg/limb_finder.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "detection/limb_series.hpp"

namespace klono::detection {

LimbFinder::LimbFinder(const EmgLimbSettings& settings, double rate_hz)
    : settings_(settings), rate_hz_(rate_hz), half_(std::max<std::int64_t>(1, std::lround(kHalfWindow_s * rate_hz))),
      off_(std::lround(settings.off_s * rate_hz)) {}

void LimbFinder::advance(const Samples& signal, float rest, std::int64_t from, std::int64_t until, std::vector<Movement>& found) {
  double square = 0.0;
  const auto squared = [&](std::int64_t n) { return static_cast<double>(signal.at(n)) * static_cast<double>(signal.at(n)); };
  for (std::int64_t n = from - half_; n < from + half_; ++n) square += squared(n);
  for (std::int64_t n = from; n < until; ++n) {
    square += squared(n + half_);
    const auto level = static_cast<float>(std::sqrt(std::max(0.0, square) / static_cast<double>(2 * half_ + 1)));
    square -= squared(n - half_);
    newest_ = n;
    if (!open_) {
      if (level < rest + static_cast<float>(settings_.on_uv)) continue;
      open_ = true;
      current_ = {n, n + 1, level, rest};
      continue;
    }
    current_.peak = std::max(current_.peak, level);
    if (level >= current_.rest + static_cast<float>(settings_.off_uv)) current_.end = n + 1;
    else if (n + 1 - current_.end >= off_) close(found);
  }
}

void LimbFinder::close(std::vector<Movement>& found) {
  open_ = false;
  const double duration_s = static_cast<double>(current_.end - current_.begin) / rate_hz_;
  if (duration_s >= settings_.shortest_s) found.push_back(current_);
}

void LimbFinder::finish(std::vector<Movement>& found) {
  // A movement that runs into the end of the data has no end of its own.
  if (open_ && newest_ + 1 > current_.end) close(found);
  open_ = false;
}

void mark_series(const EmgLimbSettings& settings, std::vector<EmgLimbMovement>& movements) {
  std::vector<TimeSpan> spans;
  for (const EmgLimbMovement& movement : movements) spans.push_back({movement.onset_s, movement.onset_s + movement.duration_s});
  for (const std::vector<std::size_t>& run : aasm_runs(spans, {}, {settings.series_interval_low_s, settings.series_interval_high_s, settings.series_members}))
    for (const std::size_t member : run) movements[member].in_series = true;
}

}  // namespace klono::detection
