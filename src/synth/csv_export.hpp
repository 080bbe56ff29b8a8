#pragma once
/// Synthetic recordings as files, for `klonograph synth` and for other programs.

#include <string>

#include "synth/synthetic.hpp"

namespace klono::synth {

/// Comma-separated, decimal point, one header line: time (s), acceleration x, y, z (g), and where there
/// is a gyroscope rotation x, y, z (deg/s). Time to 1 microsecond on the recording's clock, values to six decimals. A gap is a jump of time.
std::string to_csv(const SyntheticRecording& made);

/// {"rate_hz", "duration_s", "events": [{"kind", "onset_s", "end_s", "peak_s", "peak_g", "snr_db",
/// "visible", "series" (number or null)}], "disturbed": [{"start_s", "end_s"}]}
std::string truth_json(const SyntheticRecording& made);

}  // namespace klono::synth
