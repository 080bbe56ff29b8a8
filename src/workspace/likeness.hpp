#pragma once

#include <span>
#include <vector>

#include "detection/event.hpp"
#include "protocol/messages.hpp"

namespace klono::workspace {

/// How unlike the others each event looks, 0 (the same shape) to 2 (the opposite): one minus the
/// correlation of its |movement|, scaled to its own peak, with the median shape of all events. Shapes
/// are aligned at onset and compared from 0.25 s before to 0.75 s after it (chosen: the span of a film
/// tile). An event without samples, or a flat one, counts 1. `waveforms` is parallel to `events`;
/// missing ones count as without samples.
std::vector<double> oddness(std::span<const Event> events, std::span<const protocol::Waveform> waveforms);

}  // namespace klono::workspace
