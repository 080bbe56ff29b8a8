#include "formats/delimited_table.hpp"

#include <algorithm>
#include <cmath>

#include "base/units.hpp"
#include "base/words.hpp"
#include "formats/fast_rows.hpp"
#include "formats/number_text.hpp"
#include "formats/resting_unit.hpp"
#include "formats/time_column.hpp"

namespace klono::formats {
namespace {

constexpr std::size_t kHeadLines = 260;
constexpr std::int64_t kStepBytes = 1 << 20;
constexpr std::int64_t kMostRows = 80'000'000;  // a week at 100 readings a second is 60.5 million
constexpr std::int64_t kHeadBytes = 1 << 20;
constexpr std::size_t kFewestRowsAhead = 4096;
constexpr std::size_t kTellingRows = 1 << 20;  // from so many on the length of the rows to come is believed to be that of those before

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

class DelimitedTable final : public TableReader {
 public:
  DelimitedTable(std::shared_ptr<const ByteSource> source, TextGuess guess, TextDialect dialect, const ReadOptions& options)
      : lines_(source, guess), total_(source->size()), dialect_(std::move(dialect)), options_(options),
        time_(dialect_.time_kind, dialect_.decimal_comma) {
    for (const ColumnPlan& plan : dialect_.columns) {
      needed_ = std::max({needed_, plan.index + 1, plan.added_index.value_or(0) + 1});
      RawColumn column{plan.name, plan.unit, plan.unit_in_file, plan.role, {}};
      table_.columns.push_back(std::move(column));
    }
    if (dialect_.time_kind != TimeKind::None) needed_ = std::max(needed_, dialect_.time_index + 1);
    values_.resize(dialect_.columns.size());
    may_be_fast_ = options_.fast_text && FastRows::can_read(dialect_);
  }

  std::int64_t bytes_done() const override { return std::min(lines_.bytes_done(), total_); }
  std::int64_t bytes_total() const override { return total_; }

  Result<bool> step() override {
    const std::int64_t until = lines_.bytes_done() + kStepBytes;
    make_room();
    std::string_view line;
    while (lines_.bytes_done() < until) {
      if (take_plain_rows()) continue;
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
    table_.stamps_repeat = dialect_.stamps_repeat;
    table_.gravity_known = dialect_.gravity_known;
    table_.has_gravity = dialect_.has_gravity;
    table_.range_g = dialect_.range_g;
    table_.time.name = dialect_.time_name;
    table_.time.nominal_rate_hz = options_.rate_hz > 0.0 ? options_.rate_hz : dialect_.nominal_rate_hz;
    table_.warnings = dialect_.warnings;
    time_.finish(dialect_.time_unit_s, table_);
    if (bad_rows_ > 0)
      table_.warnings.push_back({"unreadable-rows", fill(Word::formats_warn_bad_rows, {{"n", std::to_string(bad_rows_)}, {"line", std::to_string(first_bad_line_)}})});
    if (dialect_.wide_range_beside) take_wide_range_where_clipped(table_);
    settle_unit(table_);
    if (dialect_.codes) table_.needs_scale_hint = word(Word::formats_hint_codes);
    return std::move(table_);
  }

 private:
  enum class Row : std::uint8_t { Good, Empty, Bad };

  /// Reserves for the rows the file will hold by what it held so far, so that a growing copy is never much too large. What is long enough to
  /// tell is not doubled again and again: every copy is touched twice, and for a moment both are held.
  void make_room() {
    const auto rows = static_cast<std::size_t>(table_.num_rows());
    const std::size_t ahead = std::max(kFewestRowsAhead, last_step_rows_ == 0 ? 0 : 2 * (rows - std::min(rows, last_step_rows_)));
    last_step_rows_ = rows;
    if (rows == 0 || lines_.bytes_done() <= 0) return;
    const double share = std::min(1.0, static_cast<double>(lines_.bytes_done()) / static_cast<double>(std::max<std::int64_t>(total_, 1)));
    const auto expected = static_cast<std::size_t>(static_cast<double>(rows) / share * 1.001) + ahead;
    const auto most = static_cast<std::size_t>(kMostRows);
    const auto grown = [&](std::size_t capacity) { return std::max(rows + ahead, std::min({expected, rows < kTellingRows ? 2 * capacity : most, most})); };
    for (RawColumn& column : table_.columns)
      if (column.values.capacity() < rows + ahead) column.values.reserve(grown(column.values.capacity()));
    if (time_.capacity() < rows + ahead) time_.reserve(grown(time_.capacity()));
  }

  /// Rows of plain numbers, which are nearly all of most files; false where the next line is of another kind.
  bool take_plain_rows() {
    if (!fast_) return false;
    const std::string_view ready = lines_.whole_lines();
    const auto room = static_cast<std::size_t>(std::max<std::int64_t>(0, kMostRows - table_.num_rows()));
    const FastRows::Taken taken = fast_->read(ready, room, time_, table_.columns);
    lines_.skip(taken.bytes, static_cast<std::int64_t>(taken.rows));
    if (taken.rows == 0) return false;
    last_row_ = Row::Good;
    last_row_short_ = taken.rows == 1 && fast_field_count_ < usual_field_count_;
    usual_field_count_ = fast_field_count_;
    return true;
  }

  /// The general reader has read a good row: those of its kind can be read faster.
  void expect_plain_rows() {
    if (!may_be_fast_) return;
    if (!fast_ || fields_.size() != fast_field_count_) fast_.emplace(dialect_, fields_.size());
    fast_field_count_ = fields_.size();
    if (dialect_.time_kind == TimeKind::Written) fast_->learn_stamp(fields_[dialect_.time_index]);
  }

  void take_row(std::string_view line) {
    if (line.starts_with('#')) return;
    split_fields(line, dialect_.separator, fields_);
    if (fields_.empty() || (fields_.size() == 1 && trimmed(fields_[0]).empty())) return;
    last_row_ = parse_row();
    if (last_row_ == Row::Good) {
      if (dialect_.clock_index && table_.num_rows() == 0) read_clock();
      for (std::size_t c = 0; c < values_.size(); ++c) table_.columns[c].values.push_back(values_[c]);
      last_row_short_ = fields_.size() < usual_field_count_;
      if (fields_.size() >= needed_) expect_plain_rows();
      usual_field_count_ = fields_.size();
    } else if (last_row_ == Row::Bad) {
      ++bad_rows_;
      if (first_bad_line_ == 0) first_bad_line_ = lines_.line_number();
    }
  }

  std::optional<double> number_at(std::size_t index) const {
    return parse_number(index < fields_.size() ? fields_[index] : std::string_view(), dialect_.decimal_comma);
  }

  Row parse_row() {
    // A trailing empty field was dropped by the splitter; short rows end early in empty cells.
    if (fields_.size() < needed_ && fields_.size() + 1 < needed_) return Row::Bad;
    bool any = false;
    for (std::size_t c = 0; c < values_.size(); ++c) {
      const ColumnPlan& plan = dialect_.columns[c];
      std::optional<double> value = number_at(plan.index);
      if (value && plan.added_index) {
        const std::optional<double> added = number_at(*plan.added_index);
        value = added ? std::optional(*value + *added) : std::nullopt;
      }
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
  std::optional<FastRows> fast_;
  bool may_be_fast_ = false;
  std::size_t fast_field_count_ = 0;
  std::size_t last_step_rows_ = 0;
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
