#include "formats/embraceplus_avro.hpp"

#include <algorithm>
#include <cmath>

#include "base/words.hpp"
#include "formats/avro_reading.hpp"
#include "formats/columns.hpp"
#include "formats/recording_from_table.hpp"

namespace klono::formats {
namespace {

constexpr double kDegreesFrom = 100.0;  // a full scale beyond this is told in degrees per second, whatever the schema says (chosen)
constexpr double kSameRate = 0.01;
constexpr double kMostZone_s = 18.0 * 3600.0;

/// One sensor of three axes.
struct Sensor {
  std::vector<double> axes[3];
  double rate_hz = 0.0;
  double start_us = 0.0;
  double low = 0.0, high = 0.0, digital_low = 0.0, digital_high = 0.0, factor = 0.0;

  std::size_t rows() const { return std::min({axes[0].size(), axes[1].size(), axes[2].size()}); }

  double value_of(double digital) const {
    if (digital_high == digital_low) return factor * digital;
    return low + (digital - digital_low) * (high - low) / (digital_high - digital_low);
  }
};

class EmbracePlusReader final : public TableReader {
 public:
  explicit EmbracePlusReader(std::shared_ptr<const ByteSource> source) : source_(std::move(source)) {}

  /// A file holds half an hour at most: all in one step.
  Result<bool> step() override {
    KLONO_TRY(numbers_, read_avro_record(*source_, {"timezone", "rawData.accelerometer", "rawData.gyroscope", "rawData.temperature", "rawData.tags"}, "rawData.accelerometer.x"));
    done_ = true;
    return false;
  }

  std::int64_t bytes_done() const override { return done_ ? source_->size() : 0; }
  std::int64_t bytes_total() const override { return source_->size(); }

  Result<RawTable> take() override {
    RawTable table;
    table.format = word(Word::clinical_name_embraceplus);
    const Sensor accelerometer = sensor("rawData.accelerometer");
    const bool usable = accelerometer.rows() > 0 && accelerometer.rate_hz > 0.0 && accelerometer.rate_hz < 1e4;
    if (!usable && numbers_.whole) return Error{ErrorCode::NoAcceleration, std::string(word(Word::clinical_avro_off)), std::string(word(Word::clinical_avro_off_advice))};
    if (!usable) return Error{ErrorCode::Malformed, fill(Word::clinical_avro_damaged, {{"what", std::string(word(Word::clinical_avro_what_block))}}), std::string(word(Word::clinical_avro_damaged_advice))};
    if (!numbers_.whole) table.warnings.push_back({"stream-cut", std::string(word(Word::clinical_warn_stream_cut))});
    table.unit_basis = UnitBasis::Written;
    table.gravity_known = true;
    table.range_g = std::abs(accelerometer.high);
    table.time.nominal_rate_hz = accelerometer.rate_hz;
    set_clock(table, accelerometer.start_us);
    add_columns(table, accelerometer, accelerometer.rows(), "accel", "g", acceleration_role);
    if (const Sensor gyroscope = sensor("rawData.gyroscope"); gyroscope.rows() > 0 && std::abs(gyroscope.rate_hz - accelerometer.rate_hz) < kSameRate * accelerometer.rate_hz)
      add_columns(table, gyroscope, accelerometer.rows(), "gyro", std::abs(gyroscope.high) >= kDegreesFrom ? "deg/s" : "rad/s", rotation_role);
    KLONO_TRY(Recording recording, recording_from_table(RawTable(table), {}));
    add_temperature(table, recording, accelerometer.start_us);
    for (const double at_us : field("rawData.tags.tagsTimeMicros")) recording.marks.push_back({(at_us - accelerometer.start_us) * 1e-6, -1});
    std::erase_if(recording.marks, [&](const OwnMark& mark) { return !(mark.at_s >= 0.0 && mark.at_s <= recording.duration_s()); });
    std::sort(recording.marks.begin(), recording.marks.end(), [](const OwnMark& a, const OwnMark& b) { return a.at_s < b.at_s; });
    table.recording = std::move(recording);
    return table;
  }

 private:
  const std::vector<double>& field(std::string_view path) const {
    static const std::vector<double> none;
    const auto found = numbers_.fields.find(path);
    return found == numbers_.fields.end() ? none : found->second;
  }

  double number(const std::string& path) const {
    const std::vector<double>& values = field(path);
    return values.empty() || !std::isfinite(values.front()) ? 0.0 : values.front();
  }

  Sensor sensor(const std::string& path) const {
    Sensor sensor;
    for (std::size_t k = 0; k < 3; ++k) sensor.axes[k] = field(path + "." + std::string(1, static_cast<char>('x' + k)));
    sensor.rate_hz = number(path + ".samplingFrequency");
    sensor.start_us = number(path + ".timestampStart");
    const std::string scale = path + ".imuParams.";
    sensor.low = number(scale + "physicalMin");
    sensor.high = number(scale + "physicalMax");
    sensor.digital_low = number(scale + "digitalMin");
    sensor.digital_high = number(scale + "digitalMax");
    sensor.factor = number(scale + "conversionFactor");
    return sensor;
  }

  void set_clock(RawTable& table, double start_us) const {
    if (!(start_us > 0.0 && start_us < 9e15)) return;
    table.start.basis = ClockBasis::Utc;
    table.start.unix_ns = static_cast<std::int64_t>(start_us) * 1000;
    if (const double zone_s = number("timezone"); !field("timezone").empty() && std::abs(zone_s) <= kMostZone_s) table.start.offset_min = static_cast<int>(zone_s / 60.0);
  }

  static void add_columns(RawTable& table, const Sensor& sensor, std::size_t rows, const char* name, const char* unit, ChannelRole (*role)(int)) {
    for (int k = 0; k < 3; ++k) {
      RawColumn column{std::string(name) + "_" + static_cast<char>('x' + k), unit, "counts", role(k), {}};
      const std::vector<double>& digital = sensor.axes[k];
      for (std::size_t i = 0; i < rows; ++i) column.values.push_back(i < digital.size() ? static_cast<float>(sensor.value_of(digital[i])) : std::nanf(""));
      table.columns.push_back(std::move(column));
    }
  }

  void add_temperature(RawTable& table, Recording& recording, double start_us) const {
    const double rate_hz = number("rawData.temperature.samplingFrequency");
    const std::vector<double>& values = field("rawData.temperature.values");
    if (values.empty() || !(rate_hz > 0.0)) return;
    SideMeasure side{"temperature", "degC", ChannelRole::Temperature, {}, {}};
    const double begin_s = (number("rawData.temperature.timestampStart") - start_us) * 1e-6;
    for (std::size_t i = 0; i < values.size(); ++i) {
      side.at_s.push_back(begin_s + static_cast<double>(i) / rate_hz);
      side.values.push_back(static_cast<float>(values[i]));
    }
    table.columns.push_back({side.name, side.unit, side.unit, side.role, side.values, rate_hz});
    recording.sides.push_back(std::move(side));
  }

  std::shared_ptr<const ByteSource> source_;
  AvroNumbers numbers_;
  bool done_ = false;
};

}  // namespace

Result<std::unique_ptr<TableReader>> open_embraceplus(std::shared_ptr<const ByteSource> source, const ReadOptions&) {
  return std::unique_ptr<TableReader>(std::make_unique<EmbracePlusReader>(std::move(source)));
}

}  // namespace klono::formats
