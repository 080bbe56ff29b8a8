#include "detection/conditioning.hpp"

#include <algorithm>
#include <cstdint>

namespace klono::detection {

Conditioner::Conditioner(const ConditioningSettings& settings, double rate_hz, bool has_rotation)
    : acceleration_(rate_hz, working_rate(rate_hz),
                    dsp::MovementSplit{settings.split_half_s, std::min(settings.band_high_hz, 0.45 * rate_hz)}) {
  if (has_rotation) swing_.emplace(settings, rate_hz, working_rate(rate_hz));
}

void Conditioner::push(std::span<const float> x, std::span<const float> y, std::span<const float> z,
                       const std::array<std::span<const float>, 3>& rotation, bool rotation_wanted, Frames& out) {
  acceleration_.push(x, y, z);
  split(out);
  if (swing_) swing_->push(rotation, x.size(), rotation_wanted, out);
}

void Conditioner::finish(bool rotation_wanted, Frames& out) {
  acceleration_.finish();
  split(out);
  if (swing_) swing_->finish(rotation_wanted, out);
}

void Conditioner::split(Frames& out) {
  while (const std::int64_t count = acceleration_.next_block()) acceleration_.take(count, out.movement, &out.recorded);
  acceleration_.settle();
}

}  // namespace klono::detection
