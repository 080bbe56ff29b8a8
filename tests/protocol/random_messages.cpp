#include "protocol/random_messages.hpp"

#include <bit>
#include <cstdint>
#include <limits>
#include <type_traits>

namespace klono::test {
namespace {

// ---- making ---------------------------------------------------------------------------------

class Maker {
 public:
  explicit Maker(Random& random) : random_(random) {}

  bool flip() { return below(2) == 1; }
  std::uint64_t below(std::uint64_t n) { return random_() % n; }
  template <class T>
  T number() {
    const std::uint64_t bits = random_();
    if constexpr (std::is_same_v<T, double>) {
      return below(20) == 0 ? std::numeric_limits<double>::quiet_NaN() : std::bit_cast<double>(bits);
    } else if constexpr (std::is_same_v<T, float>) {
      return std::bit_cast<float>(static_cast<std::uint32_t>(bits));
    } else {
      return static_cast<T>(bits);
    }
  }
  double real() { return number<double>(); }
  std::string text() {
    std::string text(below(40), ' ');
    for (char& c : text) c = static_cast<char>(below(256));
    return text;
  }
  template <class E>
  E one_of(E last) { return static_cast<E>(below(static_cast<std::uint64_t>(last) + 1)); }
  template <class F>
  auto list(F make) {
    std::vector<decltype(make())> values;
    for (std::uint64_t i = below(6); i > 0; --i) values.push_back(make());
    return values;
  }

  TimeSpan span() { return {real(), real()}; }
  DetectorSettings settings() {
    DetectorSettings s;
    s.sensitivity = one_of(Sensitivity::Sensitive);
    s.gate = flip();
    s.conditioning = {real(), real()};
    s.candidates = {real(), real(), real(), real(), real()};
    s.rejection = {real(), real(), real(), real(), real(), real(), real(), real(), real(), real()};
    s.grouping = {real(), real(), real(), real(), real(), real()};
    return s;
  }
  Event event() {
    return {real(), real(), real(), real(), real(), real(), real(), {real(), real(), real()}, real(), real(), real(), real(),
            real(), real(), real(), one_of(EventClass::Movement), one_of(Reason::Settling), flip(), number<std::int32_t>()};
  }
  Analysis analysis() {
    Analysis a;
    a.events = list([&] { return event(); });
    a.not_counted = list([&] { return event(); });
    a.rest.long_rests = list([&] { return span(); });
    a.rest.onsets = list([&] { return SleepOnset{real(), one_of(OnsetSource::Person)}; });
    a.masks = list([&] { return Mask{span(), one_of(Reason::Settling)}; });
    a.recorded_s = real();
    a.analysable_s = real();
    a.noise_floor_g = real();
    a.step_g = real();
    a.smallest_visible_g = real();
    a.expected_false = real();
    a.tilt_checked = flip();
    a.settings = settings();
    a.detector_version = number<int>();
    return a;
  }
  EmgBurst burst() {
    return {real(), real(), real(), real(), real(), real(), real(), real(), real(), one_of(EmgKind::Activity), one_of(EmgBand::Longer), flip(), one_of(EmgReason::Settling)};
  }
  EmgChannelAnalysis emg_channel() {
    EmgChannelAnalysis c;
    c.name = text();
    c.unit = text();
    c.microvolts = flip();
    c.detail = one_of(EmgDetail::Lengths);
    for (double* value : {&c.rate_hz, &c.mains_hz, &c.recorded_s, &c.analysable_s, &c.floor_uv, &c.resolution_s}) *value = real();
    c.bursts = list([&] { return burst(); });
    c.not_counted = list([&] { return burst(); });
    c.silences = list([&] { return EmgSilence{real(), real(), real(), real(), real()}; });
    c.longer_activity = list([&] { return span(); });
    c.limb_movements = list([&] { return EmgLimbMovement{real(), real(), real(), real(), real(), flip()}; });
    c.masks = list([&] { return EmgMask{span(), one_of(EmgReason::Settling)}; });
    return c;
  }
  EmgAnalysis emg() {
    EmgAnalysis e;
    e.channels = list([&] { return emg_channel(); });
    e.together = list([&] { return EmgTogether{id(), id(), number<std::int64_t>(), real(), real(), real()}; });
    for (const EmgSettingInfo& setting : emg_setting_table()) setting.set(e.settings, real());
    e.version = number<int>();
    return e;
  }
  Error error() {
    Error e{one_of(ErrorCode::Internal), text(), text(), number<std::int64_t>(), number<std::int64_t>(), {}};
    if (flip()) e.question = Question{one_of(Question::Kind::Member), text(), text(), text()};
    return e;
  }
  protocol::RecordingInfo info() {
    protocol::RecordingInfo i;
    i.name = text();
    i.format = text();
    i.start.basis = one_of(ClockBasis::Utc);
    i.start.unix_ns = number<std::int64_t>();
    if (flip()) i.start.offset_min = number<int>();
    i.duration_s = real();
    i.rate_hz = real();
    i.num_samples = number<std::int64_t>();
    i.has_gravity = flip();
    i.amplitudes_valid = flip();
    i.partial = flip();
    i.has_movement = flip();
    i.segments = list([&] { return Segment{number<std::int64_t>(), number<std::int64_t>(), real(), real()}; });
    i.gaps = list([&] { return Gap{span(), one_of(GapReason::Paused)}; });
    i.warnings = list([&] { return Warning{text(), text()}; });
    i.marks = list([&] { return OwnMark{real(), number<int>()}; });
    i.blocks = list([&] { return Block{span(), one_of(Task::Reach)}; });
    i.context = text();
    i.planned_s = real();
    i.unfinished = flip();
    return i;
  }
  std::vector<float> floats() { return list([&] { return number<float>(); }); }
  std::vector<std::uint8_t> octets() { return list([&] { return number<std::uint8_t>(); }); }
  std::uint32_t id() { return number<std::uint32_t>(); }

 private:
  Random& random_;
};

// ---- comparing ------------------------------------------------------------------------------

bool eq(double a, double b) { return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b); }
bool eq(float a, float b) { return std::bit_cast<std::uint32_t>(a) == std::bit_cast<std::uint32_t>(b); }
template <class T>
  requires std::is_integral_v<T> || std::is_enum_v<T>
bool eq(T a, T b) { return a == b; }
bool eq(const TimeSpan& a, const TimeSpan& b) { return eq(a.begin_s, b.begin_s) && eq(a.end_s, b.end_s); }
bool eq(const Gap& a, const Gap& b) { return eq(a.span, b.span) && a.reason == b.reason; }
bool eq(const SleepOnset& a, const SleepOnset& b) { return eq(a.at_s, b.at_s) && a.source == b.source; }
bool eq(const SleepMark& a, const SleepMark& b) { return a.moment == b.moment && eq(a.at_s, b.at_s); }
bool eq(const Mask& a, const Mask& b) { return eq(a.span, b.span) && a.reason == b.reason; }
bool eq(const OwnMark& a, const OwnMark& b) { return eq(a.at_s, b.at_s) && a.strength == b.strength; }
bool eq(const Block& a, const Block& b) { return eq(a.span, b.span) && a.task == b.task; }
bool eq(const Warning& a, const Warning& b) { return a.code == b.code && a.message == b.message; }
bool eq(const Segment& a, const Segment& b) {
  return a.first_index == b.first_index && a.count == b.count && eq(a.start_s, b.start_s) && eq(a.rate_hz, b.rate_hz);
}
template <class T>
bool eq(const std::vector<T>& a, const std::vector<T>& b);
template <class T, std::size_t N>
bool eq(const std::array<T, N>& a, const std::array<T, N>& b) {
  for (std::size_t i = 0; i < N; ++i)
    if (!eq(a[i], b[i])) return false;
  return true;
}
bool eq(const DetectorSettings& a, const DetectorSettings& b) {
  if (a.sensitivity != b.sensitivity || a.gate != b.gate) return false;
  for (const SettingInfo& info : setting_table())
    if (!eq(info.get(a), info.get(b))) return false;
  return true;
}
bool eq(const Event& a, const Event& b) {
  return eq(a.onset_s, b.onset_s) && eq(a.end_s, b.end_s) && eq(a.peak_s, b.peak_s) && eq(a.duration_s, b.duration_s) &&
         eq(a.peak_g, b.peak_g) && eq(a.rise_s, b.rise_s) && eq(a.dominant_hz, b.dominant_hz) && eq(a.direction, b.direction) &&
         eq(a.floor_g, b.floor_g) && eq(a.above_floor, b.above_floor) && eq(a.tilt_change_deg, b.tilt_change_deg) &&
         eq(a.quiet_before_s, b.quiet_before_s) && eq(a.quiet_after_s, b.quiet_after_s) && eq(a.confidence, b.confidence) && eq(a.above_level_db, b.above_level_db) &&
         a.event_class == b.event_class && a.reason == b.reason && a.by_form == b.by_form && a.group == b.group;
}
bool eq(const Analysis& a, const Analysis& b) {
  return eq(a.events, b.events) && eq(a.not_counted, b.not_counted) && eq(a.masks, b.masks) && eq(a.recorded_s, b.recorded_s) &&
         eq(a.analysable_s, b.analysable_s) && eq(a.noise_floor_g, b.noise_floor_g) && eq(a.step_g, b.step_g) &&
         eq(a.smallest_visible_g, b.smallest_visible_g) && eq(a.expected_false, b.expected_false) && a.tilt_checked == b.tilt_checked && eq(a.settings, b.settings) &&
         eq(a.rest.long_rests, b.rest.long_rests) && eq(a.rest.onsets, b.rest.onsets) && a.detector_version == b.detector_version;
}
bool eq(const EmgBurst& a, const EmgBurst& b) {
  return eq(a.onset_s, b.onset_s) && eq(a.end_s, b.end_s) && eq(a.duration_s, b.duration_s) && eq(a.peak_uv, b.peak_uv) && eq(a.rms_uv, b.rms_uv) &&
         eq(a.peak_to_peak_uv, b.peak_to_peak_uv) && eq(a.floor_uv, b.floor_uv) && eq(a.above_floor, b.above_floor) && eq(a.mean_hz, b.mean_hz) &&
         a.kind == b.kind && a.band == b.band && a.on_activity == b.on_activity && a.reason == b.reason;
}
bool eq(const EmgSilence& a, const EmgSilence& b) {
  return eq(a.onset_s, b.onset_s) && eq(a.end_s, b.end_s) && eq(a.duration_s, b.duration_s) && eq(a.before_uv, b.before_uv) && eq(a.within_uv, b.within_uv);
}
bool eq(const EmgLimbMovement& a, const EmgLimbMovement& b) {
  return eq(a.onset_s, b.onset_s) && eq(a.end_s, b.end_s) && eq(a.duration_s, b.duration_s) && eq(a.peak_uv, b.peak_uv) && eq(a.rest_uv, b.rest_uv) &&
         a.in_series == b.in_series;
}
bool eq(const EmgMask& a, const EmgMask& b) { return eq(a.span, b.span) && a.reason == b.reason; }
bool eq(const EmgChannelAnalysis& a, const EmgChannelAnalysis& b) {
  return a.name == b.name && a.unit == b.unit && a.microvolts == b.microvolts && a.detail == b.detail && eq(a.rate_hz, b.rate_hz) &&
         eq(a.mains_hz, b.mains_hz) && eq(a.recorded_s, b.recorded_s) && eq(a.analysable_s, b.analysable_s) && eq(a.floor_uv, b.floor_uv) &&
         eq(a.resolution_s, b.resolution_s) && eq(a.bursts, b.bursts) && eq(a.not_counted, b.not_counted) && eq(a.silences, b.silences) &&
         eq(a.limb_movements, b.limb_movements) && eq(a.longer_activity, b.longer_activity) && eq(a.masks, b.masks);
}
bool eq(const EmgTogether& a, const EmgTogether& b) {
  return a.first == b.first && a.second == b.second && a.count == b.count && eq(a.median_lag_s, b.median_lag_s) && eq(a.low_lag_s, b.low_lag_s) &&
         eq(a.high_lag_s, b.high_lag_s);
}
bool eq(const EmgAnalysis& a, const EmgAnalysis& b) {
  for (const EmgSettingInfo& setting : emg_setting_table())
    if (!eq(setting.get(a.settings), setting.get(b.settings))) return false;
  return eq(a.channels, b.channels) && eq(a.together, b.together) && a.version == b.version;
}
bool eq(const Error& a, const Error& b) {
  if (a.question.has_value() != b.question.has_value()) return false;
  if (a.question && (a.question->kind != b.question->kind || a.question->option != b.question->option ||
                     a.question->prompt != b.question->prompt || a.question->suggestions != b.question->suggestions))
    return false;
  return a.code == b.code && a.what == b.what && a.advice == b.advice && a.line == b.line && a.offset == b.offset;
}
bool eq(const protocol::Waveform& a, const protocol::Waveform& b) {
  return eq(a.begin_s, b.begin_s) && eq(a.rate_hz, b.rate_hz) && eq(a.axes, b.axes);
}
bool eq(const protocol::RecordingInfo& a, const protocol::RecordingInfo& b) {
  return a.name == b.name && a.format == b.format && a.start.basis == b.start.basis && a.start.unix_ns == b.start.unix_ns &&
         a.start.offset_min == b.start.offset_min && eq(a.duration_s, b.duration_s) && eq(a.rate_hz, b.rate_hz) &&
         a.num_samples == b.num_samples && a.has_gravity == b.has_gravity && a.amplitudes_valid == b.amplitudes_valid &&
         a.partial == b.partial && a.has_movement == b.has_movement && eq(a.segments, b.segments) && eq(a.gaps, b.gaps) && eq(a.warnings, b.warnings) && eq(a.marks, b.marks) &&
         eq(a.blocks, b.blocks) && a.context == b.context && eq(a.planned_s, b.planned_s) && a.unfinished == b.unfinished;
}
template <class T>
bool eq(const std::vector<T>& a, const std::vector<T>& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (!eq(a[i], b[i])) return false;
  return true;
}

using namespace protocol;

bool eq(const OpenFile& a, const OpenFile& b) {
  return a.recording == b.recording && a.source == b.source && a.name == b.name && a.reading == b.reading && eq(a.settings, b.settings);
}
bool eq(const OpenExample& a, const OpenExample& b) { return a.recording == b.recording && eq(a.settings, b.settings); }
bool eq(const Reanalyse& a, const Reanalyse& b) { return a.recording == b.recording && eq(a.settings, b.settings); }
bool eq(const Cancel& a, const Cancel& b) { return a.recording == b.recording && a.keep_partial == b.keep_partial; }
bool eq(const Close& a, const Close& b) { return a.recording == b.recording; }
bool eq(const TraceRequest& a, const TraceRequest& b) {
  return a.request == b.request && a.recording == b.recording && a.mode == b.mode && eq(a.begin_s, b.begin_s) &&
         eq(a.end_s, b.end_s) && a.columns == b.columns;
}
bool eq(const SpectrogramRequest& a, const SpectrogramRequest& b) {
  return a.request == b.request && a.recording == b.recording && eq(a.begin_s, b.begin_s) && eq(a.end_s, b.end_s) &&
         a.columns == b.columns && a.rows == b.rows;
}
bool eq(const ExportRequest& a, const ExportRequest& b) {
  return a.request == b.request && a.recording == b.recording && a.kind == b.kind && a.title == b.title && eq(a.decisions, b.decisions) && a.context == b.context &&
         eq(a.sleep_marks, b.sleep_marks);
}
bool eq(const Progress& a, const Progress& b) {
  return a.recording == b.recording && a.bytes_done == b.bytes_done && a.bytes_total == b.bytes_total &&
         eq(a.share, b.share) && eq(a.analysed_s, b.analysed_s) && a.events == b.events;
}
bool eq(const Opened& a, const Opened& b) {
  return a.recording == b.recording && eq(a.info, b.info) && eq(a.analysis, b.analysis) &&
         eq(a.overview.begin_s, b.overview.begin_s) && eq(a.overview.end_s, b.overview.end_s) &&
         eq(a.overview.peak_g, b.overview.peak_g) && eq(a.waveforms, b.waveforms) && a.emg.has_value() == b.emg.has_value() &&
         (!a.emg || eq(*a.emg, *b.emg)) && eq(a.emg_overview, b.emg_overview);
}
bool eq(const Failed& a, const Failed& b) {
  return a.recording == b.recording && a.name == b.name && a.size == b.size && eq(a.error, b.error);
}
bool eq(const TraceReply& a, const TraceReply& b) {
  return a.request == b.request && a.recording == b.recording && a.mode == b.mode && eq(a.begin_s, b.begin_s) &&
         eq(a.end_s, b.end_s) && a.columns == b.columns && eq(a.min_max, b.min_max);
}
bool eq(const SpectrogramReply& a, const SpectrogramReply& b) {
  return a.request == b.request && a.recording == b.recording && eq(a.begin_s, b.begin_s) && eq(a.end_s, b.end_s) &&
         eq(a.top_hz, b.top_hz) && a.columns == b.columns && a.rows == b.rows && a.level == b.level;
}
bool eq(const ExportReply& a, const ExportReply& b) {
  return a.request == b.request && a.recording == b.recording && a.kind == b.kind && a.file_name == b.file_name &&
         a.media_type == b.media_type && a.bytes == b.bytes;
}

template <class Message>
bool same_any(const Message& a, const Message& b) {
  if (a.index() != b.index()) return false;
  return std::visit(
      [&](const auto& body) {
        return eq(body, std::get<std::remove_cvref_t<decltype(body)>>(b));
      },
      a);
}

}  // namespace

Request random_request(Random& random, std::size_t index) {
  Maker m(random);
  switch (index) {
    case 0: return OpenFile{m.id(), m.id(), m.text(), m.text(), m.settings()};
    case 1: return OpenExample{m.id(), m.settings()};
    case 2: return Reanalyse{m.id(), m.settings()};
    case 3: return Cancel{m.id(), m.flip()};
    case 4: return Close{m.id()};
    case 5: return TraceRequest{m.id(), m.id(), m.one_of(TraceMode::Emg), m.real(), m.real(), m.id()};
    case 6: return SpectrogramRequest{m.id(), m.id(), m.real(), m.real(), m.id(), m.id()};
    default:
      return ExportRequest{m.id(), m.id(), m.one_of(ExportKind::AnalysisJson), m.text(),
                           m.list([&] { return m.one_of(Decision::Rejected); }), m.text(),
                           m.list([&] { return SleepMark{m.one_of(SleepMoment::WokeUp), m.real()}; })};
  }
}

Reply random_reply(Random& random, std::size_t index) {
  Maker m(random);
  switch (index) {
    case 0: return Progress{m.id(), m.number<std::int64_t>(), m.number<std::int64_t>(), m.real(), m.real(), m.id()};
    case 1: {
      Opened opened{m.id(), m.info(), m.analysis(), {m.real(), m.real(), m.floats()}, {}, {}, m.floats()};
      if (m.flip()) opened.emg = m.emg();
      opened.waveforms = m.list([&] { return Waveform{m.real(), m.real(), {m.floats(), m.floats(), m.floats()}}; });
      return opened;
    }
    case 2: return Failed{m.id(), m.text(), m.number<std::int64_t>(), m.error()};
    case 3:
      return TraceReply{m.id(), m.id(), m.one_of(TraceMode::Emg), m.real(), m.real(), m.id(), m.floats()};
    case 4: return SpectrogramReply{m.id(), m.id(), m.real(), m.real(), m.real(), m.id(), m.id(), m.octets()};
    default: return ExportReply{m.id(), m.id(), m.one_of(ExportKind::AnalysisJson), m.text(), m.text(), m.octets()};
  }
}

bool same(const Request& a, const Request& b) { return same_any(a, b); }
bool same(const Reply& a, const Reply& b) { return same_any(a, b); }

}  // namespace klono::test
