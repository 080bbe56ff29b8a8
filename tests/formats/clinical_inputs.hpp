#pragma once
/// Recordings of laboratories and research watches, built by hand from the descriptions of their formats alone.

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "signal/recording.hpp"

namespace klono::formats::inputs {

struct EdfTestSignal {
  std::string label;
  std::string unit;
  int count = 0;  ///< samples a record
  double low = -32768, high = 32767;  ///< physical
  int digital_low = -32768, digital_high = 32767;
  std::function<int(std::int64_t)> digital = [](std::int64_t) { return 0; };  ///< of sample i of the file
};

struct EdfWriting {
  bool bdf = false;
  std::string kind;  ///< "", "EDF+C", "EDF+D", "24BIT", …
  std::string person = "X X X X";
  std::string date = "07.05.24";
  std::string time = "22.30.15";
  std::string records;          ///< as written; empty: as many as there are
  std::string record_s = "1";
  std::string header_bytes;     ///< as written; empty: as they are
  std::string num_signals;      ///< as written; empty: as they are
  int num_records = 4;
  std::vector<EdfTestSignal> signals;
  std::vector<std::string> notes;  ///< of each record; with them comes a signal of annotations
  int notes_samples = 60;          ///< of that signal, a record
};

/// The bytes of the file.
std::string edf(const EdfWriting& writing);

/// A list of annotations: onset and texts.
std::string tal(const std::string& onset, const std::vector<std::string>& texts = {""}, const std::string& duration = "");

/// An Avro container as EmbracePlus writes it: accelerometer and gyroscope in digital steps of 1/2048 g and 1/16 deg/s, temperature.
struct EmbraceWriting {
  std::string codec = "deflate";
  std::vector<std::vector<int>> acceleration{{}, {}, {}};
  std::vector<std::vector<int>> rotation{{}, {}, {}};
  std::vector<float> temperature;
  std::vector<std::int64_t> tags_us;
  std::int64_t start_us = 1'764'153'714'256'034;
  float rate_hz = 64.0F;
  int zone_s = 7200;
  bool blocks_with_sizes = false;  ///< arrays in many blocks that tell their size in bytes
  std::string schema;              ///< instead of its own
};
std::string avro(const EmbraceWriting& writing);

/// A number as bytes.
std::string little_endian(std::int64_t value, int width);

/// All samples of a channel, decoded where they are stored.
std::vector<float> samples_of(const Recording& recording, std::size_t channel);

}  // namespace klono::formats::inputs
