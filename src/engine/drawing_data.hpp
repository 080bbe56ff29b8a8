#pragma once
/// What the app draws, cut from samples it never holds.

#include "detection/event.hpp"
#include "engine/movement_track.hpp"
#include "protocol/messages.hpp"
#include "signal/recording.hpp"

namespace klono::engine {

/// Movement in [begin_s, end_s) at the recording's own rate or 100 Hz, whichever is lower; NaN outside the data.
protocol::Waveform waveform(const Recording& recording, const MovementTrack& track, double begin_s, double end_s);

/// Of each event what is shown of it (view::event_window).
std::vector<protocol::Waveform> event_waveforms(const Recording& recording, const MovementTrack& track, const std::vector<Event>& events);

protocol::SpectrogramReply spectrogram_reply(const Recording& recording, const MovementTrack& track, const protocol::SpectrogramRequest& request);

}  // namespace klono::engine
