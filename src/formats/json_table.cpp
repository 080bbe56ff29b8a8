#include "formats/json_table.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/words.hpp"
#include "formats/columns.hpp"
#include "formats/json_objects.hpp"
#include "formats/number_text.hpp"
#include "formats/resting_unit.hpp"
#include "formats/table_joining.hpp"
#include "formats/timestamps.hpp"
#include "nlohmann/json.hpp"

namespace klono::formats {
namespace {

using nlohmann::json;

constexpr std::int64_t kMostBytes = 64 << 20;
constexpr std::size_t kMostRows = 80'000'000;
constexpr std::size_t kMostRemarks = 100'000;
constexpr std::size_t kLongestRemark = 200;
constexpr double kSeizureDetectorRate_hz = 25.0;

Error unknown() {
  return {ErrorCode::UnknownFormat, std::string(word(Word::formats_json_unknown)), std::string(word(Word::formats_unknown_advice))};
}

Error health_export() {
  return {ErrorCode::RefusedFormat, std::string(word(Word::apps_health_export)), std::string(word(Word::apps_health_export_advice))};
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
  std::optional<std::int64_t> first_unix_ns;  ///< of the first row, where the time is counted from another start

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
    RawTable table = bare(acceleration_role);
    table.format = std::move(format);
    table.gravity_known = without_gravity;
    table.has_gravity = !without_gravity;
    if (apply_choice(table, options)) return table;
    if (const std::optional<UnitInfo> unit = parse_unit(written_unit)) apply_unit(table, *unit, UnitBasis::Written);
    settle_unit(table);
    return table;
  }

  /// Values as in the file.
  RawTable bare(ChannelRole (*role_of)(int)) {
    RawTable table;
    for (std::size_t k = 0; k < 3; ++k)
      table.columns.push_back({std::string(1, static_cast<char>('x' + k)), "", "", role_of(static_cast<int>(k)), std::move(axis[k])});
    set_time(table);
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
    } else if (first_unix_ns) {
      table.start.basis = ClockBasis::Utc;
      table.start.unix_ns = *first_unix_ns;
    }
    for (double& value : time) value = (value - first) * unit.seconds_per_unit;
    table.time.name = "time";
    table.time.seconds = std::move(time);
  }

  std::optional<WrittenTime> first_written_;
};

/// The sensors of a list of objects that matter here. Sensor Logger keeps all sensors in one list, each object with the name of
/// its sensor; other lists have no names.
enum class Sensor : std::size_t { Unnamed, Total, Acceleration, Uncalibrated, Watch, Gravity, Rotation, WatchRotation };
constexpr std::size_t kSensors = 8;

std::optional<Sensor> sensor_named(std::string_view name) {
  constexpr std::pair<std::string_view, Sensor> known[] = {{"TotalAcceleration", Sensor::Total}, {"Accelerometer", Sensor::Acceleration},
                                                           {"AccelerometerUncalibrated", Sensor::Uncalibrated}, {"WristMotion", Sensor::Watch},
                                                           {"Gravity", Sensor::Gravity}, {"Gyroscope", Sensor::Rotation}};
  for (const auto& [text, sensor] : known)
    if (name == text) return sensor;
  return std::nullopt;
}

ChannelRole no_role(int) { return ChannelRole::Other; }

/// Collects a list of objects, one after another.
class ObjectList {
 public:
  explicit ObjectList(const ReadOptions& options) : options_(options), keys_(options) {}

  Status take(std::string_view text) {
    const json item = json::parse(text, nullptr, false);
    if (item.is_discarded())
      return Error{ErrorCode::Malformed, std::string(word(Word::formats_json_broken)), std::string(word(Word::formats_json_broken_advice))};
    const auto sensor = item.find("sensor");
    if (sensor == item.end() || !sensor->is_string()) {
      note_first(item);
      take_axes(item, keys_.axis, rows(Sensor::Unnamed));
      return Done{};
    }
    const std::string& name = *sensor->get_ptr<const json::string_t*>();
    if (name == "Annotation") take_remark(item);
    const std::optional<Sensor> known = sensor_named(name);
    if (!known) return Done{};
    if (*known == Sensor::Watch) take_watch(item);
    else take_axes(item, keys_.axis, rows(*known));
    return Done{};
  }

  Result<RawTable> finish() {
    std::optional<Sensor> main;
    for (const Sensor sensor : {Sensor::Total, Sensor::Acceleration, Sensor::Uncalibrated, Sensor::Watch, Sensor::Unnamed})
      if (!main && !rows(sensor).time.empty()) main = sensor;
    if (!main) return is_health_export_ ? health_export() : unknown();
    const bool named = *main != Sensor::Unnamed;
    rows(*main).without_gravity = *main == Sensor::Acceleration || (*main == Sensor::Watch && watch_without_gravity_);
    const bool metres = *main == Sensor::Total || *main == Sensor::Acceleration;
    const Word name = named ? Word::formats_name_sensor_logger_json : is_mpower() ? Word::apps_name_mpower : Word::formats_name_json;
    RawTable table = std::move(rows(*main)).table(std::string(word(name)), metres ? "m/s2" : "", options_);
    if (*main == Sensor::Acceleration && !rows(Sensor::Gravity).time.empty()) add_gravity(table, rows(Sensor::Gravity).bare(no_role));
    const Sensor turning = *main == Sensor::Watch ? Sensor::WatchRotation : Sensor::Rotation;
    if (named && !rows(turning).time.empty()) add_rotation(table, rotation_table(rows(turning)));
    for (auto& [unix_ns, text] : remarks_)
      if (table.start.basis == ClockBasis::Utc) table.annotations.push_back({static_cast<double>(unix_ns - table.start.unix_ns) * 1e-9, 0.0, std::move(text)});
    return table;
  }

 private:
  Rows& rows(Sensor sensor) { return rows_[static_cast<std::size_t>(sensor)]; }

  static RawTable rotation_table(Rows& rows) {
    RawTable table = rows.bare(rotation_role);
    for (RawColumn& column : table.columns) column.unit = column.unit_in_file = "rad/s";
    return table;
  }

  bool take_axes(const json& item, const std::vector<std::string> (&axis)[3], Rows& rows) {
    const json* t = first_of(item, keys_.time);
    const json* x = first_of(item, axis[0]);
    const json* y = first_of(item, axis[1]);
    const json* z = first_of(item, axis[2]);
    if (t == nullptr || x == nullptr || y == nullptr || z == nullptr || rows.time.size() >= kMostRows) return false;
    if (!rows.take(*t, *x, *y, *z)) return false;
    if (rows.time.size() == 1) rows.first_unix_ns = unix_ns_of(item);
    return true;
  }

  /// Acceleration and gravity stand in one object; their sum is what a sensor measures.
  void take_watch(const json& item) {
    static const std::vector<std::string> acceleration[3] = {{"accelerationX"}, {"accelerationY"}, {"accelerationZ"}};
    static const std::vector<std::string> rotation[3] = {{"rotationRateX"}, {"rotationRateY"}, {"rotationRateZ"}};
    Rows& watch = rows(Sensor::Watch);
    if (!take_axes(item, acceleration, watch)) return;
    for (std::size_t k = 0; k < 3; ++k) {
      const json* gravity = first_of(item, {std::string("gravity") + static_cast<char>('X' + k)});
      if (gravity == nullptr) watch_without_gravity_ = true;
      else watch.axis[k].back() += static_cast<float>(number_of(*gravity));
    }
    take_axes(item, rotation, rows(Sensor::WatchRotation));
  }

  void take_remark(const json& item) {
    const json* text = first_of(item, {"text"});
    const std::optional<std::int64_t> at = unix_ns_of(item);
    if (text == nullptr || !text->is_string() || !at || remarks_.size() >= kMostRemarks) return;
    remarks_.emplace_back(*at, text->get<std::string>().substr(0, kLongestRemark));
  }

  /// "time" in nanoseconds since 1970, as text or number.
  static std::optional<std::int64_t> unix_ns_of(const json& item) {
    const auto time = item.find("time");
    if (time == item.end()) return std::nullopt;
    std::optional<std::int64_t> value;
    if (time->is_number_integer()) value = time->get<std::int64_t>();
    if (time->is_string()) value = parse_integer(*time->get_ptr<const json::string_t*>());
    return value && *value > 1'000'000'000'000'000'000 && *value < 4'100'000'000'000'000'000 ? value : std::nullopt;
  }

  void note_first(const json& item) {
    if (first_size_ == 0) {
      is_health_export_ = item.contains("dateTime") && item.contains("value");  // Fitbit
      first_size_ = item.size();
      first_time_ = item.contains("timestamp") && item.contains("x") && item.contains("y") && item.contains("z") ? number_of(item["timestamp"]) : std::nan("");
    }
  }

  /// Objects of timestamp, x, y and z and nothing else; the stamps are seconds since the phone was started.
  bool is_mpower() const { return first_size_ == 4 && first_time_ > 60.0 && first_time_ < 1e8; }

  const ReadOptions& options_;
  Keys keys_;
  std::array<Rows, kSensors> rows_;
  std::vector<std::pair<std::int64_t, std::string>> remarks_;
  bool watch_without_gravity_ = false;
  bool is_health_export_ = false;
  std::size_t first_size_ = 0;
  double first_time_ = 0.0;
};

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
  JsonTable(std::shared_ptr<const ByteSource> source, ReadOptions options) : source_(std::move(source)), options_(std::move(options)), list_(options_) {}

  Result<bool> step() override {
    block_.resize(1 << 20);
    KLONO_TRY(const std::size_t got, source_->read_at(offset_, block_));
    std::string_view text(reinterpret_cast<const char*>(block_.data()), got);
    if (offset_ == 0) {
      if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
      is_list_ = trimmed(text).starts_with('[');
    }
    offset_ += static_cast<std::int64_t>(got);
    if (is_list_) {
      KLONO_CHECK(objects_.feed(text, [this](std::string_view object) { return list_.take(object); }));
    } else {
      text_.append(text);
      if (static_cast<std::int64_t>(text_.size()) > kMostBytes)
        return Error{ErrorCode::TooLarge, std::string(word(Word::formats_json_too_large)), std::string(word(Word::formats_json_too_large_advice))};
    }
    return got == block_.size();
  }

  std::int64_t bytes_done() const override { return offset_; }
  std::int64_t bytes_total() const override { return source_->size(); }

  Result<RawTable> take() override {
    if (is_list_ && objects_.is_whole()) return list_.finish();
    const json document = is_list_ ? json(json::value_t::discarded) : json::parse(text_, nullptr, false);
    if (document.is_discarded())
      return Error{ErrorCode::Malformed, std::string(word(Word::formats_json_broken)), std::string(word(Word::formats_json_broken_advice))};
    if (!document.is_object()) return unknown();
    if (const json* points = first_of(document, {"datapoints"}); points != nullptr && points->is_array()) return from_datapoints(*points);
    if (first_of(document, {"Data Points", "Data Source", "daily_activity", "readiness"}) != nullptr) return health_export();  // Google Fit, Oura
    return from_arrays(document, options_);
  }

 private:
  std::shared_ptr<const ByteSource> source_;
  ReadOptions options_;
  ObjectList list_;
  JsonObjects objects_;
  bool is_list_ = false;
  std::int64_t offset_ = 0;
  std::vector<std::byte> block_;
  std::string text_;  // of a document that is no list
};

}  // namespace

Result<std::unique_ptr<TableReader>> open_json(std::shared_ptr<const ByteSource> source, const ReadOptions& options) {
  return std::unique_ptr<TableReader>(std::make_unique<JsonTable>(std::move(source), options));
}

}  // namespace klono::formats
