#include "detection/emg/emg_analysis.hpp"

#include <algorithm>
#include <cmath>
#include <span>
#include <string>
#include <utility>

#include "base/words.hpp"
#include "detection/stepwise_analysis.hpp"

namespace klono {
namespace {

constexpr std::int64_t kWindow = 1 << 16;  // samples decoded at a time

std::vector<const Channel*> emg_channels(const Recording& recording) {
  std::vector<const Channel*> channels;
  for (const Channel& channel : recording.channels)
    if (channel.role == ChannelRole::Emg) channels.push_back(&channel);
  return channels;
}

/// The onsets of `bursts` without longer activity, which has no one onset that could be compared.
std::vector<double> onsets_of(const EmgChannelAnalysis& channel) {
  std::vector<double> onsets;
  for (const EmgBurst& burst : channel.bursts)
    if (burst.kind != EmgKind::Activity) onsets.push_back(burst.onset_s);
  return onsets;
}

std::optional<double> nearest(const std::vector<double>& sorted, double value, double window) {
  const auto after = std::ranges::lower_bound(sorted, value);
  std::optional<double> best;
  if (after != sorted.end() && *after - value <= window) best = *after;
  if (after != sorted.begin() && value - *(after - 1) <= window && (!best || value - *(after - 1) <= *best - value)) best = *(after - 1);
  return best;
}

double quantile(const std::vector<double>& sorted, double q) {
  return sorted[static_cast<std::size_t>(std::lround(q * static_cast<double>(sorted.size() - 1)))];
}

}  // namespace

const Recording* emg_of(const Recording& recording) {
  if (recording.emg) return recording.emg.get();
  return recording.find(ChannelRole::Emg) != nullptr ? &recording : nullptr;
}

bool is_emg_alone(const Recording& recording) { return movement_channels(recording)[0] == nullptr && emg_of(recording) != nullptr; }

Status check_emg(const Recording& emg) {
  if (emg.find(ChannelRole::Emg) == nullptr)
    return Error{ErrorCode::NoAcceleration, std::string(word(Word::emg_no_channel)), std::string(word(Word::emg_no_channel_advice))};
  if (emg.segments.empty())
    return Error{ErrorCode::Empty, std::string(word(Word::formats_no_readings)), std::string(word(Word::formats_empty_advice))};
  KLONO_CHECK(emg_detail_at(emg.rate_hz));
  return Done{};
}

StepwiseEmg::StepwiseEmg(const Recording& recording, const EmgSettings& settings, const EmgChannelListener& listener)
    : recording_(&recording), settings_(settings) {
  const std::vector<const Channel*> channels = emg_channels(recording);
  for (std::size_t k = 0; k < channels.size(); ++k) {
    EmgListener of_channel;
    if (listener) of_channel = [listener, k](const EmgPlace& place, std::span<const float> signal) { listener(k, place, signal); };
    detectors_.emplace_back(settings, channels[k]->name, channels[k]->unit, recording.rate_hz, std::move(of_channel));
  }
  for (std::size_t at = 0; at < channels.size(); at += SampleReader::kMost)
    readers_.emplace_back(recording, std::span(channels).subspan(at, std::min(SampleReader::kMost, channels.size() - at)));
}

Result<StepwiseEmg> StepwiseEmg::begin(const Recording& recording, const EmgSettings& settings, const EmgChannelListener& listener) {
  KLONO_CHECK(check_emg(recording));
  return StepwiseEmg(recording, settings, listener);
}

bool StepwiseEmg::step(std::int64_t most_samples) {
  while (most_samples > 0 && segment_ < recording_->segments.size()) {
    const Segment& segment = recording_->segments[segment_];
    if (!inside_)
      for (EmgChannelDetector& detector : detectors_) detector.begin_segment(segment.start_s, segment.rate_hz);
    if (!inside_) next_ = segment.first_index;
    inside_ = true;
    const std::int64_t count = std::min({most_samples, kWindow, segment.end_index() - next_});
    for (SampleReader& reader : readers_) reader.read(next_, next_ + count);
    for (std::size_t k = 0; k < detectors_.size(); ++k) detectors_[k].push(readers_[k / SampleReader::kMost][k % SampleReader::kMost]);
    next_ += count;
    most_samples -= count;
    if (next_ < segment.end_index()) continue;
    for (EmgChannelDetector& detector : detectors_) detector.end_segment();
    inside_ = false;
    ++segment_;
  }
  return segment_ < recording_->segments.size();
}

double StepwiseEmg::analysed_s() const {
  if (segment_ >= recording_->segments.size()) return recording_->duration_s();
  return inside_ ? recording_->segments[segment_].time_of(next_) : recording_->segments[segment_].start_s;
}

EmgAnalysis StepwiseEmg::finish() {
  EmgAnalysis analysis;
  analysis.settings = settings_;
  for (EmgChannelDetector& detector : detectors_) analysis.channels.push_back(detector.finish());
  analysis.together = bursts_together(analysis.channels, settings_.signal.together_s);
  return analysis;
}

Result<EmgAnalysis> analyse_emg(const Recording& recording, const EmgSettings& settings) {
  KLONO_TRY(StepwiseEmg analysis, StepwiseEmg::begin(recording, settings));
  while (analysis.step(kWindow)) {
  }
  return analysis.finish();
}

std::vector<EmgTogether> bursts_together(const std::vector<EmgChannelAnalysis>& channels, double window_s) {
  std::vector<EmgTogether> pairs;
  for (std::size_t first = 0; first < channels.size(); ++first) {
    const std::vector<double> from = onsets_of(channels[first]);
    for (std::size_t second = first + 1; second < channels.size(); ++second) {
      const std::vector<double> to = onsets_of(channels[second]);
      std::vector<double> lags;
      for (const double onset : from) {
        const std::optional<double> partner = nearest(to, onset, window_s);
        // Both must be each other's nearest, so that no burst is counted twice.
        if (partner && nearest(from, *partner, window_s) == onset) lags.push_back(*partner - onset);
      }
      if (lags.empty()) continue;
      std::ranges::sort(lags);
      pairs.push_back({static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(second), static_cast<std::int64_t>(lags.size()), quantile(lags, 0.5), quantile(lags, 0.25), quantile(lags, 0.75)});
    }
  }
  return pairs;
}

}  // namespace klono
