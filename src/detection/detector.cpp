#include "detection/detector.hpp"

#include <algorithm>
#include <cmath>
#include <deque>
#include <limits>
#include <optional>
#include <vector>

#include "detection/candidates.hpp"
#include "detection/conditioning.hpp"
#include "detection/grouping.hpp"
#include "detection/judgement.hpp"
#include "detection/mask_list.hpp"
#include "detection/measurement.hpp"
#include "detection/noise_floor.hpp"
#include "detection/smallest_visible.hpp"
#include "detection/stillness.hpp"

namespace klono {
namespace {

using namespace detection;

constexpr double kKeepFloorOver_s = 60.0;  // gaps shorter than this do not silence the floor
constexpr double kEdge_s = 0.7;            // too close to an end of the data to be judged
constexpr double kFullScaleShare = 0.985;
constexpr std::size_t kLongestRun = 5000;  // strokes; beyond this a run is judged in parts
constexpr double kSpikeShare = 0.2;        // neighbours of an isolated sample differ by less than this share of it
constexpr double kWeakShare = 0.7;         // of the on level: weaker ones are not worth telling

/// What can be computed with: the square of anything larger would leave the numbers.
bool is_number(float value) { return std::abs(value) < 1e9F; }

/// Watches the samples as delivered: rounding step, isolated samples, full scale.
class SampleWatch {
 public:
  void begin() { count_ = 0; }

  void look(const float (&sample)[3], double t_s, double period_s, double range_g, double smallest_g, NoiseFloor& floor) {
    for (std::size_t axis = 0; axis < 3; ++axis) {
      if (count_ >= 1) floor.note_step(std::abs(sample[axis] - previous_[0][axis]));
      if (range_g > 0.0 && static_cast<double>(std::abs(sample[axis])) >= kFullScaleShare * range_g) saturated.push_back(t_s);
      if (count_ < 2) continue;
      // Neighbours agree, the one between stands alone.
      const float before = previous_[1][axis];
      const float between = previous_[0][axis];
      const double height = std::abs(static_cast<double>(between) - 0.5 * (static_cast<double>(before) + static_cast<double>(sample[axis])));
      if (height > 2.0 * smallest_g && static_cast<double>(std::abs(sample[axis] - before)) < kSpikeShare * height) spikes.push_back(t_s - period_s);
    }
    std::copy(previous_[0], previous_[0] + 3, previous_[1]);
    std::copy(sample, sample + 3, previous_[0]);
    ++count_;
  }

  void forget_before(double t_s) {
    for (std::vector<double>* times : {&spikes, &saturated})
      if (times->size() > 256) times->erase(times->begin(), std::lower_bound(times->begin(), times->end(), t_s));
  }

  std::vector<double> spikes;
  std::vector<double> saturated;

 private:
  float previous_[2][3] = {};
  std::int64_t count_ = 0;
};

}  // namespace

class Detector::Impl {
 public:
  Impl(const DetectorSettings& settings, const DetectorInput& input)
      : settings_(settings), input_(input), floor_(settings_.candidates), judge_(settings_, input.has_gravity), grouper_(settings_.grouping) {
    result.settings = settings;
    result.tilt_checked = input.has_gravity;
  }

  void begin_segment(double start_s, double rate_hz) {
    end_segment();
    if (!(rate_hz > 0.0)) return;
    if (start_s - last_end_s_ > kKeepFloorOver_s) floor_.restart();
    conditioner_.emplace(settings_.conditioning, start_s, rate_hz);
    finder_.emplace(settings_, Conditioner::working_rate(rate_hz));
    measurer_.emplace(Conditioner::working_rate(rate_hz));
    stillness_.emplace(settings_, Conditioner::working_rate(rate_hz));
    watch_.begin();
    start_s_ = start_s;
    rate_hz_ = rate_hz;
    received_ = 0;
    next_frame_ = 0;
    last_any_end_ = std::numeric_limits<std::int64_t>::min() / 2;
    waiting_.clear();
    run_.reset();
    if (!floor_.settled()) masks_.add({start_s, start_s + NoiseFloor::kSettled_s}, Reason::Settling);
    else masks_.add({start_s, start_s + kEdge_s}, Reason::EdgeOfData);
  }

  void push(std::span<const float> x, std::span<const float> y, std::span<const float> z) {
    std::size_t at = 0;
    while (at < x.size()) {
      std::size_t end = at;
      while (end < x.size() && is_number(x[end]) && is_number(y[end]) && is_number(z[end])) ++end;
      if (end > at) feed(x.subspan(at, end - at), y.subspan(at, end - at), z.subspan(at, end - at));
      if (end == x.size()) return;
      skip_sample();
      at = end + 1;
    }
  }

  void end_segment() {
    if (conditioner_ && !held_[0].empty()) conditioner_->push(held_[0], held_[1], held_[2]);
    for (auto& axis : held_) axis.clear();
    if (!conditioner_) {
      grouper_.interrupt(result.events);
      return;
    }
    conditioner_->finish();
    Track& track = conditioner_->track();
    while (next_frame_ < track.size()) advance(track, next_frame_++);
    if (const auto candidate = finder_->finish(track.size())) close_candidate(track, *candidate);
    while (!waiting_.empty()) measure_next(track);
    close_run(track, track.size());
    stillness_->finish(track, masks_);
    const double end_s = track.time_of(track.size());
    if (track.size() > 0) masks_.add({std::max(start_s_, end_s - kEdge_s), end_s}, Reason::EdgeOfData);
    if (track.size() > 0) recorded_.push_back({start_s_, end_s});
    last_end_s_ = end_s;
    grouper_.interrupt(result.events);
    conditioner_.reset();
    settle();
  }

  void finish() {
    end_segment();
    renumber_groups(result.events);
    settle();
  }

  Analysis result;

 private:
  void feed(std::span<const float> x, std::span<const float> y, std::span<const float> z) {
    if (!conditioner_) begin_segment(start_s_ + static_cast<double>(received_) / rate_hz_, rate_hz_);
    // Small pieces, so that the sample watch and the frames stay in step whatever the block size.
    constexpr std::size_t kPiece = 64;
    while (!x.empty()) {
      const std::size_t to_boundary = kPiece - static_cast<std::size_t>(received_) % kPiece;
      const std::size_t count = std::min(to_boundary, x.size());
      for (std::size_t i = 0; i < count; ++i) {
        const float sample[3] = {x[i], y[i], z[i]};
        watch_.look(sample, start_s_ + static_cast<double>(received_) / rate_hz_, 1.0 / rate_hz_, input_.range_g, settings_.candidates.smallest_peak_g, floor_);
        ++received_;
      }
      held_[0].insert(held_[0].end(), x.begin(), x.begin() + static_cast<std::ptrdiff_t>(count));
      held_[1].insert(held_[1].end(), y.begin(), y.begin() + static_cast<std::ptrdiff_t>(count));
      held_[2].insert(held_[2].end(), z.begin(), z.begin() + static_cast<std::ptrdiff_t>(count));
      if (static_cast<std::size_t>(received_) % kPiece == 0) pass_on();
      x = x.subspan(count);
      y = y.subspan(count);
      z = z.subspan(count);
    }
  }

  void pass_on() {
    conditioner_->push(held_[0], held_[1], held_[2]);
    for (auto& axis : held_) axis.clear();
    Track& track = conditioner_->track();
    while (next_frame_ < track.size()) advance(track, next_frame_++);
    forget(track);
  }

  /// Not-a-number ends the stretch at that sample; what follows is a stretch of its own.
  void skip_sample() {
    const double next_s = start_s_ + static_cast<double>(received_ + 1) / rate_hz_;
    end_segment();
    start_s_ = next_s;
    received_ = 0;
  }

  /// One frame through all stages.
  void advance(const Track& track, std::int64_t newest) {
    const std::int64_t hop = track.frames(NoiseFloor::kHop_s);
    if ((newest + 1) % hop == 0) add_level(track, newest + 1);
    if ((newest + 1) % track.frames(Stillness::kLook_s) == 0 && newest + 1 >= track.frames(Stillness::kWindow_s))
      stillness_->look(track, floor_, newest + 1, masks_);
    const std::int64_t frame = newest - finder_->reach();
    if (frame < 0) return;
    if (const auto candidate = finder_->advance(track, floor_, frame)) close_candidate(track, *candidate);
    while (!waiting_.empty() && newest >= waiting_.front().end + track.frames(kNeighbourhood_s)) measure_next(track);
    if (run_ && waiting_.empty() && !finder_->open_since() && frame - last_strong_end_ >= track.frames(settings_.grouping.series_gap_s)) close_run(track, frame);
  }

  void add_level(const Track& track, std::int64_t end) {
    const std::int64_t begin = std::max(track.first, end - track.frames(NoiseFloor::kWindow_s));
    double squares = 0.0;
    for (std::int64_t i = begin; i < end; ++i) squares += static_cast<double>(track.magnitude_at(i)) * static_cast<double>(track.magnitude_at(i));
    floor_.add_rms(static_cast<float>(std::sqrt(squares / static_cast<double>(std::max<std::int64_t>(1, end - begin)))));
    if ((end / track.frames(NoiseFloor::kHop_s)) % 4 == 0) floors_.push_back({track.time_of(end), floor_.level()});
  }

  void close_candidate(const Track& track, const Candidate& candidate) {
    const bool worth = static_cast<double>(candidate.peak_g) >= kWeakShare * static_cast<double>(candidate.on_level_g);
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
    for (const Candidate& stroke : strokes_of(track, candidate)) waiting_.push_back(stroke);
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
    const Verdict verdict = judge_.judge(*std::move(run_), watch_.spikes, watch_.saturated, masks_);
    run_.reset();
    const std::size_t from = result.events.size();
    result.events.insert(result.events.end(), verdict.counted.begin(), verdict.counted.end());
    result.not_counted.insert(result.not_counted.end(), verdict.not_counted.begin(), verdict.not_counted.end());
    grouper_.added(result.events, from);
  }

  void forget(Track& track) {
    std::int64_t needed = track.size() - track.frames(Stillness::kWindow_s + 1.0);
    if (const auto open = finder_->open_since()) {
      // A candidate beyond the longest is not measured, so its start need not be kept.
      const std::int64_t longest = track.frames(settings_.rejection.body_movement_s + 3.0);
      needed = std::min(needed, std::max(*open, track.size() - longest) - track.frames(1.5));
    }
    if (!waiting_.empty()) needed = std::min(needed, waiting_.front().begin - track.frames(1.5));
    track.forget_before(needed);
    watch_.forget_before(track.time_of(track.first) - 30.0);
  }

  /// Figures over all that was heard; cheap enough to be kept up to date at every segment's end.
  void settle() {
    // A counted event never lies in a mask: its own stretch is analysable by definition.
    for (; cleared_ < result.events.size(); ++cleared_)
      if (settings_.gate) masks_.keep_clear({result.events[cleared_].onset_s, result.events[cleared_].end_s});
    result.masks.clear();
    result.recorded_s = 0.0;
    double masked = 0.0;
    for (const TimeSpan& span : recorded_) {
      result.recorded_s += span.length_s();
      if (!settings_.gate) continue;
      for (const Mask& mask : masks_.masks()) {
        const TimeSpan part{std::max(mask.span.begin_s, span.begin_s), std::min(mask.span.end_s, span.end_s)};
        if (part.length_s() <= 0.0) continue;
        result.masks.push_back({part, mask.reason});
        masked += part.length_s();
      }
    }
    result.analysable_s = std::max(0.0, result.recorded_s - masked);
    std::sort(result.not_counted.begin(), result.not_counted.end(), [](const Event& a, const Event& b) { return a.onset_s < b.onset_s; });
    set_smallest_visible();
  }

  void set_smallest_visible() {
    std::vector<float> floors;
    auto mask = result.masks.begin();
    for (const FloorAt& floor : floors_) {
      while (mask != result.masks.end() && mask->span.end_s <= floor.t_s) ++mask;
      if (mask == result.masks.end() || !mask->span.contains(floor.t_s)) floors.push_back(floor.level_g);
    }
    if (!floors.empty()) {
      const auto middle = floors.begin() + static_cast<std::ptrdiff_t>(floors.size() / 2);
      std::nth_element(floors.begin(), middle, floors.end());
      result.noise_floor_g = static_cast<double>(*middle);
    }
    result.step_g = static_cast<double>(floor_.step());
    result.smallest_visible_g = result.analysable_s <= 0.0 ? 0.0 : smallest_visible_peak(settings_, result.noise_floor_g);
  }

  DetectorSettings settings_;
  DetectorInput input_;
  NoiseFloor floor_;
  Judge judge_;
  Grouper grouper_;
  MaskList masks_;
  SampleWatch watch_;
  std::optional<Conditioner> conditioner_;
  std::optional<CandidateFinder> finder_;
  std::optional<Measurer> measurer_;
  std::optional<Stillness> stillness_;
  std::deque<Candidate> waiting_;  // closed, their neighbourhood not yet complete
  std::optional<Run> run_;
  Axes held_;
  double start_s_ = 0.0;
  double rate_hz_ = 0.0;
  double last_end_s_ = -1e9;
  std::int64_t received_ = 0;
  std::int64_t next_frame_ = 0;
  std::int64_t last_any_end_ = 0;
  std::int64_t last_strong_end_ = 0;
  std::vector<TimeSpan> recorded_;
  struct FloorAt {
    double t_s = 0.0;
    float level_g = 0.0F;
  };
  std::vector<FloorAt> floors_;
  std::size_t cleared_ = 0;
};

Detector::Detector(const DetectorSettings& settings, const DetectorInput& input) : impl_(std::make_unique<Impl>(settings, input)) {}
Detector::~Detector() = default;
Detector::Detector(Detector&&) noexcept = default;
Detector& Detector::operator=(Detector&&) noexcept = default;

void Detector::begin_segment(double start_s, double rate_hz) { impl_->begin_segment(start_s, rate_hz); }
void Detector::push(std::span<const float> x, std::span<const float> y, std::span<const float> z) { impl_->push(x, y, z); }
void Detector::push(std::span<const float> x, std::span<const float> y, std::span<const float> z,
                    const std::array<std::span<const float>, 3>& /*rotation*/) {
  impl_->push(x, y, z);
}
void Detector::end_segment() { impl_->end_segment(); }
void Detector::finish() { impl_->finish(); }
const Analysis& Detector::analysis() const { return impl_->result; }

}  // namespace klono
