#include "detection/frame_filter.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

#include "dsp/fir.hpp"

namespace klono::detection {

FrameFilter::FrameFilter(double in_hz, double out_hz, std::vector<float> kernel)
    : resampler_(in_hz, out_hz), kernel_(std::move(kernel)), half_(static_cast<std::int64_t>((kernel_.size() - 1) / 2)) {}

FrameFilter::FrameFilter(double in_hz, double out_hz, const dsp::MovementSplit& split) : resampler_(in_hz, out_hz), half_(0) {
  const dsp::MovementFilter one(split, out_hz);
  movement_ = {one, one, one};
  half_ = one.half();
}

void FrameFilter::push(std::span<const float> x, std::span<const float> y, std::span<const float> z) {
  resampler_.push(x, y, z, pending_);
  open();
}

void FrameFilter::finish() {
  resampler_.finish(pending_);
  open();
  last_ = true;
  if (begun_)
    for (auto& axis : pending_) axis.insert(axis.end(), static_cast<std::size_t>(half_), axis.back());
}

void FrameFilter::open() {
  if (begun_ || pending_[0].empty()) return;
  for (auto& axis : pending_) axis.insert(axis.begin(), static_cast<std::size_t>(half_), axis.front());
  begun_ = true;
}

std::int64_t FrameFilter::next_block() const {
  const std::int64_t ready = static_cast<std::int64_t>(pending_[0].size()) - done_ - 2 * half_;
  if (last_) return std::clamp<std::int64_t>(ready, 0, kBlock);
  return ready >= kBlock ? kBlock : 0;
}

void FrameFilter::take(std::int64_t count, Motion& out, Axes* unfiltered) {
  const auto frames = static_cast<std::size_t>(count);
  const std::size_t from = out.magnitude.size();
  std::array<std::span<const float>, 3> sources;
  std::array<std::span<float>, 3> made;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    sources[axis] = std::span<const float>(pending_[axis]).subspan(static_cast<std::size_t>(done_), frames + 2 * static_cast<std::size_t>(half_));
    out.axes[axis].resize(from + frames);
    made[axis] = std::span(out.axes[axis]).subspan(from);
    if (unfiltered != nullptr) (*unfiltered)[axis].insert((*unfiltered)[axis].end(), sources[axis].begin() + half_, sources[axis].begin() + half_ + count);
  }
  if (movement_) dsp::MovementFilter::run_three({&(*movement_)[0], &(*movement_)[1], &(*movement_)[2]}, sources, made);
  else
    for (std::size_t axis = 0; axis < 3; ++axis) dsp::convolve(sources[axis], kernel_, made[axis]);
  out.magnitude.resize(from + frames);
  const float* x = out.axes[0].data() + from;
  const float* y = out.axes[1].data() + from;
  const float* z = out.axes[2].data() + from;
  float* magnitude = out.magnitude.data() + from;
  for (std::size_t i = 0; i < frames; ++i) magnitude[i] = std::sqrt(x[i] * x[i] + y[i] * y[i] + z[i] * z[i]);
  done_ += count;
}

void FrameFilter::skip(std::int64_t count, Motion& out) {
  for (auto& axis : out.axes) axis.resize(axis.size() + static_cast<std::size_t>(count), 0.0F);
  out.magnitude.resize(out.magnitude.size() + static_cast<std::size_t>(count), 0.0F);
  done_ += count;
}

void FrameFilter::settle() {
  constexpr std::int64_t kLump = 1024;  // the rest is moved forward seldom
  if (done_ < kLump) return;
  for (auto& axis : pending_) axis.erase(axis.begin(), axis.begin() + done_);
  done_ = 0;
}

}  // namespace klono::detection
