#include "detection/emg/line_filter.hpp"

#include <algorithm>
#include <cmath>

#include "dsp/fir.hpp"

namespace klono::detection {

LineFilter::LineFilter(std::vector<float> kernel) : kernel_(std::move(kernel)), half_((kernel_.size() - 1) / 2) {}

void LineFilter::push(std::span<const float> in, Samples& out) {
  if (in.empty()) return;
  if (!begun_) pending_.assign(half_, in.front());
  begun_ = true;
  pending_.insert(pending_.end(), in.begin(), in.end());
  if (pending_.size() <= 2 * half_) return;
  const std::size_t ready = pending_.size() - 2 * half_;
  dsp::convolve(pending_, kernel_, out.extend(ready));
  pending_.erase(pending_.begin(), pending_.begin() + static_cast<std::ptrdiff_t>(ready));
}

void LineFilter::finish(Samples& out) {
  if (!begun_) return;
  const std::vector<float> after(half_, pending_.back());
  push(after, out);
}

std::vector<float> band_kernel(double low_hz, double high_hz, double half_s, double rate_hz) {
  const int half = std::max(2, static_cast<int>(std::lround(half_s * rate_hz)));
  return dsp::difference(dsp::low_pass(high_hz, half, rate_hz), dsp::low_pass(low_hz, half, rate_hz));
}

std::vector<float> slow_kernel(double rate_hz) {
  return dsp::difference(dsp::hann_mean(0.15, rate_hz), dsp::hann_mean(1.0, rate_hz));
}

}  // namespace klono::detection
