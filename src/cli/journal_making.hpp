#pragma once

#include <cstddef>
#include <vector>

#include "signal/recording.hpp"

namespace klono::cli {

/// A recording as the page of a phone would have kept it: acceleration in m/s² rounded to 0.1 as browsers round it, a
/// reading now and then told twice, gaps noted as hidden. Empty where axes are missing.
std::vector<std::byte> journal_of(const Recording& recording);

}  // namespace klono::cli
