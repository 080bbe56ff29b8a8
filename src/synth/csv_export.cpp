#include "synth/csv_export.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace klono::synth {
namespace {

/// Fixed six decimals by integers: independent of the locale, the same everywhere.
void append_fixed(std::string& text, double value) {
  constexpr std::int64_t kScale = 1000000;
  const auto scaled = static_cast<std::int64_t>(std::llround(value * static_cast<double>(kScale)));
  const std::int64_t size = scaled < 0 ? -scaled : scaled;
  if (scaled < 0) text += '-';
  std::array<char, 24> digits{};
  const auto whole = std::to_chars(digits.data(), digits.data() + digits.size(), size / kScale);
  text.append(digits.data(), whole.ptr);
  text += '.';
  const auto rest = std::to_chars(digits.data(), digits.data() + digits.size(), kScale + size % kScale);
  text.append(digits.data() + 1, rest.ptr);
}

void append_member(std::string& text, std::string_view key, double value) {
  text += '"';
  text += key;
  text += "\": ";
  append_fixed(text, value);
}

void append_event(std::string& text, const TruthEvent& event) {
  text += "    {\"kind\": \"";
  text += name_of(event.kind);
  text += "\", ";
  append_member(text, "onset_s", event.onset_s);
  text += ", ";
  append_member(text, "end_s", event.end_s);
  text += ", ";
  append_member(text, "peak_s", event.peak_s);
  text += ", ";
  append_member(text, "peak_g", event.peak_g);
  text += ", ";
  append_member(text, "snr_db", event.snr_db);
  text += event.visible ? ", \"visible\": true" : ", \"visible\": false";
  text += ", \"series\": " + (event.series >= 0 ? std::to_string(event.series) : std::string("null")) + "}";
}

}  // namespace

std::string to_csv(const SyntheticRecording& made) {
  const Recording& recording = made.recording;
  std::string text = "time (s)";
  for (const Channel& channel : recording.channels) text += "," + channel.name + " (" + channel.unit + ")";
  text += '\n';
  text.reserve(text.size() + 12 * (1 + recording.channels.size()) * static_cast<std::size_t>(recording.num_samples()));
  for (const Segment& segment : recording.segments) {
    for (std::int64_t i = segment.first_index; i < segment.end_index(); ++i) {
      append_fixed(text, segment.time_of(i));
      for (const Channel& channel : recording.channels) {
        text += ',';
        append_fixed(text, static_cast<double>(channel.samples[static_cast<std::size_t>(i)]));
      }
      text += '\n';
    }
  }
  return text;
}

std::string truth_json(const SyntheticRecording& made) {
  std::string text = "{\n  ";
  append_member(text, "rate_hz", made.recording.rate_hz);
  text += ",\n  ";
  append_member(text, "duration_s", made.recording.duration_s());
  text += ",\n  \"events\": [";
  for (std::size_t k = 0; k < made.truth.size(); ++k) {
    text += k == 0 ? "\n" : ",\n";
    append_event(text, made.truth[k]);
  }
  text += "\n  ],\n  \"disturbed\": [";
  for (std::size_t k = 0; k < made.disturbed.size(); ++k) {
    text += k == 0 ? "\n    {" : ",\n    {";
    append_member(text, "start_s", made.disturbed[k].begin_s);
    text += ", ";
    append_member(text, "end_s", made.disturbed[k].end_s);
    text += '}';
  }
  text += "\n  ]\n}\n";
  return text;
}

}  // namespace klono::synth
