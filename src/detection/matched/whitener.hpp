#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <vector>

#include "detection/settings.hpp"

namespace klono::detection {

/// A linear prediction common to the three axes, and how much noise it leaves in which direction. As it is made, nothing
/// can be foretold.
class Whitening {
 public:
  static constexpr std::size_t kOrder = 8;

  using Axes = std::array<std::span<const float>, 3>;

  /// in.size() - kOrder values that cannot be foretold.
  void run(std::span<const float> in, std::span<float> out) const;
  /// What run() makes of a form that begins and ends in nothing: longer by kOrder, of unit energy.
  std::vector<float> form_of(std::span<const float> form) const;
  /// Root of the energy that a form of unit energy keeps in run().
  double gain_of(std::span<const float> form) const;
  /// Room for one form, to be used again for the next.
  struct FormRoom {
    std::vector<float> around;
    std::vector<float> made;  ///< form_of()
  };
  /// Both of these at once: leaves form_of() in `room.made` and gives gain_of().
  double whiten_form(std::span<const float> form, FormRoom& room) const;
  /// Mean square of one axis of what run() leaves, in the quieter blocks; 0 before anything was learned.
  double noise() const { return noise_; }
  /// Square of the length of an output, each direction against its own noise; as large as without a direction on average.
  float energy(float x, float y, float z) const { return energy_of(precision_, x, y, z); }
  /// The same of many outputs side by side; all spans as long as `energies`.
  void energy(const Axes& outputs, std::span<float> energies) const;

 private:
  friend class Whitener;
  using Precision = std::array<float, 6>;
  static float energy_of(const Precision& p, float x, float y, float z) {
    return p[0] * x * x + p[1] * y * y + p[2] * z * z + 2.0F * (p[3] * x * y + p[4] * x * z + p[5] * y * z);
  }

  double noise_ = 0.0;
  std::array<float, kOrder + 1> reversed_ = {0, 0, 0, 0, 0, 0, 0, 0, 1.0F};  // taps of the prediction error, the newest last
  Precision precision_ = {1.0F, 1.0F, 1.0F, 0.0F, 0.0F, 0.0F};
};

/// Takes away what can be foretold: movement that goes on as it did in the last seconds (tremor, steps, heart beats, the
/// colour of noise). A linear prediction common to the three axes, from their summed autocorrelation over the past half
/// minute, and the covariance of what it leaves, so that a direction in which much moves counts
/// for less. Neither depends on how the sensor lies. The louder three fifths of the blocks are left out of both: events do not
/// teach it their own form.
class Whitener {
 public:
  static constexpr std::size_t kOrder = Whitening::kOrder;
  using Axes = Whitening::Axes;

  explicit Whitener(const StageSettings& stages = {}) : stages_(stages) {}

  /// One block of movement, with kOrder values before it.
  void learn(const Axes& with_past);
  /// The same where it is known what now().run() makes of the block: `left`.
  void learn(const Axes& with_past, const Axes& left);

  /// What was learned so far.
  const Whitening& now() const { return now_; }
  /// How often the prediction was made anew.
  std::int64_t solved() const { return solved_; }

 private:
  struct Block {
    double size = 0.0;
    double loudness = 0.0;
    /// Sums of products of values j and k before each of the block, j <= k, row after row, of the three axes: what any
    /// prediction leaves follows from them exactly.
    std::array<double, (kOrder + 1) * (kOrder + 2) / 2> products{};
    std::array<double, 6> left{};  // xx, yy, zz, xy, xz, yz of what could not be foretold
  };
  static void add_products(std::span<const float> x, Block& block);
  /// Sums over the quieter blocks.
  Block quiet_sums();
  void solve();

  StageSettings stages_;
  std::deque<Block> blocks_;
  Whitening now_;
  std::int64_t learned_ = 0;
  std::int64_t solved_ = 0;
  std::vector<double> loudness_;  // of the blocks, while they are told apart
};

}  // namespace klono::detection
