#pragma once
/// Real recordings, where they are at hand.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/interval.hpp"
#include "signal/recording.hpp"

namespace klono::bench {

/// Regular files below `folder`, sorted.
std::vector<std::filesystem::path> files_under(const std::string& folder);

/// Read whole, samples in memory. Nothing where it cannot be read or analysed.
std::optional<Recording> recording_at(const std::filesystem::path& path);

/// The same of a recording that holds EMG: its EMG part.
std::optional<Recording> emg_recording_at(const std::filesystem::path& path);

/// Stretches of at least 8 s in which the movement (0.5 to 20 Hz) stays below 15 mg rms in each 2 s.
std::vector<TimeSpan> quiet_spans(const Recording& recording);

}  // namespace klono::bench
