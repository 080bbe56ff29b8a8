#include "formats/journal_payload.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/units.hpp"

namespace klono::formats::journal {
namespace {

constexpr std::size_t kMostText = 32 * 1024;
constexpr std::size_t kColumns = 9;
constexpr std::uint8_t kPlainStamps = 0, kCountedStamps = 1;
constexpr double kMostExactStamp_ms = 3.2e12;
constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();

enum class Coding : std::uint8_t { Absent, Tenths, Float, MilliGravity };
constexpr std::int16_t kNoNumber = std::numeric_limits<std::int16_t>::min();
constexpr float kMostCount = 32767.0F;

float& column_of(Reading& reading, std::size_t column) {
  return column < 3 ? reading.acceleration[column] : column < 6 ? reading.linear[column - 3] : reading.rotation[column - 6];
}
float column_of(const Reading& reading, std::size_t column) { return column_of(const_cast<Reading&>(reading), column); }

double unit_of(Coding coding) { return coding == Coding::Tenths ? 0.1 : kStandardGravity_m_s2 * 1e-3; }

float from_count(Coding coding, std::int16_t count) {
  if (count == kNoNumber) return kNaN;
  if (coding == Coding::Tenths) return static_cast<float>(count) / 10.0F;
  return static_cast<float>(static_cast<double>(count) * unit_of(coding));
}

std::int16_t to_count(Coding coding, float value) {
  if (std::isnan(value)) return kNoNumber;
  const double count = std::round(static_cast<double>(value) / unit_of(coding));
  return static_cast<std::int16_t>(std::clamp<double>(count, -kMostCount, kMostCount));
}

bool gives_back(Coding coding, float value) {
  return std::isnan(value) || (std::isfinite(value) && from_count(coding, to_count(coding, value)) == value);
}

Coding coding_for(std::span<const Reading> readings, std::size_t column) {
  bool nothing = true;
  bool tenths = true;
  bool milli_gravity = true;
  for (const Reading& reading : readings) {
    const float value = column_of(reading, column);
    nothing = nothing && std::isnan(value);
    tenths = tenths && gives_back(Coding::Tenths, value);
    milli_gravity = milli_gravity && gives_back(Coding::MilliGravity, value);
    if (!tenths && !milli_gravity) return Coding::Float;
  }
  return nothing ? Coding::Absent : tenths ? Coding::Tenths : Coding::MilliGravity;
}

void put_column(PayloadWriter& writer, std::span<const Reading> readings, std::size_t column) {
  const Coding coding = coding_for(readings, column);
  writer.put(static_cast<std::uint8_t>(coding));
  if (coding == Coding::Absent) return;
  for (const Reading& reading : readings) {
    const float value = column_of(reading, column);
    if (coding == Coding::Float) writer.put(std::isnan(value) ? kNaN : value + 0.0F);
    else writer.put(to_count(coding, value));
  }
}

bool get_column(PayloadReader& reader, std::span<Reading> readings, std::size_t column) {
  const auto code = reader.get<std::uint8_t>();
  if (code > static_cast<std::uint8_t>(Coding::MilliGravity)) return false;
  const auto coding = static_cast<Coding>(code);
  for (Reading& reading : readings) {
    float& value = column_of(reading, column);
    if (coding == Coding::Absent) value = kNaN;
    else if (coding == Coding::Float) value = reader.get<float>();
    else value = from_count(coding, reader.get<std::int16_t>());
    if (std::isnan(value)) value = kNaN;
  }
  return reader.whole();
}

double microseconds(double stamp_ms) { return std::round(stamp_ms * 1000.0); }

bool can_be_counted(std::span<const Reading> readings) {
  if (readings.empty()) return true;
  const double first = microseconds(readings.front().stamp_ms);
  return std::ranges::all_of(readings, [&](const Reading& reading) {
    return std::abs(reading.stamp_ms) < kMostExactStamp_ms &&
           std::abs(microseconds(reading.stamp_ms) - first) <= std::numeric_limits<std::int32_t>::max();
  });
}

void put_stamps(PayloadWriter& writer, std::span<const Reading> readings) {
  if (!can_be_counted(readings)) {
    writer.put(kPlainStamps);
    for (const Reading& reading : readings) writer.put(stored_stamp(reading.stamp_ms));
    return;
  }
  writer.put(kCountedStamps);
  if (readings.empty()) return;
  const double first = microseconds(readings.front().stamp_ms);
  writer.put(static_cast<std::int64_t>(first));
  for (const Reading& reading : readings.subspan(1))
    writer.put(static_cast<std::int32_t>(microseconds(reading.stamp_ms) - first));
}

bool get_stamps(PayloadReader& reader, std::span<Reading> readings) {
  const auto way = reader.get<std::uint8_t>();
  if (way > kCountedStamps) return false;
  double first = 0.0;
  for (std::size_t i = 0; i < readings.size(); ++i) {
    if (way == kPlainStamps) {
      readings[i].stamp_ms = reader.get<double>();
    } else if (i == 0) {
      first = static_cast<double>(reader.get<std::int64_t>());
      readings[i].stamp_ms = first / 1000.0;
    } else {
      readings[i].stamp_ms = (first + reader.get<std::int32_t>()) / 1000.0;
    }
  }
  return reader.whole();
}

// ---- one struct each, in the order of the type numbers

void put(PayloadWriter& writer, const Header& header) {
  writer.put(static_cast<std::uint8_t>(header.sensor));
  writer.put(header.planned_s);
  writer.put(header.interval_as_told);
  for (const std::string* text : {&header.id, &header.context, &header.program_version}) writer.put_text(*text);
}

bool get(PayloadReader& reader, Header& header) {
  const auto sensor = reader.get<std::uint8_t>();
  header.sensor = static_cast<SensorKind>(sensor);
  header.planned_s = reader.get<double>();
  header.interval_as_told = reader.get<double>();
  for (std::string* text : {&header.id, &header.context, &header.program_version}) *text = reader.get_text();
  return sensor <= static_cast<std::uint8_t>(SensorKind::PolarBluetooth);
}

void put(PayloadWriter& writer, const Anchor& anchor) {
  writer.put(anchor.stamp_ms);
  writer.put(anchor.unix_ms);
  writer.put(anchor.offset_min);
}

bool get(PayloadReader& reader, Anchor& anchor) {
  anchor.stamp_ms = reader.get<double>();
  anchor.unix_ms = reader.get<std::int64_t>();
  anchor.offset_min = reader.get<std::int32_t>();
  return true;
}

void put(PayloadWriter& writer, std::span<const Reading> readings) {
  writer.put(static_cast<std::uint32_t>(readings.size()));
  put_stamps(writer, readings);
  for (std::size_t column = 0; column < kColumns; ++column) put_column(writer, readings, column);
}

void put(PayloadWriter& writer, const Readings& batch) { put(writer, std::span<const Reading>(batch.readings)); }

bool get(PayloadReader& reader, Readings& batch) {
  const auto count = reader.get<std::uint32_t>();
  if (!reader.has(std::size_t{count} * sizeof(std::int32_t))) return false;
  batch.readings.resize(count);
  if (!get_stamps(reader, batch.readings)) return false;
  for (std::size_t column = 0; column < kColumns; ++column)
    if (!get_column(reader, batch.readings, column)) return false;
  return true;
}

void put(PayloadWriter& writer, const GapRecord& gap) {
  writer.put(gap.begin_ms);
  writer.put(gap.end_ms);
  writer.put(static_cast<std::uint8_t>(gap.reason));
}

bool get(PayloadReader& reader, GapRecord& gap) {
  gap.begin_ms = reader.get<double>();
  gap.end_ms = reader.get<double>();
  const auto reason = reader.get<std::uint8_t>();
  gap.reason = static_cast<GapReason>(reason);
  return reason <= static_cast<std::uint8_t>(GapReason::Paused);
}

void put(PayloadWriter& writer, const MarkRecord& mark) {
  writer.put(mark.number);
  writer.put(mark.stamp_ms);
  writer.put(mark.strength);
  writer.put(static_cast<std::uint8_t>(mark.taken_back ? 1 : 0));
}

bool get(PayloadReader& reader, MarkRecord& mark) {
  mark.number = reader.get<std::uint32_t>();
  mark.stamp_ms = reader.get<double>();
  mark.strength = reader.get<std::int8_t>();
  mark.taken_back = reader.get<std::uint8_t>() != 0;
  return true;
}

void put(PayloadWriter& writer, const BlockRecord& block) {
  writer.put(block.stamp_ms);
  writer.put(static_cast<std::uint8_t>(block.task));
  writer.put(static_cast<std::uint8_t>(block.end ? 1 : 0));
}

bool get(PayloadReader& reader, BlockRecord& block) {
  block.stamp_ms = reader.get<double>();
  const auto task = reader.get<std::uint8_t>();
  block.task = static_cast<Task>(task);
  block.end = reader.get<std::uint8_t>() != 0;
  return task <= static_cast<std::uint8_t>(Task::Reach);
}

void put(PayloadWriter& writer, const SignRecord& sign) { writer.put(sign.sign); }

bool get(PayloadReader& reader, SignRecord& sign) {
  sign.sign = reader.get<std::int8_t>();
  return sign.sign >= -1 && sign.sign <= 1;
}

void put(PayloadWriter& writer, const End& end) { writer.put(end.stamp_ms); }

bool get(PayloadReader& reader, End& end) {
  end.stamp_ms = reader.get<double>();
  return true;
}

template <class T>
std::optional<Frame> read_as(PayloadReader reader) {
  T value;
  if (!get(reader, value) || !reader.whole()) return std::nullopt;
  return Frame(std::move(value));
}

}  // namespace

void PayloadWriter::put_text(std::string_view text) {
  text = text.substr(0, kMostText);
  put(static_cast<std::uint32_t>(text.size()));
  for (const char c : text) bytes_.push_back(static_cast<std::byte>(c));
}

std::string PayloadReader::get_text() {
  const auto length = get<std::uint32_t>();
  if (!has(length)) return {};
  std::string text(reinterpret_cast<const char*>(bytes_.data()), length);
  bytes_ = bytes_.subspan(length);
  return text;
}

std::uint8_t type_of(const Frame& frame) { return static_cast<std::uint8_t>(frame.index() + 1); }

bool is_known(std::uint8_t type) { return type >= 1 && type <= std::variant_size_v<Frame>; }

std::vector<std::byte> payload_of(const Frame& frame) {
  PayloadWriter writer;
  std::visit([&](const auto& value) { put(writer, value); }, frame);
  return writer.take();
}

std::vector<std::byte> payload_of(std::span<const Reading> readings) {
  PayloadWriter writer;
  put(writer, readings);
  return writer.take();
}

std::optional<Frame> frame_of(std::uint8_t type, std::span<const std::byte> payload) {
  const PayloadReader reader(payload);
  switch (type) {
    case 1: return read_as<Header>(reader);
    case 2: return read_as<Anchor>(reader);
    case 3: return read_as<Readings>(reader);
    case 4: return read_as<GapRecord>(reader);
    case 5: return read_as<MarkRecord>(reader);
    case 6: return read_as<BlockRecord>(reader);
    case 7: return read_as<SignRecord>(reader);
    case 8: return read_as<End>(reader);
    default: return std::nullopt;
  }
}

}  // namespace klono::formats::journal
