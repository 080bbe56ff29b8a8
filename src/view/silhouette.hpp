#pragma once

#include <span>
#include <vector>

namespace klono::view {

/// Heights 0..1 of a silhouette: the square root of the movement, so that a twitch of 0.1 g is seen beside a turn of 1 g.
/// Full height is the largest value, but at most 1 g and at least 0.15 g, so that quiet looks quiet (chosen). -1 where
/// there is no data.
std::vector<float> silhouette_heights(std::span<const float> peak_g);

/// The same of EMG, in multiples of the quiet level: full height is the largest, but at least 20 and at most 100 (chosen).
std::vector<float> emg_silhouette_heights(std::span<const float> above_floor);

}  // namespace klono::view
