#include "inputs.hpp"

#include <doctest/doctest.h>
#include <zlib.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <limits>
#include <numbers>

#include "formats/columns.hpp"
#include "formats/reader.hpp"
#include "formats/recording_from_table.hpp"

namespace klono::formats::inputs {
namespace {

void put16(std::string& bytes, std::size_t value) {
  bytes.push_back(static_cast<char>(value & 0xFF));
  bytes.push_back(static_cast<char>((value >> 8) & 0xFF));
}

void put32(std::string& bytes, std::size_t value) {
  put16(bytes, value & 0xFFFF);
  put16(bytes, (value >> 16) & 0xFFFF);
}

/// `window_bits` as zlib wants them: -15 raw, 31 gzip.
std::string deflated(const std::string& text, int window_bits) {
  z_stream stream{};
  REQUIRE(deflateInit2(&stream, 6, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string packed(deflateBound(&stream, static_cast<uLong>(text.size())) + 32, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

void check_sound(const Recording& recording) {
  std::int64_t next = 0;
  double end_s = 0.0;
  for (const Segment& segment : recording.segments) {
    CHECK(segment.first_index == next);
    CHECK(segment.count > 0);
    CHECK(segment.rate_hz > 0.0);
    CHECK(segment.start_s >= end_s - 1e-9);
    next = segment.end_index();
    end_s = segment.end_s();
  }
  CHECK(next == recording.num_samples());
  for (const Channel& channel : recording.channels) CHECK(static_cast<std::int64_t>(channel.samples.size()) == (recording.stored ? 0 : next));
  for (std::size_t i = 0; i < recording.gaps.size(); ++i) {
    CHECK(recording.gaps[i].span.end_s > recording.gaps[i].span.begin_s);
    if (i > 0) CHECK(recording.gaps[i].span.begin_s >= recording.gaps[i - 1].span.end_s);
  }
}

}  // namespace

std::string fixed(double value, int digits) {
  char text[64];
  std::snprintf(text, sizeof text, "%.*f", digits, value);
  return text;
}

std::vector<MotionSample> motion(double rate_hz, double seconds) {
  const auto count = static_cast<std::size_t>(std::lround(rate_hz * seconds));
  std::vector<MotionSample> readings(count);
  for (std::size_t i = 0; i < count; ++i) {
    const double t = static_cast<double>(i) / rate_hz;
    const double turn = 2.0 * std::numbers::pi * t;
    readings[i] = {t, {0.020 * std::sin(1.3 * turn), 0.6 + 0.015 * std::sin(0.7 * turn + 1.0), -0.8 + 0.010 * std::cos(2.1 * turn)}};
  }
  return readings;
}

std::vector<MotionSample> scaled(std::vector<MotionSample> readings, double factor) {
  for (MotionSample& reading : readings)
    for (double& value : reading.axis) value *= factor;
  return readings;
}

std::string written(const std::vector<MotionSample>& readings, const Writing& writing) {
  std::string text;
  std::size_t fields = 0;
  const auto field = [&](std::string value) {
    if (fields++ > 0) text += writing.separator;
    text += writing.quoted ? "\"" + value + "\"" : value;
    text += writing.before_separator;
  };
  const auto number = [&](std::string value) {
    if (writing.decimal_comma) std::replace(value.begin(), value.end(), '.', ',');
    field(std::move(value));
  };
  const auto end_row = [&] {
    text += writing.trailing + writing.line_end;
    fields = 0;
  };
  if (!writing.header.empty()) {
    for (std::size_t at = 0; at <= writing.header.size();) {
      const std::size_t comma = std::min(writing.header.find(',', at), writing.header.size());
      field(writing.header.substr(at, comma - at));
      at = comma + 1;
    }
    end_row();
  }
  for (const MotionSample& reading : readings) {
    if (writing.with_time) number(writing.time(reading.t_s));
    for (const double value : reading.axis) number(fixed(value, writing.digits));
    end_row();
  }
  return text;
}

std::string utf16(std::string_view text, bool big_endian, bool with_mark) {
  std::string bytes;
  if (with_mark) bytes = big_endian ? "\xFE\xFF" : "\xFF\xFE";
  for (const char c : text) {
    if (big_endian) bytes += '\0';
    bytes += c;
    if (!big_endian) bytes += '\0';
  }
  return bytes;
}

std::string zipped(const std::vector<Member>& members, ZipStyle style) {
  std::string bytes;
  std::string directory;
  for (const Member& member : members) {
    const std::string packed = style.deflated ? deflated(member.text, -15) : member.text;
    const auto crc = static_cast<std::size_t>(crc32(0, reinterpret_cast<const Bytef*>(member.text.data()), static_cast<uInt>(member.text.size())));
    const std::size_t at = bytes.size();
    const auto common = [&](std::string& into, bool with_sizes) {
      put16(into, 20);
      put16(into, style.sizes_only_in_directory ? 0x0808 : 0);
      put16(into, style.deflated ? 8 : 0);
      put32(into, 0);  // date and time
      put32(into, with_sizes ? crc : 0);
      put32(into, with_sizes ? packed.size() : 0);
      put32(into, with_sizes ? member.text.size() : 0);
      put16(into, member.name.size());
      put16(into, 0);
    };
    bytes += "PK\x03\x04";
    common(bytes, !style.sizes_only_in_directory);
    bytes += member.name + packed;
    if (style.sizes_only_in_directory) {
      bytes += "PK\x07\x08";
      put32(bytes, crc);
      put32(bytes, packed.size());
      put32(bytes, member.text.size());
    }
    directory += "PK\x01\x02";
    put16(directory, 20);
    common(directory, true);
    put16(directory, 0);
    put16(directory, 0);
    put16(directory, 0);
    put32(directory, 0);
    put32(directory, at);
    directory += member.name;
  }
  const std::size_t at = bytes.size();
  bytes += directory + "PK\x05\x06";
  put32(bytes, 0);
  put16(bytes, members.size());
  put16(bytes, members.size());
  put32(bytes, directory.size());
  put32(bytes, at);
  put16(bytes, 0);
  return bytes;
}

std::string gzipped(const std::string& text) { return deflated(text, 31); }

std::string raw_deflated(const std::string& text) { return deflated(text, -15); }

ReadOptions named(std::string file_name) {
  ReadOptions options;
  options.file_name = std::move(file_name);
  return options;
}

ReadOptions choosing(std::string_view key, std::string_view value) {
  ReadOptions options;
  REQUIRE(set_option(options, key, value).ok());
  return options;
}

std::shared_ptr<const ByteSource> source_of(const std::string& bytes) { return std::make_shared<MemorySource>(bytes); }

Result<Recording> try_read(const std::string& bytes, const ReadOptions& options) {
  KLONO_TRY(RawTable table, read_table(source_of(bytes), options));
  return recording_from_table(std::move(table), options);
}

Recording read(const std::string& bytes, const ReadOptions& options) {
  Result<Recording> recording = try_read(bytes, options);
  if (!recording) FAIL(one_line(recording.error()));
  check_sound(recording.value());
  return std::move(recording).value();
}

Error refusal_of(const std::string& bytes, const ReadOptions& options) {
  const Result<Recording> recording = try_read(bytes, options);
  if (!recording) return recording.error();
  const Status analysable = check_analysable(recording.value());
  if (analysable.ok()) FAIL("it was read without complaint");
  return analysable.error();
}

const std::vector<float>& axis(const Recording& recording, int k) {
  const Channel* channel = recording.find(acceleration_role(k));
  REQUIRE(channel != nullptr);
  return channel->samples;
}

double largest_difference(const Recording& recording, const std::vector<MotionSample>& readings) {
  double largest = 0.0;
  for (int k = 0; k < 3; ++k) {
    const std::vector<float>& samples = axis(recording, k);
    if (samples.size() != readings.size()) return std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < samples.size(); ++i)
      largest = std::max(largest, std::abs(static_cast<double>(samples[i]) - readings[i].axis[k]));
  }
  return largest;
}

void check_motion(const Recording& recording, double tolerance_g) {
  CHECK(largest_difference(recording, motion()) < tolerance_g);
  CHECK(recording.rate_hz == doctest::Approx(50.0).epsilon(1e-5));
  CHECK(recording.has_gravity);
  CHECK(recording.gaps.empty());
  for (const Channel& channel : recording.channels)
    if (channel.role <= ChannelRole::AccelerationZ) CHECK(channel.unit == "g");
}

std::int64_t unix_ns(int year, int month, int day, int hour, int minute, int second) {
  using namespace std::chrono;
  const sys_days date = std::chrono::year(year) / month / day;
  const auto at = date + hours(hour) + minutes(minute) + seconds(second);
  return duration_cast<nanoseconds>(at.time_since_epoch()).count();
}

bool has_warning(const Recording& recording, std::string_view code) {
  return std::any_of(recording.warnings.begin(), recording.warnings.end(), [&](const Warning& warning) { return warning.code == code; });
}

}  // namespace klono::formats::inputs
