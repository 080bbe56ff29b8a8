#pragma once
/// Recordings as a phone's page delivers them, made inside the tests: readings with their own stamps, rounding, repeats and
/// losses, and the frames and files they end up in.

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "formats/journal.hpp"
#include "signal/recording.hpp"

namespace klono::formats::inputs {

using Vector = std::array<double, 3>;
/// Acceleration with gravity in m/s², rotation in deg/s, at a time in seconds.
using Motion = std::function<Vector(double)>;

/// Gravity on z and a sine on x.
Motion sine(double hz, double amplitude_m_s2);

/// What a browser does to a sensor.
struct Delivery {
  double rate_hz = 60.0;
  double first_ms = 5000.0;     ///< stamp of the first event
  double jitter_s = 0.0;        ///< standard deviation of the stamps; the values are those of the stamp
  double rounding = 0.0;        ///< 0.1 in Chrome
  double repeated_share = 0.0;  ///< of readings told twice, 3 ms later
  double lost_share = 0.0;
  bool acceleration = true;
  bool linear = false;
  bool rotation = true;
  bool one_sensor_each = false;  ///< events of one sensor each, a few milliseconds apart
  std::uint32_t seed = 1;
};

/// Readings over [begin_s, end_s), oldest first. Stamps are first_ms + 1000 t.
std::vector<journal::Reading> delivered(const Motion& acceleration, const Motion& rotation, double begin_s, double end_s,
                                        const Delivery& delivery = {});

/// In batches of about `per_batch`.
std::vector<journal::Frame> batches(std::span<const journal::Reading> readings, std::size_t per_batch = 15);

/// Header and anchor, the readings, and the end.
std::vector<journal::Frame> recorded(std::span<const journal::Reading> readings, std::size_t per_batch = 15);

std::vector<std::byte> journal_bytes(std::span<const journal::Frame> frames);
std::string journal_text(std::span<const journal::Frame> frames);  ///< the same bytes

std::vector<journal::Frame> joined(std::initializer_list<std::vector<journal::Frame>> parts);

/// Bit for bit, not-a-number equal to itself.
bool same(const journal::Frame& a, const journal::Frame& b);

}  // namespace klono::formats::inputs
