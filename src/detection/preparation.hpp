#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "detection/conditioning.hpp"
#include "detection/detector_input.hpp"
#include "detection/matched/jerk_bank.hpp"
#include "detection/matched/jerk_energies.hpp"
#include "detection/rounding_watch.hpp"
#include "detection/sample_watch.hpp"
#include "detection/settings.hpp"
#include "detection/track.hpp"

namespace klono::detection {

/// Samples made ready for decisions: all that needs to know nothing of what was decided before. Small steps in order, so that
/// whoever decides knows at each frame as much as if the samples had come to it directly.
struct Prepared {
  enum class Kind : std::uint8_t {
    Begin,   ///< of a segment
    Frames,  ///< more of it
    End      ///< the last frames of the segment, and its end; also told where none was begun
  };
  struct Step {
    Kind kind = Kind::Frames;
    double start_s = 0.0;                    ///< the segment's
    double rate_hz = 0.0;                    ///< of its samples
    std::shared_ptr<const JerkForms> forms;  ///< of a begin
    std::size_t frames = 0;                  ///< how many of the lists below belong to it; all parts lie in order
    std::size_t blocks = 0;
    std::size_t spikes = 0;
    std::size_t saturated = 0;
    float least_step_g = 0.0F;               ///< smallest difference of neighbours, infinity where there is none
    float acceleration_step_g = 0.0F;        ///< with a gyroscope: the rounding step as the readings show it
    float swing_step_g = 0.0F;               ///< rounding step of the swing
  };
  std::vector<Step> steps;
  Frames frames;
  std::vector<JerkBlock> blocks;
  SampleWatch::Times times;

  void clear();
};

/// Compares frames with the forms of jerks. Needs the frames of a segment in order, and nothing else of it.
class Comparison {
 public:
  explicit Comparison(const StageSettings& stages) : stages_(stages) {}

  /// Adds the blocks that are complete with the frames of `step`, the last ones of `prepared`.
  void add(Prepared::Step& step, std::size_t first_frame, Prepared& prepared);
  /// The same for all of its steps, where they were made without.
  void add_all(Prepared& prepared);

 private:
  StageSettings stages_;
  std::optional<JerkEnergies> energies_;
};

/// The detector's first half: watches the samples, conditions them, and compares them with the forms of jerks. Bounded memory; the same
/// steps whatever the block sizes.
class Preparation {
 public:
  /// Whether frames are compared with the forms at once, or later by a Comparison: on another thread.
  enum class Forms : std::uint8_t { AtOnce, Later };

  Preparation(const DetectorSettings& settings, const DetectorInput& input, Forms when = Forms::AtOnce);

  /// As those of Detector; each appends to `out`.
  void begin_segment(double start_s, double rate_hz, Prepared& out);
  void push(std::span<const float> x, std::span<const float> y, std::span<const float> z, const std::array<std::span<const float>, 3>& rotation, Prepared& out);
  void end_segment(Prepared& out);

 private:
  using Spans = std::array<std::span<const float>, 3>;

  void feed(const Spans& axes, const Spans& rotation, Prepared& out);
  void watch_rounding(const Spans& rotation, std::size_t at, std::size_t count);
  bool is_coarse() const;
  float acceleration_step() const;
  std::shared_ptr<const JerkForms> forms_for(double rate_hz);
  void give(Prepared::Kind kind, Prepared& out);
  void add_step(Prepared::Step step, std::size_t first_frame, Prepared& out);
  void skip_sample(Prepared& out);

  DetectorSettings settings_;
  DetectorInput input_;
  SampleWatch watch_;
  RoundingWatch acceleration_rounding_;
  RoundingWatch rotation_rounding_;
  std::shared_ptr<const JerkForms> forms_;
  std::optional<Conditioner> conditioner_;
  std::optional<Comparison> comparison_;
  Axes held_;           // samples of the step under way
  Axes held_rotation_;
  SampleWatch::Times held_times_;
  float least_step_;    // of them
  double start_s_ = 0.0;
  double rate_hz_ = 0.0;
  std::int64_t received_ = 0;
};

}  // namespace klono::detection
