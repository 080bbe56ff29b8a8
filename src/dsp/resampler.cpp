#include "dsp/resampler.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstring>
#include <numbers>
#include <type_traits>

#include "dsp/lanes.hpp"

namespace klono::dsp {
namespace {

constexpr std::int64_t kPhases = 256;

double windowed_sinc(double u, double reach) {
  if (std::abs(u) >= reach) return 0.0;
  const double phase = std::numbers::pi * u;
  const double sinc = u == 0.0 ? 1.0 : std::sin(phase) / phase;
  const double w = std::numbers::pi * u / reach;
  return sinc * (0.42 + 0.5 * std::cos(w) + 0.08 * std::cos(2.0 * w));
}

}  // namespace

Resampler::Resampler(double in_hz, double out_hz)
    : step_(in_hz / out_hz), stretch_(std::max(1.0, step_)), reach_(2 * static_cast<std::int64_t>(std::ceil(0.5 * kReach * stretch_))) {
  // Kernels for kPhases + 1 fractions of an input sample; values in between are interpolated.
  const std::int64_t taps = 2 * reach_;
  table_.resize(static_cast<std::size_t>((kPhases + 1) * taps));
  for (std::int64_t p = 0; p <= kPhases; ++p) {
    const double fraction = static_cast<double>(p) / static_cast<double>(kPhases);
    double sum = 0.0;
    for (std::int64_t k = 0; k < taps; ++k)
      sum += windowed_sinc((static_cast<double>(k - reach_ + 1) - fraction) / stretch_, kReach);
    for (std::int64_t k = 0; k < taps; ++k)
      table_[static_cast<std::size_t>(p * taps + k)] =
          static_cast<float>(windowed_sinc((static_cast<double>(k - reach_ + 1) - fraction) / stretch_, kReach) / sum);
  }
  slopes_.resize(static_cast<std::size_t>(kPhases * taps));
  for (std::size_t k = 0; k < slopes_.size(); ++k) slopes_[k] = table_[k + static_cast<std::size_t>(taps)] - table_[k];
}

void Resampler::push(std::span<const float> x, std::span<const float> y, std::span<const float> z, std::array<std::vector<float>, 3>& out) {
  // Long blocks in pieces: memory stays bounded, and so does the cost of dropping what is done.
  constexpr std::size_t kPiece = 4096;
  for (std::size_t at = 0; at < x.size(); at += kPiece) {
    const auto count = static_cast<std::ptrdiff_t>(std::min(kPiece, x.size() - at));
    const auto from = static_cast<std::ptrdiff_t>(at);
    held_[0].insert(held_[0].end(), x.begin() + from, x.begin() + from + count);
    held_[1].insert(held_[1].end(), y.begin() + from, y.begin() + from + count);
    held_[2].insert(held_[2].end(), z.begin() + from, z.begin() + from + count);
    received_ += count;
    produce(out, false);
  }
}

void Resampler::finish(std::array<std::vector<float>, 3>& out) {
  if (received_ > 0) produce(out, true);
}

/// The input under one kernel where some of it lies outside: the end values go on.
const float* Resampler::at_edge(std::size_t axis, std::int64_t first) {
  std::vector<float>& edge = edges_[axis];
  edge.resize(static_cast<std::size_t>(2 * reach_));
  for (std::size_t k = 0; k < edge.size(); ++k) {
    const std::int64_t inside = std::clamp(first + static_cast<std::int64_t>(k), std::int64_t{0}, received_ - 1);
    edge[k] = held_[axis][static_cast<std::size_t>(inside - first_held_)];
  }
  return edge.data();
}

namespace {

/// Three sums under one kernel, `between` two neighbours of the table. Taps are added in eight sums, in lanes of four or of eight: the same
/// results. A last four without a partner belong to the first sums.
template <class Vector, class Taps>
[[gnu::always_inline]] inline void weigh(const float* low, const float* slope, float between, const std::array<const float*, 3>& source, Taps taps, std::array<Lanes, 3>& made) {
  constexpr std::int64_t kWidth = sizeof(Vector) / sizeof(float);
  constexpr std::size_t kParts = 2 * kLanes / static_cast<std::size_t>(kWidth);
  Vector sums[3][kParts] = {};
  Vector weight;
  Vector steepness;
  Vector values;
  std::int64_t k = 0;
  for (; k + 8 <= taps; k += 8)
    for (std::size_t part = 0; part < kParts; ++part) {
      const std::int64_t at = k + kWidth * static_cast<std::int64_t>(part);
      load_into(low + at, weight);
      load_into(slope + at, steepness);
      weight += between * steepness;
      for (std::size_t axis = 0; axis < 3; ++axis) {
        load_into(source[axis] + at, values);
        sums[axis][part] += weight * values;
      }
    }
  for (std::size_t axis = 0; axis < 3; ++axis) {
    Lanes halves[2];
    std::memcpy(halves, sums[axis], sizeof halves);
    if (k < taps) halves[0] += (load(low + k) + between * load(slope + k)) * load(source[axis] + k);
    made[axis] = halves[0] + halves[1];
  }
}

}  // namespace

template <class Vector, class Taps>
[[gnu::always_inline]] inline void Resampler::produce_with(const Taps taps, std::array<std::vector<float>, 3>& out, bool last) {
  constexpr std::int64_t kAtOnce = 256;  // outputs made into a room that is then appended
  std::array<std::array<float, kAtOnce>, 3> room;
  std::int64_t made = 0;
  const auto give = [&] {
    for (std::size_t axis = 0; axis < 3; ++axis) out[axis].insert(out[axis].end(), room[axis].begin(), room[axis].begin() + made);
    made = 0;
  };
  for (;; ++produced_) {
    const double position = static_cast<double>(produced_) * step_;
    const auto base = static_cast<std::int64_t>(position);  // never negative
    if (last ? position > static_cast<double>(received_ - 1) + 1e-9 : base + reach_ >= received_) break;
    const double phase = (position - static_cast<double>(base)) * static_cast<double>(kPhases);
    const auto p = std::min(static_cast<std::int64_t>(phase), kPhases - 1);
    const float between = static_cast<float>(phase - static_cast<double>(p));
    const std::int64_t first = base - reach_ + 1;
    const bool inside = first >= first_held_ && first >= 0 && first + taps <= received_;
    std::array<const float*, 3> source;
    for (std::size_t axis = 0; axis < 3; ++axis) source[axis] = inside ? held_[axis].data() + (first - first_held_) : at_edge(axis, first);
    std::array<Lanes, 3> sums;
    weigh<Vector>(table_.data() + p * taps, slopes_.data() + p * taps, between, source, taps, sums);
    for (std::size_t axis = 0; axis < 3; ++axis) room[axis][static_cast<std::size_t>(made)] = sum_of(sums[axis]);
    if (++made == kAtOnce) give();
  }
  give();
  const auto next = static_cast<std::int64_t>(std::floor(static_cast<double>(produced_) * step_)) - reach_;
  const std::int64_t drop = std::min(next - first_held_, static_cast<std::int64_t>(held_[0].size()) - 1);
  if (drop < 2048) return;
  for (auto& axis : held_) axis.erase(axis.begin(), axis.begin() + drop);
  first_held_ += drop;
}

template <class Vector>
[[gnu::always_inline]] inline void Resampler::produce_by(std::array<std::vector<float>, 3>& out, bool last) {
  // The usual lengths are known to the compiler, so that its loops unroll: a sensor as fast as it claims, and one slightly faster.
  if (reach_ == kReach) produce_with<Vector>(std::integral_constant<std::int64_t, 2 * kReach>(), out, last);
  else if (reach_ == kReach + 2) produce_with<Vector>(std::integral_constant<std::int64_t, 2 * (kReach + 2)>(), out, last);
  else produce_with<Vector>(2 * reach_, out, last);
}

void Resampler::produce(std::array<std::vector<float>, 3>& out, bool last) {
#ifdef KLONO_WIDE_LANES
  if (has_wide_lanes()) return produce_wide(out, last);
#endif
  produce_by<Lanes>(out, last);
}

#ifdef KLONO_WIDE_LANES
[[gnu::target("avx2")]] void Resampler::produce_wide(std::array<std::vector<float>, 3>& out, bool last) { produce_by<WideLanes>(out, last); }
#endif

}  // namespace klono::dsp
