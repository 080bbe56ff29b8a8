#include "clinical_inputs.hpp"

#include <doctest/doctest.h>

#include <cstdio>
#include <cstring>

#include "inputs.hpp"

namespace klono::formats::inputs {
namespace {

std::string padded(const std::string& text, std::size_t size) {
  REQUIRE(text.size() <= size);
  return text + std::string(size - text.size(), ' ');
}

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.8g", value);
  return text;
}

void put(std::string& bytes, int value, int width) { bytes += little_endian(value, width); }

std::string zigzag(std::int64_t value) {
  auto bits = static_cast<std::uint64_t>(value) << 1U ^ static_cast<std::uint64_t>(value >> 63);
  std::string bytes;
  for (; bits >= 0x80; bits >>= 7U) bytes += static_cast<char>(bits | 0x80U);
  return bytes + static_cast<char>(bits);
}

std::string avro_text(const std::string& text) { return zigzag(static_cast<std::int64_t>(text.size())) + text; }

std::string avro_float(float value) {
  std::uint32_t bits = 0;
  std::memcpy(&bits, &value, sizeof bits);
  return little_endian(bits, 4);
}

template <class T, class Write>
std::string avro_array(const std::vector<T>& values, bool sizes, Write write) {
  std::string bytes;
  constexpr std::size_t kBlock = 50;
  for (std::size_t begin = 0; begin < values.size();) {
    const std::size_t end = sizes ? std::min(begin + kBlock, values.size()) : values.size();
    std::string items;
    for (std::size_t i = begin; i < end; ++i) items += write(values[i]);
    const auto count = static_cast<std::int64_t>(end - begin);
    bytes += sizes ? zigzag(-count) + zigzag(static_cast<std::int64_t>(items.size())) + items : zigzag(count) + items;
    begin = end;
  }
  return bytes + zigzag(0);
}

// As the documents of the maker describe it, with one of each kind of type before the data.
constexpr const char* kEmbraceSchema = R"({"type":"record","name":"Session","namespace":"empatica.format.avro","fields":[
{"name":"timezone","type":"int"},
{"name":"person","type":{"type":"record","name":"Enrollment","fields":[{"name":"id","type":"string"},{"name":"extra","type":{"type":"map","values":"double"}}]}},
{"name":"model","type":{"type":"enum","name":"Model","symbols":["A","B"]}},
{"name":"maybe","type":["null",{"type":"fixed","name":"Five","size":5}]},
{"name":"on","type":"boolean"},
{"name":"rawData","type":{"type":"record","name":"RawData","fields":[
{"name":"accelerometer","type":{"type":"record","name":"Imu","fields":[{"name":"timestampStart","type":"long"},{"name":"samplingFrequency","type":"float"},
{"name":"imuParams","type":{"type":"record","name":"Params","fields":[{"name":"physicalMin","type":"int"},{"name":"physicalMax","type":"int"},
{"name":"digitalMin","type":"int"},{"name":"digitalMax","type":"int"},{"name":"conversionFactor","type":"float"}]}},
{"name":"x","type":{"type":"array","items":"int"}},{"name":"y","type":{"type":"array","items":"int"}},{"name":"z","type":{"type":"array","items":"int"}}]}},
{"name":"gyroscope","type":"empatica.format.avro.Imu"},
{"name":"temperature","type":{"type":"record","name":"Temperature","fields":[{"name":"timestampStart","type":"long"},{"name":"samplingFrequency","type":"float"},
{"name":"values","type":{"type":"array","items":"float"}}]}},
{"name":"tags","type":{"type":"record","name":"Tags","fields":[{"name":"tagsTimeMicros","type":{"type":"array","items":"long"}}]}}]}}]})";

}  // namespace

std::string edf(const EdfWriting& writing) {
  std::vector<EdfTestSignal> signals = writing.signals;
  const bool notes = !writing.notes.empty();
  if (notes) signals.push_back({writing.bdf ? "BDF Annotations" : "EDF Annotations", "", writing.notes_samples, -1, 1});
  const std::string own_size = std::to_string(256 * (signals.size() + 1));
  std::string bytes = writing.bdf ? "\xFF" "BIOSEMI" : padded("0", 8);
  bytes += padded(writing.person, 80) + padded("Startdate 07-MAY-2024 X X X", 80) + padded(writing.date, 8) + padded(writing.time, 8);
  bytes += padded(writing.header_bytes.empty() ? own_size : writing.header_bytes, 8) + padded(writing.kind, 44);
  bytes += padded(writing.records.empty() ? std::to_string(writing.num_records) : writing.records, 8) + padded(writing.record_s, 8);
  bytes += padded(writing.num_signals.empty() ? std::to_string(signals.size()) : writing.num_signals, 4);
  const auto field = [&](std::size_t size, auto of) {
    for (const EdfTestSignal& signal : signals) bytes += padded(of(signal), size);
  };
  field(16, [](const EdfTestSignal& signal) { return signal.label; });
  field(80, [](const EdfTestSignal&) { return std::string("electrode"); });
  field(8, [](const EdfTestSignal& signal) { return signal.unit; });
  field(8, [](const EdfTestSignal& signal) { return number(signal.low); });
  field(8, [](const EdfTestSignal& signal) { return number(signal.high); });
  field(8, [](const EdfTestSignal& signal) { return std::to_string(signal.digital_low); });
  field(8, [](const EdfTestSignal& signal) { return std::to_string(signal.digital_high); });
  field(80, [](const EdfTestSignal&) { return std::string("HP:0.1Hz"); });
  field(8, [](const EdfTestSignal& signal) { return std::to_string(signal.count); });
  field(32, [](const EdfTestSignal&) { return std::string(); });
  const int width = writing.bdf ? 3 : 2;
  for (int r = 0; r < writing.num_records; ++r)
    for (std::size_t s = 0; s < signals.size(); ++s) {
      if (notes && s + 1 == signals.size()) {
        std::string text = static_cast<std::size_t>(r) < writing.notes.size() ? writing.notes[static_cast<std::size_t>(r)] : "";
        REQUIRE(text.size() <= static_cast<std::size_t>(writing.notes_samples * width));
        text.resize(static_cast<std::size_t>(writing.notes_samples * width), '\0');
        bytes += text;
        continue;
      }
      for (std::int64_t i = 0; i < signals[s].count; ++i) put(bytes, signals[s].digital(r * signals[s].count + i), width);
    }
  return bytes;
}

std::string tal(const std::string& onset, const std::vector<std::string>& texts, const std::string& duration) {
  std::string list = onset + (duration.empty() ? "" : "\x15" + duration) + "\x14";
  for (const std::string& text : texts) list += text + "\x14";
  return list + std::string(1, '\0');
}

std::string little_endian(std::int64_t value, int width) {
  std::string bytes;
  for (int k = 0; k < width; ++k) bytes += static_cast<char>((value >> (8 * k)) & 0xFF);
  return bytes;
}

std::string avro(const EmbraceWriting& writing) {
  const auto imu = [&](const std::vector<std::vector<int>>& axes, int range, int digital) {
    const bool on = !axes[0].empty();
    std::string bytes = zigzag(on ? writing.start_us : 0) + avro_float(on ? writing.rate_hz : 0.0F);
    bytes += zigzag(-range) + zigzag(range) + zigzag(-digital) + zigzag(digital) + avro_float(0.5F);
    for (const std::vector<int>& axis : axes) bytes += avro_array(axis, writing.blocks_with_sizes, [](int value) { return zigzag(value); });
    return bytes;
  };
  std::string record = zigzag(writing.zone_s) + avro_text("person 1") + zigzag(1) + avro_text("key") + std::string(8, '\x40') + zigzag(0);
  record += zigzag(1) + zigzag(1) + "12345" + "\x01";
  record += imu(writing.acceleration, 16, 32768) + imu(writing.rotation, 500, 8000);
  record += zigzag(writing.start_us) + avro_float(1.0F) + avro_array(writing.temperature, false, avro_float);
  record += avro_array(writing.tags_us, false, zigzag);
  const std::string data = writing.codec == "deflate" ? raw_deflated(record) : record;
  const std::string mark = "0123456789abcdef";
  std::string bytes = std::string("Obj\x01") + zigzag(2) + avro_text("avro.schema") + avro_text(writing.schema.empty() ? kEmbraceSchema : writing.schema);
  bytes += avro_text("avro.codec") + avro_text(writing.codec) + zigzag(0) + mark;
  return bytes + zigzag(1) + zigzag(static_cast<std::int64_t>(data.size())) + data + mark;
}

std::vector<float> samples_of(const Recording& recording, std::size_t channel) {
  if (!recording.stored) return recording.channels[channel].samples;
  std::vector<float> samples(static_cast<std::size_t>(recording.num_samples()));
  std::vector<std::span<float>> into(recording.channels.size());
  into[channel] = samples;
  recording.stored->read(0, into);
  return samples;
}

}  // namespace klono::formats::inputs
