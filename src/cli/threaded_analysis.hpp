#pragma once

#include "detection/event.hpp"
#include "detection/settings.hpp"
#include "signal/recording.hpp"

namespace klono::cli {

/// As analyse(): the same to the last bit. One thread decodes and conditions samples, another compares them with the forms of jerks,
/// this one decides; where there is one processor only, or the parts of a guided test are to be kept apart, this one does all.
/// Some megabytes are under way at most.
Analysis analyse_on_threads(const Recording& recording, const DetectorSettings& settings);

}  // namespace klono::cli
