#include "detection/matched/whitener.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "dsp/fir.hpp"

namespace klono::detection {
namespace {

// All chosen; the train split of the benchmark tells little between memories of 20 and 31 s.
constexpr std::size_t kBlocks = 48;      // 31 s
constexpr std::size_t kLeastBlocks = 8;  // 5 s
constexpr std::int64_t kSolveEvery = 4;  // blocks, 2.6 s: little of the memory changes faster
constexpr double kQuietShare = 0.4;
constexpr double kLoading = 0.05;        // of white noise: the band has holes, which are not to be filled
constexpr double kLoadingAcross = 0.3;   // the noisiest direction still counts for about a quarter: what was learned there may be over
constexpr double kLeastLeft = 1e-5;      // of the energy: arithmetic in single precision

using Taps = std::array<double, Whitener::kOrder + 1>;
using Products = std::array<Taps, Whitener::kOrder + 1>;

/// Levinson-Durbin; products of equal distance are one correlation.
Taps prediction_error(const Products& products) {
  constexpr std::size_t kOrder = Whitener::kOrder;
  Taps correlation{};
  for (std::size_t lag = 0; lag <= kOrder; ++lag) {
    for (std::size_t j = 0; j + lag <= kOrder; ++j) correlation[lag] += products[j][j + lag];
    correlation[lag] /= static_cast<double>(kOrder + 1 - lag);
  }
  correlation[0] *= 1.0 + kLoading;
  Taps taps = {1.0};
  double error = correlation[0];
  for (std::size_t m = 1; m <= kOrder; ++m) {
    double sum = 0.0;
    for (std::size_t k = 0; k < m; ++k) sum += taps[k] * correlation[m - k];
    const double reflection = -sum / error;
    Taps next = taps;
    for (std::size_t k = 1; k <= m; ++k) next[k] = taps[k] + reflection * taps[m - k];
    taps = next;
    error *= 1.0 - reflection * reflection;
  }
  return taps;
}

/// Inverse of a covariance (xx, yy, zz, xy, xz, yz) whose mean over the axes is made 1; none where it has none.
std::optional<std::array<double, 6>> inverse_of(std::array<double, 6> covariance) {
  const double mean = (covariance[0] + covariance[1] + covariance[2]) / 3.0;
  if (!(mean > 0.0)) return std::nullopt;
  for (double& value : covariance) value /= mean;
  for (std::size_t k = 0; k < 3; ++k) covariance[k] = (covariance[k] + kLoadingAcross) / (1.0 + kLoadingAcross);
  const auto [xx, yy, zz, xy, xz, yz] = covariance;
  const double det = xx * (yy * zz - yz * yz) - xy * (xy * zz - yz * xz) + xz * (xy * yz - yy * xz);
  if (!(det > 1e-9)) return std::nullopt;
  return std::array{(yy * zz - yz * yz) / det, (xx * zz - xz * xz) / det, (xx * yy - xy * xy) / det,
                    (xz * yz - xy * zz) / det, (xy * yz - xz * yy) / det, (xy * xz - xx * yz) / det};
}

}  // namespace

void Whitener::add_products(std::span<const float> x, Block& block) {
  const std::size_t size = x.size() - kOrder;
  const auto at = [&](std::size_t i) { return static_cast<double>(x[i]); };
  std::array<std::array<double, kOrder + 1>, kOrder + 1> sums{};
  for (std::size_t lag = 0; lag <= kOrder; ++lag) sums[0][lag] = static_cast<double>(dsp::dot(x.subspan(kOrder), x.subspan(kOrder - lag, size)));
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

Whitener::Block Whitener::quiet_sums() const {
  std::vector<double> loudness;
  for (const Block& block : blocks_) loudness.push_back(block.loudness);
  const auto limit = loudness.begin() + static_cast<std::ptrdiff_t>(kQuietShare * static_cast<double>(loudness.size() - 1));
  std::nth_element(loudness.begin(), limit, loudness.end());
  Block sums;
  for (const Block& block : blocks_) {
    if (block.loudness > *limit) continue;
    sums.size += block.size;
    for (std::size_t j = 0; j <= kOrder; ++j)
      for (std::size_t k = j; k <= kOrder; ++k) sums.products[j][k] += block.products[j][k];
    for (std::size_t k = 0; k < sums.left.size(); ++k) sums.left[k] += block.left[k];
  }
  return sums;
}

void Whitener::solve() {
  ++solved_;
  const Block quiet = quiet_sums();
  reversed_ = kNothingForetold;
  precision_ = kAllAlike;
  noise_ = quiet.products[0][0] / (3.0 * quiet.size);
  if (!(noise_ > 0.0)) return;
  const Taps taps = prediction_error(quiet.products);
  for (std::size_t k = 0; k <= kOrder; ++k) reversed_[kOrder - k] = static_cast<float>(taps[k]);
  double squares = 0.0;
  for (std::size_t j = 0; j <= kOrder; ++j)
    for (std::size_t k = 0; k <= kOrder; ++k) squares += taps[j] * taps[k] * (j <= k ? quiet.products[j][k] : quiet.products[k][j]);
  noise_ = std::max(squares, kLeastLeft * quiet.products[0][0]) / (3.0 * quiet.size);
  if (const auto inverse = inverse_of(quiet.left))
    for (std::size_t k = 0; k < inverse->size(); ++k) precision_[k] = static_cast<float>((*inverse)[k]);
}

void Whitener::run(std::span<const float> in, std::span<float> out) const { dsp::convolve(in, reversed_, out); }

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
