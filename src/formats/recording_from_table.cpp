#include "formats/recording_from_table.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numbers>
#include <utility>

#include "base/units.hpp"
#include "base/words.hpp"
#include "formats/asking.hpp"
#include "formats/even_spacing.hpp"
#include "formats/idle_rows.hpp"
#include "formats/resting_unit.hpp"
#include "formats/timed_rows.hpp"

namespace klono::formats {
namespace {

constexpr double kNoTime_s = 1e-6;           // what rounding leaves between two stretches is no gap
constexpr double kSlowest_hz = 24.5;         // METHODS.md 1: at least 25 Hz, with the drift real clocks show
constexpr double kShortest_s = 2.0;
constexpr double kFastest_hz = 20000.0;      // no motion sensor; the column is no time
constexpr std::size_t kManyRuns = 1000;      // chosen: a recording in more pieces than a quarter of its rows is no recording

std::string rounded(double value, int digits) {
  char text[48];
  std::snprintf(text, sizeof text, "%.*f", digits, value);
  return text;
}

/// From rows in order of time to segments, gaps and channels.
class Cleaner {
 public:
  explicit Cleaner(RawTable table) : rows_(std::move(table)), table_(rows_.table()) {}

  Result<Recording> run(const ReadOptions& options) {
    if (table_.num_rows() == 0) return Error{ErrorCode::Empty, std::string(word(Word::formats_no_rows)), std::string(word(Word::formats_unknown_advice))};
    recording_.warnings = std::exchange(table_.warnings, {});
    KLONO_CHECK(check_unit());
    KLONO_CHECK(rows_.settle(options.rate_hz));
    recording_.warnings.insert(recording_.warnings.end(), table_.warnings.begin(), table_.warnings.end());
    KLONO_CHECK(split());
    KLONO_CHECK(build());
    return std::move(recording_);
  }

 private:
  void warn(const char* code, Word id, std::initializer_list<std::pair<std::string_view, std::string>> values) {
    recording_.warnings.push_back({code, fill(id, values)});
  }

  bool is_acceleration(const RawColumn& column) const { return column.role <= ChannelRole::AccelerationMagnitude; }

  // ---- units (METHODS.md 1)

  Status check_unit() {
    recording_.has_gravity = table_.has_gravity;
    if (!table_.has_acceleration()) return Done{};
    recording_.amplitudes_valid = table_.has_axes();  // a length alone hides what is across gravity
    if (table_.unit_conflict)
      return ask(Question::Kind::Unit, "--unit", Word::formats_ask_unit_conflict, Word::formats_ask_unit_advice, "g\nm/s2\nmg\n");
    bool unknown = false;
    for (const RawColumn& column : table_.columns) unknown = unknown || (is_acceleration(column) && column.unit.empty());
    if (!unknown) {
      check_gravity(resting_magnitude(table_));
      return Done{};
    }
    if (!table_.needs_scale_hint.empty())
      return ask(Question::Kind::Scale, "--scale", Word::formats_ask_scale, Word::formats_ask_scale_advice, "-1.5,0.047619047619\n");
    return ask(Question::Kind::Unit, "--unit", Word::formats_ask_unit, Word::formats_ask_unit_advice, "m/s2\ng\nmg\n");
  }

  void check_gravity(double level_g) {
    if (!table_.gravity_known || table_.has_gravity) judge_resting_level(level_g, recording_);
  }

  // ---- segments

  struct Run {
    std::size_t begin = 0;  ///< rows
    std::size_t end = 0;
    double offset_s = 0.0;  ///< added to the file's times: pauses and restarts
    GapReason reason = GapReason::Missing;  ///< of the gap before it
  };

  Status split() {
    const double limit = longest_step_s(rows_.usual_step());
    const std::vector<IdleRows> bad = idle_rows(rows_);
    double offset = 0.0;
    std::size_t restart = 0;
    std::size_t next_bad = 0;
    std::sort(table_.restarts.begin(), table_.restarts.end(), [](const auto& a, const auto& b) { return a.at_s < b.at_s; });
    Run run;
    bool open = false;
    GapReason pending = GapReason::Missing;
    const auto close = [&](std::size_t end) {
      run.end = end;
      if (open && run.end > run.begin) runs_.push_back(run);
      open = false;
    };
    for (std::size_t row = 0; row < rows_.count(); ++row) {
      if (next_bad < bad.size() && row == bad[next_bad].begin) {
        close(row);
        pending = bad[next_bad].reason;
        row = bad[next_bad++].end - 1;
        continue;
      }
      const double t = rows_.times()[row];
      if (row > 0 && next_bad > 0 && bad[next_bad - 1].end == row) {
        if (const double back = rows_.times()[row - 1] - t; back > kRestart_s) offset += back + rows_.usual_step();
      } else if (row > 0) {
        const double step = t - rows_.times()[row - 1];
        const bool paused = restart < table_.restarts.size() && t >= table_.restarts[restart].at_s - 1e-9;
        if (step < -kRestart_s || paused || step > limit) {
          close(row);
          pending = step < -kRestart_s || paused ? GapReason::Restart : GapReason::Missing;
        }
        if (step < -kRestart_s) offset += -step + rows_.usual_step();
      }
      while (restart < table_.restarts.size() && t >= table_.restarts[restart].at_s - 1e-9) {
        if (row > 0) offset += table_.restarts[restart].missing_s;
        ++restart;
      }
      if (!open) {
        run = {row, row, offset, pending};
        open = true;
      }
      if (runs_.size() > kManyRuns && runs_.size() > row / 4) return disorder();
    }
    close(rows_.count());
    return Done{};
  }

  Error disorder() const {
    Error error = ask(Question::Kind::Columns, "--columns", Word::formats_ask_time, Word::formats_ask_columns_advice, "");
    error.question->suggestions = "-,2,3,4\n";
    return error;
  }

  // ---- the recording

  Status build() {
    recording_.format = table_.format;
    recording_.range_g = table_.range_g;
    recording_.start = table_.start;
    std::vector<EvenLine> lines;  // of each run
    KLONO_CHECK(build_segments(lines));
    place_beside(lines);
    std::int64_t moved = 0;
    for (std::size_t r = 0; r < runs_.size(); ++r)
      if (lines[r].uneven) moved += recording_.segments[r].count;
    if (moved > 0) warn("uneven-stamps", Word::formats_warn_uneven, {{"n", std::to_string(moved)}});
    else rows_.forget_times();
    for (RawColumn& column : table_.columns) recording_.channels.push_back(build_channel(std::move(column), lines));
    return Done{};
  }

  std::span<const double> times_of(const Run& run) const { return std::span(rows_.times()).subspan(run.begin, run.end - run.begin); }

  Status build_segments(std::vector<EvenLine>& lines) {
    double first_s = 0.0;
    std::int64_t samples = 0;
    for (const Run& run : runs_) {
      const EvenLine line = fit_even(times_of(run), rows_.usual_step());
      if (!(line.step_s * kFastest_hz >= 1.0)) return disorder();
      lines.push_back(line);
      if (recording_.segments.empty()) first_s = line.start_s + run.offset_s;
      const double before_s = recording_.segments.empty() ? 0.0 : recording_.segments.back().end_s();
      Segment segment;
      segment.first_index = samples;
      segment.count = static_cast<std::int64_t>(run.end - run.begin);
      segment.start_s = std::max(line.start_s + run.offset_s - first_s, before_s);
      segment.rate_hz = 1.0 / line.step_s;
      samples += segment.count;
      if (segment.start_s > before_s + kNoTime_s) recording_.gaps.push_back({{before_s, segment.start_s}, run.reason});
      recording_.segments.push_back(segment);
    }
    // The clock belongs to the first row read; the recording begins with the first segment.
    if (!runs_.empty() && recording_.start.basis != ClockBasis::None) recording_.start.unix_ns += static_cast<std::int64_t>(first_s * 1e9);
    set_rate();
    return Done{};
  }

  /// Seconds of the recording for a time in the file: that of the run it lies in or behind.
  double placed(double at_s, const std::vector<EvenLine>& lines) const {
    const auto after = std::upper_bound(runs_.begin(), runs_.end(), at_s, [this](double t, const Run& run) { return t < rows_.times()[run.begin]; });
    const Run& run = after == runs_.begin() ? runs_.front() : *std::prev(after);
    return at_s + run.offset_s - (lines.front().start_s + runs_.front().offset_s);
  }

  /// Remarks and slow measures keep their places beside the samples.
  void place_beside(const std::vector<EvenLine>& lines) {
    if (runs_.empty()) return;
    for (Annotation& annotation : table_.annotations) annotation.at_s = placed(annotation.at_s, lines);
    for (SideMeasure& side : table_.sides)
      for (double& at_s : side.at_s) at_s = placed(at_s, lines);
    std::sort(table_.annotations.begin(), table_.annotations.end(), [](const Annotation& a, const Annotation& b) { return a.at_s < b.at_s; });
    recording_.annotations = std::move(table_.annotations);
    recording_.sides = std::move(table_.sides);
  }

  /// The values of one column become the samples of a channel, in the same memory.
  Channel build_channel(RawColumn column, const std::vector<EvenLine>& lines) const {
    Channel channel;
    channel.name = column.name;
    channel.unit_in_file = column.unit_in_file;
    channel.role = column.role;
    const bool radians = column.unit == "rad/s";
    channel.unit = radians ? "deg/s" : column.unit;
    std::vector<float>& values = column.values;
    if (radians)
      for (float& value : values) value *= static_cast<float>(180.0 / std::numbers::pi);
    std::size_t next = 0;
    for (std::size_t r = 0; r < runs_.size(); ++r) {
      const Run& run = runs_[r];
      if (run.begin != next) std::copy(values.begin() + static_cast<std::ptrdiff_t>(run.begin), values.begin() + static_cast<std::ptrdiff_t>(run.end), values.begin() + static_cast<std::ptrdiff_t>(next));
      if (lines[r].uneven) move_to_even_times(times_of(run), lines[r], std::span(values).subspan(next, run.end - run.begin));
      next += run.end - run.begin;
    }
    values.resize(next);
    channel.samples = std::move(values);
    return channel;
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

  TimedRows rows_;
  RawTable& table_;  // of rows_
  Recording recording_;
  std::vector<Run> runs_;
};

}  // namespace

Result<Recording> recording_from_table(RawTable&& table, const ReadOptions& options) {
  if (table.recording) return std::move(*table.recording);
  if (table.refusal) return *std::move(table.refusal);
  return Cleaner(std::move(table)).run(options);
}

Status check_analysable(const Recording& recording) {
  const bool axes = recording.find(ChannelRole::AccelerationX) != nullptr && recording.find(ChannelRole::AccelerationY) != nullptr &&
                    recording.find(ChannelRole::AccelerationZ) != nullptr;
  if (!axes && recording.find(ChannelRole::AccelerationMagnitude) == nullptr)
    return Error{ErrorCode::NoAcceleration, std::string(word(Word::formats_no_acceleration)), std::string(word(Word::formats_no_acceleration_advice))};
  if (recording.segments.empty())
    return Error{ErrorCode::Empty, std::string(word(Word::formats_no_readings)), std::string(word(Word::formats_empty_advice))};
  double longest = 0.0;
  for (const Segment& segment : recording.segments) longest = std::max(longest, segment.end_s() - segment.start_s);
  if (recording.rate_hz < kSlowest_hz)
    return Error{ErrorCode::TooSlow, fill(Word::formats_too_slow, {{"rate", rounded(recording.rate_hz, 1)}}), std::string(word(Word::formats_too_slow_advice))};
  if (longest < kShortest_s)
    return Error{ErrorCode::Empty, fill(Word::formats_too_short, {{"seconds", rounded(longest, 1)}}), std::string(word(Word::formats_too_short_advice))};
  return Done{};
}

}  // namespace klono::formats
