#pragma once
/// EMG traces for tests, and what the analysis says about them.

#include <cstddef>
#include <string>
#include <vector>

#include "detection/emg/emg_analysis.hpp"
#include "synth/emg.hpp"

namespace klono::test {

/// One channel of samples.
struct Trace {
  std::vector<float> samples;
  double rate_hz = 1000.0;
  double start_s = 0.0;
  std::string unit = "uV";
};

Trace trace_of(const synth::SyntheticEmg& made);

/// Pushed in blocks of this size.
EmgChannelAnalysis detect(const Trace& trace, std::size_t block = 4096, const EmgSettings& settings = {});

/// Counted bursts that overlap this stretch.
std::size_t bursts_in(const EmgChannelAnalysis& analysis, double begin_s, double end_s);
std::size_t not_counted_for(const EmgChannelAnalysis& analysis, EmgReason reason);
double masked_s(const EmgChannelAnalysis& analysis, EmgReason reason);

/// Same events; times moved by `shift_s`, sizes by `gain`; figures within `tolerance`, relative.
void check_same(const EmgChannelAnalysis& a, const EmgChannelAnalysis& b, double tolerance = 0.0, double gain = 1.0, double shift_s = 0.0);

}  // namespace klono::test
