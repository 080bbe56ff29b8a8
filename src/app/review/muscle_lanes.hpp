#pragma once
/// EMG channels as lanes: trace, quiet level, what was found as spans, what could not be analysed.

#include <cstddef>
#include <optional>

#include "app/review/gl_layer.hpp"
#include "app/review/scene.hpp"
#include "app/review/timeline.hpp"

namespace klono::app::review {

void draw_muscle(const Scene& scene, const TimelineLayout& layout, const TimeScale& scale, GlLayer& layer);

/// All channels' bursts above the lanes, where there are no events of movement.
void draw_muscle_marks(const Scene& scene, const TimelineLayout& layout, const TimeScale& scale);

/// The item nearest to `x` within `reach`, of one channel or of all: index into Entry::muscle.
std::optional<std::size_t> muscle_at(const Scene& scene, const TimeScale& scale, float x, float reach, std::optional<std::size_t> channel);

/// Indices [first, last) of the items that may be seen in `span`.
std::pair<std::size_t, std::size_t> muscle_in(const Scene& scene, const TimeSpan& span);

}  // namespace klono::app::review
