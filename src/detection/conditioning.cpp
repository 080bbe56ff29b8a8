#include "detection/conditioning.hpp"

#include <cmath>

#include "dsp/fir.hpp"
#include "dsp/movement.hpp"

namespace klono::detection {
namespace {

constexpr std::int64_t kBlock = 64;

}  // namespace

Conditioner::Conditioner(const ConditioningSettings& settings, double start_s, double rate_hz)
    : resampler_(rate_hz, working_rate(rate_hz)) {
  track_.rate_hz = working_rate(rate_hz);
  track_.start_s = start_s;
  const double top_hz = std::min(settings.band_high_hz, 0.45 * rate_hz);
  kernel_ = dsp::movement_kernel({settings.split_half_s, top_hz}, track_.rate_hz);
  half_ = static_cast<std::int64_t>((kernel_.size() - 1) / 2);
}

void Conditioner::push(std::span<const float> x, std::span<const float> y, std::span<const float> z) {
  resampler_.push(x, y, z, pending_);
  split(false);
}

void Conditioner::finish() {
  resampler_.finish(pending_);
  split(true);
}

void Conditioner::split(bool last) {
  if (pending_[0].empty()) return;
  if (!begun_) {
    // Before the first frame its value is taken to have gone on.
    for (auto& axis : pending_) axis.insert(axis.begin(), static_cast<std::size_t>(half_), axis.front());
    begun_ = true;
  }
  if (last)
    for (auto& axis : pending_) axis.insert(axis.end(), static_cast<std::size_t>(half_), axis.back());
  std::vector<float> block;
  std::int64_t done = 0;
  for (;;) {
    const std::int64_t ready = static_cast<std::int64_t>(pending_[0].size()) - done - 2 * half_;
    const std::int64_t count = last ? std::min(kBlock, ready) : kBlock;
    if (ready < count || count <= 0) break;
    block.resize(static_cast<std::size_t>(count));
    for (std::size_t axis = 0; axis < 3; ++axis) {
      const std::span<const float> source = std::span<const float>(pending_[axis]).subspan(static_cast<std::size_t>(done), static_cast<std::size_t>(count + 2 * half_));
      dsp::convolve(source, kernel_, block);
      track_.movement[axis].insert(track_.movement[axis].end(), block.begin(), block.end());
      track_.recorded[axis].insert(track_.recorded[axis].end(), source.begin() + half_, source.begin() + half_ + count);
    }
    const std::size_t from = track_.magnitude.size();
    track_.magnitude.resize(from + static_cast<std::size_t>(count));
    for (std::size_t i = from; i < track_.magnitude.size(); ++i) {
      const float x = track_.movement[0][i];
      const float y = track_.movement[1][i];
      const float z = track_.movement[2][i];
      track_.magnitude[i] = std::sqrt(x * x + y * y + z * z);
    }
    done += count;
  }
  for (auto& axis : pending_) axis.erase(axis.begin(), axis.begin() + done);
  first_pending_ += done;
}

}  // namespace klono::detection
