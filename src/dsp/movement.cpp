#include "dsp/movement.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "dsp/fir.hpp"

namespace klono::dsp {
namespace {

constexpr double kLowPassHalf_s = 0.10;
constexpr double kChangeHalf_s = 0.02;
constexpr double kHighestShare = 0.45;  // of the rate: where the low-pass must give way (chosen)

int low_pass_half(double rate_hz) { return std::max(2, static_cast<int>(std::lround(kLowPassHalf_s * rate_hz))); }

std::vector<float> low_pass_of(const MovementSplit& split, double rate_hz) {
  const double cutoff = std::min(split.top_hz, kHighestShare * rate_hz);
  return low_pass(cutoff, low_pass_half(rate_hz), rate_hz);
}

std::int64_t half_of(std::span<const float> kernel) { return static_cast<std::int64_t>((kernel.size() - 1) / 2); }

}  // namespace

std::vector<float> movement_kernel(const MovementSplit& split, double rate_hz) {
  return difference(low_pass_of(split, rate_hz), hann_mean(split.half_s, rate_hz));
}

std::vector<float> change_kernel(const MovementSplit& split, double rate_hz) {
  const long apart = std::max(1L, std::lround(kChangeHalf_s * rate_hz));
  const long half = std::max(1L, std::lround(split.half_s * rate_hz) - apart);
  const std::vector<float> inner = movement_kernel({static_cast<double>(half) / rate_hz, split.top_hz}, rate_hz);
  const auto weight = static_cast<float>(rate_hz / (2.0 * static_cast<double>(apart)));
  std::vector<float> kernel(inner.size() + 2 * static_cast<std::size_t>(apart), 0.0F);
  for (std::size_t k = 0; k < inner.size(); ++k) {
    kernel[k + 2 * static_cast<std::size_t>(apart)] += weight * inner[k];
    kernel[k] -= weight * inner[k];
  }
  return kernel;
}

std::vector<float> gravity_kernel(const MovementSplit& split, double rate_hz) { return hann_mean(split.half_s, rate_hz); }

std::int64_t movement_reach(const MovementSplit& split, double rate_hz) {
  return std::max<std::int64_t>(low_pass_half(rate_hz), hann_half(split.half_s, rate_hz));
}

MovementFilter::MovementFilter(const MovementSplit& split, double rate_hz)
    : low_pass_(low_pass_of(split, rate_hz)), gravity_(hann_half(split.half_s, rate_hz)), half_(movement_reach(split, rate_hz)) {}

std::span<const float> MovementFilter::inner(std::span<const float> around, std::int64_t half, std::size_t count) const {
  return around.subspan(static_cast<std::size_t>(half_ - half), count + 2 * static_cast<std::size_t>(half));
}

void MovementFilter::run(std::span<const float> around, std::span<float> movement) {
  mean_.resize(movement.size());
  gravity_.run(inner(around, gravity_.half(), movement.size()), mean_);
  subtract_mean_from_low_pass(around, movement);
}

void MovementFilter::subtract_mean_from_low_pass(std::span<const float> around, std::span<float> movement) const {
  convolve(inner(around, half_of(low_pass_), movement.size()), low_pass_, movement);
  for (std::size_t i = 0; i < movement.size(); ++i) movement[i] -= mean_[i];
}

void MovementFilter::run_three(const std::array<MovementFilter*, 3>& filters, const std::array<std::span<const float>, 3>& around, const std::array<std::span<float>, 3>& movement) {
  std::array<HannMean*, 3> means{};
  std::array<std::span<const float>, 3> under;
  std::array<std::span<float>, 3> out;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    MovementFilter& filter = *filters[axis];
    filter.mean_.resize(movement[axis].size());
    means[axis] = &filter.gravity_;
    under[axis] = filter.inner(around[axis], filter.gravity_.half(), movement[axis].size());
    out[axis] = filter.mean_;
  }
  HannMean::run_three(means, under, out);
  for (std::size_t axis = 0; axis < 3; ++axis) filters[axis]->subtract_mean_from_low_pass(around[axis], movement[axis]);
}

void MovementStream::hold(std::span<const float> samples) {
  if (pending_.empty()) pending_.assign(static_cast<std::size_t>(filter_.half()), samples.front());
  pending_.insert(pending_.end(), samples.begin(), samples.end());
}

void MovementStream::push(std::span<const float> samples, std::vector<float>& out) {
  if (samples.empty()) return;
  hold(samples);
  produce(out);
}

void MovementStream::push_three(const std::array<MovementStream*, 3>& streams, const std::array<std::span<const float>, 3>& samples, const std::array<std::vector<float>*, 3>& out) {
  if (samples[0].empty()) return;
  for (std::size_t axis = 0; axis < 3; ++axis) streams[axis]->hold(samples[axis]);
  const std::size_t count = streams[0]->ready();
  if (count == 0) return;
  std::array<MovementFilter*, 3> filters{};
  std::array<std::span<const float>, 3> around;
  std::array<std::span<float>, 3> made;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    filters[axis] = &streams[axis]->filter_;
    around[axis] = streams[axis]->pending_;
    out[axis]->resize(out[axis]->size() + count);
    made[axis] = std::span(*out[axis]).last(count);
  }
  MovementFilter::run_three(filters, around, made);
  for (MovementStream* stream : streams) stream->told(count);
}

void MovementStream::finish(std::vector<float>& out) {
  if (pending_.empty()) return;
  pending_.insert(pending_.end(), static_cast<std::size_t>(filter_.half()), pending_.back());
  produce(out);
  pending_.clear();
}

std::size_t MovementStream::ready() const {
  const std::size_t context = 2 * static_cast<std::size_t>(filter_.half());
  return pending_.size() > context ? pending_.size() - context : 0;
}

void MovementStream::told(std::size_t count) { pending_.erase(pending_.begin(), pending_.begin() + static_cast<std::ptrdiff_t>(count)); }

void MovementStream::produce(std::vector<float>& out) {
  const std::size_t count = ready();
  if (count == 0) return;
  out.resize(out.size() + count);
  filter_.run(pending_, std::span(out).last(count));
  told(count);
}

std::vector<float> movement_of(std::span<const float> axis, double rate_hz, const MovementSplit& split) {
  std::vector<float> movement;
  movement.reserve(axis.size());
  MovementStream stream(split, rate_hz);
  stream.push(axis, movement);
  stream.finish(movement);
  return movement;
}

}  // namespace klono::dsp
