#include "device_inputs.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>

namespace klono::formats::inputs {
namespace {

constexpr std::uint32_t kStart_s = 1715108146;  // 2024-05-07 18:55:46 read as if UTC

std::uint32_t stamp_at(double at_s) {
  const auto second = static_cast<int>(std::floor(at_s)) + 46;
  return axivity_stamp(2024, 5, 7, 18 + (55 + second / 60) / 60, (55 + second / 60) % 60, second % 60);
}

std::string page_clock(double at_s) {
  const auto ms = static_cast<int>(std::lround(at_s * 1000.0)) + 46000;
  const int minute = 55 + ms / 60000;
  char text[64];
  std::snprintf(text, sizeof text, "2024-05-07 %02d:%02d:%02d:%03d", 18 + minute / 60, minute % 60, ms / 1000 % 60, ms % 1000);
  return text;
}

}  // namespace

void put8(std::string& bytes, unsigned value) { bytes.push_back(static_cast<char>(value & 0xFFU)); }

void put16le(std::string& bytes, unsigned value) {
  put8(bytes, value);
  put8(bytes, value >> 8);
}

void put32le(std::string& bytes, std::uint32_t value) {
  put16le(bytes, value & 0xFFFFU);
  put16le(bytes, value >> 16);
}

std::vector<Counts> counts(std::size_t n, double lsb, std::size_t from) {
  std::vector<Counts> made(n);
  for (std::size_t i = 0; i < n; ++i) {
    const auto k = static_cast<double>(from + i);
    made[i] = {static_cast<int>(std::lround(lsb * (0.02 * std::sin(0.9 * k)))) + static_cast<int>((from + i) % 3) - 1,
               static_cast<int>(std::lround(lsb * (0.6 + 0.01 * std::sin(0.31 * k)))), -static_cast<int>(std::lround(lsb * (0.8 + 0.01 * std::cos(0.47 * k))))};
  }
  return made;
}

std::uint32_t axivity_stamp(int year, int month, int day, int hour, int minute, int second) {
  return (static_cast<std::uint32_t>(year - 2000) << 26) | (static_cast<std::uint32_t>(month) << 22) | (static_cast<std::uint32_t>(day) << 17) |
         (static_cast<std::uint32_t>(hour) << 12) | (static_cast<std::uint32_t>(minute) << 6) | static_cast<std::uint32_t>(second);
}

std::string cwa_header(const std::string& annotation) {
  std::string bytes = "MD";
  put16le(bytes, 1020);
  bytes += std::string(60, '\0');
  bytes[36] = 0x4A;
  bytes += annotation + std::string(448 - annotation.size(), ' ');
  return bytes + std::string(1024 - bytes.size(), '\0');
}

std::string cwa_block(const CwaBlock& block) {
  const std::size_t n = block.acceleration.size();
  const bool six = !block.rotation.empty();
  const int rate = 3200 / (1 << (15 - (block.rate_code & 15U)));
  // The whole second lies before the first sample; where it falls among the samples is told twice, as newer firmware does.
  const double whole = std::floor(block.at_s);
  const auto fraction = static_cast<unsigned>(std::lround((block.at_s - whole) * 32768.0)) & 0x7FFFU;
  const int place = -static_cast<int>(((fraction << 1) * static_cast<unsigned>(rate)) >> 16);
  std::string bytes = "AX";
  put16le(bytes, 508);
  put16le(bytes, block.with_fraction ? 0x8000U | fraction : 26U);
  put32le(bytes, 7);
  put32le(bytes, block.sequence);
  put32le(bytes, stamp_at(block.at_s));
  put16le(bytes, (block.accel_scale << 13) | (2U << 10) | 300U);
  put16le(bytes, 256);
  put8(bytes, block.events);
  put8(bytes, 190);
  put8(bytes, block.rate_code);
  put8(bytes, (six ? 0x60U : 0x30U) | (block.packed ? 0U : 2U));
  put16le(bytes, static_cast<unsigned>(block.with_fraction ? place : -static_cast<int>(std::lround((block.at_s - whole) * rate))));
  put16le(bytes, static_cast<unsigned>(n));
  for (std::size_t i = 0; i < n; ++i) {
    if (block.packed) {
      const int largest = std::max({std::abs(block.acceleration[i][0]), std::abs(block.acceleration[i][1]), std::abs(block.acceleration[i][2])});
      std::uint32_t e = 0;
      while (e < 3 && (largest >> e) > 511) ++e;
      std::uint32_t word = e << 30;
      for (std::size_t k = 0; k < 3; ++k) word |= (static_cast<std::uint32_t>(block.acceleration[i][k] / (1 << e)) & 1023U) << (10 * k);
      put32le(bytes, word);
      continue;
    }
    if (six)
      for (const int value : block.rotation[i]) put16le(bytes, static_cast<unsigned>(value));
    for (const int value : block.acceleration[i]) put16le(bytes, static_cast<unsigned>(value));
  }
  bytes += std::string(510 - bytes.size(), '\0');
  unsigned sum = 0;
  for (std::size_t i = 0; i < bytes.size(); i += 2) sum += static_cast<unsigned>(static_cast<unsigned char>(bytes[i])) + (static_cast<unsigned>(static_cast<unsigned char>(bytes[i + 1])) << 8);
  put16le(bytes, 0x10000U - (sum & 0xFFFFU));
  return bytes;
}

std::string cwa_file(std::size_t blocks, double rate_hz) {
  std::string bytes = cwa_header();
  for (std::size_t b = 0; b < blocks; ++b) {
    CwaBlock block;
    block.sequence = static_cast<std::uint32_t>(b);
    block.at_s = 0.25 + static_cast<double>(120 * b) / rate_hz;
    block.acceleration = counts(120, 256.0, 120 * b);
    bytes += cwa_block(block);
  }
  return bytes;
}

std::string gt3x_record(const Gt3xRecord& record) {
  std::string bytes = "\x1E";
  put8(bytes, record.type);
  put32le(bytes, record.second);
  put16le(bytes, static_cast<unsigned>(record.payload.size()));
  bytes += record.payload;
  unsigned all = 0;
  for (const char c : bytes) all ^= static_cast<unsigned char>(c);
  put8(bytes, ~all);
  return bytes;
}

std::string as_int16(const std::vector<Counts>& samples) {
  std::string bytes;
  for (const Counts& sample : samples)
    for (const int value : sample) put16le(bytes, static_cast<unsigned>(value));
  return bytes;
}

std::string as_nibbles(const std::vector<Counts>& samples, bool y_first) {
  std::string digits;
  for (const Counts& sample : samples)
    for (const std::size_t k : {y_first ? 1U : 0U, y_first ? 0U : 1U, 2U})
      for (const int shift : {8, 4, 0}) digits.push_back(static_cast<char>((sample[k] >> shift) & 15));
  if (digits.size() % 2 != 0) digits.push_back('\0');
  std::string bytes;
  for (std::size_t i = 0; i < digits.size(); i += 2) put8(bytes, static_cast<unsigned>(digits[i] << 4 | digits[i + 1]));
  return bytes;
}

std::string gt3x_info(int rate_hz, const std::string& more) {
  const std::int64_t ticks = (std::int64_t{kStart_s} + 62135596800) * 10000000;
  return "Serial Number: MOS2E39180594\r\nDevice Type: wGT3XBT\r\nFirmware: 1.9.2\r\nBattery Voltage: 4,03\r\nSample Rate: " + std::to_string(rate_hz) +
         "\r\nStart Date: " + std::to_string(ticks) + "\r\nSubject Name: Somebody\r\n" + more;
}

std::string gt3x_log(std::size_t seconds, int rate_hz) {
  std::string log;
  for (std::size_t s = 0; s < seconds; ++s)
    log += gt3x_record({26, kStart_s + static_cast<std::uint32_t>(s), as_int16(counts(static_cast<std::size_t>(rate_hz), 256.0, s * static_cast<std::size_t>(rate_hz)))});
  return log;
}

std::string gt3x_file(const std::string& log, const std::string& info, bool deflated) {
  return zipped({{"log.bin", log}, {"info.txt", info}}, {deflated, false});
}

std::string geneactiv_page(std::size_t number, double at_s, const GeneActivStyle& style) {
  const std::string& end = style.line_end;
  const double told_s = std::floor(at_s / style.clock_step_s + 1e-9) * style.clock_step_s;
  std::string text = "Recorded Data" + end + "Device Unique Serial Code:000001" + end + "Sequence Number:" + std::to_string(number) + end +
                     "Page Time:" + page_clock(told_s) + end + "Unassigned:" + end + "Temperature:2" + std::to_string(number % 10) + ".5" + end +
                     "Battery voltage:4.1" + end + "Device Status:Recording" + end + "Measurement Frequency:50.0" + end;
  const std::vector<Counts> readings = counts(300, 256.0, 300 * number);
  for (std::size_t i = 0; i < readings.size(); ++i) {
    char digits[16];
    std::snprintf(digits, sizeof digits, "%03X%03X%03X%03X", static_cast<unsigned>(readings[i][0]) & 0xFFFU, static_cast<unsigned>(readings[i][1]) & 0xFFFU,
                  static_cast<unsigned>(readings[i][2]) & 0xFFFU, static_cast<unsigned>(i % 1000 << 2));
    text += digits;
  }
  return text + end;
}

std::string geneactiv_file(std::size_t pages, const GeneActivStyle& style) {
  const std::string& end = style.line_end;
  const std::string pad = style.padded_with_nul ? std::string(12, '\0') : std::string(4, ' ');
  std::string text = "Device Identity" + end + "Device Unique Serial Code:000001" + pad + end + "Device Type:GENEActiv" + pad + end + end +
                     "Accelerometer Range:-8 to 8" + pad + end + "Measurement Frequency:50 Hz" + pad + end + "Start Time:0000-00-00 00:00:00:000" + end +
                     "Time Zone:GMT +01:00" + end + "Subject Code:Somebody" + pad + end + "x gain:25600" + end + "x offset:100" + end + "y gain:25600" + end +
                     "y offset:-200" + end + "z gain:25600" + end + "z offset:300" + end + "Volts:300" + end + "Lux:800" + end + end +
                     "Number of Pages:222048" + end + end;
  for (std::size_t page = 0; page < pages; ++page) text += geneactiv_page(page, 6.0 * static_cast<double>(page), style);
  return text;
}

std::vector<std::vector<float>> samples_of(const Recording& recording) {
  std::vector<std::vector<float>> all;
  std::vector<std::span<float>> into;
  for (const Channel& channel : recording.channels) all.push_back(channel.samples);
  if (!recording.stored) return all;
  for (std::vector<float>& channel : all) {
    channel.resize(static_cast<std::size_t>(recording.num_samples()));
    into.emplace_back(channel);
  }
  recording.stored->read(0, into);
  return all;
}

std::optional<std::string> real_recording(const std::string& path) {
  const char* folder = std::getenv("KLONO_RECORDINGS");
  std::ifstream in(std::string(folder != nullptr ? folder : "") + "/" + path, std::ios::binary);
  if (folder != nullptr && *folder != '\0' && in) return std::string((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  const char* required = std::getenv("KLONO_RECORDINGS_REQUIRED");
  if (required != nullptr && std::string(required) == "1") FAIL("KLONO_RECORDINGS lacks " << path);
  MESSAGE("skipped: KLONO_RECORDINGS has no " << path);
  return std::nullopt;
}

}  // namespace klono::formats::inputs
