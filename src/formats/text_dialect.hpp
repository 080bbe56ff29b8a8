#pragma once
/// How one text file is laid out, and the recognisers that find out from its first lines.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "formats/columns.hpp"
#include "formats/raw_table.hpp"
#include "formats/read_options.hpp"
#include "formats/timestamps.hpp"

namespace klono::formats {

inline constexpr std::size_t kMostColumns = 512;  ///< what stands further right is not read

/// The first lines of a text; enough to recognise it.
struct TextHead {
  std::vector<std::string> lines;
  bool whole = false;  ///< the text ends here
};

/// One column that is kept.
struct ColumnPlan {
  std::size_t index = 0;
  std::string name;
  ChannelRole role = ChannelRole::Other;
  std::string unit;          ///< of the stored values; empty while unknown
  std::string unit_in_file;
  double offset = 0.0;       ///< stored = offset + factor * written
  double factor = 1.0;
  std::optional<std::size_t> added_index;  ///< a column to be added before scaling: gravity that is kept apart
};

enum class TimeKind : std::uint8_t { None, Number, Written };

/// Everything needed to read the rows.
struct TextDialect {
  std::string format;
  char separator = ',';
  bool decimal_comma = false;
  std::int64_t first_data_line = 1;  ///< 1-based
  std::vector<ColumnPlan> columns;
  TimeKind time_kind = TimeKind::None;
  std::size_t time_index = 0;
  std::string time_name;
  double time_unit_s = 0.0;          ///< 0 = find out from the numbers
  double nominal_rate_hz = 0.0;
  std::optional<std::size_t> clock_index;  ///< a second column with the date, which only tells the start
  WallClock start;                   ///< for files whose start stands in a header
  UnitBasis unit_basis = UnitBasis::Unknown;
  bool zero_order_hold = false;
  bool stamps_repeat = false;        ///< the sensor's own stamps: a row on which they stand still repeats a reading
  bool wide_range_beside = false;    ///< Shimmer: further columns hold the same motion from a wide-range accelerometer
  bool codes = false;                ///< acceleration in codes of the sensor, which need a scale
  bool gravity_known = false;
  bool has_gravity = true;
  double range_g = 0.0;
  std::vector<Warning> warnings;
};

/// Splits one line; quotes are removed, quoted separators kept, a trailing separator gives no field.
/// `fields` is reused. Space as separator: runs of spaces count as one.
void split_fields(std::string_view line, char separator, std::vector<std::string_view>& fields);

/// How the rows are separated and where they begin; common to all dialects without a fixed form.
struct Layout {
  char separator = ',';
  bool decimal_comma = false;
  std::size_t first_data = 0;                ///< index into the head's lines
  std::vector<std::string> names;            ///< empty without a header
  std::vector<std::string> units;            ///< of a units row; empty without one
  std::size_t field_count = 0;
  double stated_rate_hz = 0.0;               ///< from a comment
  std::string stated_unit;                   ///< from a comment
};

/// nullopt where no rows of numbers are found.
std::optional<Layout> find_layout(const TextHead& head);

/// nullopt: not this dialect. An Error: this dialect, but of no use.
using Recognised = std::optional<Result<TextDialect>>;

Recognised recognise_actilife(const TextHead& head);
/// Exports of one value an epoch, which are refused: by their first lines, or by the names of their columns.
Recognised recognise_summary(const TextHead& head);
std::optional<Error> summary_by_names(const std::vector<std::string>& names);
Recognised recognise_empatica(const TextHead& head, const ReadOptions& options);
Recognised recognise_opensignals(const TextHead& head, const ReadOptions& options);
Recognised recognise_cwa_csv(const TextHead& head, const Layout& layout);
Result<TextDialect> recognise_generic(const TextHead& head, const Layout& layout, const ReadOptions& options);

/// Names the app that wrote a file with a header, and what is known from that.
void name_phone_app(TextDialect& dialect, const TextHead& head, const Layout& layout, const ReadOptions& options);

/// Names what is known without a header, from the shape of the rows alone.
void name_headerless(TextDialect& dialect, const TextHead& head, const Layout& layout);

/// A Shimmer column of counts, which stands beside or instead of the calibrated one.
bool is_shimmer_raw(std::string_view name);

/// Where the low-noise accelerometer of a Shimmer reached its limit, its place is taken by the wide-range one. Values in g.
void take_wide_range_where_clipped(RawTable& table);

/// Runs all recognisers, then lays a person's choices on top. Errors: RefusedFormat, UnknownFormat, NeedsChoice, BadSetting.
Result<TextDialect> recognise_text(const TextHead& head, const ReadOptions& options);

/// The question which columns hold time and axes.
Error ask_columns(const Layout& layout);

/// The plain refusal of a file whose columns are of other kinds.
Error no_acceleration();

bool has_acceleration(const TextDialect& dialect);

}  // namespace klono::formats
