#include "formats/timed_rows.hpp"

#include <algorithm>
#include <cmath>

#include "base/words.hpp"
#include "formats/asking.hpp"

namespace klono::formats {
namespace {

constexpr std::size_t kFurthestMove = 256;   // rows; more disorder than this is not repaired
constexpr float kLargest = 1e9F;             // no reading in any unit; its square would leave the numbers
constexpr double kLongest_s = 4e9;           // stamps further from the first one are no times
constexpr std::size_t kManyRows = 8'000'000;  // from here on the median step is taken from stretches of the recording
constexpr std::size_t kStretches = 4096;
constexpr std::size_t kStretchRows = 1024;

bool is_acceleration(const RawColumn& column) { return column.role <= ChannelRole::AccelerationMagnitude; }

}  // namespace

Status TimedRows::settle(double stated_rate_hz) {
  KLONO_CHECK(settle_time(stated_rate_hz));
  std::erase_if(table_.columns, [&](const RawColumn& column) { return column.values.size() < count(); });
  for (const RawColumn& column : table_.columns)
    if (is_acceleration(column)) acceleration_.push_back(column.values.data());
  drop_rows_without_numbers();
  if (table_.stamps_repeat) drop_repeated_stamps();
  if (table_.zero_order_hold) drop_repeats();
  remove_duplicates_and_spread();
  sort_small_disorder();
  return Done{};
}

void TimedRows::warn(const char* code, Word id, std::initializer_list<std::pair<std::string_view, std::string>> values) {
  table_.warnings.push_back({code, fill(id, values)});
}

Status TimedRows::settle_time(double stated_rate_hz) {
  const auto rows = static_cast<std::size_t>(table_.num_rows());
  times_ = std::move(table_.time.seconds);
  if (stated_rate_hz > 0.0 || times_.empty()) {
    const double rate = stated_rate_hz > 0.0 ? stated_rate_hz : table_.time.nominal_rate_hz;
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
void TimedRows::spread_whole_seconds() {
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

/// Drops rows for good. `wanted(row)` sees the row and the one before it as they stood.
template <class Wanted>
std::size_t TimedRows::keep_rows(Wanted wanted) {
  std::size_t next = 0;
  while (next < count() && wanted(next)) ++next;
  for (std::size_t row = next; row < count(); ++row)
    if (wanted(row)) move_row(row, next++);
  const std::size_t dropped = count() - next;
  if (dropped == 0) return 0;
  times_.resize(next);
  for (RawColumn& column : table_.columns) column.values.resize(next);
  return dropped;
}

void TimedRows::move_row(std::size_t from, std::size_t to) {
  times_[to] = times_[from];
  for (RawColumn& column : table_.columns) column.values[to] = column.values[from];
}

void TimedRows::drop_rows_without_numbers() {
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

bool TimedRows::same_values(std::size_t a, std::size_t b) const {
  for (const float* values : acceleration_)
    if (values[a] != values[b]) return false;
  return true;
}

/// A logger that writes a row whenever any sensor fires repeats the acceleration in between.
void TimedRows::drop_repeats() {
  const std::size_t dropped = keep_rows([&](std::size_t row) { return row == 0 || !same_values(row, row - 1); });
  if (dropped > 0) warn("held-rows", Word::formats_warn_held_rows, {{"n", std::to_string(dropped)}});
}

/// All sensors share a row: where the time of this one stands still, the row is another sensor's.
void TimedRows::drop_repeated_stamps() {
  const std::size_t dropped = keep_rows([&](std::size_t row) { return row == 0 || times_[row] != times_[row - 1]; });
  if (dropped > 0) warn("same-stamps", Word::apps_warn_same_stamps, {{"n", std::to_string(dropped)}});
}

void TimedRows::remove_duplicates_and_spread() {
  const std::size_t dropped = keep_rows([&](std::size_t row) { return row == 0 || times_[row] != times_[row - 1] || !same_values(row, row - 1); });
  std::size_t spread = 0;
  for (std::size_t row = 0; row < count();) {
    std::size_t end = row + 1;
    while (end < count() && times_[end] == times_[row]) ++end;
    if (end - row > 1) {
      const double step = usual_step();
      const double room = end < count() ? times_[end] - times_[row] : 0.0;
      const double each = room > 0.0 ? std::min(room / static_cast<double>(end - row), step) : step;
      for (std::size_t i = row + 1; i < end; ++i) times_[i] += each * static_cast<double>(i - row);
      spread += end - row - 1;
    }
    row = end;
  }
  if (dropped > 0) warn("duplicate-rows", Word::formats_warn_duplicates, {{"n", std::to_string(dropped)}});
  if (spread > 0) warn("equal-stamps", Word::formats_warn_spread, {{"n", std::to_string(spread)}});
}

/// Rows out of order by less than a restart: put back, and said so.
void TimedRows::sort_small_disorder() {
  std::size_t moved = 0;
  for (std::size_t row = 1; row < count(); ++row) {
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
double TimedRows::usual_step() {
  if (usual_step_ > 0.0) return usual_step_;
  std::vector<double> steps;
  const std::size_t stretches = count() > kManyRows ? kStretches : 1;
  const std::size_t length = count() > kManyRows ? kStretchRows : count();
  for (std::size_t s = 0; s < stretches; ++s) {
    const std::size_t first = s * (count() / stretches);
    std::size_t begin = first;  // rows that share a stamp share the time to the next one
    for (std::size_t row = first + 1; row < std::min(count(), first + length); ++row) {
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

}  // namespace klono::formats
