#include "synth/edf_file.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace klono::synth {
namespace {

constexpr double kStep_uv = 0.1;
constexpr double kStep_g = 0.0005;
constexpr double kLowest = -32768.0;
constexpr double kHighest = 32767.0;

struct Signal {
  std::string label;
  std::string_view unit;
  double step = 1.0;
  std::size_t a_record = 0;
  std::span<const float> samples;
};

std::string padded(std::string text, std::size_t size) {
  text.resize(size, ' ');
  return text;
}

std::string number(double value) {
  std::string text = std::to_string(value);
  return text.substr(0, 8);
}

std::vector<Signal> signals_of(const Recording& emg, const Recording* movement) {
  std::vector<Signal> signals;
  for (const Channel& channel : emg.channels)
    if (channel.role == ChannelRole::Emg)
      signals.push_back({"EMG " + channel.name, "uV", kStep_uv, static_cast<std::size_t>(std::lround(emg.rate_hz)), channel.samples});
  if (movement == nullptr) return signals;
  constexpr std::string_view kNames[] = {"Accelerometer_X", "Accelerometer_Y", "Accelerometer_Z"};
  constexpr ChannelRole kRoles[] = {ChannelRole::AccelerationX, ChannelRole::AccelerationY, ChannelRole::AccelerationZ};
  for (std::size_t axis = 0; axis < 3; ++axis)
    if (const Channel* channel = movement->find(kRoles[axis]))
      signals.push_back({std::string(kNames[axis]), "g", kStep_g, static_cast<std::size_t>(std::lround(movement->rate_hz)), channel->samples});
  return signals;
}

void put_samples(std::string& bytes, const Signal& signal, std::size_t record) {
  for (const float value : signal.samples.subspan(record * signal.a_record, signal.a_record)) {
    const double steps = std::isfinite(value) ? std::round(static_cast<double>(value) / signal.step) : 0.0;
    const auto code = static_cast<std::uint16_t>(static_cast<std::int16_t>(std::clamp(steps, kLowest, kHighest)));
    bytes += static_cast<char>(code & 0xFF);
    bytes += static_cast<char>(code >> 8);
  }
}

}  // namespace

std::string to_edf(const Recording& emg, const Recording* movement) {
  const std::vector<Signal> signals = signals_of(emg, movement);
  std::size_t records = signals.empty() ? 0 : SIZE_MAX;
  for (const Signal& signal : signals) records = std::min(records, signal.samples.size() / signal.a_record);
  std::string bytes = padded("0", 8) + padded("X X X X", 80) + padded("Startdate 24-NOV-2026 X X X", 80) + "24.11.2622.30.00";
  bytes += padded(std::to_string(256 * (signals.size() + 1)), 8) + padded("", 44) + padded(std::to_string(records), 8) + padded("1", 8) +
           padded(std::to_string(signals.size()), 4);
  const auto field = [&](std::size_t size, auto of) {
    for (const Signal& signal : signals) bytes += padded(of(signal), size);
  };
  field(16, [](const Signal& signal) { return signal.label.substr(0, 16); });
  field(80, [](const Signal&) { return std::string("electrode"); });
  field(8, [](const Signal& signal) { return std::string(signal.unit); });
  field(8, [](const Signal& signal) { return number(kLowest * signal.step); });
  field(8, [](const Signal& signal) { return number(kHighest * signal.step); });
  field(8, [](const Signal&) { return std::string("-32768"); });
  field(8, [](const Signal&) { return std::string("32767"); });
  field(80, [](const Signal&) { return std::string(); });
  field(8, [](const Signal& signal) { return std::to_string(signal.a_record); });
  field(32, [](const Signal&) { return std::string(); });
  for (std::size_t record = 0; record < records; ++record)
    for (const Signal& signal : signals) put_samples(bytes, signal, record);
  return bytes;
}

}  // namespace klono::synth
