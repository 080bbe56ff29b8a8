#pragma once
/// EMG in its band, by the bench's own transform: what sizes and levels of the truth are measured on.

#include <cstddef>
#include <vector>

#include "base/interval.hpp"

namespace klono::bench {

inline constexpr double kEmgLow_hz = 20.0;
inline constexpr double kEmgHigh_hz = 300.0;  ///< or 0.45 of the rate

/// Without what lies outside of the band (edges of 10 and 20 Hz, so that it rings no longer than 0.1 s); with `no_mains` also without
/// 1 Hz to both sides of each multiple of 50 and 60 Hz, which rings for a second. The whole is one block: its ends wrap.
std::vector<double> emg_in_band(const std::vector<double>& signal, double rate_hz, bool no_mains);

/// How loud a background is around a moment: the median of its rms over 0.2 s within 4 s to both sides, so that heart beats, cables
/// and contractions do not count.
class EmgLevel {
 public:
  EmgLevel(const std::vector<double>& background, double rate_hz, bool has_mains);
  double at(double t_s) const;
  /// Each 0.2 s and its rms.
  const std::vector<double>& windows() const { return windows_; }
  static constexpr double kWindow_s = 0.2;

 private:
  std::vector<double> windows_;
};

/// Stretches of at least 2 s in which the rms over 0.2 s stays below 1.7 times that of the stillest fifth (chosen), less 0.3 s
/// at both ends.
std::vector<TimeSpan> emg_still_spans(const EmgLevel& level);

}  // namespace klono::bench
