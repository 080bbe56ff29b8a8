#include "detection/emg/mains.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace klono::detection {
namespace {

constexpr std::int64_t kReach = 10;      // hops on each side
constexpr double kMains_hz[2] = {50.0, 60.0};
constexpr double kBeside_hz = 4.0;
constexpr double kForget = 0.99;         // a hop: 5 s
constexpr double kHighestLineShare = 0.48;  // of the sampling rate

}  // namespace

MainsRemover::MainsRemover(double rate_hz, std::int64_t hop, double high_hz, double above) : rate_hz_(rate_hz), hop_(hop), above_(above) {
  for (const double mains : kMains_hz) {
    for (const double beside : {mains - kBeside_hz, mains + kBeside_hz}) lines_.push_back({0.0, beside});
    // The first of each is listed even where the band cannot hold it: decide() finds it at a fixed place.
    for (double hz = mains; hz == mains || hz <= std::min(high_hz + mains / 2.0, kHighestLineShare * rate_hz_); hz += mains) lines_.push_back({mains, hz});
  }
}

MainsRemover::Complex MainsRemover::phase(const Line& line, std::int64_t sample) const {
  const double turns = std::fmod(line.hz / rate_hz_ * static_cast<double>(sample), 1.0);
  return std::polar(1.0, 2.0 * std::numbers::pi * turns);
}

void MainsRemover::push(std::span<const float> samples, Samples& out, std::deque<Hum>& hums) {
  Hop hop;
  hop.samples.assign(samples.begin(), samples.end());
  for (const float value : samples) hop.square += static_cast<double>(value) * static_cast<double>(value);
  const std::int64_t start = (first_ + static_cast<std::int64_t>(hops_.size())) * hop_;
  for (const Line& line : lines_) {
    Complex turn = std::conj(phase(line, start));
    const Complex step = std::polar(1.0, -2.0 * std::numbers::pi * line.hz / rate_hz_);
    Complex sum;
    for (const float value : samples) {
      sum += static_cast<double>(value) * turn;
      turn = {turn.real() * step.real() - turn.imag() * step.imag(), turn.real() * step.imag() + turn.imag() * step.real()};
    }
    hop.sums.push_back(sum);
  }
  hops_.push_back(std::move(hop));
  emit(out, hums, false);
}

void MainsRemover::finish(Samples& out, std::deque<Hum>& hums) { emit(out, hums, true); }

void MainsRemover::emit(Samples& out, std::deque<Hum>& hums, bool last) {
  const std::int64_t end = first_ + static_cast<std::int64_t>(hops_.size());
  while (estimated_ < end && (last || estimated_ + kReach < end)) {
    estimates_.push_back(estimate(estimated_, end - 1));
    ++estimated_;
  }
  while (emitted_ < estimated_ && (last || emitted_ + 1 < estimated_)) {
    subtract(emitted_, out.extend(static_cast<std::size_t>(hop_)));
    hums.push_back(estimates_[static_cast<std::size_t>(emitted_ - (estimated_ - static_cast<std::int64_t>(estimates_.size())))].hum);
    ++emitted_;
    while (estimated_ - static_cast<std::int64_t>(estimates_.size()) < emitted_ - 1) estimates_.pop_front();
    while (first_ < std::min(emitted_, estimated_ - kReach)) {
      hops_.pop_front();
      ++first_;
    }
  }
}

MainsRemover::Estimate MainsRemover::estimate(std::int64_t hop, std::int64_t newest) {
  const std::int64_t from = std::max(first_, hop - kReach);
  const std::int64_t until = std::min(newest, hop + kReach);
  const auto one = [&](std::int64_t h) -> const Hop& { return hops_[static_cast<std::size_t>(h - first_)]; };
  std::vector<double> squares;
  for (std::int64_t h = from; h <= until; ++h) squares.push_back(one(h).square);
  std::nth_element(squares.begin(), squares.begin() + static_cast<std::ptrdiff_t>(squares.size() / 2), squares.end());
  const double usual = squares[squares.size() / 2];

  Estimate result;
  result.amplitude.assign(lines_.size(), Complex{});
  double weights = 0.0;
  for (std::int64_t h = from; h <= until; ++h) {
    const double level = one(h).square + usual;
    if (!(level > 0.0)) continue;
    const double weight = (1.0 + std::cos(std::numbers::pi * static_cast<double>(h - hop) / static_cast<double>(kReach + 1))) * usual / level;
    weights += weight;
    for (std::size_t k = 0; k < lines_.size(); ++k) result.amplitude[k] += weight * one(h).sums[k];
  }
  if (!(weights > 0.0)) return result;
  for (Complex& amplitude : result.amplitude) amplitude *= 2.0 / (weights * static_cast<double>(hop_));
  result.hum.mains_hz = decide(result.amplitude);
  for (std::size_t k = 0; k < lines_.size(); ++k) {
    if (lines_[k].base_hz == 0.0 || lines_[k].base_hz != result.hum.mains_hz) result.amplitude[k] = {};
    result.hum.square += 0.5 * std::norm(result.amplitude[k]);
  }
  return result;
}

double MainsRemover::decide(const std::vector<Complex>& amplitude) {
  double best = above_;
  double mains_hz = 0.0;
  std::size_t at = 0;
  for (std::size_t m = 0; m < 2; ++m) {
    while (lines_[at + 2].hz != kMains_hz[m]) ++at;
    power_[m] = kForget * power_[m] + std::norm(amplitude[at + 2]);
    neighbours_[m] = kForget * neighbours_[m] + 0.5 * (std::norm(amplitude[at]) + std::norm(amplitude[at + 1]));
    if (kMains_hz[m] > kHighestLineShare * rate_hz_ || !(power_[m] > best * neighbours_[m])) continue;
    best = power_[m] / std::max(neighbours_[m], 1e-30);
    mains_hz = kMains_hz[m];
  }
  return mains_hz;
}

void MainsRemover::subtract(std::int64_t hop, std::span<float> out) const {
  const std::int64_t first_estimate = estimated_ - static_cast<std::int64_t>(estimates_.size());
  const auto at = [&](std::int64_t h) -> const Estimate& {
    return estimates_[static_cast<std::size_t>(std::clamp(h, first_estimate, estimated_ - 1) - first_estimate)];
  };
  const Hop& one = hops_[static_cast<std::size_t>(hop - first_)];
  std::copy(one.samples.begin(), one.samples.end(), out.begin());
  for (std::size_t k = 0; k < lines_.size(); ++k) {
    const Complex before = at(hop - 1).amplitude[k];
    const Complex here = at(hop).amplitude[k];
    const Complex after = at(hop + 1).amplitude[k];
    if (before == Complex{} && here == Complex{} && after == Complex{}) continue;
    Complex turn = phase(lines_[k], hop * hop_);
    const Complex step = std::polar(1.0, 2.0 * std::numbers::pi * lines_[k].hz / rate_hz_);
    for (std::size_t i = 0; i < out.size(); ++i) {
      const double place = (static_cast<double>(i) + 0.5) / static_cast<double>(out.size()) - 0.5;  // -0.5 .. 0.5 about the middle
      const double re = here.real() + (place < 0.0 ? -place * (before.real() - here.real()) : place * (after.real() - here.real()));
      const double im = here.imag() + (place < 0.0 ? -place * (before.imag() - here.imag()) : place * (after.imag() - here.imag()));
      out[i] -= static_cast<float>(re * turn.real() - im * turn.imag());
      turn = {turn.real() * step.real() - turn.imag() * step.imag(), turn.real() * step.imag() + turn.imag() * step.real()};
    }
  }
}

}  // namespace klono::detection
