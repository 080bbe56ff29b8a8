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

/// All samples of a channel, decoded where they are stored.
std::vector<float> samples_of(const Recording& recording, std::size_t channel);

}  // namespace klono::formats::inputs
