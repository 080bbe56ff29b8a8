#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <span>
#include <vector>

#include "detection/matched/form_null.hpp"
#include "detection/matched/jerk_energies.hpp"
#include "detection/matched/jerk_fit.hpp"
#include "detection/settings.hpp"
#include "detection/track.hpp"

namespace klono::detection {

/// A place where a jerk's form stands out of what the recording does by itself.
struct Pick {
  JerkFit fit;
  double above_level = 1.0;  ///< statistic over the level it had to reach
  double bare_step_g = 0.0;  ///< the sensor's rounding where no noise spreads it; else 0
};

/// Frames, half-open, of a movement that counts as it is: no pick with its onset there is wanted.
struct Covered {
  std::int64_t begin = 0;
  std::int64_t end = 0;
};

/// The forms for one working rate and band: dear to compute, and the same for every segment.
struct JerkForms {
  JerkForms(const dsp::MovementSplit& band, double frame_hz, const StageSettings& stages = {});

  dsp::MovementSplit split;
  double rate_hz;
  std::int64_t stride;  ///< frames an output
  JerkFitter fitter;
  std::vector<Form> bank;
};

/// The forms of the matched filters alone.
inline std::shared_ptr<const std::vector<Form>> bank_of(const std::shared_ptr<const JerkForms>& forms) { return {forms, &forms->bank}; }

/// Matched filters for jerks of a limb, on all three axes at once and of any direction: the largest energy that one of
/// three forms explains (JerkEnergies), against the recording's own null: a generalised likelihood ratio. Three
/// forms keep 0.94 to 1 of the amplitude of any jerk of 20 to 100 ms and 3 to 6 Hz (own calculation). Runs on 50 frames a
/// second, in which the movement band has no aliases.
///
/// Latency: 1.1 to 2 s. Depends on the frames alone, not on how they arrived.
class JerkBank {
 public:
  JerkBank(const DetectorSettings& settings, std::shared_ptr<const JerkForms> forms);

  /// The next blocks of the segment, which JerkEnergies makes of its frames; they may be here before their frames are asked for.
  void take(std::span<const JerkBlock> blocks) { blocks_.insert(blocks_.end(), blocks.begin(), blocks.end()); }

  /// Tells of the frames before `size`, whose blocks have been taken. `null` outlives segments; `step_g`: the sensor's rounding, 0 for none.
  /// What surely lies in one of `covered` is left out: to fit it is dear.
  void advance(const Track& track, std::int64_t size, FormNull& null, double step_g, std::span<const Covered> covered, std::deque<Pick>& picks);
  /// At the end of the data: tells what is left.
  void finish(const Track& track, FormNull& null, double step_g, std::deque<Pick>& picks);

  /// Whether advance() would do something at this size of the track.
  bool ready(std::int64_t size) const { return size >= needed() && !blocks_.empty(); }
  std::int64_t needed() const { return (made_ + kBlock + reach_ + 1) * stride_; }
  /// Frames before which every pick has been told.
  std::int64_t decided() const { return decided_ * stride_; }

  /// Peak of a jerk that is found four times out of five at the present level, in g; 0 where that is not known.
  double visible_g() const { return visible_g_; }

 private:
  static constexpr auto kBlock = static_cast<std::int64_t>(JerkBlock::kOutputs);

  void hear_block(FormNull& null, double step_g);
  void decide(const Track& track, const FormNull& null, std::int64_t end, std::span<const Covered> covered, std::deque<Pick>& picks);
  bool is_top(std::size_t at) const;
  bool surely_in(double onset, std::span<const Covered> covered) const;
  void forget();

  const DetectorSettings& settings_;
  std::shared_ptr<const JerkForms> shared_;
  std::int64_t stride_;        // frames an output
  const JerkFitter& fitter_;
  const std::vector<Form>& forms_;
  std::int64_t reach_;         // outputs after a block that it is made from
  std::int64_t spacing_;       // outputs: no two picks are nearer
  double rounding_gain_;       // variance of an output over the square of the rounding step
  std::deque<JerkBlock> blocks_;  // not yet asked for
  Whitening whitening_;        // of the newest block
  double white_gain_ = 1.0;    // root of the energy that whitening leaves of the middle form
  std::int64_t made_ = 0;
  std::int64_t decided_ = 0;
  std::int64_t first_ = 0;     // output that statistic_[0] belongs to
  std::vector<float> statistic_;
  std::vector<std::uint8_t> form_;  // which form gave it
  double noise_ = 0.0;         // variance of one axis of what whitening leaves
  double bare_step_g_ = 0.0;
  double visible_g_ = 0.0;
};

}  // namespace klono::detection
