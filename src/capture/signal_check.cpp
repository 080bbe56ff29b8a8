#include "capture/signal_check.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "detection/noise_floor.hpp"
#include "detection/smallest_visible.hpp"
#include "dsp/movement.hpp"

namespace klono::capture {
namespace {

using formats::journal::Reading;
using formats::journal::SensorKind;

constexpr double kStandardGravity = 9.80665;  // m/s²
constexpr double kKept_ms = 12'000.0;         // the trace's 10 s and what gravity needs at its edges
constexpr double kTrace_ms = 10'000.0;
constexpr double kTracePoint_ms = 50.0;
constexpr double kSecond_ms = 1'000.0;
constexpr double kHop_ms = 250.0;
constexpr double kLevel_ms = 250.0;
constexpr std::size_t kSteps = 2048;      // for the usual step
constexpr double kSettled_s = 3.0;        // chosen: two seconds for gravity's mean, one to be still in
constexpr std::size_t kFewest = 20;       // readings, below which nothing is told
constexpr double kStill_g = 0.015;        // rms of movement; chosen: above one flickering rounding step of 0.1 m/s²
constexpr double kFlat_g = 0.9;           // of gravity on z: lying on its back or face

bool any_number(const std::array<float, 3>& values) {
  return std::ranges::any_of(values, [](float value) { return std::isfinite(value); });
}

/// Which of the three a reading carries, as a number from 0 to 7.
std::size_t sensors_of(const Reading& reading) {
  return (any_number(reading.acceleration) ? 1U : 0U) + (any_number(reading.linear) ? 2U : 0U) + (any_number(reading.rotation) ? 4U : 0U);
}

bool same(const std::array<float, 3>& a, const std::array<float, 3>& b) {
  for (std::size_t axis = 0; axis < 3; ++axis)
    if (a[axis] != b[axis] && !(std::isnan(a[axis]) && std::isnan(b[axis]))) return false;
  return true;
}

double length_of(double x, double y, double z) { return std::sqrt(x * x + y * y + z * z); }

/// A step longer than this is a gap, as in reading files (METHODS.md 1).
double longest_contiguous_ms(double usual_ms) { return std::max(3.0 * usual_ms, usual_ms + 50.0); }

}  // namespace

void SignalCheck::push(SensorKind sensor, std::span<const Reading> readings, double interval_as_told) {
  sensor_ = sensor;
  if (interval_as_told > 0.0) interval_as_told_ = interval_as_told;
  for (const Reading& reading : readings)
    if (std::isfinite(reading.stamp_ms)) see(reading);
  forget_old();
}

void SignalCheck::see(const Reading& reading) {
  // Each sensor has stamps of its own: one's reading may come after a later one of another's.
  std::optional<double>& last_ms = last_of_ms_[sensors_of(reading)];
  if (last_ms && reading.stamp_ms < *last_ms) return;
  last_ms = reading.stamp_ms;
  if (!begun_) first_ms_ = last_ms_ = reading.stamp_ms;
  begun_ = true;
  last_ms_ = std::max(last_ms_, reading.stamp_ms);
  last_second_.push_back(reading);
  if (any_number(reading.rotation)) rotation_ = true;
  if (any_number(reading.linear)) linear_ = true;
  if (any_number(reading.acceleration) && !acceleration_) {
    acceleration_ = true;  // from here on it leads
    rows_.clear();
    steps_ms_.clear();
    axis_seen_ = {};
    previous_.reset();
  }
  note_differences(reading);
  keep(reading);
}

void SignalCheck::note_differences(const Reading& reading) {
  // Gyroscope events may come alone, so that its differences are taken from its own events.
  if (previous_ && any_number(reading.rotation) && any_number(previous_->rotation))
    for (std::size_t axis = 0; axis < 3; ++axis)
      rotation_step_.note(static_cast<double>(reading.rotation[axis]) - static_cast<double>(previous_->rotation[axis]));
  const auto& leading = acceleration_ ? reading.acceleration : reading.linear;
  if (previous_ && any_number(leading)) {
    const auto& before = acceleration_ ? previous_->acceleration : previous_->linear;
    for (std::size_t axis = 0; axis < 3; ++axis) step_.note(static_cast<double>(leading[axis]) - static_cast<double>(before[axis]));
    ++compared_;
    if (same(reading.acceleration, previous_->acceleration) && same(reading.linear, previous_->linear) && same(reading.rotation, previous_->rotation))
      ++equal_;
  }
  if (!previous_) previous_ = reading;
  if (any_number(leading)) {
    previous_->acceleration = reading.acceleration;
    previous_->linear = reading.linear;
  }
  if (any_number(reading.rotation) || any_number(leading)) {
    if (any_number(reading.rotation) || !any_number(previous_->rotation)) previous_->rotation = reading.rotation;
  }
}

void SignalCheck::keep(const Reading& reading) {
  const auto& leading = acceleration_ ? reading.acceleration : reading.linear;
  if (!any_number(leading) || (!rows_.empty() && reading.stamp_ms < rows_.back().stamp_ms)) return;
  for (std::size_t axis = 0; axis < 3; ++axis)
    if (std::isfinite(leading[axis])) axis_seen_[axis] = true;
  if (!rows_.empty()) {
    const double step_ms = reading.stamp_ms - rows_.back().stamp_ms;
    longest_step_ms_ = std::max(longest_step_ms_, step_ms);
    if (step_ms > 0.0) steps_ms_.push_back(step_ms);
    if (steps_ms_.size() > kSteps) steps_ms_.pop_front();
  }
  rows_.push_back({reading.stamp_ms, leading});
}

void SignalCheck::forget_old() {
  while (!rows_.empty() && rows_.front().stamp_ms < last_ms_ - kKept_ms) rows_.pop_front();
  while (!last_second_.empty() && last_second_.front().stamp_ms <= last_ms_ - kSecond_ms) last_second_.pop_front();
}

double SignalCheck::usual_step_ms() const {
  if (steps_ms_.empty()) return 0.0;
  std::vector<double> steps(steps_ms_.begin(), steps_ms_.end());
  const auto middle = steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 2);
  std::ranges::nth_element(steps, middle);
  return *middle;
}

/// Readings over time, gaps left out: jitter and batches even out.
double SignalCheck::rate_hz(double usual_ms) const {
  double together_ms = 0.0;
  std::size_t count = 0;
  for (const double step_ms : steps_ms_) {
    if (step_ms > longest_contiguous_ms(usual_ms)) continue;
    together_ms += step_ms;
    ++count;
  }
  return together_ms > 0.0 ? 1000.0 * static_cast<double>(count) / together_ms : 0.0;
}

/// In g, gravity removed, one value a row; not-a-number in runs too short for it.
SignalCheck::Axes SignalCheck::movement(double usual_ms, double rate) const {
  Axes result;
  for (auto& axis : result) axis.assign(rows_.size(), std::numeric_limits<float>::quiet_NaN());
  for (std::size_t begin = 0; begin < rows_.size();) {
    std::size_t end = begin + 1;
    while (end < rows_.size() && rows_[end].stamp_ms - rows_[end - 1].stamp_ms <= longest_contiguous_ms(usual_ms)) ++end;
    for (std::size_t axis = 0; axis < 3 && end - begin >= kFewest; ++axis) {
      std::vector<float> values;
      for (std::size_t i = begin; i < end; ++i) {
        const float value = rows_[i].value[axis] / static_cast<float>(kStandardGravity);
        values.push_back(std::isfinite(value) ? value : values.empty() ? 0.0F : values.back());
      }
      std::ranges::copy(dsp::movement_of(values, rate), result[axis].begin() + static_cast<std::ptrdiff_t>(begin));
    }
    begin = end;
  }
  return result;
}

std::size_t SignalCheck::first_of_last(double length_ms) const {
  const auto first = std::ranges::upper_bound(rows_, last_ms_ - length_ms, {}, &Row::stamp_ms);
  return static_cast<std::size_t>(first - rows_.begin());
}

void SignalCheck::search_stillest(const Axes& movement) {
  if (rows_.empty()) return;
  // Gravity's mean needs a second on both sides.
  const double last_begin_ms = last_ms_ - 2.0 * kSecond_ms;
  for (double begin_ms = rows_.front().stamp_ms + kSecond_ms; begin_ms <= last_begin_ms; begin_ms += kHop_ms) {
    double squares = 0.0;
    double gravity = 0.0;
    std::size_t count = 0;
    for (auto row = std::ranges::lower_bound(rows_, begin_ms, {}, &Row::stamp_ms); row != rows_.end() && row->stamp_ms < begin_ms + kSecond_ms; ++row) {
      const auto i = static_cast<std::size_t>(row - rows_.begin());
      const double size = length_of(static_cast<double>(movement[0][i]), static_cast<double>(movement[1][i]), static_cast<double>(movement[2][i]));
      squares += size * size;
      gravity += length_of(static_cast<double>(row->value[0]), static_cast<double>(row->value[1]), static_cast<double>(row->value[2]));
      ++count;
    }
    if (count < kFewest) continue;
    const double rms_g = std::sqrt(squares / static_cast<double>(count));
    if (!std::isfinite(rms_g) || (has_floor_ && rms_g >= floor_g_)) continue;
    has_floor_ = true;
    floor_g_ = rms_g;
    gravity_g_ = gravity / static_cast<double>(count) / kStandardGravity;
  }
}

/// Settled where what is measured and what the engine tells agree: lying on its back, z reads +9.8 as specified, and
/// -9.8 from the one engine that turns the signs, which also tells its interval in seconds. A phone on its face reads the
/// other way round and settles nothing.
void SignalCheck::settle_sign(double still_rms_g) {
  if (sensor_ == SensorKind::PolarBluetooth) sign_ = 1;  // worn, not laid down; its maker's axes are taken as they are
  if (!acceleration_ || !(still_rms_g < kStill_g)) return;
  double z = 0.0;
  const std::size_t begin = first_of_last(kSecond_ms);
  for (std::size_t i = begin; i < rows_.size(); ++i) z += static_cast<double>(rows_[i].value[2]);
  z /= kStandardGravity * static_cast<double>(std::max<std::size_t>(1, rows_.size() - begin));
  const bool tells_seconds = interval_as_told_ > 0.0 && interval_as_told_ < 1.0;
  if (z > kFlat_g && !tells_seconds) sign_ = 1;
  if (z < -kFlat_g && tells_seconds) sign_ = -1;
}

/// Of each twentieth of a second the largest value, so that a tap is never lost between two points.
void SignalCheck::draw(const Axes& movement, protocol::recorder::Check& check) const {
  if (rows_.empty()) return;
  const auto point_of = [](double stamp_ms) { return static_cast<std::int64_t>(std::floor(stamp_ms / kTracePoint_ms)); };
  const std::int64_t last = point_of(last_ms_);
  const auto points = static_cast<std::int64_t>(kTrace_ms / kTracePoint_ms);
  const std::int64_t first = std::max(last - points + 1, point_of(rows_.front().stamp_ms));
  const std::array traces{&check.trace_x, &check.trace_y, &check.trace_z};
  for (std::size_t axis = 0; axis < 3; ++axis) {
    traces[axis]->assign(static_cast<std::size_t>(last - first + 1), std::numeric_limits<float>::quiet_NaN());
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      const std::int64_t point = point_of(rows_[i].stamp_ms);
      if (point < first) continue;
      float& shown = (*traces[axis])[static_cast<std::size_t>(point - first)];
      if (std::isnan(shown) || std::abs(movement[axis][i]) > std::abs(shown)) shown = movement[axis][i];
    }
  }
}

double SignalCheck::bytes_per_hour() const {
  if (last_second_.size() < 2) return 0.0;
  formats::journal::Writer writer;
  (void)writer.encode(formats::journal::Header{});  // the signature comes but once
  const double seconds = std::max(0.5, (last_second_.back().stamp_ms - last_second_.front().stamp_ms) / 1000.0 *
                                           static_cast<double>(last_second_.size()) / static_cast<double>(last_second_.size() - 1));
  const std::size_t bytes = writer.encode(formats::journal::Readings{{last_second_.begin(), last_second_.end()}}).size();
  return static_cast<double>(bytes) * 3600.0 / seconds;
}

protocol::recorder::Check SignalCheck::result() {
  protocol::recorder::Check check;
  check.seconds = begun_ ? (last_ms_ - first_ms_) / 1000.0 : 0.0;
  check.acceleration = acceleration_;
  check.linear = linear_;
  check.rotation = rotation_;
  check.sign = sign_;
  check.bytes_per_hour = bytes_per_hour();
  check.duplicates = compared_ > 0 ? static_cast<double>(equal_) / static_cast<double>(compared_) : 0.0;
  if (rows_.size() < kFewest) return check;
  const double usual_ms = usual_step_ms();
  check.rate_hz = rate_hz(usual_ms);
  if (!(check.rate_hz > 0.0)) return check;
  std::vector<double> distances;
  for (const double step_ms : steps_ms_) distances.push_back(std::abs(step_ms - usual_ms));
  const auto middle = distances.begin() + static_cast<std::ptrdiff_t>(distances.size() / 2);
  std::ranges::nth_element(distances, middle);
  check.jitter_ms = *middle;
  check.longest_step_ms = longest_step_ms_;
  check.step_g = step_.step() / kStandardGravity;
  check.step_deg_s = rotation_step_.step();
  check.missing_axes = static_cast<int>(std::ranges::count(axis_seen_, false));

  const Axes moved = movement(usual_ms, check.rate_hz);
  search_stillest(moved);
  double squares = 0.0;
  std::size_t count = 0;
  for (std::size_t i = first_of_last(kSecond_ms); i < rows_.size(); ++i, ++count) {
    const double size = length_of(static_cast<double>(moved[0][i]), static_cast<double>(moved[1][i]), static_cast<double>(moved[2][i]));
    squares += size * size;
    if (rows_[i].stamp_ms > last_ms_ - kLevel_ms && size > check.level_g) check.level_g = size;
  }
  const double rms_g = count >= kFewest / 2 && check.seconds >= 1.0 ? std::sqrt(squares / static_cast<double>(count)) : std::numeric_limits<double>::infinity();
  check.still = rms_g < kStill_g;
  settle_sign(rms_g);
  check.sign = sign_;
  if (has_floor_) {
    check.floor_g = std::max(floor_g_, static_cast<double>(detection::NoiseFloor::kRoundingRms) * check.step_g);
    check.smallest_visible_g = detection::smallest_visible_peak({}, check.floor_g);
    check.gravity_g = gravity_g_;
  }
  check.settled = has_floor_ && check.seconds >= kSettled_s;
  draw(moved, check);
  return check;
}

}  // namespace klono::capture
