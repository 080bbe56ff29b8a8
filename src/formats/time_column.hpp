#pragma once
/// The time column of a text, on its way from fields to seconds.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/raw_table.hpp"
#include "formats/text_dialect.hpp"
#include "formats/timestamps.hpp"

namespace klono::formats {

/// Turns the fields of a time column into seconds since its first row. What a field means does not depend on the way it
/// came: take() reads the text itself, the others get what a faster reader has read from it.
class TimeColumn {
 public:
  TimeColumn(TimeKind kind, bool decimal_comma) : kind_(kind), decimal_comma_(decimal_comma) {}

  /// False where the field is no time.
  bool take(std::string_view field);
  void take_whole(std::int64_t value);
  void take_number(double value);
  bool take_written(const WrittenTime& time);

  void drop_last() {
    if (!values_.empty()) values_.pop_back();
  }
  std::size_t capacity() const { return values_.capacity(); }
  void reserve(std::size_t rows) { values_.reserve(rows); }

  /// Seconds a row, and the start where the stamps tell it.
  void finish(double stated_unit_s, RawTable& table);

 private:
  void finish_written(RawTable& table);
  double median_step() const;

  TimeKind kind_;
  bool decimal_comma_;
  std::string first_date_;  // where its order is not certain
  std::vector<double> values_;
  double first_ = 0.0;
  std::optional<std::int64_t> first_whole_;
  WrittenTime first_written_;
  std::int64_t last_ns_ = 0;
  std::int64_t day_ns_ = 0;
  bool fraction_seen_ = false;
};

}  // namespace klono::formats
