#pragma once
/// Recordings of days: made hour after hour, so that a week needs the memory of an hour.

#include <cstdint>
#include <optional>

#include "synth/background.hpp"
#include "synth/random.hpp"
#include "synth/synthetic.hpp"

namespace klono::synth {

/// A person's days from Monday noon on. Nights from 23 to 7 h are lying with two turns an hour; days are sitting for 2 to 15 minutes
/// between walks of half a minute to 5 minutes, and handling (all chosen, so that most of the time is still and every day moves).
/// Events lie at least 6 s from movement. Jitter, lost samples, gaps, gyroscope and kind of background of the spec are not used.
class LongRecording {
 public:
  explicit LongRecording(const SyntheticSpec& spec);

  /// The next hour: its samples, and truth and disturbed spans, all on the clock of the whole. Nothing after the last one.
  std::optional<SyntheticRecording> next();

  /// Unix seconds of the first sample, of a local clock.
  static constexpr std::int64_t kStart_unix_s = 1772452800;  // 2026-03-02 12:00:00

 private:
  BackgroundPlan plan_hour(std::int64_t hour, double begin_s, double end_s);

  SyntheticSpec spec_;
  std::int64_t hour_ = 0;
  std::int32_t next_series_ = 0;
  Vec3 gravity_;
  Breathing breathing_;
};

}  // namespace klono::synth
