#include "formats/recording_from_table.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "base/units.hpp"
#include "base/words.hpp"
#include "formats/number_text.hpp"
#include "formats/resting_unit.hpp"

namespace klono::formats {
namespace {

constexpr double kRestart_s = 1.0;           // a step back beyond this is another recording
constexpr double kGapMedians = 3.0;          // formats.md section 0
constexpr double kGapMargin_s = 0.050;
constexpr double kHeld_s = 1.0;
constexpr float kFineStep_g = 0.004F;        // coarser sensors repeat a value without being asleep (chosen)
constexpr double kSlowest_hz = 24.5;         // clinical.md 7: at least 25 Hz, with the drift real clocks show
constexpr double kShortest_s = 2.0;
constexpr double kSlack = 0.5;               // of a sample: larger deviations from even spacing are resampled

std::string rounded(double value, int digits) {
  char text[48];
  std::snprintf(text, sizeof text, "%.*f", digits, value);
  return text;
}

Error ask(Question::Kind kind, std::string option, Word prompt, Word advice, std::string suggestions) {
  Error error{ErrorCode::NeedsChoice, std::string(word(prompt)), std::string(word(advice))};
  error.question = Question{kind, std::move(option), std::string(word(prompt)), std::move(suggestions)};
  return error;
}

/// Rows that are kept, with their times; the work on the time column happens here.
class Cleaner {
 public:
  Cleaner(RawTable table, const ReadOptions& options) : table_(std::move(table)), options_(options) {}

  Result<Recording> run() {
    if (table_.num_rows() == 0) return Error{ErrorCode::Empty, std::string(word(Word::formats_no_rows)), std::string(word(Word::formats_unknown_advice))};
    KLONO_CHECK(check_unit());
    KLONO_CHECK(settle_time());
    drop_rows_without_numbers();
    if (table_.zero_order_hold) drop_repeats();
    remove_duplicates_and_spread();
    split();
    build();
    return std::move(recording_);
  }

 private:
  void warn(const char* code, Word id, std::initializer_list<std::pair<std::string_view, std::string>> values) {
    recording_.warnings.push_back({code, fill(id, values)});
  }

  bool is_acceleration(const RawColumn& column) const { return column.role <= ChannelRole::AccelerationMagnitude; }

  // ---- units (clinical.md D5)

  Status check_unit() {
    recording_.warnings = table_.warnings;
    recording_.has_gravity = table_.has_gravity;
    if (!table_.has_acceleration()) return Done{};
    const double level = resting_magnitude(table_);
    bool unknown = false;
    for (const RawColumn& column : table_.columns) unknown = unknown || (is_acceleration(column) && column.unit.empty());
    if (unknown) {
      if (!table_.needs_scale_hint.empty())
        return ask(Question::Kind::Scale, "--scale", Word::formats_ask_scale, Word::formats_ask_scale_advice, "-1.5,0.047619047619\n");
      return ask(Question::Kind::Unit, "--unit", Word::formats_ask_unit, Word::formats_ask_unit_advice, "m/s2\ng\nmg\n");
    }
    return check_gravity(level);
  }

  Status check_gravity(double level_g) {
    const bool axes = table_.has_axes();
    if (table_.gravity_known && !table_.has_gravity) return Done{};
    if (level_g > 0.85 && level_g < 1.15) return Done{};
    if (level_g < 0.3) {
      const double as_g = level_g * kStandardGravity_m_s2;  // a header that says m/s^2 over values in g
      if (table_.unit_basis == UnitBasis::Written && axes && as_g > 0.85 && as_g < 1.15)
        return ask(Question::Kind::Unit, "--unit", Word::formats_ask_unit_conflict, Word::formats_ask_unit_advice, "g\nm/s2\n");
      recording_.has_gravity = false;
      return Done{};
    }
    if (table_.unit_basis == UnitBasis::Written && level_g > 8.3 && level_g < 11.3)
      return ask(Question::Kind::Unit, "--unit", Word::formats_ask_unit_conflict, Word::formats_ask_unit_advice, "m/s2\ng\n");
    if (level_g > 20.0 && table_.unit_basis != UnitBasis::Given)
      return ask(Question::Kind::Unit, "--unit", Word::formats_ask_unit_conflict, Word::formats_ask_unit_advice, "mg\nm/s2\ng\n");
    recording_.amplitudes_valid = axes && level_g < 1.6;
    warn("resting-off-1g", Word::formats_warn_resting, {{"level", rounded(level_g, 2)}});
    return Done{};
  }

  // ---- time

  Status settle_time() {
    const auto rows = static_cast<std::size_t>(table_.num_rows());
    times_ = std::move(table_.time.seconds);
    if (options_.rate_hz > 0.0 || times_.empty()) {
      const double rate = options_.rate_hz > 0.0 ? options_.rate_hz : table_.time.nominal_rate_hz;
      if (rate <= 0.0)
        return ask(Question::Kind::Rate, "--rate", Word::formats_ask_rate, Word::formats_ask_rate_advice, "25\n32\n50\n64\n100\n128\n200\n");
      times_.resize(rows);
      for (std::size_t i = 0; i < rows; ++i) times_[i] = static_cast<double>(i) / rate;
      stated_rate_ = rate;
    }
    kept_.resize(std::min(rows, times_.size()));
    for (std::size_t i = 0; i < kept_.size(); ++i) kept_[i] = i;
    if (table_.time.whole_seconds) spread_whole_seconds();
    return Done{};
  }

  /// Stamps of one-second resolution: the rows of each second evenly over it.
  void spread_whole_seconds() {
    std::size_t begin = 0;
    for (std::size_t i = 1; i <= times_.size(); ++i) {
      if (i < times_.size() && times_[i] == times_[begin]) continue;
      const auto count = static_cast<double>(i - begin);
      for (std::size_t k = begin; k < i; ++k) times_[k] += static_cast<double>(k - begin) / count;
      begin = i;
    }
    warn("whole-second-stamps", Word::formats_warn_whole_seconds, {});
  }

  template <class Keep>
  std::size_t keep_rows(Keep keep) {
    const std::size_t before = kept_.size();
    std::vector<std::size_t> kept;
    kept.reserve(kept_.size());
    for (std::size_t k = 0; k < kept_.size(); ++k)
      if (keep(k)) kept.push_back(kept_[k]);
    kept_ = std::move(kept);
    return before - kept_.size();
  }

  void drop_rows_without_numbers() {
    const bool has_acceleration = table_.has_acceleration();
    const std::size_t dropped = keep_rows([&](std::size_t k) {
      for (const RawColumn& column : table_.columns)
        if ((is_acceleration(column) || !has_acceleration) && std::isnan(column.values[kept_[k]])) return false;
      return std::isfinite(times_[kept_[k]]);
    });
    if (dropped > 0) warn("missing-numbers", Word::formats_warn_missing, {{"n", std::to_string(dropped)}});
  }

  bool same_values(std::size_t a, std::size_t b) const {
    for (const RawColumn& column : table_.columns)
      if (is_acceleration(column) && column.values[a] != column.values[b]) return false;
    return true;
  }

  /// A logger that writes a row whenever any sensor fires repeats the acceleration in between.
  void drop_repeats() {
    const std::size_t dropped = keep_rows([&](std::size_t k) { return k == 0 || !same_values(kept_[k], kept_[k - 1]); });
    if (dropped > 0) warn("held-rows", Word::formats_warn_held_rows, {{"n", std::to_string(dropped)}});
  }

  void remove_duplicates_and_spread() {
    const std::size_t dropped = keep_rows([&](std::size_t k) {
      return k == 0 || times_[kept_[k]] != times_[kept_[k - 1]] || !same_values(kept_[k], kept_[k - 1]);
    });
    std::size_t spread = 0;
    for (std::size_t k = 0; k < kept_.size();) {
      std::size_t end = k + 1;
      while (end < kept_.size() && times_[kept_[end]] == times_[kept_[k]]) ++end;
      if (end - k > 1) {
        const double step = usual_step();
        const double room = end < kept_.size() ? times_[kept_[end]] - times_[kept_[k]] : step * static_cast<double>(end - k);
        const double each = std::min(room / static_cast<double>(end - k), step);
        if (each > 0.0)
          for (std::size_t i = k + 1; i < end; ++i) times_[kept_[i]] += each * static_cast<double>(i - k);
        spread += end - k - 1;
      }
      k = end;
    }
    if (dropped > 0) warn("duplicate-rows", Word::formats_warn_duplicates, {{"n", std::to_string(dropped)}});
    if (spread > 0) warn("equal-stamps", Word::formats_warn_spread, {{"n", std::to_string(spread)}});
    sort_small_disorder();
  }

  /// Rows out of order by less than a restart: put back, and said so.
  void sort_small_disorder() {
    std::size_t moved = 0;
    for (std::size_t k = 1; k < kept_.size(); ++k) {
      const double back = times_[kept_[k - 1]] - times_[kept_[k]];
      if (back <= 0.0 || back > kRestart_s) continue;
      const std::size_t row = kept_[k];
      std::size_t at = k;
      while (at > 0 && k - at < 256 && times_[kept_[at - 1]] > times_[row] && times_[kept_[at - 1]] - times_[row] <= kRestart_s) {
        kept_[at] = kept_[at - 1];
        --at;
      }
      kept_[at] = row;
      ++moved;
    }
    if (moved > 0) warn("out-of-order", Word::formats_warn_disorder, {{"n", std::to_string(moved)}});
  }

  double usual_step() {
    if (usual_step_ > 0.0) return usual_step_;
    std::vector<double> steps;
    for (std::size_t k = 1; k < kept_.size(); ++k) {
      const double step = times_[kept_[k]] - times_[kept_[k - 1]];
      if (step > 0.0) steps.push_back(step);
    }
    if (steps.empty()) return usual_step_ = stated_rate_ > 0.0 ? 1.0 / stated_rate_ : 0.01;
    const auto middle = steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 2);
    std::nth_element(steps.begin(), middle, steps.end());
    return usual_step_ = *middle;
  }

  // ---- segments

  struct Run {
    std::size_t begin = 0;  ///< into kept_
    std::size_t end = 0;
    double offset_s = 0.0;  ///< added to the file's times: pauses and restarts
    GapReason reason = GapReason::Missing;  ///< of the gap before it
  };

  void split() {
    const double limit = std::max(kGapMedians * usual_step(), usual_step() + kGapMargin_s);
    const std::vector<bool> bad = held_or_zero_rows();
    double offset = 0.0;
    std::size_t restart = 0;
    std::sort(table_.restarts.begin(), table_.restarts.end(), [](const auto& a, const auto& b) { return a.at_s < b.at_s; });
    Run run;
    bool open = false;
    GapReason pending = GapReason::Missing;
    const auto close = [&](std::size_t end) {
      run.end = end;
      if (open && run.end > run.begin) runs_.push_back(run);
      open = false;
    };
    for (std::size_t k = 0; k < kept_.size(); ++k) {
      if (bad[k]) {
        close(k);
        pending = bad_reason_[k];
        continue;
      }
      const double t = times_[kept_[k]];
      if (k > 0 && !bad[k - 1]) {
        const double step = t - times_[kept_[k - 1]];
        const bool paused = restart < table_.restarts.size() && t >= table_.restarts[restart].at_s - 1e-9;
        if (step < -kRestart_s || paused || step > limit) {
          close(k);
          pending = step < -kRestart_s || paused ? GapReason::Restart : GapReason::Missing;
        }
        if (step < -kRestart_s) offset += -step + usual_step();
      }
      while (restart < table_.restarts.size() && t >= table_.restarts[restart].at_s - 1e-9) {
        if (k > 0) offset += table_.restarts[restart].missing_s;
        ++restart;
      }
      if (!open) {
        run = {k, k, offset, pending};
        open = true;
      }
    }
    close(kept_.size());
  }

  /// Marks runs of at least a second of one repeated value (where the sensor is fine enough to tell) and of zeros.
  std::vector<bool> held_or_zero_rows() {
    std::vector<bool> bad(kept_.size(), false);
    bad_reason_.assign(kept_.size(), GapReason::Held);
    if (!table_.has_axes()) return bad;
    const bool fine = table_.device_filler_is_certain || smallest_step() <= kFineStep_g;
    for (std::size_t k = 0; k < kept_.size();) {
      std::size_t end = k + 1;
      while (end < kept_.size() && same_values(kept_[end], kept_[k]) && times_[kept_[end]] >= times_[kept_[end - 1]]) ++end;
      const double length = times_[kept_[end - 1]] - times_[kept_[k]];
      const bool zero = all_zero(kept_[k]);
      if (length >= kHeld_s && (fine || zero)) {
        for (std::size_t i = k + 1; i < end; ++i) {
          bad[i] = true;
          bad_reason_[i] = zero ? GapReason::Invalid : GapReason::Held;
        }
        if (zero) {
          bad[k] = true;
          bad_reason_[k] = GapReason::Invalid;
        }
      }
      k = end;
    }
    return bad;
  }

  bool all_zero(std::size_t row) const {
    for (const RawColumn& column : table_.columns)
      if (is_acceleration(column) && column.values[row] != 0.0F) return false;
    return true;
  }

  float smallest_step() const {
    float smallest = 1.0F;
    for (const RawColumn& column : table_.columns) {
      if (!is_acceleration(column)) continue;
      for (std::size_t k = 1; k < std::min<std::size_t>(kept_.size(), 200000); ++k) {
        const float step = std::abs(column.values[kept_[k]] - column.values[kept_[k - 1]]);
        if (step > 1e-7F) smallest = std::min(smallest, step);
      }
    }
    return smallest;
  }

  // ---- the recording

  struct Fit {
    double start_s = 0.0;
    double step_s = 0.0;
    double worst_s = 0.0;  ///< largest deviation of a stamp from even spacing
  };

  Fit fit(const Run& run) {
    const auto n = static_cast<double>(run.end - run.begin);
    const double origin = times_[kept_[run.begin]];
    double sum_t = 0.0;
    double sum_it = 0.0;
    for (std::size_t k = run.begin; k < run.end; ++k) {
      const double t = times_[kept_[k]] - origin;
      sum_t += t;
      sum_it += t * static_cast<double>(k - run.begin);
    }
    Fit line;
    const double mean_i = (n - 1.0) / 2.0;
    const double spread = n * (n * n - 1.0) / 12.0;
    line.step_s = run.end - run.begin > 1 && spread > 0.0 ? (sum_it - mean_i * sum_t) / spread : usual_step();
    if (!(line.step_s > 0.0)) line.step_s = usual_step();
    line.start_s = sum_t / n - line.step_s * mean_i;
    for (std::size_t k = run.begin; k < run.end; ++k)
      line.worst_s = std::max(line.worst_s, std::abs(times_[kept_[k]] - origin - line.start_s - line.step_s * static_cast<double>(k - run.begin)));
    line.start_s += origin + run.offset_s;
    return line;
  }

  void build() {
    recording_.format = table_.format;
    recording_.range_g = table_.range_g;
    recording_.start = table_.start;
    for (const RawColumn& column : table_.columns) {
      Channel channel;
      channel.name = column.name;
      channel.unit_in_file = column.unit_in_file;
      channel.role = column.role;
      channel.unit = column.unit == "rad/s" ? "deg/s" : column.unit;
      recording_.channels.push_back(std::move(channel));
    }
    double first_s = 0.0;
    std::size_t resampled = 0;
    for (const Run& run : runs_) {
      Fit line = fit(run);
      if (recording_.segments.empty()) first_s = line.start_s;
      Segment segment;
      segment.first_index = recording_.num_samples();
      segment.start_s = line.start_s - first_s;
      segment.rate_hz = 1.0 / line.step_s;
      const double before_s = recording_.segments.empty() ? 0.0 : recording_.segments.back().end_s();
      segment.start_s = std::max(segment.start_s, before_s);
      const bool uneven = line.worst_s > kSlack * line.step_s;
      resampled += uneven ? run.end - run.begin : 0;
      append(run, line, uneven);
      segment.count = recording_.num_samples() - segment.first_index;
      if (!recording_.segments.empty()) add_gap({before_s, segment.start_s}, run.reason);
      recording_.segments.push_back(segment);
    }
    // The clock belongs to the first row read; the recording begins with the first segment.
    if (!runs_.empty() && recording_.start.basis != ClockBasis::None) recording_.start.unix_ns += static_cast<std::int64_t>(first_s * 1e9);
    set_rate();
    if (resampled > 0) warn("uneven-stamps", Word::formats_warn_uneven, {{"n", std::to_string(resampled)}});
  }

  void add_gap(TimeSpan span, GapReason reason) {
    if (span.length_s() > 0.0) recording_.gaps.push_back({span, reason});
  }

  /// Even spacing as it is; else each channel interpolated to even times by a cubic through its neighbours.
  void append(const Run& run, const Fit& line, bool uneven) {
    for (std::size_t c = 0; c < table_.columns.size(); ++c) {
      const RawColumn& column = table_.columns[c];
      const float factor = column.unit == "rad/s" ? static_cast<float>(180.0 / 3.14159265358979323846) : 1.0F;
      std::vector<float>& samples = recording_.channels[c].samples;
      if (!uneven) {
        for (std::size_t k = run.begin; k < run.end; ++k) samples.push_back(factor * column.values[kept_[k]]);
        continue;
      }
      std::size_t low = run.begin;
      for (std::size_t k = run.begin; k < run.end; ++k) {
        const double t = line.start_s - run.offset_s + line.step_s * static_cast<double>(k - run.begin);
        while (low + 2 < run.end && times_[kept_[low + 1]] <= t) ++low;
        samples.push_back(factor * interpolate(column.values, run, low, t));
      }
    }
  }

  float interpolate(const std::vector<float>& values, const Run& run, std::size_t low, double t) const {
    if (run.end - run.begin < 2) return values[kept_[low]];
    const double t0 = times_[kept_[low]];
    const double t1 = times_[kept_[low + 1]];
    const double u = t1 > t0 ? std::clamp((t - t0) / (t1 - t0), 0.0, 1.0) : 0.0;
    const auto value = [&](std::size_t k) { return static_cast<double>(values[kept_[k]]); };
    const double p1 = value(low);
    const double p2 = value(low + 1);
    const double p0 = low > run.begin ? value(low - 1) : p1;
    const double p3 = low + 2 < run.end ? value(low + 2) : p2;
    const double cubic = p1 + 0.5 * u * (p2 - p0 + u * (2.0 * p0 - 5.0 * p1 + 4.0 * p2 - p3 + u * (3.0 * (p1 - p2) + p3 - p0)));
    return static_cast<float>(cubic);
  }

  void set_rate() {
    double samples = 0.0;
    double weighted = 0.0;
    for (const Segment& segment : recording_.segments) {
      samples += static_cast<double>(segment.count);
      weighted += static_cast<double>(segment.count) * segment.rate_hz;
    }
    recording_.rate_hz = samples > 0.0 ? weighted / samples : 0.0;
  }

  RawTable table_;
  const ReadOptions& options_;
  Recording recording_;
  std::vector<double> times_;
  std::vector<std::size_t> kept_;
  std::vector<Run> runs_;
  std::vector<GapReason> bad_reason_;
  double usual_step_ = 0.0;
  double stated_rate_ = 0.0;
};

}  // namespace

Result<Recording> recording_from_table(RawTable&& table, const ReadOptions& options) { return Cleaner(std::move(table), options).run(); }

Status check_analysable(const Recording& recording) {
  const bool axes = recording.find(ChannelRole::AccelerationX) != nullptr && recording.find(ChannelRole::AccelerationY) != nullptr &&
                    recording.find(ChannelRole::AccelerationZ) != nullptr;
  if (!axes && recording.find(ChannelRole::AccelerationMagnitude) == nullptr)
    return Error{ErrorCode::NoAcceleration, std::string(word(Word::formats_no_acceleration)), std::string(word(Word::formats_no_acceleration_advice))};
  double longest = 0.0;
  for (const Segment& segment : recording.segments) longest = std::max(longest, segment.end_s() - segment.start_s);
  if (recording.rate_hz < kSlowest_hz)
    return Error{ErrorCode::TooSlow, fill(Word::formats_too_slow, {{"rate", rounded(recording.rate_hz, 1)}}), std::string(word(Word::formats_too_slow_advice))};
  if (longest < kShortest_s)
    return Error{ErrorCode::Empty, fill(Word::formats_too_short, {{"seconds", rounded(longest, 1)}}), std::string(word(Word::formats_too_short_advice))};
  return Done{};
}

}  // namespace klono::formats
