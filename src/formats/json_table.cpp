#include "formats/json_table.hpp"

#include <algorithm>
#include <cmath>

#include "base/words.hpp"
#include "formats/columns.hpp"
#include "formats/number_text.hpp"
#include "formats/resting_unit.hpp"
#include "formats/timestamps.hpp"
#include "nlohmann/json.hpp"

namespace klono::formats {
namespace {

using nlohmann::json;

constexpr std::int64_t kMostBytes = 64 << 20;
constexpr double kSeizureDetectorRate_hz = 25.0;

Error unknown() {
  return {ErrorCode::UnknownFormat, std::string(word(Word::formats_json_unknown)), std::string(word(Word::formats_unknown_advice))};
}

/// Numbers, and numbers written as text (Sensor Logger).
double number_of(const json& value) {
  if (value.is_number()) return value.get<double>();
  if (value.is_string()) return parse_number(*value.get_ptr<const json::string_t*>(), false).value_or(std::nan(""));
  return std::nan("");
}

const json* first_of(const json& object, const std::vector<std::string>& keys) {
  for (const std::string& key : keys)
    if (const auto found = object.find(key); found != object.end()) return &*found;
  return nullptr;
}

/// Which keys hold time and axes: a person's choice, else the usual ones.
struct Keys {
  std::vector<std::string> time{"seconds_elapsed", "timestamp", "time", "t"};
  std::vector<std::string> axis[3]{{"x"}, {"y"}, {"z"}};

  explicit Keys(const ReadOptions& options) {
    if (options.columns.size() != 4) return;
    time = {options.columns[0]};
    for (std::size_t k = 0; k < 3; ++k) axis[k] = {options.columns[k + 1]};
  }
};

void apply_unit(RawTable& table, const UnitInfo& unit, UnitBasis basis, double offset = 0.0) {
  for (RawColumn& column : table.columns) {
    column.unit = "g";
    column.unit_in_file = unit.name;
    for (float& value : column.values) value = static_cast<float>(offset + unit.factor * static_cast<double>(value));
  }
  table.unit_basis = basis;
}

/// Lays a person's choice of unit or scale over values as in the file; false where there is none.
bool apply_choice(RawTable& table, const ReadOptions& options) {
  const std::optional<UnitInfo> unit = parse_unit(options.unit);
  if (options.scale) apply_unit(table, {"code", "g", options.scale->second}, UnitBasis::Given, options.scale->first);
  else if (unit) apply_unit(table, *unit, UnitBasis::Given);
  return options.scale || unit;
}

/// Collects rows and turns them into a table.
struct Rows {
  std::vector<double> time;
  std::vector<float> axis[3];
  bool without_gravity = false;  ///< the format says so

  bool take(const json& t, const json& x, const json& y, const json& z) {
    const double stamp = stamp_of(t);
    const double values[3] = {number_of(x), number_of(y), number_of(z)};
    if (!std::isfinite(stamp) || !std::isfinite(values[0]) || !std::isfinite(values[1]) || !std::isfinite(values[2])) return false;
    time.push_back(stamp);
    for (std::size_t k = 0; k < 3; ++k) axis[k].push_back(static_cast<float>(values[k]));
    return true;
  }

  /// `written_unit` is that of the format, empty where it does not tell.
  RawTable table(std::string format, std::string_view written_unit, const ReadOptions& options) && {
    RawTable table;
    table.format = std::move(format);
    for (std::size_t k = 0; k < 3; ++k)
      table.columns.push_back({std::string(1, static_cast<char>('x' + k)), "", "", acceleration_role(static_cast<int>(k)), std::move(axis[k])});
    set_time(table);
    table.gravity_known = without_gravity;
    table.has_gravity = !without_gravity;
    if (apply_choice(table, options)) return table;
    if (const std::optional<UnitInfo> unit = parse_unit(written_unit)) apply_unit(table, *unit, UnitBasis::Written);
    settle_unit(table);
    return table;
  }

 private:
  /// Numbers as they are; a written time in seconds since the first one.
  double stamp_of(const json& value) {
    const double number = number_of(value);
    if (!std::isnan(number) || !value.is_string()) return number;
    const std::optional<WrittenTime> written = parse_written_time(*value.get_ptr<const json::string_t*>());
    if (!written) return number;
    if (!first_written_) first_written_ = written;
    const std::int64_t utc_ns = (written->offset_min.value_or(0) - first_written_->offset_min.value_or(0)) * -60'000'000'000LL;
    return static_cast<double>(written->unix_ns - first_written_->unix_ns + utc_ns) * 1e-9;
  }

  /// A clock without a zone is local; one with a zone an instant.
  void set_written_time(RawTable& table) {
    if (first_written_->has_date) {
      const bool zoned = first_written_->offset_min.has_value();
      table.start.basis = zoned ? ClockBasis::Utc : ClockBasis::Local;
      table.start.offset_min = first_written_->offset_min;
      table.start.unix_ns = first_written_->unix_ns - (zoned ? *first_written_->offset_min * 60'000'000'000LL : 0LL);
    }
    table.time.name = "time";
    table.time.seconds = std::move(time);
  }

  void set_time(RawTable& table) {
    if (time.empty()) return;
    if (first_written_) return set_written_time(table);
    std::vector<double> steps;
    for (std::size_t i = 1; i < time.size(); ++i)
      if (time[i] > time[i - 1]) steps.push_back(time[i] - time[i - 1]);
    double median = 0.0;
    if (!steps.empty()) {
      std::nth_element(steps.begin(), steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 2), steps.end());
      median = steps[steps.size() / 2];
    }
    const TimeUnit unit = guess_time_unit(time.front(), median);
    const double first = time.front();
    table.time.first_in_file_s = unit.seconds_per_unit == 1.0 ? first : 0.0;
    if (unit.epoch) {
      table.start.basis = ClockBasis::Utc;
      table.start.unix_ns = static_cast<std::int64_t>(first * unit.seconds_per_unit * 1e6) * 1000;
    }
    for (double& value : time) value = (value - first) * unit.seconds_per_unit;
    table.time.name = "time";
    table.time.seconds = std::move(time);
  }

  std::optional<WrittenTime> first_written_;
};

Result<RawTable> from_objects(const json& document, const ReadOptions& options) {
  // Sensor Logger keeps all sensors in one list: with gravity before without.
  std::string sensor;
  for (const char* wanted : {"TotalAcceleration", "Accelerometer"}) {
    for (const json& item : document)
      if (item.is_object() && item.contains("sensor") && item["sensor"] == wanted) sensor = wanted;
    if (!sensor.empty()) break;
  }
  const Keys keys(options);
  Rows rows;
  for (const json& item : document) {
    if (!item.is_object()) continue;
    if (!sensor.empty() && (!item.contains("sensor") || item["sensor"] != sensor)) continue;
    const json* t = first_of(item, keys.time);
    const json* x = first_of(item, keys.axis[0]);
    const json* y = first_of(item, keys.axis[1]);
    const json* z = first_of(item, keys.axis[2]);
    if (t != nullptr && x != nullptr && y != nullptr && z != nullptr) rows.take(*t, *x, *y, *z);
  }
  if (rows.time.empty()) return unknown();
  rows.without_gravity = sensor == "Accelerometer";
  return std::move(rows).table(std::string(word(sensor.empty() ? Word::formats_name_json : Word::formats_name_sensor_logger_json)),
                                            sensor.empty() ? "" : "m/s2", options);
}

Result<RawTable> from_arrays(const json& document, const ReadOptions& options) {
  const Keys keys(options);
  const json* t = first_of(document, keys.time);
  const json* x = first_of(document, keys.axis[0]);
  const json* y = first_of(document, keys.axis[1]);
  const json* z = first_of(document, keys.axis[2]);
  if (t == nullptr || x == nullptr || y == nullptr || z == nullptr) return unknown();
  for (const json* part : {t, x, y, z})
    if (!part->is_array()) return unknown();
  Rows rows;
  const std::size_t count = std::min({t->size(), x->size(), y->size(), z->size()});
  for (std::size_t i = 0; i < count; ++i) rows.take((*t)[i], (*x)[i], (*y)[i], (*z)[i]);
  if (rows.time.empty()) return unknown();
  return std::move(rows).table(std::string(word(Word::formats_name_json)), "", options);
}

/// Magnitudes in mg, 25 a second.
Result<RawTable> from_datapoints(const json& points) {
  RawColumn magnitude{"rawData", "g", "mg", ChannelRole::AccelerationMagnitude, {}};
  for (const json& point : points) {
    const json* values = point.is_object() ? first_of(point, {"rawData"}) : nullptr;
    if (values == nullptr || !values->is_array()) continue;
    for (const json& value : *values) magnitude.values.push_back(static_cast<float>(number_of(value) * 0.001));
  }
  if (magnitude.values.empty()) return unknown();
  RawTable table;
  table.format = word(Word::formats_name_seizure_detector);
  table.time.nominal_rate_hz = kSeizureDetectorRate_hz;
  table.unit_basis = UnitBasis::Written;
  table.columns.push_back(std::move(magnitude));
  return table;
}

class JsonTable final : public TableReader {
 public:
  JsonTable(std::shared_ptr<const ByteSource> source, ReadOptions options) : source_(std::move(source)), options_(std::move(options)) {}

  Result<bool> step() override {
    std::vector<std::byte> block(1 << 20);
    KLONO_TRY(const std::size_t got, source_->read_at(static_cast<std::int64_t>(text_.size()), block));
    text_.append(reinterpret_cast<const char*>(block.data()), got);
    if (static_cast<std::int64_t>(text_.size()) > kMostBytes)
      return Error{ErrorCode::TooLarge, std::string(word(Word::formats_json_too_large)), std::string(word(Word::formats_json_too_large_advice))};
    return got == block.size();
  }

  std::int64_t bytes_done() const override { return static_cast<std::int64_t>(text_.size()); }
  std::int64_t bytes_total() const override { return source_->size(); }

  Result<RawTable> take() override {
    const json document = json::parse(text_, nullptr, false);
    if (document.is_discarded())
      return Error{ErrorCode::Malformed, std::string(word(Word::formats_json_broken)), std::string(word(Word::formats_json_broken_advice))};
    if (document.is_array()) return from_objects(document, options_);
    if (!document.is_object()) return unknown();
    if (const json* points = first_of(document, {"datapoints"}); points != nullptr && points->is_array()) return from_datapoints(*points);
    return from_arrays(document, options_);
  }

 private:
  std::shared_ptr<const ByteSource> source_;
  ReadOptions options_;
  std::string text_;
};

}  // namespace

Result<std::unique_ptr<TableReader>> open_json(std::shared_ptr<const ByteSource> source, const ReadOptions& options) {
  return std::unique_ptr<TableReader>(std::make_unique<JsonTable>(std::move(source), options));
}

}  // namespace klono::formats
