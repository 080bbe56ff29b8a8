#pragma once

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/words.hpp"
#include "formats/raw_table.hpp"

namespace klono::formats {

inline constexpr double kRestart_s = 1.0;  ///< a step back beyond this is another recording (METHODS.md 1)

/// The longest step between two readings that is no gap (METHODS.md 1).
inline double longest_step_s(double usual_step_s) { return std::max(3.0 * usual_step_s, usual_step_s + 0.050); }

/// The rows of a table in order of time, none twice; each with a time of its own. What was put right is told in the table's
/// warnings. A week has tens of millions of rows, so that all of it happens in the table's own columns.
class TimedRows {
 public:
  explicit TimedRows(RawTable table) : table_(std::move(table)) {}

  /// Drops rows without numbers and repeated ones, spreads equal stamps over the time to the next, puts rows right that are out of
  /// order by less than a restart. Without times, or where a person gave one (> 0), the rate tells them. Error: NeedsChoice (rate).
  Status settle(double stated_rate_hz);

  RawTable& table() { return table_; }
  const RawTable& table() const { return table_; }
  std::size_t count() const { return times_.size(); }
  const std::vector<double>& times() const { return times_; }
  void forget_times() { times_ = {}; }

  /// Median step; of a very long recording that of stretches spread evenly over it.
  double usual_step();

  /// Whether the acceleration of two rows is the same.
  bool same_values(std::size_t a, std::size_t b) const;
  /// The values of the columns of acceleration.
  std::span<const float* const> acceleration() const { return acceleration_; }

 private:
  void warn(const char* code, Word id, std::initializer_list<std::pair<std::string_view, std::string>> values);
  Status settle_time(double stated_rate_hz);
  void spread_whole_seconds();
  template <class Wanted>
  std::size_t keep_rows(Wanted wanted);
  void move_row(std::size_t from, std::size_t to);
  void drop_rows_without_numbers();
  void drop_repeats();
  void drop_repeated_stamps();
  void remove_duplicates_and_spread();
  void sort_small_disorder();

  RawTable table_;
  std::vector<double> times_;
  std::vector<const float*> acceleration_;
  double usual_step_ = 0.0;
  double stated_rate_ = 0.0;
};

}  // namespace klono::formats
