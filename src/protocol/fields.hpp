#pragma once
/// What travels, in order: one list a struct, for both directions. A visitor `v` is called as
/// v(struct, field…) and must see every field; see wire.hpp.

#include <concepts>
#include <type_traits>

#include "protocol/messages.hpp"

namespace klono {

/// M is T or const T.
template <class M, class T>
concept Either = std::same_as<std::remove_const_t<M>, T>;

// ---- values -------------------------------------------------------------------------------

template <class V, Either<Done> M>
void visit_fields(V&, M&) {}

template <class V, Either<TimeSpan> M>
void visit_fields(V& v, M& m) { v(m, m.begin_s, m.end_s); }

template <class V, Either<Question> M>
void visit_fields(V& v, M& m) { v(m, m.kind, m.option, m.prompt, m.suggestions); }

template <class V, Either<Error> M>
void visit_fields(V& v, M& m) { v(m, m.code, m.what, m.advice, m.line, m.offset, m.question); }

template <class V, Either<Segment> M>
void visit_fields(V& v, M& m) { v(m, m.first_index, m.count, m.start_s, m.rate_hz); }

template <class V, Either<Gap> M>
void visit_fields(V& v, M& m) { v(m, m.span, m.reason); }

template <class V, Either<OwnMark> M>
void visit_fields(V& v, M& m) { v(m, m.at_s, m.strength); }

template <class V, Either<Block> M>
void visit_fields(V& v, M& m) { v(m, m.span, m.task); }

template <class V, Either<WallClock> M>
void visit_fields(V& v, M& m) { v(m, m.basis, m.unix_ns, m.offset_min); }

template <class V, Either<Warning> M>
void visit_fields(V& v, M& m) { v(m, m.code, m.message); }

template <class V, Either<ConditioningSettings> M>
void visit_fields(V& v, M& m) { v(m, m.split_half_s, m.band_high_hz); }

template <class V, Either<CandidateSettings> M>
void visit_fields(V& v, M& m) { v(m, m.floor_window_s, m.floor_multiple, m.smallest_peak_g, m.false_per_hour, m.matched_share, m.off_fraction, m.envelope_s, m.coarse_step_g); }

template <class V, Either<RejectionSettings> M>
void visit_fields(V& v, M& m) {
  v(m, m.longest_rise_s, m.quiet_s, m.largest_tilt_deg, m.shortest_event_s, m.knock_above_hz, m.tremor_low_hz,
    m.tremor_high_hz, m.tremor_narrowness, m.body_movement_s, m.body_margin_s);
}

template <class V, Either<GroupingSettings> M>
void visit_fields(V& v, M& m) {
  v(m, m.twitch_below_s, m.limb_movement_below_s, m.series_gap_s, m.rhythmic_cv_below, m.rhythmic_members, m.rhythmic_interval_s);
}

template <class V, Either<StageSettings> M>
void visit_fields(V& v, M& m) {
  v(m, m.foretelling, m.directions, m.three_forms, m.near_null, m.own_tail, m.other_causes, m.unexplained_rest);
}

template <class V, Either<DetectorSettings> M>
void visit_fields(V& v, M& m) { v(m, m.sensitivity, m.gate, m.conditioning, m.candidates, m.rejection, m.grouping, m.stages); }

template <class V, Either<Event> M>
void visit_fields(V& v, M& m) {
  v(m, m.onset_s, m.end_s, m.peak_s, m.duration_s, m.peak_g, m.rise_s, m.dominant_hz, m.direction, m.floor_g,
    m.above_floor, m.tilt_change_deg, m.quiet_before_s, m.quiet_after_s, m.confidence, m.above_level_db, m.event_class, m.reason, m.by_form, m.group);
}

template <class V, Either<Mask> M>
void visit_fields(V& v, M& m) { v(m, m.span, m.reason); }

template <class V, Either<SleepOnset> M>
void visit_fields(V& v, M& m) { v(m, m.at_s, m.source); }

template <class V, Either<SleepMark> M>
void visit_fields(V& v, M& m) { v(m, m.moment, m.at_s); }

template <class V, Either<RestEstimate> M>
void visit_fields(V& v, M& m) { v(m, m.long_rests, m.onsets); }

template <class V, Either<Analysis> M>
void visit_fields(V& v, M& m) {
  v(m, m.events, m.not_counted, m.masks, m.recorded_s, m.analysable_s, m.noise_floor_g, m.step_g, m.smallest_visible_g,
    m.expected_false, m.rest, m.tilt_checked, m.settings, m.detector_version);
}

template <class V, Either<EmgConditioningSettings> M>
void visit_fields(V& v, M& m) { v(m, m.band_low_hz, m.band_high_hz, m.limb_low_hz, m.limb_high_hz, m.mains_above); }

template <class V, Either<EmgBurstSettings> M>
void visit_fields(V& v, M& m) {
  v(m, m.envelope_s, m.floor_window_s, m.on_multiple, m.off_multiple, m.steady_s, m.steady_multiple, m.smallest_uv, m.edge_share, m.merge_s, m.shortest_s, m.potential_s,
    m.potential_alone_s, m.potential_least_uv, m.longest_s, m.slow_below_hz);
}

template <class V, Either<EmgSilenceSettings> M>
void visit_fields(V& v, M& m) { v(m, m.shortest_s, m.longest_s, m.level_share, m.activity_s, m.activity_least_uv); }

template <class V, Either<EmgLimbSettings> M>
void visit_fields(V& v, M& m) {
  v(m, m.on_uv, m.off_uv, m.off_s, m.shortest_s, m.longest_s, m.series_interval_low_s, m.series_interval_high_s, m.series_members);
}

template <class V, Either<EmgSignalSettings> M>
void visit_fields(V& v, M& m) { v(m, m.hum_share, m.flat_s, m.together_s); }

template <class V, Either<EmgSettings> M>
void visit_fields(V& v, M& m) { v(m, m.conditioning, m.bursts, m.silences, m.limb, m.signal); }

template <class V, Either<EmgBurst> M>
void visit_fields(V& v, M& m) {
  v(m, m.onset_s, m.end_s, m.duration_s, m.peak_uv, m.rms_uv, m.peak_to_peak_uv, m.floor_uv, m.above_floor, m.mean_hz, m.kind, m.band,
    m.on_activity, m.reason);
}

template <class V, Either<EmgSilence> M>
void visit_fields(V& v, M& m) { v(m, m.onset_s, m.end_s, m.duration_s, m.before_uv, m.within_uv); }

template <class V, Either<EmgLimbMovement> M>
void visit_fields(V& v, M& m) { v(m, m.onset_s, m.end_s, m.duration_s, m.peak_uv, m.rest_uv, m.in_series); }

template <class V, Either<EmgMask> M>
void visit_fields(V& v, M& m) { v(m, m.span, m.reason); }

template <class V, Either<EmgChannelAnalysis> M>
void visit_fields(V& v, M& m) {
  v(m, m.name, m.unit, m.microvolts, m.detail, m.rate_hz, m.mains_hz, m.recorded_s, m.analysable_s, m.floor_uv, m.resolution_s, m.bursts,
    m.not_counted, m.silences, m.limb_movements, m.longer_activity, m.masks);
}

template <class V, Either<EmgTogether> M>
void visit_fields(V& v, M& m) { v(m, m.first, m.second, m.count, m.median_lag_s, m.low_lag_s, m.high_lag_s); }

template <class V, Either<EmgAnalysis> M>
void visit_fields(V& v, M& m) { v(m, m.channels, m.together, m.settings, m.version); }

namespace protocol {

template <class V, Either<Silhouette> M>
void visit_fields(V& v, M& m) { v(m, m.begin_s, m.end_s, m.peak_g); }

template <class V, Either<Waveform> M>
void visit_fields(V& v, M& m) { v(m, m.begin_s, m.rate_hz, m.axes); }

template <class V, Either<RecordingInfo> M>
void visit_fields(V& v, M& m) {
  v(m, m.name, m.format, m.start, m.duration_s, m.rate_hz, m.num_samples, m.has_gravity, m.amplitudes_valid, m.partial,
    m.has_movement, m.segments, m.gaps, m.warnings, m.marks, m.blocks, m.context, m.planned_s, m.unfinished);
}

// ---- app -> engine ------------------------------------------------------------------------

template <class V, Either<OpenFile> M>
void visit_fields(V& v, M& m) { v(m, m.recording, m.source, m.name, m.reading, m.settings); }

template <class V, Either<OpenExample> M>
void visit_fields(V& v, M& m) { v(m, m.recording, m.settings); }

template <class V, Either<Reanalyse> M>
void visit_fields(V& v, M& m) { v(m, m.recording, m.settings); }

template <class V, Either<Cancel> M>
void visit_fields(V& v, M& m) { v(m, m.recording, m.keep_partial); }

template <class V, Either<Close> M>
void visit_fields(V& v, M& m) { v(m, m.recording); }

template <class V, Either<TraceRequest> M>
void visit_fields(V& v, M& m) { v(m, m.request, m.recording, m.mode, m.begin_s, m.end_s, m.columns); }

template <class V, Either<SpectrogramRequest> M>
void visit_fields(V& v, M& m) { v(m, m.request, m.recording, m.begin_s, m.end_s, m.columns, m.rows); }

template <class V, Either<ExportRequest> M>
void visit_fields(V& v, M& m) { v(m, m.request, m.recording, m.kind, m.title, m.decisions, m.context, m.sleep_marks); }

// ---- engine -> app ------------------------------------------------------------------------

template <class V, Either<Progress> M>
void visit_fields(V& v, M& m) { v(m, m.recording, m.bytes_done, m.bytes_total, m.share, m.analysed_s, m.events); }

template <class V, Either<Opened> M>
void visit_fields(V& v, M& m) { v(m, m.recording, m.info, m.analysis, m.overview, m.waveforms, m.emg, m.emg_overview); }

template <class V, Either<Failed> M>
void visit_fields(V& v, M& m) { v(m, m.recording, m.name, m.size, m.error); }

template <class V, Either<TraceReply> M>
void visit_fields(V& v, M& m) { v(m, m.request, m.recording, m.mode, m.begin_s, m.end_s, m.columns, m.min_max); }

template <class V, Either<SpectrogramReply> M>
void visit_fields(V& v, M& m) {
  v(m, m.request, m.recording, m.begin_s, m.end_s, m.top_hz, m.columns, m.rows, m.level);
}

template <class V, Either<ExportReply> M>
void visit_fields(V& v, M& m) { v(m, m.request, m.recording, m.kind, m.file_name, m.media_type, m.bytes); }

}  // namespace protocol
}  // namespace klono
