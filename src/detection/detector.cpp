#include "detection/detector.hpp"

#include <algorithm>
#include <cmath>
#include <deque>
#include <limits>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "detection/candidate_merger.hpp"
#include "detection/candidates.hpp"
#include "detection/grouping.hpp"
#include "detection/matched/jerk_bank.hpp"
#include "detection/judgement.hpp"
#include "detection/level_log.hpp"
#include "detection/mask_list.hpp"
#include "detection/measurement.hpp"
#include "detection/noise_floor.hpp"
#include "detection/preparation.hpp"
#include "detection/sample_watch.hpp"
#include "detection/stillness.hpp"

namespace klono {
namespace {

using namespace detection;

constexpr double kKeepFloorOver_s = 60.0;  // gaps shorter than this do not silence the floor
constexpr double kEdge_s = 0.7;            // too close to an end of the data to be judged
constexpr std::size_t kLongestRun = 5000;  // strokes; beyond this a run is judged in parts
constexpr double kWeakShare = 0.7;         // of the on level: weaker ones are not worth telling

/// Samples that are prepared before they are decided upon: their frames stay near the processor.
constexpr std::size_t kAtOnce = 4096;

using Rotation = std::array<std::span<const float>, 3>;

Rotation part_of(const Rotation& rotation, std::size_t at, std::size_t count) {
  Rotation part;
  for (std::size_t axis = 0; axis < 3; ++axis)
    if (rotation[axis].size() >= at + count) part[axis] = rotation[axis].subspan(at, count);
  return part;
}

float rms_of(const Track& track, std::int64_t begin, std::int64_t end, Witness witness) {
  double squares = 0.0;
  for (std::int64_t i = begin; i < end; ++i) squares += static_cast<double>(track.magnitude_at(i, witness)) * static_cast<double>(track.magnitude_at(i, witness));
  return static_cast<float>(std::sqrt(squares / static_cast<double>(std::max<std::int64_t>(1, end - begin))));
}

}  // namespace

class Detector::Impl {
 public:
  Impl(const DetectorSettings& settings, const DetectorInput& input)
      : settings_(settings), input_(input), floor_(settings_.candidates), swing_floor_(settings_.candidates), judge_(settings_, input.has_gravity), grouper_(settings_.grouping), preparation_(settings, input), form_null_(settings_.stages), merger_(settings_), levels_(settings_) {
    result_.settings = settings;
    result_.tilt_checked = input.has_gravity;
  }

  void begin_segment(double start_s, double rate_hz) {
    preparation_.begin_segment(start_s, rate_hz, prepared_);
    take_own();
  }

  void push(std::span<const float> x, std::span<const float> y, std::span<const float> z, const Rotation& rotation) {
    for (std::size_t at = 0; at < x.size(); at += kAtOnce) {
      const std::size_t count = std::min(kAtOnce, x.size() - at);
      preparation_.push(x.subspan(at, count), y.subspan(at, count), z.subspan(at, count), part_of(rotation, at, count), prepared_);
      take_own();
    }
  }

  void end_segment() {
    preparation_.end_segment(prepared_);
    take_own();
  }

  void take(const Prepared& prepared) {
    Places at;
    for (const Prepared::Step& step : prepared.steps) {
      if (step.kind == Prepared::Kind::Begin) {
        begin(step);
        continue;
      }
      if (track_) hear(step, prepared, at);
      if (step.kind == Prepared::Kind::End) end();
      at.frames += step.frames;
      at.blocks += step.blocks;
      at.spikes += step.spikes;
      at.saturated += step.saturated;
    }
  }

  void finish() {
    end_segment();
    renumber_groups(result_.events);
    stale_ = true;
  }

  const Analysis& analysis() {
    if (std::exchange(stale_, false)) settle();
    return result_;
  }

  std::int64_t events_so_far() const { return static_cast<std::int64_t>(result_.events.size()); }

 private:
  /// In the lists of a Prepared.
  struct Places {
    std::size_t frames = 0;
    std::size_t blocks = 0;
    std::size_t spikes = 0;
    std::size_t saturated = 0;
  };

  void take_own() {
    take(prepared_);
    prepared_.clear();
  }

  void begin(const Prepared::Step& step) {
    if (step.start_s - last_end_s_ > kKeepFloorOver_s) {
      floor_.restart();
      form_null_.restart();
    }
    const double working_hz = Conditioner::working_rate(step.rate_hz);
    track_.emplace();
    track_->rate_hz = working_hz;
    track_->start_s = step.start_s;
    finder_.emplace(settings_, working_hz);
    measurer_.emplace(settings_.candidates, working_hz);
    bank_.emplace(settings_, step.forms);
    merger_.begin();
    stillness_.emplace(settings_, working_hz);
    swing_stillness_.emplace(settings_, working_hz, Witness::Rotation);
    next_frame_ = 0;
    last_any_end_ = std::numeric_limits<std::int64_t>::min() / 2;
    waiting_.clear();
    run_.reset();
    if (!floor_.settled()) masks_.add({step.start_s, step.start_s + NoiseFloor::kSettled_s}, Reason::Settling);
    else masks_.add({step.start_s, step.start_s + kEdge_s}, Reason::EdgeOfData);
  }

  /// Frames, and what else is known with them.
  void hear(const Prepared::Step& step, const Prepared& all, const Places& at) {
    floor_.note_step(step.least_step_g);
    swing_floor_.set_step(step.swing_step_g);
    acceleration_step_g_ = step.acceleration_step_g;
    append(all.times.spikes, at.spikes, step.spikes, times_.spikes);
    append(all.times.saturated, at.saturated, step.saturated, times_.saturated);
    track_->append(all.frames, at.frames, step.frames);
    bank_->take(std::span(all.blocks).subspan(at.blocks, step.blocks));
    advance_all(*track_);
    if (step.kind == Prepared::Kind::Frames) forget(*track_);
  }

  static void append(const std::vector<double>& from, std::size_t begin, std::size_t count, std::vector<double>& to) {
    const auto first = from.begin() + static_cast<std::ptrdiff_t>(begin);
    to.insert(to.end(), first, first + static_cast<std::ptrdiff_t>(count));
  }

  void end() {
    if (!track_) {
      grouper_.interrupt(result_.events);
      return;
    }
    const Track& track = *track_;
    if (const auto candidate = finder_->finish(track.size())) merger_.crossed(*candidate);
    bank_->finish(track, form_null_, static_cast<double>(floor_.step()), merger_.picks());
    take_merged(track, {track.size(), bank_->decided(), std::nullopt, true});
    while (!waiting_.empty()) measure_next(track);
    close_run(track, track.size());
    stillness_->finish(track, masks_);
    swing_stillness_->finish(track, masks_);
    const double end_s = track.time_of(track.size());
    if (track.size() > 0) masks_.add({std::max(track.start_s, end_s - kEdge_s), end_s}, Reason::EdgeOfData);
    if (track.size() > 0) recorded_.push_back({track.start_s, end_s});
    last_end_s_ = end_s;
    grouper_.interrupt(result_.events);
    track_.reset();
    stale_ = true;
  }

  /// It is rounding that limits what acceleration shows, not movement that has lifted its floor.
  bool rounding_limits() const { return input_.has_rotation && floor_.level() < acceleration_step_g_; }

  void advance_all(const Track& track) {
    while (next_frame_ < track.size()) {
      const std::int64_t quiet = quiet_frames(track, next_frame_);
      if (quiet > 0) next_frame_ += quiet;
      else advance(track, next_frame_++);
    }
  }

  /// Frames from `newest` on at which advance() would do nothing.
  std::int64_t quiet_frames(const Track& track, std::int64_t newest) const {
    if (finder_->open_since() || run_ || !waiting_.empty() || !merger_.empty() || rounding_limits()) return 0;
    const auto before_next = [&](double period_s) { return track.frames(period_s) - 1 - newest % track.frames(period_s); };
    const std::int64_t count = std::min({before_next(NoiseFloor::kHop_s), before_next(Stillness::kLook_s), bank_->needed() - 1 - newest, track.size() - newest});
    if (count <= 0) return 0;
    return finder_->quiet_frames(track, floor_, newest - finder_->reach(), count);
  }

  /// One frame through all stages.
  void advance(const Track& track, std::int64_t newest) {
    const std::int64_t hop = track.frames(NoiseFloor::kHop_s);
    if ((newest + 1) % hop == 0) add_level(track, newest + 1);
    if ((newest + 1) % track.frames(Stillness::kLook_s) == 0 && newest + 1 >= track.frames(Stillness::kWindow_s))
      look_for_stillness(track, newest + 1);
    const std::int64_t frame = newest - finder_->reach();
    if (frame < 0) return;
    if (const auto candidate = finder_->advance(track, floor_, rounding_limits() ? &swing_floor_ : nullptr, frame)) merger_.crossed(*candidate);
    if (bank_->ready(newest + 1)) bank_->advance(track, newest + 1, form_null_, static_cast<double>(floor_.step()), merger_.covered(track, finder_->strong_so_far()), merger_.picks());
    take_merged(track, {frame, bank_->decided(), finder_->open_since(), false});
    while (!waiting_.empty() && newest >= waiting_.front().end + track.frames(kNeighbourhood_s)) measure_next(track);
    const std::int64_t told = std::min(frame, bank_->decided());
    if (run_ && waiting_.empty() && merger_.empty() && !finder_->open_since() && told - last_strong_end_ >= track.frames(settings_.grouping.series_gap_s)) close_run(track, told);
  }

  void look_for_stillness(const Track& track, std::int64_t end) {
    stillness_->look(track, floor_, end, masks_);
    if (input_.has_rotation) swing_stillness_->look(track, swing_floor_, end, masks_);
  }

  void add_level(const Track& track, std::int64_t end) {
    const std::int64_t begin = std::max(track.first, end - track.frames(NoiseFloor::kWindow_s));
    floor_.add_rms(rms_of(track, begin, end, Witness::Acceleration));
    if (track.knows_all(begin, end, Witness::Rotation)) {
      if (track.time_of(end) - last_swing_s_ > kKeepFloorOver_s) swing_floor_.restart();
      last_swing_s_ = track.time_of(end);
      swing_floor_.add_rms(rms_of(track, begin, end, Witness::Rotation));
    }
    if ((end / track.frames(NoiseFloor::kHop_s)) % 4 != 0) return;
    const bool swing_known = last_swing_s_ == track.time_of(end) && swing_floor_.settled();
    // Where rounding leaves next to nothing of a quiet moment, the filters cannot tell what they would see.
    const bool filters_tell = floor_.level() >= floor_.step();
    levels_.add({track.time_of(end), floor_.level(), swing_known ? swing_floor_.level() : -1.0F, filters_tell ? static_cast<float>(bank_->visible_g()) : 0.0F});
  }

  void take_merged(const Track& track, const CandidateMerger::Progress& progress) {
    if (merger_.empty()) return;
    const CandidateMerger::Levels levels{finder_->on_level(floor_), floor_.level()};
    while (const auto candidate = merger_.next(track, progress, levels)) close_candidate(track, *candidate);
  }

  void close_candidate(const Track& track, const Candidate& candidate) {
    const bool worth = candidate.pick || static_cast<double>(candidate.peak_g) >= kWeakShare * static_cast<double>(candidate.on_level_g) ||
                       (candidate.swing_on_g > 0.0F && static_cast<double>(candidate.swing_peak_g) >= kWeakShare * static_cast<double>(candidate.swing_on_g));
    if (!worth) {
      last_any_end_ = std::max(last_any_end_, candidate.end);
      return;
    }
    if (!run_) {
      run_.emplace();
      run_->begin_s = track.time_of(candidate.begin);
      run_->quiet_before_s = std::min(60.0, static_cast<double>(candidate.begin - std::max<std::int64_t>(last_any_end_, 0)) / track.rate_hz);
      if (last_any_end_ < 0 && candidate.begin < track.frames(settings_.rejection.quiet_s)) run_->quiet_before_s = settings_.rejection.quiet_s;
    }
    run_->end_s = track.time_of(candidate.end);
    last_any_end_ = candidate.end;
    last_strong_end_ = candidate.end;
    if (candidate.too_long) {
      run_->too_long = true;
      note_long(track, candidate);
      return;
    }
    if (candidate.pick) waiting_.push_back(candidate);
    else for (const Candidate& stroke : strokes_of(track, candidate)) waiting_.push_back(stroke);
    if (run_->strokes.size() > kLongestRun) close_run(track, candidate.end);
  }

  /// A candidate whose shape was not kept is told by its length and height alone.
  void note_long(const Track& track, const Candidate& candidate) {
    Measured whole;
    whole.candidate = candidate;
    whole.event.onset_s = track.time_of(candidate.begin);
    whole.event.peak_s = whole.event.onset_s;
    whole.event.end_s = track.time_of(candidate.end);
    whole.event.duration_s = whole.event.end_s - whole.event.onset_s;
    whole.event.peak_g = static_cast<double>(candidate.peak_g);
    whole.event.floor_g = static_cast<double>(candidate.floor_g);
    whole.event.above_floor = whole.event.floor_g > 0.0 ? whole.event.peak_g / whole.event.floor_g : 0.0;
    while (!waiting_.empty()) measure_next(track);
    run_->strokes.push_back(whole);
  }

  void measure_next(const Track& track) {
    const Candidate candidate = waiting_.front();
    waiting_.pop_front();
    if (run_) run_->strokes.push_back(measurer_->measure(track, candidate));
  }

  void close_run(const Track& track, std::int64_t now) {
    if (!run_) return;
    run_->quiet_after_s = std::min(60.0, static_cast<double>(now - last_strong_end_) / track.rate_hz);
    if (now >= track.size()) run_->quiet_after_s = std::max(run_->quiet_after_s, settings_.rejection.quiet_s);
    const Verdict verdict = judge_.judge(*std::move(run_), times_.spikes, times_.saturated, masks_);
    run_.reset();
    const std::size_t from = result_.events.size();
    result_.events.insert(result_.events.end(), verdict.counted.begin(), verdict.counted.end());
    result_.not_counted.insert(result_.not_counted.end(), verdict.not_counted.begin(), verdict.not_counted.end());
    grouper_.added(result_.events, from);
  }

  void forget(Track& track) {
    std::int64_t needed = track.size() - track.frames(Stillness::kWindow_s + 1.0);
    if (const auto open = finder_->open_since()) {
      // A candidate beyond the longest is not measured, so its start need not be kept.
      const std::int64_t longest = track.frames(settings_.rejection.body_movement_s + 3.0);
      needed = std::min(needed, std::max(*open, track.size() - longest) - track.frames(1.5));
    }
    if (!waiting_.empty()) needed = std::min(needed, waiting_.front().begin - track.frames(1.5));
    if (const auto oldest = merger_.oldest()) {
      const std::int64_t longest = track.size() - track.frames(settings_.rejection.body_movement_s + 5.0);
      needed = std::min(needed, std::max(longest, *oldest - track.frames(1.5)));
    }
    track.forget_before(needed);
    times_.forget_before(track.time_of(track.first) - 30.0);
  }

  /// Figures over all that was heard, made when they are asked for: a recording may have thousands of stretches. Whoever
  /// asks in between changes nothing of what is judged later.
  void settle() {
    result_.masks.clear();
    if (settings_.gate) settle_masks();
    result_.recorded_s = 0.0;
    for (const TimeSpan& span : recorded_) result_.recorded_s += span.length_s();
    double masked = 0.0;
    for (const Mask& mask : result_.masks) masked += mask.span.length_s();
    result_.analysable_s = std::max(0.0, result_.recorded_s - masked);
    result_.expected_false = false_events_per_hour(settings_) * result_.analysable_s / 3600.0;
    std::sort(result_.not_counted.begin(), result_.not_counted.end(), [](const Event& a, const Event& b) { return a.onset_s < b.onset_s; });
    result_.step_g = static_cast<double>(floor_.step());
    const LevelLog::Figures figures = levels_.figures(result_.masks);
    result_.noise_floor_g = figures.noise_floor_g;
    result_.smallest_visible_g = result_.analysable_s > 0.0 ? figures.smallest_visible_g : 0.0;
  }

  /// The parts of the masks that lie in recorded stretches; both are in order.
  void settle_masks() {
    // A counted event never lies in a mask: its own stretch is analysable by definition.
    MaskList clear = masks_;
    for (const Event& event : result_.events) clear.keep_clear({event.onset_s, event.end_s});
    auto first = clear.masks().begin();
    for (const TimeSpan& span : recorded_) {
      while (first != clear.masks().end() && first->span.end_s <= span.begin_s) ++first;
      for (auto mask = first; mask != clear.masks().end() && mask->span.begin_s < span.end_s; ++mask) {
        const TimeSpan part{std::max(mask->span.begin_s, span.begin_s), std::min(mask->span.end_s, span.end_s)};
        if (part.length_s() > 0.0) result_.masks.push_back({part, mask->reason});
      }
    }
  }

  DetectorSettings settings_;
  DetectorInput input_;
  NoiseFloor floor_;
  NoiseFloor swing_floor_;
  Judge judge_;
  Grouper grouper_;
  MaskList masks_;
  SampleWatch::Times times_;
  Preparation preparation_;
  Prepared prepared_;           // by it, for a moment
  std::optional<Track> track_;  // of the segment under way
  std::optional<CandidateFinder> finder_;
  std::optional<Measurer> measurer_;
  std::optional<JerkBank> bank_;
  FormNull form_null_;
  CandidateMerger merger_;
  std::optional<Stillness> stillness_;
  std::optional<Stillness> swing_stillness_;
  std::deque<Candidate> waiting_;  // closed, their neighbourhood not yet complete
  std::optional<Run> run_;
  float acceleration_step_g_ = 0.0F;
  double last_end_s_ = -1e9;
  double last_swing_s_ = -1e9;
  std::int64_t next_frame_ = 0;
  std::int64_t last_any_end_ = 0;
  std::int64_t last_strong_end_ = 0;
  std::vector<TimeSpan> recorded_;
  LevelLog levels_;
  Analysis result_;
  bool stale_ = true;  // figures of `result_` are older than what was heard
};

Detector::Detector(const DetectorSettings& settings, const DetectorInput& input) : impl_(std::make_unique<Impl>(settings, input)) {}
Detector::~Detector() = default;
Detector::Detector(Detector&&) noexcept = default;
Detector& Detector::operator=(Detector&&) noexcept = default;

void Detector::begin_segment(double start_s, double rate_hz) { impl_->begin_segment(start_s, rate_hz); }
void Detector::push(std::span<const float> x, std::span<const float> y, std::span<const float> z) { impl_->push(x, y, z, {}); }
void Detector::push(std::span<const float> x, std::span<const float> y, std::span<const float> z, const std::array<std::span<const float>, 3>& rotation) {
  impl_->push(x, y, z, rotation);
}
void Detector::end_segment() { impl_->end_segment(); }
void Detector::take(const detection::Prepared& prepared) { impl_->take(prepared); }
void Detector::finish() { impl_->finish(); }
const Analysis& Detector::analysis() const { return impl_->analysis(); }
std::int64_t Detector::events_so_far() const { return impl_->events_so_far(); }

}  // namespace klono
