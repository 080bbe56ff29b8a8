#include "detection/rest_watch.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <string>
#include <string_view>
#include <utility>

namespace klono {
namespace {

constexpr double kEpoch_s = 5.0;
constexpr double kMost_hz = 10.0;  // the median of fifty readings knows where gravity points (chosen)
constexpr double kMostTurn_deg = 5.0;
constexpr double kShortestBout_s = 300.0;
constexpr double kLongestBetween_s = 3600.0;
constexpr double kLeastRest_s = 1800.0;
constexpr double kLeastShare = 0.5;
constexpr double kDegrees = 57.29577951308232;

double median(std::vector<float>& values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return static_cast<double>(*middle);
}

bool all_finite(std::span<const float> values) {
  bool finite = true;
  for (const float value : values) finite &= std::isfinite(value);
  return finite;
}

std::optional<std::array<double, 3>> direction_of(std::array<std::vector<float>, 3>& epoch) {
  std::array<double, 3> down{median(epoch[0]), median(epoch[1]), median(epoch[2])};
  const double length = std::hypot(down[0], down[1], down[2]);
  if (!(length > 0.0)) return std::nullopt;
  for (double& part : down) part /= length;
  return down;
}

double turn_deg(const std::array<double, 3>& a, const std::array<double, 3>& b) {
  return kDegrees * std::acos(std::clamp(a[0] * b[0] + a[1] * b[1] + a[2] * b[2], -1.0, 1.0));
}

/// A rest as bouts are joined to it.
struct Joined {
  TimeSpan span;
  double inactive_s = 0.0;
};

bool is_long_rest(const Joined& rest) { return rest.inactive_s >= kLeastRest_s && rest.inactive_s >= kLeastShare * rest.span.length_s(); }

std::string lower(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return result;
}

bool marks_sleep(std::string_view text) {
  constexpr std::string_view kPrefix = "sleep stage ";
  const std::string words = lower(text);
  if (!words.starts_with(kPrefix)) return false;
  const std::string_view stage = std::string_view(words).substr(kPrefix.size());
  for (const std::string_view asleep : {"n1", "n2", "n3", "n4", "1", "2", "3", "4", "r", "rem", "n"})
    if (stage == asleep) return true;
  return false;
}

}  // namespace

void RestWatch::begin_segment(double start_s, double rate_hz) {
  end_segment();
  if (!(rate_hz > 0.0)) return;
  start_s_ = start_s;
  rate_hz_ = rate_hz;
  epoch_size_ = static_cast<std::size_t>(std::max(1L, std::lround(kEpoch_s * rate_hz)));
  stride_ = static_cast<std::size_t>(std::max(1.0, rate_hz / kMost_hz));
}

void RestWatch::push(const std::array<std::span<const float>, 3>& axes) {
  if (epoch_size_ == 0) return;
  for (std::size_t at = 0; at < axes[0].size();) {
    const std::size_t count = std::min(axes[0].size() - at, epoch_size_ - heard_);
    const std::size_t first = (stride_ - heard_ % stride_) % stride_;
    for (std::size_t axis = 0; axis < 3; ++axis) {
      const std::span<const float> part = axes[axis].subspan(at, count);
      epoch_finite_ = epoch_finite_ && all_finite(part);
      for (std::size_t i = first; i < count; i += stride_) epoch_[axis].push_back(part[i]);
    }
    at += count;
    heard_ += count;
    if (heard_ == epoch_size_) close_epoch();
  }
}

void RestWatch::close_epoch() {
  const double length_s = static_cast<double>(epoch_size_) / rate_hz_;
  const double begin_s = start_s_ + static_cast<double>(epochs_++) * length_s;
  const auto down = epoch_finite_ ? direction_of(epoch_) : std::nullopt;
  clear_epoch();
  const bool still = down && down_ && turn_deg(*down, *down_) <= kMostTurn_deg;
  if (!still) end_bout();
  if (down && !bout_) bout_ = TimeSpan{begin_s, begin_s + length_s};
  if (still) bout_->end_s = begin_s + length_s;
  down_ = down;
}

void RestWatch::clear_epoch() {
  for (auto& axis : epoch_) axis.clear();
  heard_ = 0;
  epoch_finite_ = true;
}

void RestWatch::end_bout() {
  if (bout_ && bout_->length_s() >= kShortestBout_s) bouts_.push_back(*bout_);
  bout_.reset();
}

void RestWatch::end_segment() {
  end_bout();
  clear_epoch();
  epoch_size_ = 0;
  epochs_ = 0;
  down_.reset();
}

std::vector<TimeSpan> RestWatch::long_rests() const {
  std::vector<Joined> joined;
  for (const TimeSpan& bout : bouts_) {
    if (joined.empty() || bout.begin_s - joined.back().span.end_s >= kLongestBetween_s) joined.push_back({bout, 0.0});
    joined.back().span.end_s = bout.end_s;
    joined.back().inactive_s += bout.length_s();
  }
  std::vector<TimeSpan> rests;
  for (const Joined& rest : joined)
    if (is_long_rest(rest)) rests.push_back(rest.span);
  return rests;
}

std::optional<double> marked_sleep_onset(std::span<const Annotation> annotations) {
  std::optional<double> first_s;
  for (const Annotation& annotation : annotations)
    if (marks_sleep(annotation.text) && (!first_s || annotation.at_s < *first_s)) first_s = annotation.at_s;
  return first_s;
}

}  // namespace klono
