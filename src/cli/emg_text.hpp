#pragma once

#include <string>

#include "detection/emg/emg_event.hpp"

namespace klono::cli {

/// What was found in each EMG channel, some lines a channel.
std::string emg_text(const EmgAnalysis& emg);

}  // namespace klono::cli
