#include "clinical_inputs.hpp"

#include <doctest/doctest.h>

#include <cstdio>

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

void put(std::string& bytes, int value, int width) {
  for (int k = 0; k < width; ++k) bytes += static_cast<char>((value >> (8 * k)) & 0xFF);
}

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

std::vector<float> samples_of(const Recording& recording, std::size_t channel) {
  if (!recording.stored) return recording.channels[channel].samples;
  std::vector<float> samples(static_cast<std::size_t>(recording.num_samples()));
  std::vector<std::span<float>> into(recording.channels.size());
  into[channel] = samples;
  recording.stored->read(0, into);
  return samples;
}

}  // namespace klono::formats::inputs
