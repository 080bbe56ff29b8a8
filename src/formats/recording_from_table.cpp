#include "formats/recording_from_table.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numbers>

#include "base/units.hpp"
#include "base/words.hpp"
#include "formats/even_spacing.hpp"
#include "formats/number_text.hpp"
#include "formats/resting_unit.hpp"

namespace klono::formats {
namespace {

constexpr double kNoTime_s = 1e-6;           // what rounding leaves between two stretches is no gap
constexpr double kRestart_s = 1.0;           // a step back beyond this is another recording
constexpr double kGapMedians = 3.0;          // METHODS.md 1
constexpr double kGapMargin_s = 0.050;
constexpr std::size_t kFurthestMove = 256;   // rows; more disorder than this is not repaired
constexpr double kHeld_s = 1.0;
constexpr float kFineStep_g = 0.004F;        // coarser sensors repeat a value without being asleep (chosen)
constexpr double kSlowest_hz = 24.5;         // METHODS.md 1: at least 25 Hz, with the drift real clocks show
constexpr double kShortest_s = 2.0;
constexpr float kLargest = 1e9F;             // no reading in any unit; its square would leave the numbers
constexpr double kLongest_s = 4e9;           // stamps further from the first one are no times
constexpr double kFastest_hz = 20000.0;      // no motion sensor; the column is no time
constexpr std::size_t kManyRows = 8'000'000;  // from here on the median step is taken from stretches of the recording
constexpr std::size_t kStretches = 4096;
constexpr std::size_t kStretchRows = 1024;
constexpr std::size_t kManyRuns = 1000;      // chosen: a recording in more pieces than a quarter of its rows is no recording

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

/// Rows that are kept, with their times; the work on the time column happens here. A week has tens of millions of rows, so
/// that all of it happens in the table's own columns.
class Cleaner {
 public:
  Cleaner(RawTable table, const ReadOptions& options) : table_(std::move(table)), options_(options) {}

  Result<Recording> run() {
    if (table_.num_rows() == 0) return Error{ErrorCode::Empty, std::string(word(Word::formats_no_rows)), std::string(word(Word::formats_unknown_advice))};
    KLONO_CHECK(check_unit());
    KLONO_CHECK(settle_time());
    std::erase_if(table_.columns, [&](const RawColumn& column) { return column.values.size() < rows(); });
    for (const RawColumn& column : table_.columns)
      if (is_acceleration(column)) acceleration_.push_back(column.values.data());
    drop_rows_without_numbers();
    if (table_.stamps_repeat) drop_repeated_stamps();
    if (table_.zero_order_hold) drop_repeats();
    remove_duplicates_and_spread();
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
    recording_.warnings = table_.warnings;
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
    times_.resize(std::min(rows, times_.size()));
    if (table_.time.whole_seconds) spread_whole_seconds();
    return Done{};
  }

  /// Stamps of one-second resolution: the rows of each second evenly over it. The first second is rarely a whole
  /// one: its rows belong at its end.
  void spread_whole_seconds() {
    std::vector<std::size_t> begins;
    for (std::size_t i = 0; i < times_.size(); ++i)
      if (i == 0 || times_[i] != times_[i - 1]) begins.push_back(i);
    begins.push_back(times_.size());
    std::vector<std::size_t> counts;
    for (std::size_t g = 0; g + 1 < begins.size(); ++g) counts.push_back(begins[g + 1] - begins[g]);
    if (counts.empty()) return;
    const auto middle = counts.begin() + static_cast<std::ptrdiff_t>(counts.size() / 2);
    std::nth_element(counts.begin(), middle, counts.end());
    const std::size_t usual = *middle;
    for (std::size_t g = 0; g + 1 < begins.size(); ++g) {
      const std::size_t count = begins[g + 1] - begins[g];
      const bool first = g == 0 && count < usual;
      const bool last = g + 2 == begins.size() && count < usual;
      const auto slots = static_cast<double>(first || last ? usual : count);
      const std::size_t skipped = first ? usual - count : 0;
      for (std::size_t k = 0; k < count; ++k) times_[begins[g] + k] += static_cast<double>(skipped + k) / slots;
    }
    warn("whole-second-stamps", Word::formats_warn_whole_seconds, {});
  }

  std::size_t rows() const { return times_.size(); }

  /// Drops rows for good. `wanted(row)` sees the row and the one before it as they stood.
  template <class Wanted>
  std::size_t keep_rows(Wanted wanted) {
    std::size_t next = 0;
    while (next < rows() && wanted(next)) ++next;
    for (std::size_t row = next; row < rows(); ++row)
      if (wanted(row)) move_row(row, next++);
    const std::size_t dropped = rows() - next;
    if (dropped == 0) return 0;
    times_.resize(next);
    for (RawColumn& column : table_.columns) column.values.resize(next);
    return dropped;
  }

  void move_row(std::size_t from, std::size_t to) {
    times_[to] = times_[from];
    for (RawColumn& column : table_.columns) column.values[to] = column.values[from];
  }

  void drop_rows_without_numbers() {
    std::vector<const float*> needed;
    for (const RawColumn& column : table_.columns)
      if (is_acceleration(column) || !table_.has_acceleration()) needed.push_back(column.values.data());
    const std::size_t dropped = keep_rows([&](std::size_t row) {
      for (const float* values : needed)
        if (!(std::abs(values[row]) < kLargest)) return false;
      return std::abs(times_[row]) < kLongest_s;
    });
    if (dropped > 0) warn("missing-numbers", Word::formats_warn_missing, {{"n", std::to_string(dropped)}});
  }

  bool same_values(std::size_t a, std::size_t b) const {
    for (const float* values : acceleration_)
      if (values[a] != values[b]) return false;
    return true;
  }

  /// A logger that writes a row whenever any sensor fires repeats the acceleration in between.
  void drop_repeats() {
    const std::size_t dropped = keep_rows([&](std::size_t row) { return row == 0 || !same_values(row, row - 1); });
    if (dropped > 0) warn("held-rows", Word::formats_warn_held_rows, {{"n", std::to_string(dropped)}});
  }

  /// All sensors share a row: where the time of this one stands still, the row is another sensor's.
  void drop_repeated_stamps() {
    const std::size_t dropped = keep_rows([&](std::size_t row) { return row == 0 || times_[row] != times_[row - 1]; });
    if (dropped > 0) warn("same-stamps", Word::apps_warn_same_stamps, {{"n", std::to_string(dropped)}});
  }

  void remove_duplicates_and_spread() {
    const std::size_t dropped = keep_rows([&](std::size_t row) { return row == 0 || times_[row] != times_[row - 1] || !same_values(row, row - 1); });
    std::size_t spread = 0;
    for (std::size_t row = 0; row < rows();) {
      std::size_t end = row + 1;
      while (end < rows() && times_[end] == times_[row]) ++end;
      if (end - row > 1) {
        const double step = usual_step();
        const double room = end < rows() ? times_[end] - times_[row] : 0.0;
        const double each = room > 0.0 ? std::min(room / static_cast<double>(end - row), step) : step;
        for (std::size_t i = row + 1; i < end; ++i) times_[i] += each * static_cast<double>(i - row);
        spread += end - row - 1;
      }
      row = end;
    }
    if (dropped > 0) warn("duplicate-rows", Word::formats_warn_duplicates, {{"n", std::to_string(dropped)}});
    if (spread > 0) warn("equal-stamps", Word::formats_warn_spread, {{"n", std::to_string(spread)}});
    sort_small_disorder();
  }

  /// Rows out of order by less than a restart: put back, and said so.
  void sort_small_disorder() {
    std::size_t moved = 0;
    for (std::size_t row = 1; row < rows(); ++row) {
      const double t = times_[row];
      const double back = times_[row - 1] - t;
      if (back <= 0.0 || back > kRestart_s) continue;
      std::size_t at = row;
      while (at > 0 && row - at < kFurthestMove && times_[at - 1] > t && times_[at - 1] - t <= kRestart_s) --at;
      const auto turn = [&](auto& values) {
        const auto begin = values.begin() + static_cast<std::ptrdiff_t>(at);
        const auto end = values.begin() + static_cast<std::ptrdiff_t>(row) + 1;
        std::rotate(begin, end - 1, end);
      };
      turn(times_);
      for (RawColumn& column : table_.columns) turn(column.values);
      ++moved;
    }
    if (moved > 0) warn("out-of-order", Word::formats_warn_disorder, {{"n", std::to_string(moved)}});
  }

  /// Median step; of a very long recording that of stretches spread evenly over it.
  double usual_step() {
    if (usual_step_ > 0.0) return usual_step_;
    std::vector<double> steps;
    const std::size_t stretches = rows() > kManyRows ? kStretches : 1;
    const std::size_t length = rows() > kManyRows ? kStretchRows : rows();
    for (std::size_t s = 0; s < stretches; ++s) {
      const std::size_t first = s * (rows() / stretches);
      std::size_t begin = first;  // rows that share a stamp share the time to the next one
      for (std::size_t row = first + 1; row < std::min(rows(), first + length); ++row) {
        const double step = times_[row] - times_[row - 1];
        if (step == 0.0) continue;
        const std::size_t count = row - begin;
        if (step > 0.0) steps.insert(steps.end(), count, step / static_cast<double>(count));
        begin = row;
      }
    }
    if (steps.empty()) return usual_step_ = stated_rate_ > 0.0 ? 1.0 / stated_rate_ : 0.01;
    const auto middle = steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 2);
    std::nth_element(steps.begin(), middle, steps.end());
    return usual_step_ = *middle;
  }

  // ---- segments

  struct Run {
    std::size_t begin = 0;  ///< rows
    std::size_t end = 0;
    double offset_s = 0.0;  ///< added to the file's times: pauses and restarts
    GapReason reason = GapReason::Missing;  ///< of the gap before it
  };

  /// Rows that are no readings.
  struct Bad {
    std::size_t begin = 0;
    std::size_t end = 0;
    GapReason reason = GapReason::Held;
  };

  Status split() {
    const double limit = std::max(kGapMedians * usual_step(), usual_step() + kGapMargin_s);
    const std::vector<Bad> bad = held_or_zero_rows();
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
    for (std::size_t row = 0; row < rows(); ++row) {
      if (next_bad < bad.size() && row == bad[next_bad].begin) {
        close(row);
        pending = bad[next_bad].reason;
        row = bad[next_bad++].end - 1;
        continue;
      }
      const double t = times_[row];
      if (row > 0 && next_bad > 0 && bad[next_bad - 1].end == row) {
        if (const double back = times_[row - 1] - t; back > kRestart_s) offset += back + usual_step();
      } else if (row > 0) {
        const double step = t - times_[row - 1];
        const bool paused = restart < table_.restarts.size() && t >= table_.restarts[restart].at_s - 1e-9;
        if (step < -kRestart_s || paused || step > limit) {
          close(row);
          pending = step < -kRestart_s || paused ? GapReason::Restart : GapReason::Missing;
        }
        if (step < -kRestart_s) offset += -step + usual_step();
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
    close(rows());
    return Done{};
  }

  Error disorder() const {
    Error error = ask(Question::Kind::Columns, "--columns", Word::formats_ask_time, Word::formats_ask_columns_advice, "");
    error.question->suggestions = "-,2,3,4\n";
    return error;
  }

  /// Runs of at least a second of one repeated value (where the sensor is fine enough to tell) and of zeros, in order. The
  /// first row of a repeated value is a reading.
  std::vector<Bad> held_or_zero_rows() const {
    std::vector<Bad> bad;
    if (!table_.has_axes()) return bad;
    const bool fine = table_.device_filler_is_certain || smallest_step() <= kFineStep_g;
    const auto add = [&](const Bad& rows) {
      const bool goes_on = !bad.empty() && bad.back().end == rows.begin && bad.back().reason == rows.reason;
      if (goes_on) bad.back().end = rows.end;
      else if (rows.end > rows.begin) bad.push_back(rows);
    };
    for (std::size_t row = 0; row + 1 < rows();) {
      std::size_t end = row + 1;
      while (end < rows() && same_values(end, row) && times_[end] >= times_[end - 1]) ++end;
      if (end - row > 1 && times_[end - 1] - times_[row] >= kHeld_s) {
        if (all_zero(row)) add({row, end, GapReason::Invalid});
        else if (fine) add({row + 1, end, GapReason::Held});
      }
      row = end;
    }
    return bad;
  }

  bool all_zero(std::size_t row) const {
    return std::all_of(acceleration_.begin(), acceleration_.end(), [&](const float* values) { return values[row] == 0.0F; });
  }

  float smallest_step() const {
    float smallest = 1.0F;
    for (const RawColumn& column : table_.columns) {
      if (!is_acceleration(column)) continue;
      for (std::size_t row = 1; row < std::min<std::size_t>(rows(), 200000); ++row) {
        const float step = std::abs(column.values[row] - column.values[row - 1]);
        if (step > 1e-7F) smallest = std::min(smallest, step);
      }
    }
    return smallest;
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
    else times_ = {};
    for (RawColumn& column : table_.columns) recording_.channels.push_back(build_channel(std::move(column), lines));
    return Done{};
  }

  std::span<const double> times_of(const Run& run) const { return std::span(times_).subspan(run.begin, run.end - run.begin); }

  Status build_segments(std::vector<EvenLine>& lines) {
    double first_s = 0.0;
    std::int64_t samples = 0;
    for (const Run& run : runs_) {
      const EvenLine line = fit_even(times_of(run), usual_step());
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
    const auto after = std::upper_bound(runs_.begin(), runs_.end(), at_s, [this](double t, const Run& run) { return t < times_[run.begin]; });
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

  RawTable table_;
  const ReadOptions& options_;
  Recording recording_;
  std::vector<double> times_;
  std::vector<const float*> acceleration_;  // the values of its columns
  std::vector<Run> runs_;
  double usual_step_ = 0.0;
  double stated_rate_ = 0.0;
};

}  // namespace

Result<Recording> recording_from_table(RawTable&& table, const ReadOptions& options) {
  if (table.recording) return std::move(*table.recording);
  if (table.refusal) return *std::move(table.refusal);
  return Cleaner(std::move(table), options).run();
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
