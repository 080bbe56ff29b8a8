#include "detection/emg/emg_channel.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <optional>
#include <utility>

#include "base/words.hpp"
#include "detection/emg/emg_band.hpp"
#include "detection/emg/emg_stretch.hpp"
#include "detection/usable_value.hpp"

namespace klono {
namespace {

using detection::EmgMemory;
using detection::EmgStretch;
using detection::is_number;

constexpr double kSlowest_hz = 98.0;        // 100 Hz less the drift of real clocks
constexpr double kUsable = detection::kUsableShare;
constexpr double kBurstBand_hz = 200.0;     // usable band below which bursts are not timed
constexpr double kLengths_hz = 950.0;       // 1 kHz less 5 %
constexpr double kKeepLevelsOver_s = 60.0;  // gaps shorter than this do not silence the quiet level
constexpr double kSignalReach_s = 5.0;      // as long as mains is remembered
constexpr double kEdge_s = 0.005;           // how well onset and end of a clear burst are placed (chosen), at 1 kHz and more
constexpr double kEdgeReadings = 5.0;       // and in readings where they are slower

float median_of(std::vector<float> values) {
  if (values.empty()) return 0.0F;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

void sort_by_onset(auto& events) {
  std::ranges::sort(events, {}, [](const auto& event) { return std::pair(event.onset_s, event.end_s); });
}

}  // namespace

Result<EmgDetail> emg_detail_at(double rate_hz) {
  if (!(rate_hz >= kSlowest_hz)) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f", rate_hz);
    return Error{ErrorCode::TooSlow, fill(Word::emg_too_slow, {{"rate", text}}), std::string(word(Word::emg_too_slow_advice))};
  }
  if (kUsable * rate_hz < kBurstBand_hz) return EmgDetail::LimbMovements;
  return rate_hz < kLengths_hz ? EmgDetail::Bursts : EmgDetail::Lengths;
}

std::vector<float> emg_signal(const EmgSettings& settings, EmgDetail detail, std::span<const float> readings, double rate_hz) {
  detection::EmgBandFilter band = detection::main_band(settings.conditioning, detail, rate_hz);
  const auto hop = static_cast<std::size_t>(detection::emg_hop(rate_hz));
  std::vector<float> part;
  detection::Samples signal;
  for (std::size_t at = 0; at < readings.size(); at += hop) {
    part.assign(readings.begin() + static_cast<std::ptrdiff_t>(at), readings.begin() + static_cast<std::ptrdiff_t>(std::min(at + hop, readings.size())));
    for (float& value : part) value -= readings.front();  // large offsets would cost digits
    band.push(part);
    band.run(signal, false);
    band.hums.clear();
  }
  band.end(static_cast<std::int64_t>((readings.size() + hop - 1) / hop));
  band.run(signal, true);
  const std::span<const float> made = signal.part(0, std::min(signal.end(), static_cast<std::int64_t>(readings.size())));
  return {made.begin(), made.end()};
}

std::int64_t emg_signal_step(double rate_hz) { return detection::emg_hop(rate_hz); }
double emg_signal_reach_s() { return kSignalReach_s; }

EmgEdges emg_signal_edges(const EmgSettings& settings, EmgDetail detail, double rate_hz) {
  const EmgConditioningSettings& band = settings.conditioning;
  const bool limb = detail == EmgDetail::LimbMovements;
  return {limb ? band.limb_low_hz : band.band_low_hz, std::min(limb ? band.limb_high_hz : band.band_high_hz, kUsable * rate_hz)};
}

class EmgChannelDetector::Impl {
 public:
  Impl(const EmgSettings& settings, std::string name, std::string unit, double rate_hz, EmgListener listener)
      : settings_(settings), memory_(settings_), listener_(std::move(listener)) {
    result_.name = std::move(name);
    result_.microvolts = unit == "uV";
    result_.unit = std::move(unit);
    result_.rate_hz = rate_hz;
    const Result<EmgDetail> detail = emg_detail_at(rate_hz);
    result_.detail = detail.ok() ? detail.value() : EmgDetail::LimbMovements;
    result_.resolution_s = std::max(kEdge_s, kEdgeReadings / std::max(rate_hz, 1.0));
  }

  void begin_segment(double start_s, double rate_hz) {
    end_segment();
    start_s_ = start_s;
    segment_first_ = total_;
    segment_hz_ = emg_detail_at(rate_hz).ok() ? rate_hz : 0.0;
    pushed_ = 0;
  }

  void push(std::span<const float> samples) {
    total_ += static_cast<std::int64_t>(samples.size());
    if (!(segment_hz_ > 0.0)) return;
    for (std::size_t at = 0; at < samples.size();) {
      std::size_t end = at;
      while (end < samples.size() && is_number(samples[end])) ++end;
      if (end > at) {
        if (!stretch_) begin_stretch();
        stretch_->push(samples.subspan(at, end - at));
      }
      if (end < samples.size()) {
        pushed_ += static_cast<std::int64_t>(end - at) + 1;
        end_segment();
        at = end + 1;
      } else {
        pushed_ += static_cast<std::int64_t>(end - at);
        at = end;
      }
    }
  }

  void end_segment() {
    if (!stretch_) return;
    stretch_->finish();
    last_end_s_ = stretch_->end_s();
    result_.recorded_s += last_end_s_ - stretch_start_s_;
    stretch_.reset();
  }

  EmgChannelAnalysis finish() {
    end_segment();
    sort_by_onset(result_.bursts);
    sort_by_onset(result_.not_counted);
    sort_by_onset(result_.silences);
    detection::mark_series(settings_.limb, result_.limb_movements);
    double masked_s = 0.0;
    for (const EmgMask& mask : result_.masks) masked_s += mask.span.length_s();
    result_.analysable_s = std::max(0.0, result_.recorded_s - masked_s);
    result_.floor_uv = static_cast<double>(median_of(memory_.floors));
    for (const std::size_t m : {0U, 1U})
      if (2 * memory_.hops_with_mains[m] > memory_.hops) result_.mains_hz = m == 0 ? 50.0 : 60.0;
    return std::move(result_);
  }

 private:
  void begin_stretch() {
    stretch_start_s_ = start_s_ + static_cast<double>(pushed_) / segment_hz_;
    if (stretch_start_s_ - last_end_s_ > kKeepLevelsOver_s)
      for (auto* level : {&memory_.floor, &memory_.teager_floor, &memory_.rest}) level->restart();
    EmgStretch::Listener listener;
    const std::int64_t begin = segment_first_ + pushed_;
    if (listener_) listener = [this, begin](std::int64_t first, std::span<const float> signal) { listener_({begin, begin + first}, signal); };
    stretch_.emplace(settings_, result_.detail, result_.microvolts, stretch_start_s_, segment_hz_, memory_, result_, std::move(listener));
  }

  EmgSettings settings_;
  EmgChannelAnalysis result_;
  EmgMemory memory_;
  EmgListener listener_;
  std::optional<EmgStretch> stretch_;
  double start_s_ = 0.0;
  double segment_hz_ = 0.0;
  double stretch_start_s_ = 0.0;
  double last_end_s_ = 0.0;
  std::int64_t pushed_ = 0;  // samples of the segment so far
  std::int64_t segment_first_ = 0;
  std::int64_t total_ = 0;
};

EmgChannelDetector::EmgChannelDetector(const EmgSettings& settings, std::string name, std::string unit, double rate_hz, EmgListener listener)
    : impl_(std::make_unique<Impl>(settings, std::move(name), std::move(unit), rate_hz, std::move(listener))) {}
EmgChannelDetector::~EmgChannelDetector() = default;
EmgChannelDetector::EmgChannelDetector(EmgChannelDetector&&) noexcept = default;
EmgChannelDetector& EmgChannelDetector::operator=(EmgChannelDetector&&) noexcept = default;
void EmgChannelDetector::begin_segment(double start_s, double rate_hz) { impl_->begin_segment(start_s, rate_hz); }
void EmgChannelDetector::push(std::span<const float> samples) { impl_->push(samples); }
void EmgChannelDetector::end_segment() { impl_->end_segment(); }
EmgChannelAnalysis EmgChannelDetector::finish() { return impl_->finish(); }

}  // namespace klono
