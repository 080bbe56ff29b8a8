#pragma once
/// Recordings of actigraphs byte by byte, written from the makers' documents and not with the program's own writers; and the
/// real ones.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "inputs.hpp"

namespace klono::formats::inputs {

void put8(std::string& bytes, unsigned value);
void put16le(std::string& bytes, unsigned value);
void put32le(std::string& bytes, std::uint32_t value);

/// One reading of whole numbers of the sensor.
using Counts = std::array<int, 3>;

/// A resting sensor with small movements, no two neighbours alike; `lsb` counts are 1 g.
std::vector<Counts> counts(std::size_t n, double lsb, std::size_t from = 0);

/// 2024-05-07 18:55:46, as the packed stamp of an Axivity.
std::uint32_t axivity_stamp(int year, int month, int day, int hour, int minute, int second);

struct CwaBlock {
  std::uint32_t sequence = 0;
  double at_s = 0.0;                 ///< of its first sample, after 18:55:46
  std::vector<Counts> acceleration;  ///< 1/256 g; at most 120 packed, 80 and 40 as int16
  std::vector<Counts> rotation;      ///< 1/32768 of 2000 deg/s; empty: three axes
  bool packed = true;
  bool with_fraction = true;
  unsigned accel_scale = 0;          ///< AAA: 1/2^(8+AAA) g
  unsigned rate_code = 0x4A;         ///< 100 Hz, 8 g
  unsigned events = 0;
};
std::string cwa_header(const std::string& annotation = "");
std::string cwa_block(const CwaBlock& block);
/// Header and packed blocks of 120 at exactly `rate_hz` by the clock, 100 Hz by the setting.
std::string cwa_file(std::size_t blocks, double rate_hz = 100.0);

struct Gt3xRecord {
  unsigned type = 26;
  std::uint32_t second = 0;
  std::string payload;
};
std::string gt3x_record(const Gt3xRecord& record);
std::string as_int16(const std::vector<Counts>& samples);                   ///< x, y, z
std::string as_nibbles(const std::vector<Counts>& samples, bool y_first);  ///< 12 bits each, big-endian
std::string gt3x_info(int rate_hz, const std::string& more = "");
/// log.bin of `seconds` ACTIVITY2 records from 18:55:46 on.
std::string gt3x_log(std::size_t seconds, int rate_hz = 30);
std::string gt3x_file(const std::string& log, const std::string& info, bool deflated = false);

struct GeneActivStyle {
  std::string line_end = "\r\n";
  bool padded_with_nul = false;
  double clock_step_s = 0.5;
};
/// `pages` of 300 samples at 50 Hz; gain 25600, offsets 100, -200, 300.
std::string geneactiv_file(std::size_t pages, const GeneActivStyle& style = {});
std::string geneactiv_page(std::size_t number, double at_s, const GeneActivStyle& style);

/// All samples of a recording, decoded where they are stored.
std::vector<std::vector<float>> samples_of(const Recording& recording);

/// The bytes of a real recording; nothing where there is no folder of them (KLONO_RECORDINGS), which is a failure only where
/// KLONO_RECORDINGS_REQUIRED=1.
std::optional<std::string> real_recording(const std::string& path);

}  // namespace klono::formats::inputs
