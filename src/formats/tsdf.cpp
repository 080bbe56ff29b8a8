#include "formats/tsdf.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/words.hpp"
#include "formats/columns.hpp"
#include "formats/interleaved.hpp"
#include "formats/number_text.hpp"
#include "formats/timestamps.hpp"
#include "formats/unisens.hpp"
#include "nlohmann/json.hpp"

namespace klono::formats {
namespace {

using nlohmann::json;

constexpr int kDeepest = 8;                        // of sensors in sensors
constexpr std::size_t kMostParts = 64;               // files, and channels in one
constexpr std::int64_t kStepBytes = 1 << 20;
constexpr std::int64_t kMostRows = 60'000'000;     // as of text

std::string text_of(const json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? *found->get_ptr<const json::string_t*>() : std::string();
}

std::vector<std::string> texts_of(const json& object, const char* key) {
  std::vector<std::string> texts;
  if (const auto found = object.find(key); found != object.end() && found->is_array())
    for (const json& item : *found)
      if (item.is_string() && texts.size() < kMostParts) texts.push_back(*item.get_ptr<const json::string_t*>());
  return texts;
}

/// One binary file, with what its enclosing levels say of it.
struct Part {
  std::string file;
  Interleaved layout;
  bool readable = false;
  std::vector<std::string> channels;
  std::vector<std::string> units;
  std::vector<double> factors;

  std::string unit_of(std::size_t c) const { return c < units.size() ? units[c] : std::string(); }
  double factor_of(std::size_t c) const { return c < factors.size() ? factors[c] : factors.size() == 1 ? factors[0] : 1.0; }
  bool is_time() const { return channels.size() == 1 && channels[0] == "time"; }
  bool moves() const {
    int axes = 0;
    for (const std::string& channel : channels) axes += guess_column(channel).kind == ColumnKind::Acceleration ? 1 : 0;
    return axes >= 3;
  }
};

/// Levels inherit what the level above them says.
void collect(const json& level, json inherited, std::vector<Part>& parts, int depth) {
  if (!level.is_object() || depth > kDeepest || parts.size() >= kMostParts) return;
  for (const auto& [key, value] : level.items())
    if (key != "sensors") inherited[key] = value;
  if (const auto below = level.find("sensors"); below != level.end() && below->is_array()) {
    for (const json& sensor : *below) collect(sensor, inherited, parts, depth + 1);
    return;
  }
  Part part;
  part.file = text_of(inherited, "file_name");
  part.channels = texts_of(inherited, "channels");
  part.units = texts_of(inherited, "units");
  if (const auto factors = inherited.find("scale_factors"); factors != inherited.end() && factors->is_array())
    for (const json& factor : *factors) part.factors.push_back(factor.is_number() ? factor.get<double>() : 1.0);
  const auto bits = inherited.find("bits");
  const double width = bits != inherited.end() && bits->is_number() ? bits->get<double>() : 0.0;
  const std::optional<Interleaved> layout = interleaved_of(text_of(inherited, "data_type"), static_cast<int>(std::clamp(width, 0.0, 128.0)));
  part.readable = layout.has_value() && !part.channels.empty();
  if (layout) part.layout = *layout;
  part.layout.columns = std::max<std::size_t>(part.channels.size(), 1);
  part.layout.big_endian = text_of(inherited, "endianness") == "big";
  if (!part.file.empty()) parts.push_back(std::move(part));
}

struct Description {
  std::optional<WrittenTime> start;
  std::optional<Part> values;
  std::optional<Part> times;
};

Description read_description(std::string_view text) {
  Description description;
  const json document = json::parse(text, nullptr, false);
  if (!document.is_object() || document.find("sensors") == document.end()) return description;
  description.start = parse_written_time(text_of(document, "start_iso8601"));
  std::vector<Part> parts;
  collect(document, json::object(), parts, 0);
  for (const Part& part : parts) {
    if (part.moves() && !description.values) description.values = part;
    if (part.is_time() && !description.times) description.times = part;
  }
  return description;
}

/// Seconds a unit of the time file; steps from row to row, or times.
struct TimeFile {
  double unit_s = 1.0;
  bool steps = false;
};

TimeFile time_kind(std::string_view unit) {
  TimeFile kind;
  kind.steps = contains(unit, "delta") || contains(unit, "difference");
  kind.unit_s = unit.ends_with("ms") ? 1e-3 : unit.ends_with("us") ? 1e-6 : unit.ends_with("ns") ? 1e-9 : 1.0;
  return kind;
}

class TsdfReader final : public TableReader {
 public:
  TsdfReader(std::shared_ptr<const ByteSource> values, std::shared_ptr<const ByteSource> times, Description told, const ReadOptions& options)
      : values_(std::move(values)), times_(std::move(times)), told_(std::move(told)), part_(*told_.values) {
    const std::optional<UnitInfo> given = parse_unit(options.unit);
    for (std::size_t c = 0; c < part_.channels.size(); ++c) add_column(c, given);
    table_.format = word(Word::clinical_name_tsdf);
    table_.unit_basis = given ? UnitBasis::Given : UnitBasis::Written;
    if (told_.start && told_.start->has_date) {
      table_.start.basis = told_.start->offset_min ? ClockBasis::Utc : ClockBasis::Local;
      table_.start.unix_ns = told_.start->unix_ns - static_cast<std::int64_t>(told_.start->offset_min.value_or(0)) * 60'000'000'000;
      if (told_.start->offset_min.value_or(0) != 0) table_.start.offset_min = told_.start->offset_min;
    }
    if (times_) table_.time.name = "time";
    else table_.time.nominal_rate_hz = options.rate_hz;
  }

  Result<bool> step() override {
    const std::int64_t row_bytes = static_cast<std::int64_t>(part_.layout.row_bytes());
    const std::int64_t rows = std::min(values_->size() / row_bytes, kMostRows);
    const std::int64_t count = std::min(rows - row_, std::max<std::int64_t>(1, kStepBytes / row_bytes));
    if (count <= 0) return false;
    KLONO_TRY(const std::int64_t got, read(*values_, row_ * row_bytes, count, row_bytes));
    for (std::size_t k = 0; k < columns_.size(); ++k) {
      std::vector<float>& values = table_.columns[k].values;
      values.resize(values.size() + static_cast<std::size_t>(got));
      decode_interleaved(part_.layout, columns_[k].column, 0.0, columns_[k].factor, bytes_, std::span(values).last(static_cast<std::size_t>(got)));
    }
    if (times_) KLONO_CHECK(read_times(got));
    row_ += got;
    return got == count && row_ < rows && !times_short_;
  }

  std::int64_t bytes_done() const override { return row_ * static_cast<std::int64_t>(part_.layout.row_bytes()); }
  std::int64_t bytes_total() const override { return values_->size(); }

  Result<RawTable> take() override {
    if (times_ == nullptr) return std::move(table_);
    const std::size_t rows = table_.time.seconds.size();
    if (times_short_) table_.warnings.push_back({"columns-short", fill(Word::clinical_warn_columns_short, {{"name", "time"}, {"n", std::to_string(rows)}})});
    for (RawColumn& column : table_.columns) column.values.resize(rows);
    return std::move(table_);
  }

 private:
  struct Column {
    std::size_t column;
    double factor;
  };

  /// Acceleration in g, rotation as the file tells it, others as they are.
  void add_column(std::size_t c, const std::optional<UnitInfo>& given) {
    const ColumnGuess guess = guess_column(part_.channels[c]);
    const bool acceleration = guess.kind == ColumnKind::Acceleration;
    const std::optional<UnitInfo> unit = given && acceleration ? given : parse_unit(part_.unit_of(c));
    const ChannelRole role = acceleration ? acceleration_role(guess.axis) : guess.kind == ColumnKind::Rotation ? rotation_role(guess.axis) : ChannelRole::Other;
    const bool known = unit && !unit->target.empty();
    table_.columns.push_back({part_.channels[c], known ? unit->target : acceleration ? "" : part_.unit_of(c), part_.unit_of(c), role, {}});
    columns_.push_back({c, part_.factor_of(c) * (known ? unit->factor : 1.0)});
  }

  /// Whole rows into bytes_; their number.
  Result<std::int64_t> read(const ByteSource& source, std::int64_t at, std::int64_t rows, std::int64_t row_bytes) {
    bytes_.resize(static_cast<std::size_t>(rows * row_bytes));
    KLONO_TRY(const std::size_t got, source.read_at(at, bytes_));
    return static_cast<std::int64_t>(got) / row_bytes;
  }

  Status read_times(std::int64_t rows) {
    const Interleaved& layout = told_.times->layout;
    const auto each = static_cast<std::int64_t>(layout.row_bytes());
    const TimeFile kind = time_kind(told_.times->unit_of(0));
    KLONO_TRY(const std::int64_t got, read(*times_, row_ * each, rows, each));
    times_short_ = got < rows;
    for (std::int64_t i = 0; i < got; ++i) {
      const double number = interleaved_number(layout, bytes_.data() + i * each) * told_.times->factor_of(0) * kind.unit_s;
      if (table_.time.seconds.empty()) first_s_ = number;  // a first step leads to the first row
      total_s_ = kind.steps ? total_s_ + number : number;
      table_.time.seconds.push_back(total_s_ - first_s_);
    }
    return Done{};
  }

  std::shared_ptr<const ByteSource> values_;
  std::shared_ptr<const ByteSource> times_;
  Description told_;
  const Part& part_;
  RawTable table_;
  std::vector<Column> columns_;
  std::vector<std::byte> bytes_;
  std::int64_t row_ = 0;
  double total_s_ = 0.0;
  double first_s_ = 0.0;
  bool times_short_ = false;
};

}  // namespace

bool is_tsdf_of_movement(std::string_view text) { return read_description(text).values.has_value(); }

Result<std::unique_ptr<TableReader>> open_tsdf(const FileSet& files, const FileMember& description, const ReadOptions& options) {
  Description told = read_description(text_of_member(files, description));
  const std::string name = description.name.substr(description.name.find_last_of("/\\") + 1);
  if (!told.values)
    return Error{ErrorCode::NoAcceleration, std::string(word(Word::formats_no_acceleration)), std::string(word(Word::formats_no_acceleration_advice))};
  if (!told.values->readable)
    return Error{ErrorCode::RefusedFormat, fill(Word::clinical_set_kind, {{"name", name}, {"kind", "data_type, bits"}}), std::string(word(Word::formats_unknown_advice))};
  const FileMember* values = beside(files, description, told.values->file);
  if (values == nullptr) return lonely_description(name);
  std::shared_ptr<const ByteSource> times;
  if (told.times && told.times->readable)
    if (const FileMember* member = beside(files, description, told.times->file)) times = files.read(*member);
  return std::unique_ptr<TableReader>(std::make_unique<TsdfReader>(files.read(*values), std::move(times), std::move(told), options));
}

}  // namespace klono::formats
