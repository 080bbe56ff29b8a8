#include "detection/matched/whitener.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <tuple>
#include <utility>

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
using Products = std::array<double, (Whitener::kOrder + 1) * (Whitener::kOrder + 2) / 2>;

/// Where the product of values j and k lies, j <= k.
constexpr std::size_t place_of(std::size_t j, std::size_t k) { return j * (2 * Whitener::kOrder + 3 - j) / 2 + (k - j); }
static_assert(place_of(Whitener::kOrder, Whitener::kOrder) + 1 == std::tuple_size_v<Products>);

/// Levinson-Durbin; products of equal distance are one correlation.
Taps prediction_error(const Products& products) {
  constexpr std::size_t kOrder = Whitener::kOrder;
  Taps correlation{};
  for (std::size_t lag = 0; lag <= kOrder; ++lag) {
    for (std::size_t j = 0; j + lag <= kOrder; ++j) correlation[lag] += products[place_of(j, j + lag)];
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

/// What stands at `place` when all are sorted. Of so few values counting is faster than moving them: nothing has to be guessed.
double value_at(std::span<const double> values, std::int64_t place) {
  for (const double value : values) {
    std::int64_t below = 0;
    std::int64_t at_most = 0;
    for (const double other : values) {
      below += other < value ? 1 : 0;
      at_most += other <= value ? 1 : 0;
    }
    if (below <= place && place < at_most) return value;
  }
  return 0.0;
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
  std::array<double, std::tuple_size_v<Products>> sums;
  std::array<float, kOrder + 1> newest;
  dsp::dots(x.subspan(kOrder), x, newest);
  for (std::size_t lag = 0; lag <= kOrder; ++lag) sums[lag] = static_cast<double>(newest[kOrder - lag]);
  // One step back in time: one product comes and one goes.
  for (std::size_t j = 1; j <= kOrder; ++j)
    for (std::size_t k = j; k <= kOrder; ++k)
      sums[place_of(j, k)] = sums[place_of(j - 1, k - 1)] + at(kOrder - j) * at(kOrder - k) - at(kOrder + size - j) * at(kOrder + size - k);
  for (std::size_t i = 0; i < sums.size(); ++i) block.products[i] += sums[i];
}

void Whitener::learn(const Axes& with_past) {
  std::array<std::vector<float>, 3> left;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    left[axis].resize(with_past[axis].size() - kOrder);
    now_.run(with_past[axis], left[axis]);
  }
  learn(with_past, {left[0], left[1], left[2]});
}

void Whitener::learn(const Axes& with_past, const Axes& left) {
  Block block;
  for (const auto& axis : with_past) add_products(axis, block);
  block.loudness = block.products[0];
  block.size = static_cast<double>(with_past[0].size() - kOrder);
  constexpr std::array<std::array<std::size_t, 2>, 6> kPairs = {{{0, 0}, {1, 1}, {2, 2}, {0, 1}, {0, 2}, {1, 2}}};
  for (std::size_t k = 0; k < kPairs.size(); ++k)
    block.left[k] = static_cast<double>(dsp::dot(left[kPairs[k][0]], left[kPairs[k][1]]));
  blocks_.push_back(block);
  if (blocks_.size() > kBlocks) blocks_.pop_front();
  ++learned_;
  if (blocks_.size() < kLeastBlocks) now_.noise_ = 0.0;
  else if (learned_ % kSolveEvery == 0) solve();
}

Whitener::Block Whitener::quiet_sums() {
  loudness_.clear();
  for (const Block& block : blocks_) loudness_.push_back(block.loudness);
  const double limit = value_at(loudness_, static_cast<std::int64_t>(kQuietShare * static_cast<double>(loudness_.size() - 1)));
  Block sums;
  for (const Block& block : blocks_) {
    if (block.loudness > limit) continue;
    sums.size += block.size;
    for (std::size_t k = 0; k < sums.products.size(); ++k) sums.products[k] += block.products[k];
    for (std::size_t k = 0; k < sums.left.size(); ++k) sums.left[k] += block.left[k];
  }
  return sums;
}

void Whitener::solve() {
  ++solved_;
  const Block quiet = quiet_sums();
  now_ = {};
  now_.noise_ = quiet.products[0] / (3.0 * quiet.size);
  if (!(now_.noise_ > 0.0)) return;
  const Taps taps = stages_.foretelling ? prediction_error(quiet.products) : Taps{1.0};
  for (std::size_t k = 0; k <= kOrder; ++k) now_.reversed_[kOrder - k] = static_cast<float>(taps[k]);
  double squares = 0.0;
  for (std::size_t j = 0; j <= kOrder; ++j)
    for (std::size_t k = 0; k <= kOrder; ++k) squares += taps[j] * taps[k] * quiet.products[place_of(std::min(j, k), std::max(j, k))];
  now_.noise_ = std::max(squares, kLeastLeft * quiet.products[0]) / (3.0 * quiet.size);
  if (!stages_.directions) return;
  if (const auto inverse = inverse_of(quiet.left))
    for (std::size_t k = 0; k < inverse->size(); ++k) now_.precision_[k] = static_cast<float>((*inverse)[k]);
}

void Whitening::run(std::span<const float> in, std::span<float> out) const { dsp::convolve(in, reversed_, out); }

void Whitening::energy(const Axes& outputs, std::span<float> energies) const {
  const Precision precision = precision_;
  for (std::size_t i = 0; i < energies.size(); ++i) energies[i] = energy_of(precision, outputs[0][i], outputs[1][i], outputs[2][i]);
}

double Whitening::whiten_form(std::span<const float> form, FormRoom& room) const {
  room.around.assign(form.size() + 2 * kOrder, 0.0F);
  std::copy(form.begin(), form.end(), room.around.begin() + kOrder);
  room.made.resize(form.size() + kOrder);
  run(room.around, room.made);
  double energy = 0.0;
  float single = 0.0F;
  for (const float value : room.made) {
    energy += static_cast<double>(value) * static_cast<double>(value);
    single += value * value;
  }
  const float scale = single > 0.0F ? 1.0F / std::sqrt(single) : 0.0F;
  for (float& value : room.made) value *= scale;
  return std::sqrt(energy);
}

double Whitening::gain_of(std::span<const float> form) const {
  FormRoom room;
  return whiten_form(form, room);
}

std::vector<float> Whitening::form_of(std::span<const float> form) const {
  FormRoom room;
  whiten_form(form, room);
  return std::move(room.made);
}

}  // namespace klono::detection
