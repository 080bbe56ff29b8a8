#include "bench/emg/emg_cases.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <utility>

#include "bench/emg/emg_in_band.hpp"
#include "bench/emg/emg_shapes.hpp"
#include "bench/recordings.hpp"
#include "synth/random.hpp"

namespace klono::bench {
namespace {

constexpr std::array kRates_hz = {1000.0, 500.0, 2000.0};
constexpr std::array kNoise_uv = {3.0, 1.0, 8.0};
constexpr std::array kMains_hz = {49.93, 60.05, 50.15, 59.9};
constexpr std::array kBackgrounds = {"noise", "mains", "heart", "weak activity", "cable"};
constexpr double kBurstsPerMin = 4.0;      // chosen: enough to tell, few enough that a false event counts
constexpr double kPotentialsPerMin = 1.0;
constexpr double kApart_s = 0.35;
constexpr double kBesideCable_s = 0.3;
constexpr double kEdge_s = 1.0;
constexpr double kSettle_s = 3.0;          // any detector must hear the background first
constexpr double kPotential_s = 0.010;
constexpr double kLeastPotential_uv = 50.0;
constexpr double kVisibleShare = 0.1;      // of the noiseless peak: onset and end of the truth
constexpr int kTimesRealFile = 6;          // a minute long: used again with other events

/// The one recording of EMG at hand; nothing is learnt from it.
constexpr std::string_view kRealFile = "emg_txt/biosppy_emg_1.txt";

std::uint64_t seed_of(Split split, int number) { return 1'000'000'000ULL * (split == Split::Train ? 13 : 17) + static_cast<std::uint64_t>(number); }

std::vector<TimeSpan> coming_and_going(double length_s, synth::Random& random) {
  std::vector<TimeSpan> spans;
  for (double t_s = random.uniform(5.0, 15.0); t_s < length_s - 5.0; t_s += random.uniform(15.0, 25.0)) {
    const double end_s = std::min(t_s + random.uniform(12.0, 25.0), length_s - 3.0);
    spans.push_back({t_s, end_s});
    t_s = end_s;
  }
  return spans;
}

EmgSpecOfCase modelled(Split split, int number, double length_s) {
  const auto n = static_cast<std::size_t>(number);
  EmgSpecOfCase made;
  made.background = kBackgrounds[n % kBackgrounds.size()];
  made.seed = seed_of(split, number);
  made.group = made.background + " " + std::to_string(made.seed);
  synth::Random random(made.seed, 1);
  synth::EmgSpec& model = made.model;
  model.seed = made.seed;
  model.duration_s = length_s;
  model.rate_hz = kRates_hz[n / kBackgrounds.size() % kRates_hz.size()];
  model.noise_uv = kNoise_uv[(n + n / 15) % kNoise_uv.size()];
  model.offset_uv = random.uniform(-500.0, 500.0);
  if (made.background == "mains") {
    model.mains_hz = kMains_hz[(n / kBackgrounds.size()) % kMains_hz.size()];
    model.mains_uv = random.log_uniform(5.0, 60.0);
  } else if (made.background == "heart") {
    model.heart_uv = random.log_uniform(30.0, 600.0);
    model.heart_per_min = random.uniform(50.0, 100.0);
  } else if (made.background == "weak activity") {
    model.activity = coming_and_going(length_s, random);
    model.activity_uv = model.noise_uv * random.uniform(1.5, 4.0);
  } else if (made.background == "cable") {
    model.cable_moves_per_min = 2.0;
  }
  return made;
}

/// What is left of `spans` beside `taken`, each widened by `margin_s`.
std::vector<TimeSpan> without(std::vector<TimeSpan> spans, const std::vector<TimeSpan>& taken, double margin_s) {
  for (const TimeSpan& hole : taken) {
    std::vector<TimeSpan> left;
    for (const TimeSpan& span : spans) {
      left.push_back({span.begin_s, std::min(span.end_s, hole.begin_s - margin_s)});
      left.push_back({std::max(span.begin_s, hole.end_s + margin_s), span.end_s});
    }
    std::erase_if(left, [](const TimeSpan& span) { return span.length_s() <= 0.0; });
    spans = left;
  }
  return spans;
}

/// Puts bursts and potentials into the allowed stretches of one channel.
class Injection {
 public:
  Injection(std::uint64_t seed, const std::vector<double>& background, EmgLevel level, double rate_hz, bool microvolts)
      : random_(seed, 2), level_(std::move(level)), rate_hz_(rate_hz), microvolts_(microvolts), signal_(background) {}

  void put(const std::vector<TimeSpan>& allowed, double times) {
    double length_s = 0.0;
    for (const TimeSpan& span : allowed) length_s += span.length_s();
    for (const EmgPut kind : {EmgPut::Burst, EmgPut::Potential}) {
      const auto wanted = static_cast<int>(std::lround(times * (kind == EmgPut::Burst ? kBurstsPerMin : kPotentialsPerMin) * length_s / 60.0));
      for (int done = 0, tries = 0; done < wanted && tries < 50 * wanted; ++tries) done += put_one(kind, allowed) ? 1 : 0;
    }
    std::sort(truth_.begin(), truth_.end(), [](const auto& a, const auto& b) { return a.onset_s < b.onset_s; });
  }

  const std::vector<double>& signal() const { return signal_; }
  const std::vector<EmgTruthEvent>& truth() const { return truth_; }

 private:
  bool put_one(EmgPut kind, const std::vector<TimeSpan>& allowed) {
    const double t_s = random_.uniform(0.0, static_cast<double>(signal_.size()) / rate_hz_);
    const double width_s = random_.uniform(kNarrowPotential_s, kWidePotential_s);
    const double length_s = kind == EmgPut::Burst ? random_.log_uniform(0.02, 0.3) : 8.0 * width_s;
    const TimeSpan span{t_s, t_s + length_s};
    const auto holds = [&](const TimeSpan& other) { return span.begin_s >= other.begin_s && span.end_s <= other.end_s; };
    const TimeSpan wide{span.begin_s - kApart_s, span.end_s + kApart_s};
    if (std::none_of(allowed.begin(), allowed.end(), holds) || std::any_of(taken_.begin(), taken_.end(), [&](const TimeSpan& other) { return other.overlaps(wide); })) return false;
    taken_.push_back(span);
    const double snr_db = random_.uniform(kEmgLowest_db, kEmgHighest_db);
    const std::vector<double> shape = kind == EmgPut::Burst ? burst_shape(length_s, rate_hz_, random_) : potential_shape(width_s, rate_hz_);
    add(kind, shape, snr_db, t_s, kind == EmgPut::Burst ? length_s : kPotential_s);
    return true;
  }

  /// Scales the shape in-band to its level and adds it, out-of-band parts with it.
  void add(EmgPut kind, const std::vector<double>& shape, double snr_db, double t_s, double length_s) {
    const auto pad = static_cast<std::size_t>(0.25 * rate_hz_);
    std::vector<double> padded(shape.size() + 2 * pad, 0.0);
    std::copy(shape.begin(), shape.end(), padded.begin() + static_cast<std::ptrdiff_t>(pad));
    const std::vector<double> band = emg_in_band(padded, rate_hz_, false);
    double square = 0.0;
    double peak = 0.0;
    double low = 0.0;
    double high = 0.0;
    for (std::size_t i = 0; i < band.size(); ++i) {
      square += band[i] * band[i];
      low = std::min(low, band[i]);
      high = std::max(high, band[i]);
      peak = std::max(peak, std::abs(band[i]));
    }
    const double size = level_.at(t_s) * std::pow(10.0, snr_db / 20.0) / std::sqrt(square / (length_s * rate_hz_));
    const auto begin = static_cast<std::size_t>(t_s * rate_hz_);
    for (std::size_t i = 0; i < shape.size() && begin + i < signal_.size(); ++i) signal_[begin + i] += size * shape[i];
    // Onset and end are of the shape itself: in-band it rings before it begins.
    double largest = 0.0;
    for (const double value : shape) largest = std::max(largest, std::abs(value));
    std::size_t first = shape.size();
    std::size_t last = 0;
    for (std::size_t i = 0; i < shape.size(); ++i) {
      if (std::abs(shape[i]) < kVisibleShare * largest) continue;
      first = std::min(first, i);
      last = i;
    }
    EmgTruthEvent event{.kind = kind, .onset_s = static_cast<double>(begin + first) / rate_hz_, .end_s = static_cast<double>(begin + last + 1) / rate_hz_,
                        .peak_uv = size * peak, .snr_db = snr_db, .visible = snr_db >= 0.0};
    if (kind == EmgPut::Potential && microvolts_ && size * (high - low) < kLeastPotential_uv) event.visible = false;
    truth_.push_back(event);
  }

  synth::Random random_;
  EmgLevel level_;
  double rate_hz_;
  bool microvolts_;
  std::vector<double> signal_;
  std::vector<TimeSpan> taken_;
  std::vector<EmgTruthEvent> truth_;
};

std::vector<double> samples_of(const Recording& recording) {
  const std::vector<float>& samples = recording.channels.front().samples;
  return {samples.begin(), samples.end()};
}

void put_events(EmgCase& made, const EmgLevel& level, const std::vector<TimeSpan>& allowed, bool microvolts, double times) {
  made.recording = made.untouched;
  Injection injection(made.made_from.seed, samples_of(made.untouched), level, made.untouched.rate_hz, microvolts);
  injection.put(allowed, times);
  std::transform(injection.signal().begin(), injection.signal().end(), made.recording.channels.front().samples.begin(), [](double value) { return static_cast<float>(value); });
  made.truth = injection.truth();
}

EmgCase make_modelled(const EmgSpecOfCase& spec) {
  EmgCase made{.made_from = spec, .untouched = {}, .recording = {}, .truth = {}, .scored = {}};
  synth::SyntheticEmg background = synth::make_emg(spec.model);
  made.untouched = std::move(background.recording);
  std::vector<TimeSpan> cables;
  std::vector<TimeSpan> changes;  // of the activity: what begins there is there
  for (const synth::EmgTruth& one : background.truth) {
    if (one.kind == synth::EmgTruthKind::CableMove) cables.push_back({one.onset_s, one.end_s});
    if (one.kind != synth::EmgTruthKind::Activity) continue;
    changes.push_back({one.onset_s - 0.3, one.onset_s + 0.7});
    changes.push_back({one.end_s - 0.3, one.end_s + 0.7});
  }
  made.scored = without({{kSettle_s, spec.model.duration_s - kEdge_s}}, changes, 0.0);
  synth::EmgSpec silent = spec.model;  // the same noise: mains can be taken out, it hides nothing
  silent.mains_uv = 0.0;
  const EmgLevel level(samples_of(synth::make_emg(silent).recording), spec.model.rate_hz, false);
  put_events(made, level, without(made.scored, cables, kBesideCable_s), true, 1.0);
  return made;
}

EmgCase make_real(const EmgSpecOfCase& spec, const std::string& folder) {
  EmgCase made{.made_from = spec, .untouched = {}, .recording = {}, .truth = {}, .scored = {}};
  auto read = emg_recording_at(std::filesystem::path(folder) / spec.file);
  if (!read || read->channels.size() != 1) return made;
  made.untouched = std::move(*read);
  const EmgLevel level(samples_of(made.untouched), made.untouched.rate_hz, true);
  made.scored = without(emg_still_spans(level), {{0.0, kSettle_s}}, 0.0);
  put_events(made, level, made.scored, false, 3.0);  // a minute of it: with fewer, hardly an event
  return made;
}

}  // namespace

std::string_view name_of(EmgPut kind) { return kind == EmgPut::Burst ? "burst" : "potential"; }

double EmgCase::scored_hours() const {
  double seconds = 0.0;
  for (const TimeSpan& span : scored) seconds += span.length_s();
  return seconds / 3600.0;
}

std::vector<EmgSpecOfCase> emg_specs(Split split, int count, double length_s, const std::string& folder) {
  std::vector<EmgSpecOfCase> list;
  for (int k = 0; k < count; ++k) list.push_back(modelled(split, k, length_s));
  std::error_code failed;
  if (split == Split::Train || folder.empty() || !std::filesystem::exists(std::filesystem::path(folder) / kRealFile, failed)) return list;
  for (int time = 0; time < kTimesRealFile; ++time)
    list.push_back({.background = "real, still", .group = std::string(kRealFile), .file = std::string(kRealFile), .model = {}, .seed = seed_of(split, 500'000 + time)});
  return list;
}

EmgCase make_emg_case(const EmgSpecOfCase& spec, const std::string& folder) { return spec.file.empty() ? make_modelled(spec) : make_real(spec, folder); }

}  // namespace klono::bench
