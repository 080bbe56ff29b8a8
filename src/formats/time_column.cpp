#include "formats/time_column.hpp"

#include <algorithm>
#include <cmath>

#include "base/units.hpp"
#include "base/words.hpp"
#include "formats/number_text.hpp"

namespace klono::formats {
namespace {

constexpr std::int64_t kMostDays = 400;  // a clock without a date that passes midnight more often is no clock

}  // namespace

bool TimeColumn::take(std::string_view field) {
  if (kind_ == TimeKind::None) return true;
  if (kind_ == TimeKind::Written) {
    const std::optional<WrittenTime> time = parse_written_time(field);
    if (!time) return false;
    if (values_.empty() && time->either_order) first_date_ = trimmed(field.substr(0, field.find(' ')));
    return take_written(*time);
  }
  // Whole numbers stay whole: nanoseconds since 1970 do not fit a double.
  if (const std::optional<std::int64_t> whole = parse_integer(field)) {
    take_whole(*whole);
    return true;
  }
  const std::optional<double> value = parse_number(field, decimal_comma_);
  if (!value || !std::isfinite(*value)) return false;
  take_number(*value);
  return true;
}

void TimeColumn::take_whole(std::int64_t value) {
  if (values_.empty()) {
    first_ = static_cast<double>(value);
    first_whole_ = value;
  }
  const bool exact = first_whole_ && (value >= 0) == (*first_whole_ >= 0);
  values_.push_back(exact ? static_cast<double>(value - *first_whole_) : static_cast<double>(value) - first_);
}

void TimeColumn::take_number(double value) {
  if (values_.empty()) first_ = value;
  values_.push_back(value - first_);
}

bool TimeColumn::take_written(const WrittenTime& time) {
  if (values_.empty()) first_written_ = time;
  // A clock without a date starts again at midnight.
  std::int64_t instant = time.unix_ns + day_ns_;
  if (!time.has_date && !values_.empty() && instant < last_ns_ - 12 * 3600 * kSecond_ns) {
    if (day_ns_ > kMostDays * 24 * 3600 * kSecond_ns) return false;
    day_ns_ += 24 * 3600 * kSecond_ns;
    instant += 24 * 3600 * kSecond_ns;
  }
  if (time.offset_min && first_written_.offset_min)
    instant -= static_cast<std::int64_t>(*time.offset_min - *first_written_.offset_min) * 60 * kSecond_ns;
  last_ns_ = instant;
  if (!fraction_seen_) fraction_seen_ = time.unix_ns % kSecond_ns != 0;
  values_.push_back(static_cast<double>(instant - first_written_.unix_ns) * 1e-9);
  return true;
}

void TimeColumn::finish(double stated_unit_s, RawTable& table) {
  if (kind_ == TimeKind::Written) return finish_written(table);
  if (kind_ == TimeKind::None || values_.empty()) return;
  const TimeUnit unit = stated_unit_s > 0.0 ? TimeUnit{stated_unit_s, first_ * stated_unit_s > 1e9 && first_ * stated_unit_s < 4.1e9}
                                            : guess_time_unit(first_, median_step());
  if (unit.seconds_per_unit != 1.0)
    for (double& value : values_) value *= unit.seconds_per_unit;
  table.time.seconds = std::move(values_);
  table.time.first_in_file_s = unit.seconds_per_unit == 1.0 ? first_ : 0.0;
  if (!unit.epoch || table.start.basis != ClockBasis::None) return;
  table.start.basis = ClockBasis::Utc;
  const auto per_second = static_cast<std::int64_t>(std::llround(1.0 / unit.seconds_per_unit));
  table.start.unix_ns = first_whole_ ? *first_whole_ * (kSecond_ns / per_second)
                                     : static_cast<std::int64_t>(std::llround(first_ * unit.seconds_per_unit * 1e6)) * 1000;
}

void TimeColumn::finish_written(RawTable& table) {
  table.time.whole_seconds = !fraction_seen_ && values_.size() > 2;
  table.time.seconds = std::move(values_);
  if (!first_written_.has_date || table.time.seconds.empty()) return;
  if (!first_date_.empty()) table.warnings.push_back({"date-order", fill(Word::formats_warn_date_order, {{"date", first_date_}})});
  table.start.basis = first_written_.offset_min ? ClockBasis::Utc : ClockBasis::Local;
  table.start.offset_min = first_written_.offset_min;
  table.start.unix_ns = first_written_.unix_ns - static_cast<std::int64_t>(first_written_.offset_min.value_or(0)) * 60 * kSecond_ns;
}

double TimeColumn::median_step() const {
  std::vector<double> steps;
  for (std::size_t i = 1; i < values_.size() && i < 20000; ++i)
    if (values_[i] > values_[i - 1]) steps.push_back(values_[i] - values_[i - 1]);
  if (steps.empty()) return 0.0;
  std::nth_element(steps.begin(), steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 2), steps.end());
  return steps[steps.size() / 2];
}

}  // namespace klono::formats
