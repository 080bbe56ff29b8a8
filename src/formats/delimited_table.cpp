#include "formats/delimited_table.hpp"

#include <algorithm>
#include <cmath>

#include "base/words.hpp"
#include "formats/number_text.hpp"
#include "formats/resting_unit.hpp"

namespace klono::formats {
namespace {

constexpr std::size_t kHeadLines = 260;
constexpr std::int64_t kStepBytes = 1 << 20;
constexpr std::int64_t kMostRows = 60'000'000;
constexpr std::int64_t kHeadBytes = 1 << 20;
constexpr std::int64_t kMostDays = 400;  // a clock without a date that passes midnight more often is no clock
constexpr std::int64_t kSecond_ns = 1'000'000'000;

Result<TextHead> read_head(const std::shared_ptr<const ByteSource>& source, TextGuess guess) {
  TextLines lines(source, guess);
  TextHead head;
  std::string_view line;
  bool more = true;
  while (more && head.lines.size() < kHeadLines && lines.bytes_done() <= kHeadBytes) {
    more = lines.next(line);
    if (more) head.lines.emplace_back(line.substr(0, 16384));
  }
  KLONO_CHECK(lines.status());
  head.whole = !more;
  // The last line of a cut file is no evidence.
  if (head.whole && lines.ended_without_newline() && head.lines.size() > 12) head.lines.pop_back();
  return head;
}

/// Turns the fields of a time column into seconds since its first row.
class TimeColumn {
 public:
  TimeColumn(TimeKind kind, bool decimal_comma) : kind_(kind), decimal_comma_(decimal_comma) {}

  bool take(std::string_view field) {
    if (kind_ == TimeKind::None) return true;
    if (kind_ == TimeKind::Written) return take_written(field);
    // Whole numbers stay whole: nanoseconds since 1970 do not fit a double.
    const std::optional<std::int64_t> whole = parse_integer(field);
    const std::optional<double> value = whole ? static_cast<double>(*whole) : parse_number(field, decimal_comma_);
    if (!value || !std::isfinite(*value)) return false;
    if (values_.empty()) {
      first_ = *value;
      first_whole_ = whole;
    }
    const bool exact = whole && first_whole_ && (*whole >= 0) == (*first_whole_ >= 0);
    values_.push_back(exact ? static_cast<double>(*whole - *first_whole_) : *value - first_);
    return true;
  }

  void drop_last() {
    if (!values_.empty()) values_.pop_back();
  }

  /// Seconds a row, and the start where the stamps tell it.
  void finish(double stated_unit_s, RawTable& table) {
    if (kind_ == TimeKind::Written) return finish_written(table);
    if (kind_ == TimeKind::None || values_.empty()) return;
    const TimeUnit unit = stated_unit_s > 0.0 ? TimeUnit{stated_unit_s, first_ * stated_unit_s > 1e9 && first_ * stated_unit_s < 4.1e9}
                                              : guess_time_unit(first_, median_step());
    for (double& value : values_) value *= unit.seconds_per_unit;
    table.time.seconds = std::move(values_);
    table.time.first_in_file_s = unit.seconds_per_unit == 1.0 ? first_ : 0.0;
    if (!unit.epoch || table.start.basis != ClockBasis::None) return;
    table.start.basis = ClockBasis::Utc;
    const auto per_second = static_cast<std::int64_t>(std::llround(1.0 / unit.seconds_per_unit));
    table.start.unix_ns = first_whole_ ? *first_whole_ * (kSecond_ns / per_second)
                                       : static_cast<std::int64_t>(std::llround(first_ * unit.seconds_per_unit * 1e6)) * 1000;
  }

 private:
  bool take_written(std::string_view field) {
    const std::optional<WrittenTime> time = parse_written_time(field);
    if (!time) return false;
    if (values_.empty()) {
      first_written_ = *time;
      if (time->either_order) first_date_ = trimmed(field.substr(0, field.find(' ')));
      day_ns_ = 0;
    }
    // A clock without a date starts again at midnight.
    std::int64_t instant = time->unix_ns + day_ns_;
    if (!time->has_date && !values_.empty() && instant < last_ns_ - 12 * 3600 * kSecond_ns) {
      if (day_ns_ > kMostDays * 24 * 3600 * kSecond_ns) return false;
      day_ns_ += 24 * 3600 * kSecond_ns;
      instant += 24 * 3600 * kSecond_ns;
    }
    if (time->offset_min && first_written_.offset_min)
      instant -= static_cast<std::int64_t>(*time->offset_min - *first_written_.offset_min) * 60 * kSecond_ns;
    last_ns_ = instant;
    if (time->unix_ns % kSecond_ns != 0) fraction_seen_ = true;
    values_.push_back(static_cast<double>(instant - first_written_.unix_ns) * 1e-9);
    return true;
  }

  void finish_written(RawTable& table) {
    table.time.whole_seconds = !fraction_seen_ && values_.size() > 2;
    table.time.seconds = std::move(values_);
    if (!first_written_.has_date || table.time.seconds.empty()) return;
    if (!first_date_.empty())
      table.warnings.push_back({"date-order", fill(Word::formats_warn_date_order, {{"date", first_date_}})});
    table.start.basis = first_written_.offset_min ? ClockBasis::Utc : ClockBasis::Local;
    table.start.offset_min = first_written_.offset_min;
    table.start.unix_ns = first_written_.unix_ns - static_cast<std::int64_t>(first_written_.offset_min.value_or(0)) * 60 * kSecond_ns;
  }

  double median_step() const {
    std::vector<double> steps;
    for (std::size_t i = 1; i < values_.size() && i < 20000; ++i)
      if (values_[i] > values_[i - 1]) steps.push_back(values_[i] - values_[i - 1]);
    if (steps.empty()) return 0.0;
    std::nth_element(steps.begin(), steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 2), steps.end());
    return steps[steps.size() / 2];
  }

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

class DelimitedTable final : public TableReader {
 public:
  DelimitedTable(std::shared_ptr<const ByteSource> source, TextGuess guess, TextDialect dialect, const ReadOptions& options)
      : lines_(source, guess), total_(source->size()), dialect_(std::move(dialect)), options_(options),
        time_(dialect_.time_kind, dialect_.decimal_comma) {
    for (const ColumnPlan& plan : dialect_.columns) {
      needed_ = std::max(needed_, plan.index + 1);
      RawColumn column{plan.name, plan.unit, plan.unit_in_file, plan.role, {}};
      table_.columns.push_back(std::move(column));
    }
    if (dialect_.time_kind != TimeKind::None) needed_ = std::max(needed_, dialect_.time_index + 1);
    values_.resize(dialect_.columns.size());
  }

  std::int64_t bytes_done() const override { return std::min(lines_.bytes_done(), total_); }
  std::int64_t bytes_total() const override { return total_; }

  Result<bool> step() override {
    const std::int64_t until = lines_.bytes_done() + kStepBytes;
    std::string_view line;
    while (lines_.bytes_done() < until) {
      if (!lines_.next(line)) {
        KLONO_CHECK(lines_.status());
        finish_rows();
        return false;
      }
      if (lines_.line_number() < dialect_.first_data_line) continue;
      if (table_.num_rows() >= kMostRows) return Error{ErrorCode::TooLarge, std::string(word(Word::formats_too_many_rows)), std::string(word(Word::formats_too_many_rows_advice))};
      take_row(line);
    }
    if (bad_rows_ > 1000 && bad_rows_ > table_.num_rows()) return mostly_bad();
    return true;
  }

  Result<RawTable> take() override {
    if (table_.num_rows() == 0) {
      if (bad_rows_ > 0) return mostly_bad();
      return Error{ErrorCode::Empty, std::string(word(Word::formats_no_rows)), std::string(word(Word::formats_unknown_advice))};
    }
    if (bad_rows_ > table_.num_rows()) return mostly_bad();
    table_.format = dialect_.format;
    table_.start = dialect_.start;
    table_.unit_basis = dialect_.unit_basis;
    table_.zero_order_hold = dialect_.zero_order_hold;
    table_.gravity_known = dialect_.gravity_known;
    table_.has_gravity = dialect_.has_gravity;
    table_.range_g = dialect_.range_g;
    table_.time.name = dialect_.time_name;
    table_.time.nominal_rate_hz = options_.rate_hz > 0.0 ? options_.rate_hz : dialect_.nominal_rate_hz;
    table_.warnings = dialect_.warnings;
    time_.finish(dialect_.time_unit_s, table_);
    if (bad_rows_ > 0)
      table_.warnings.push_back({"unreadable-rows", fill(Word::formats_warn_bad_rows, {{"n", std::to_string(bad_rows_)}, {"line", std::to_string(first_bad_line_)}})});
    settle_unit(table_);
    return std::move(table_);
  }

 private:
  enum class Row : std::uint8_t { Good, Empty, Bad };

  void take_row(std::string_view line) {
    if (line.starts_with('#')) return;
    split_fields(line, dialect_.separator, fields_);
    if (fields_.empty() || (fields_.size() == 1 && trimmed(fields_[0]).empty())) return;
    last_row_ = parse_row();
    if (last_row_ == Row::Good) {
      if (dialect_.clock_index && table_.num_rows() == 0) read_clock();
      for (std::size_t c = 0; c < values_.size(); ++c) table_.columns[c].values.push_back(values_[c]);
      last_row_short_ = fields_.size() < usual_field_count_;
      usual_field_count_ = fields_.size();
    } else if (last_row_ == Row::Bad) {
      ++bad_rows_;
      if (first_bad_line_ == 0) first_bad_line_ = lines_.line_number();
    }
  }

  Row parse_row() {
    // A trailing empty field was dropped by the splitter; short rows end early in empty cells.
    if (fields_.size() < needed_ && fields_.size() + 1 < needed_) return Row::Bad;
    bool any = false;
    for (std::size_t c = 0; c < values_.size(); ++c) {
      const ColumnPlan& plan = dialect_.columns[c];
      const std::string_view field = plan.index < fields_.size() ? fields_[plan.index] : std::string_view();
      const std::optional<double> value = parse_number(field, dialect_.decimal_comma);
      if (!value) return Row::Bad;
      if (std::isfinite(*value)) any = true;
      values_[c] = std::isfinite(*value) ? static_cast<float>(plan.offset + plan.factor * *value) : std::nanf("");
    }
    if (dialect_.time_kind == TimeKind::None) return any ? Row::Good : Row::Empty;
    const std::string_view stamp = dialect_.time_index < fields_.size() ? fields_[dialect_.time_index] : std::string_view();
    if (time_.take(stamp)) return Row::Good;
    return any ? Row::Bad : Row::Empty;  // columns of unlike length are padded with NaN
  }

  void read_clock() {
    const std::optional<WrittenTime> clock =
        *dialect_.clock_index < fields_.size() ? parse_written_time(fields_[*dialect_.clock_index]) : std::nullopt;
    if (!clock || !clock->has_date || dialect_.start.basis != ClockBasis::None) return;
    dialect_.start.basis = clock->offset_min ? ClockBasis::Utc : ClockBasis::Local;
    dialect_.start.offset_min = clock->offset_min;
    dialect_.start.unix_ns = clock->unix_ns - static_cast<std::int64_t>(clock->offset_min.value_or(0)) * 60 * kSecond_ns;
  }

  /// A file cut at a byte limit ends in half a row.
  void finish_rows() {
    if (!lines_.ended_without_newline()) return;
    if (last_row_ == Row::Bad) {
      --bad_rows_;
      if (bad_rows_ == 0) first_bad_line_ = 0;
    } else if (last_row_ == Row::Good && last_row_short_) {
      for (RawColumn& column : table_.columns) column.values.pop_back();
      time_.drop_last();
    }
  }

  Error mostly_bad() const {
    Error error{ErrorCode::Malformed, std::string(word(Word::formats_mostly_bad)), std::string(word(Word::formats_unknown_advice))};
    error.line = first_bad_line_;
    return error;
  }

  TextLines lines_;
  std::int64_t total_;
  TextDialect dialect_;
  ReadOptions options_;
  TimeColumn time_;
  RawTable table_;
  std::size_t needed_ = 0;
  std::vector<std::string_view> fields_;
  std::vector<float> values_;
  std::size_t usual_field_count_ = 0;
  std::int64_t bad_rows_ = 0;
  std::int64_t first_bad_line_ = 0;
  Row last_row_ = Row::Empty;
  bool last_row_short_ = false;
};

}  // namespace

Result<TextDialect> recognise_delimited(const std::shared_ptr<const ByteSource>& source, TextGuess guess, const ReadOptions& options) {
  KLONO_TRY(const TextHead head, read_head(source, guess));
  if (head.lines.empty()) return Error{ErrorCode::Empty, std::string(word(Word::formats_no_rows)), std::string(word(Word::formats_unknown_advice))};
  return recognise_text(head, options);
}

Result<std::unique_ptr<TableReader>> open_delimited(std::shared_ptr<const ByteSource> source, TextGuess guess,
                                                    const ReadOptions& options) {
  KLONO_TRY(TextDialect dialect, recognise_delimited(source, guess, options));
  return std::unique_ptr<TableReader>(std::make_unique<DelimitedTable>(std::move(source), guess, std::move(dialect), options));
}

}  // namespace klono::formats
