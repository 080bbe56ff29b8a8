#include "detection/whitener.hpp"

#include <algorithm>
#include <cmath>

#include "dsp/fir.hpp"

namespace klono::detection {
namespace {

constexpr std::size_t kBlocks = 48;      // (chosen on the train split)
constexpr std::size_t kLeastBlocks = 8;
constexpr std::int64_t kSolveEvery = 4;  // blocks: nothing changes faster than within the 20 s
constexpr double kQuietShare = 0.4;
constexpr double kLoading = 0.05;        // of white noise: the band has holes, which are not to be filled
constexpr double kLoadingAcross = 0.3;   // a direction counts for a quarter at least: what was learned there may be over (chosen)
constexpr double kLeastLeft = 1e-5;  // arithmetic in single precision

}  // namespace

void Whitener::add_products(std::span<const float> x, Block& block) {
  const std::size_t size = x.size() - kOrder;
  const auto at = [&](std::size_t i) { return static_cast<double>(x[i]); };
  std::array<std::array<double, kOrder + 1>, kOrder + 1> sums{};
  for (std::size_t lag = 0; lag <= kOrder; ++lag) {
    sums[0][lag] = static_cast<double>(dsp::dot(x.subspan(kOrder), x.subspan(kOrder - lag, size)));
  }
  // One step back in time: one product comes and one goes.
  for (std::size_t j = 1; j <= kOrder; ++j)
    for (std::size_t k = j; k <= kOrder; ++k)
      sums[j][k] = sums[j - 1][k - 1] + at(kOrder - j) * at(kOrder - k) - at(kOrder + size - j) * at(kOrder + size - k);
  for (std::size_t j = 0; j <= kOrder; ++j)
    for (std::size_t k = j; k <= kOrder; ++k) block.products[j][k] += sums[j][k];
}

void Whitener::learn(const Axes& with_past) {
  Block block;
  const std::size_t size = with_past[0].size() - kOrder;
  std::array<std::vector<float>, 3> left;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const auto x = with_past[axis];
    add_products(x, block);
    left[axis].resize(size);
    run(x, left[axis]);
  }
  block.loudness = block.products[0][0];
  block.size = static_cast<double>(size);
  constexpr std::array<std::array<std::size_t, 2>, 6> kPairs = {{{0, 0}, {1, 1}, {2, 2}, {0, 1}, {0, 2}, {1, 2}}};
  for (std::size_t k = 0; k < kPairs.size(); ++k)
    block.left[k] = static_cast<double>(dsp::dot(left[kPairs[k][0]], left[kPairs[k][1]]));
  blocks_.push_back(block);
  if (blocks_.size() > kBlocks) blocks_.pop_front();
  ++learned_;
  if (blocks_.size() < kLeastBlocks) noise_ = 0.0;
  else if (learned_ % kSolveEvery == 0) solve();
}

void Whitener::solve() {
  ++solved_;
  std::vector<double> loudness;
  for (const Block& block : blocks_) loudness.push_back(block.loudness);
  const auto limit = loudness.begin() + static_cast<std::ptrdiff_t>(kQuietShare * static_cast<double>(loudness.size() - 1));
  std::nth_element(loudness.begin(), limit, loudness.end());
  std::array<std::array<double, kOrder + 1>, kOrder + 1> products{};
  std::array<double, 6> left{};
  double heard = 0.0;
  for (const Block& block : blocks_) {
    if (block.loudness > *limit) continue;
    heard += block.size;
    for (std::size_t j = 0; j <= kOrder; ++j)
      for (std::size_t k = j; k <= kOrder; ++k) products[j][k] += block.products[j][k];
    for (std::size_t k = 0; k < left.size(); ++k) left[k] += block.left[k];
  }
  reversed_ = kNothingForetold;
  precision_ = {1.0F, 1.0F, 1.0F, 0.0F, 0.0F, 0.0F};
  noise_ = products[0][0] / (3.0 * heard);
  if (!(products[0][0] > 0.0)) return;
  std::array<double, kOrder + 1> correlation{};
  for (std::size_t lag = 0; lag <= kOrder; ++lag) {
    for (std::size_t j = 0; j + lag <= kOrder; ++j) correlation[lag] += products[j][j + lag];
    correlation[lag] /= static_cast<double>(kOrder + 1 - lag);
  }
  correlation[0] *= 1.0 + kLoading;
  std::array<double, kOrder + 1> taps = {1.0};
  double error = correlation[0];
  for (std::size_t m = 1; m <= kOrder; ++m) {
    double sum = 0.0;
    for (std::size_t k = 0; k < m; ++k) sum += taps[k] * correlation[m - k];
    const double reflection = -sum / error;
    std::array<double, kOrder + 1> next = taps;
    for (std::size_t k = 1; k <= m; ++k) next[k] = taps[k] + reflection * taps[m - k];
    taps = next;
    error *= 1.0 - reflection * reflection;
  }
  for (std::size_t k = 0; k <= kOrder; ++k) reversed_[kOrder - k] = static_cast<float>(taps[k]);
  double squares = 0.0;
  for (std::size_t j = 0; j <= kOrder; ++j)
    for (std::size_t k = 0; k <= kOrder; ++k) squares += taps[j] * taps[k] * (j <= k ? products[j][k] : products[k][j]);
  noise_ = std::max(squares, kLeastLeft * products[0][0]) / (3.0 * heard);
  const double mean = (left[0] + left[1] + left[2]) / 3.0;
  if (!(mean > 0.0)) return;
  for (double& value : left) value /= mean;
  for (std::size_t k = 0; k < 3; ++k) left[k] = (left[k] + kLoadingAcross) / (1.0 + kLoadingAcross);
  const auto [xx, yy, zz, xy, xz, yz] = left;
  const double det = xx * (yy * zz - yz * yz) - xy * (xy * zz - yz * xz) + xz * (xy * yz - yy * xz);
  if (!(det > 1e-9)) return;
  const std::array<double, 6> inverse = {(yy * zz - yz * yz) / det, (xx * zz - xz * xz) / det, (xx * yy - xy * xy) / det,
                                         (xz * yz - xy * zz) / det, (xy * yz - xz * yy) / det, (xy * xz - xx * yz) / det};
  for (std::size_t k = 0; k < inverse.size(); ++k) precision_[k] = static_cast<float>(inverse[k]);
}

void Whitener::run(std::span<const float> in, std::span<float> out) const {
  dsp::convolve(in, reversed_, out);
}

std::vector<float> Whitener::raw_form(std::span<const float> form) const {
  std::vector<float> around(form.size() + 2 * kOrder, 0.0F);
  std::copy(form.begin(), form.end(), around.begin() + kOrder);
  std::vector<float> made(form.size() + kOrder);
  run(around, made);
  return made;
}

double Whitener::gain_of(std::span<const float> form) const {
  double energy = 0.0;
  for (const float value : raw_form(form)) energy += static_cast<double>(value) * static_cast<double>(value);
  return std::sqrt(energy);
}

std::vector<float> Whitener::form_of(std::span<const float> form) const {
  std::vector<float> made = raw_form(form);
  float energy = 0.0F;
  for (const float value : made) energy += value * value;
  const float scale = energy > 0.0F ? 1.0F / std::sqrt(energy) : 0.0F;
  for (float& value : made) value *= scale;
  return made;
}

}  // namespace klono::detection
