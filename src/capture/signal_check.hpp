#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <vector>

#include "capture/rounding_step.hpp"
#include "formats/journal.hpp"
#include "protocol/recorder.hpp"

namespace klono::capture {

/// What a sensor really delivers, from its readings: the few seconds before a recording. All figures are of delivered
/// readings, before anything is dropped or spread. Bounded memory: 12 s of readings.
///
/// Acceleration with gravity leads; where it never comes, acceleration without gravity does. Rate, jitter and duplicates
/// are those of the leading sensor, because single-sensor events come at times of their own.
class SignalCheck {
 public:
  /// `interval_as_told`: what the browser says of itself. Below 1 it counts in seconds, as only the engine does that
  /// turns all signs around; that alone settles nothing.
  void push(formats::journal::SensorKind sensor, std::span<const formats::journal::Reading> readings, double interval_as_told);

  /// The figures so far. To be asked at least each 8 s, so that no second is missed in the search for the stillest.
  protocol::recorder::Check result();

  /// +1, -1, or 0 where the sign is not settled.
  int sign() const { return sign_; }

 private:
  struct Row {
    double stamp_ms = 0.0;
    std::array<float, 3> value{};  // of the leading sensor, m/s²
  };
  using Axes = std::array<std::vector<float>, 3>;

  void see(const formats::journal::Reading& reading);
  void keep(const formats::journal::Reading& reading);
  void note_differences(const formats::journal::Reading& reading);
  void forget_old();
  double usual_step_ms() const;
  double rate_hz(double usual_ms) const;
  Axes movement(double usual_ms, double rate) const;
  void search_stillest(const Axes& movement);
  void settle_sign(double still_rms_g);
  void draw(const Axes& movement, protocol::recorder::Check& check) const;
  std::size_t first_of_last(double length_ms) const;
  double bytes_per_hour() const;

  formats::journal::SensorKind sensor_ = formats::journal::SensorKind::DeviceMotion;
  double interval_as_told_ = 0.0;
  bool acceleration_ = false, linear_ = false, rotation_ = false;
  std::array<bool, 3> axis_seen_{};
  std::deque<Row> rows_;
  std::deque<double> steps_ms_;
  double longest_step_ms_ = 0.0;
  double first_ms_ = 0.0, last_ms_ = 0.0;
  std::array<std::optional<double>, 8> last_of_ms_;  // by the sensors that a reading carries
  bool begun_ = false;
  std::int64_t compared_ = 0, equal_ = 0;
  std::optional<formats::journal::Reading> previous_;
  std::deque<formats::journal::Reading> last_second_;
  RoundingStep step_{1e-3};           // m/s²: a tenth of a mg
  RoundingStep rotation_step_{1e-3};  // deg/s
  double floor_g_ = 0.0;              // of the stillest second, without the rounding step
  double gravity_g_ = 0.0;
  bool has_floor_ = false;
  int sign_ = 0;
};

}  // namespace klono::capture
