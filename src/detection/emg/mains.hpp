#pragma once

#include <complex>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <vector>

#include "detection/emg/samples.hpp"

namespace klono::detection {

/// What is known of mains in one hop.
struct Hum {
  double mains_hz = 0.0;  ///< 50 or 60 where found, else 0
  double square = 0.0;    ///< its mean square, harmonics included
};

/// Takes mains and its harmonics out of a band-limited signal. In each hop of 50 ms amplitude and phase are those of a
/// Hann-weighted half second to both sides, where louder hops weigh less, so that a burst leaves no echo; between hops they
/// are interpolated. No phase is turned. Whether it is 50 or 60 Hz, or none, is told from the power at each against that
/// 4 Hz beside it over some seconds. Latency: 11 hops.
class MainsRemover {
 public:
  MainsRemover(double rate_hz, std::int64_t hop, double high_hz, double above);

  /// One hop of samples. Appends a hop to `out`, and to `hums` what was found in it, when one is complete.
  void push(std::span<const float> hop, Samples& out, std::deque<Hum>& hums);
  void finish(Samples& out, std::deque<Hum>& hums);

 private:
  using Complex = std::complex<double>;
  struct Line {
    double base_hz;  ///< 50 or 60; 0 for a neighbour
    double hz;
  };
  struct Hop {
    std::vector<float> samples;
    std::vector<Complex> sums;  ///< of each line
    double square = 0.0;
  };
  struct Estimate {
    std::vector<Complex> amplitude;  ///< of each line, at the middle of the hop
    Hum hum;
  };

  void emit(Samples& out, std::deque<Hum>& hums, bool last);
  Estimate estimate(std::int64_t hop, std::int64_t newest);
  double decide(const std::vector<Complex>& amplitude);
  void subtract(std::int64_t hop, std::span<float> out) const;
  Complex phase(const Line& line, std::int64_t sample) const;

  double rate_hz_;
  std::int64_t hop_;
  double above_;
  std::vector<Line> lines_;
  std::deque<Hop> hops_;           // hops_[0] is hop first_
  std::int64_t first_ = 0;
  std::deque<Estimate> estimates_;  // the previous, this and the next hop
  std::int64_t emitted_ = 0;
  std::int64_t estimated_ = 0;
  double power_[2] = {};      // at 50 and 60 Hz, forgetting
  double neighbours_[2] = {};
};

}  // namespace klono::detection
