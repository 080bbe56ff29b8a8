#include "detection/swing.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>

#include "base/units.hpp"
#include "detection/usable_value.hpp"
#include "dsp/movement.hpp"

namespace klono::detection {
namespace {

constexpr double kScale = kLongestLever_m * std::numbers::pi / 180.0 / kStandardGravity_m_s2;  // deg/s^2 to g

std::vector<float> kernel_of(const ConditioningSettings& settings, double rate_hz, double working_hz) {
  std::vector<float> kernel = dsp::change_kernel({settings.split_half_s, std::min(settings.band_high_hz, 0.45 * rate_hz)}, working_hz);
  for (float& tap : kernel) tap = static_cast<float>(kScale * static_cast<double>(tap));
  return kernel;
}

}  // namespace

Swing::Swing(const ConditioningSettings& settings, double rate_hz, double working_hz)
    : filter_(rate_hz, working_hz, kernel_of(settings, rate_hz, working_hz)), samples_a_frame_(rate_hz / working_hz) {
  const std::vector<float> kernel = kernel_of(settings, rate_hz, working_hz);
  double squares = 0.0;
  for (const float tap : kernel) squares += static_cast<double>(tap) * static_cast<double>(tap);
  // Resampling to a lower rate takes the share of white noise away that it cannot carry.
  noise_gain_ = std::sqrt(squares * std::min(1.0, working_hz / rate_hz));
  reach_ = 0.5 * static_cast<double>(kernel.size() - 1) * samples_a_frame_ + dsp::Resampler::kReach * std::max(1.0, samples_a_frame_) + 1.0;
}

void Swing::push(const std::array<std::span<const float>, 3>& rotation, std::size_t count, bool wanted, Frames& out) {
  for (auto& axis : filled_) axis.resize(count);
  const bool whole = std::all_of(rotation.begin(), rotation.end(), [&](const auto& axis) { return axis.size() == count; });
  for (std::size_t i = 0; i < count; ++i, ++received_) {
    const bool there = whole && is_number(rotation[0][i]) && is_number(rotation[1][i]) && is_number(rotation[2][i]);
    if (there)
      for (std::size_t axis = 0; axis < 3; ++axis) held_[axis] = rotation[axis][i];
    else if (!missing_.empty() && missing_.back().end == received_)
      missing_.back().end = received_ + 1;
    else
      missing_.push_back({received_, received_ + 1});
    for (std::size_t axis = 0; axis < 3; ++axis) filled_[axis][i] = held_[axis];
  }
  filter_.push(filled_[0], filled_[1], filled_[2]);
  frames(wanted, out);
}

void Swing::finish(bool wanted, Frames& out) {
  filter_.finish();
  frames(wanted, out);
}

void Swing::frames(bool wanted, Frames& out) {
  while (const std::int64_t count = filter_.next_block()) {
    const double first_needed = static_cast<double>(produced_) * samples_a_frame_ - reach_;
    while (!missing_.empty() && static_cast<double>(missing_.front().end) <= first_needed) missing_.pop_front();
    bool any = false;
    for (std::int64_t i = 0; i < count; ++i) {
      const bool known = wanted && !missing_near(produced_ + i);
      any = any || known;
      out.swing_known.push_back(known ? 1 : 0);
    }
    if (any) filter_.take(count, out.swing, nullptr);
    else filter_.skip(count, out.swing);
    for (std::int64_t i = 0; any && i < count; ++i) {
      const std::size_t at = out.swing_known.size() - static_cast<std::size_t>(count - i);
      if (out.swing_known[at] != 0) continue;
      for (auto& axis : out.swing.axes) axis[at] = 0.0F;
      out.swing.magnitude[at] = 0.0F;
    }
    produced_ += count;
  }
  filter_.settle();
}

bool Swing::missing_near(std::int64_t frame) const {
  const double position = static_cast<double>(frame) * samples_a_frame_;
  return std::any_of(missing_.begin(), missing_.end(), [&](const Range& range) {
    return static_cast<double>(range.begin) < position + reach_ && static_cast<double>(range.end) > position - reach_;
  });
}

}  // namespace klono::detection
