#include "bench/hard_scenarios.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <iterator>
#include <utility>

#include "bench/recordings.hpp"
#include "bench/score.hpp"
#include "synth/band_level.hpp"

namespace klono::bench {
namespace {

namespace fs = std::filesystem;

constexpr std::array kRates_hz = {100.0, 50.0, 25.0, 200.0, 60.0};
constexpr std::array kNoise_g = {0.002, 0.0005, 0.004, 0.001, 0.008, 0.0015, 0.003};
constexpr std::array kClocks = {1.0, 0.987, 1.004};  // true over nominal rate; phones and watches are off by up to 2 %
constexpr std::array kJitter_s = {0.0, 0.001, 0.003, 0.0};
constexpr double kStep_g = 0.1 / 9.80665;
constexpr double kLevelSpan_s = 8.0;
constexpr double kShrink_s = 0.5;
constexpr double kStillTimes = 1.7;  // the level of the stillest fifth (chosen)
constexpr int kTimesEachFile = 3;  // real files are minutes long: each is used again with other events

/// Seeds of the splits never meet: the split is the highest digit.
std::uint64_t seed_of(Activity activity, Split split, int number) {
  return 1'000'000'000ULL * (split == Split::Train ? 3 : 7) + 1'000'000ULL * (activity == Activity::Rest ? 1 : 2) + static_cast<std::uint64_t>(number);
}

/// At rest about fifty an hour, so that a false event counts (chosen); in activity, where there is less time, twice that.
void set_rates(synth::SyntheticSpec& spec, Activity activity) {
  const bool rest = activity == Activity::Rest;
  spec.singles_per_hour = rest ? 24.0 : 60.0;
  spec.series_per_hour = rest ? 2.0 : 4.0;
  spec.rhythmic_per_hour = rest ? 0.7 : 1.0;
  spec.limb_per_hour = rest ? 3.0 : 0.0;  // in activity a longer movement of the limb is activity
  spec.fasciculations_per_hour = rest ? 5.0 : 0.0;
}

/// Rates of the `number`-th of many short recordings, so that together they hold what the hours hold.
void share_out(synth::SyntheticSpec& spec, int number) {
  const double hours = spec.duration_s / 3600.0;
  for (double* rate : {&spec.singles_per_hour, &spec.series_per_hour, &spec.rhythmic_per_hour, &spec.limb_per_hour, &spec.fasciculations_per_hour}) {
    const double each = *rate * hours;
    const double count = std::floor((number + 1) * each + 0.5) - std::floor(number * each + 0.5);
    *rate = 1.02 * count / hours;  // room for events is a little less than the whole
  }
}

const std::vector<float>& axis_of(const Recording& recording, ChannelRole role) {
  static const std::vector<float> none;
  const Channel* channel = recording.find(role);
  return channel != nullptr ? channel->samples : none;
}

/// Median level of the background in `spans`, g; never below what rounding leaves in the band.
double level_of(const Recording& background, const std::vector<TimeSpan>& spans, double step_g) {
  const synth::BandLevel level(axis_of(background, ChannelRole::AccelerationX), axis_of(background, ChannelRole::AccelerationY),
                               axis_of(background, ChannelRole::AccelerationZ), background.segments, 0.0);
  std::vector<double> levels;
  for (const TimeSpan& span : spans)
    for (double t_s = span.begin_s; t_s < span.end_s; t_s += kLevelSpan_s)
      levels.push_back(level.rms_g({t_s, std::min(t_s + kLevelSpan_s, span.end_s)}));
  const double rounding_g = step_g * std::sqrt(3.0 / 12.0 * std::min(1.0, 40.0 / background.rate_hz));
  return std::max({quantile(levels, 0.5), rounding_g, 1e-5});
}

void set_sizes(synth::SyntheticSpec& spec, double level_g) {
  spec.peak_g_low = level_g * std::pow(10.0, kLowest_db / 20.0);
  spec.peak_g_high = level_g * std::pow(10.0, kHighest_db / 20.0);
  spec.fasciculation_g_low = spec.peak_g_low;
  spec.fasciculation_g_high = spec.peak_g_high;
}

std::vector<TimeSpan> whole_spans(const Recording& recording) {
  std::vector<TimeSpan> spans;
  for (const Segment& segment : recording.segments) spans.push_back({segment.start_s, segment.end_s()});
  return spans;
}

HardCase make_modelled(const HardSpec& hard) {
  HardCase made{.made_from = hard, .untouched = {}, .recording = {}, .truth = {}, .scored = {}};
  synth::SyntheticSpec spec = hard.spec;
  spec.singles_per_hour = spec.series_per_hour = spec.rhythmic_per_hour = spec.limb_per_hour = spec.fasciculations_per_hour = 0.0;
  made.untouched = synth::make(spec).recording;
  spec = hard.spec;
  set_sizes(spec, level_of(made.untouched, whole_spans(made.untouched), spec.quantisation_step_g));
  synth::SyntheticRecording with = synth::make(spec);
  made.recording = std::move(with.recording);
  made.truth = std::move(with.truth);
  made.scored = whole_spans(made.recording);
  return made;
}

/// The step of the sensor: the smallest change, where nearly all others are whole multiples of it; else 0.
double step_of(const Recording& recording) {
  constexpr double kSmallest_g = 1e-6;
  constexpr double kMost_g = 0.05;  // larger changes hold too many steps to tell
  constexpr double kOff = 0.1;
  const auto& x = axis_of(recording, ChannelRole::AccelerationX);
  std::vector<double> changes;
  for (std::size_t i = 1; i < x.size(); ++i)
    if (const double change = std::abs(static_cast<double>(x[i]) - static_cast<double>(x[i - 1])); change > kSmallest_g && change < kMost_g) changes.push_back(change);
  if (changes.empty()) return 0.0;
  const double step_g = quantile(changes, 0.001);
  const auto whole = std::count_if(changes.begin(), changes.end(), [&](double change) { return std::abs(change / step_g - std::nearbyint(change / step_g)) < kOff; });
  return static_cast<double>(whole) > 0.95 * static_cast<double>(changes.size()) ? step_g : 0.0;
}

/// The stillest of the quiet stretches: what fires there is noise, and not a movement that nobody has labelled.
std::vector<TimeSpan> still_spans(const Recording& recording) {
  constexpr double kWindow_s = 2.0;
  constexpr double kShortest_s = 8.0;
  const synth::BandLevel level(axis_of(recording, ChannelRole::AccelerationX), axis_of(recording, ChannelRole::AccelerationY),
                               axis_of(recording, ChannelRole::AccelerationZ), recording.segments, 0.0);
  std::vector<TimeSpan> windows;
  std::vector<double> levels;
  for (const TimeSpan& span : quiet_spans(recording))
    for (double t_s = span.begin_s; t_s + kWindow_s <= span.end_s + 1e-6; t_s += kWindow_s) {
      windows.push_back({t_s, t_s + kWindow_s});
      levels.push_back(level.rms_g(windows.back()));
    }
  const double most = kStillTimes * quantile(levels, 0.2);
  std::vector<TimeSpan> spans;
  for (std::size_t k = 0; k < windows.size(); ++k) {
    if (levels[k] > most) continue;
    if (!spans.empty() && windows[k].begin_s - spans.back().end_s < 0.01) spans.back().end_s = windows[k].end_s;
    else spans.push_back(windows[k]);
  }
  std::erase_if(spans, [](const TimeSpan& span) { return span.length_s() < kShortest_s; });
  return spans;
}

HardCase make_real(const HardSpec& hard, const std::string& folder) {
  HardCase made{.made_from = hard, .untouched = {}, .recording = {}, .truth = {}, .scored = {}};
  auto read = recording_at(fs::path(folder) / hard.file->path);
  if (!read) return made;
  made.untouched = std::move(*read);
  made.recording = made.untouched;
  const bool rest = hard.activity == Activity::Rest;
  const auto spans = rest ? still_spans(made.untouched) : whole_spans(made.untouched);
  synth::SyntheticSpec spec = hard.spec;
  spec.quantisation_step_g = step_of(made.untouched);
  set_sizes(spec, level_of(made.untouched, spans, spec.quantisation_step_g));
  made.truth = synth::inject(made.recording, spec, spans);
  for (const TimeSpan& span : spans)
    if (span.length_s() > 2.0 * kShrink_s) made.scored.push_back({span.begin_s + kShrink_s, span.end_s - kShrink_s});
  made.made_from.spec = spec;
  return made;
}

std::vector<HardSpec> modelled_specs(Activity activity, Split split, int count, double length_s) {
  using synth::BackgroundKind;
  static constexpr std::array kAtRest = {BackgroundKind::Still, BackgroundKind::Breathing};
  static constexpr std::array kActive = {BackgroundKind::Walking, BackgroundKind::Handling, BackgroundKind::Tremor, BackgroundKind::FreeLiving};
  std::vector<HardSpec> list;
  for (int k = 0; k < count; ++k) {
    const auto n = static_cast<std::size_t>(k);
    HardSpec hard;
    hard.activity = activity;
    hard.spec.seed = seed_of(activity, split, k);
    hard.spec.duration_s = length_s;
    hard.spec.background = activity == Activity::Rest ? kAtRest[(n + n / 5) % kAtRest.size()] : kActive[n % kActive.size()];
    const std::size_t turn = activity == Activity::Rest ? n : n / kActive.size() + n % kActive.size();
    hard.spec.rate_hz = kRates_hz[turn % kRates_hz.size()] * kClocks[turn % kClocks.size()];
    hard.spec.noise_g = kNoise_g[turn % kNoise_g.size()];
    hard.spec.jitter_s = kJitter_s[turn % kJitter_s.size()];
    hard.spec.quantisation_step_g = turn % kRates_hz.size() == 4 || turn % kNoise_g.size() == 6 ? kStep_g : 0.0;  // 60 Hz: the browser's
    set_rates(hard.spec, activity);
    share_out(hard.spec, k);
    hard.background = std::string(synth::name_of(hard.spec.background));
    hard.group = hard.background + " " + std::to_string(hard.spec.seed);
    list.push_back(hard);
  }
  return list;
}

}  // namespace

std::string_view name_of(Split split) { return split == Split::Train ? "train" : "test"; }
std::string_view name_of(Activity activity) { return activity == Activity::Rest ? "rest" : "active"; }

std::vector<bool> moving_a_limb(const std::vector<synth::TruthEvent>& truth) {
  std::vector<bool> asked;
  for (const synth::TruthEvent& event : truth) asked.push_back(event.visible && event.kind != synth::EventKind::Fasciculation);
  return asked;
}

double HardCase::scored_hours() const {
  double seconds = 0.0;
  for (const TimeSpan& span : scored) seconds += span.length_s();
  return seconds / 3600.0;
}

std::vector<HardSpec> hard_specs(Activity activity, Split split, int modelled, double length_s, const std::string& folder) {
  std::vector<HardSpec> list = modelled_specs(activity, split, modelled, length_s);
  int number = 500'000;
  for (const RealFile& file : real_files()) {
    std::error_code failed;
    if (folder.empty() || !fs::exists(fs::path(folder) / file.path, failed)) continue;
    for (int time = 0; time < kTimesEachFile; ++time, ++number) {
      if (file.split != split || file.activity != activity || !file.copy_of.empty()) continue;
      HardSpec hard;
      hard.activity = activity;
      hard.file = &file;
      hard.background = "real " + std::string(file.kind);
      hard.group = std::string(file.path);
      hard.spec.seed = seed_of(activity, split, number);
      set_rates(hard.spec, activity);
      hard.spec.singles_per_hour *= 3.0;  // minutes of it: with fewer, hardly an event
      list.push_back(hard);
    }
  }
  return list;
}

HardCase make_hard(const HardSpec& hard, const std::string& folder) { return hard.file != nullptr ? make_real(hard, folder) : make_modelled(hard); }

}  // namespace klono::bench
