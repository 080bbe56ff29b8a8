#pragma once
/// One event, its three axes overlaid and aligned at onset.

#include "app/review/scene.hpp"

namespace klono::app::review {

struct PlotLook {
  float line = 1.5F;
  bool axes = false;  ///< size and time ticks; the lower 22 pixels hold the time
};

/// Does not change when no waveform was sent: then only onset and length are drawn.
void event_plot(const Scene& scene, const ui::Rect& rect, std::size_t index, const PlotLook& look);

}  // namespace klono::app::review
