#include "formats/journal_inputs.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <numbers>
#include <random>
#include <string>

namespace klono::formats::inputs {
namespace {

using namespace journal;

constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();
constexpr std::array<float, 3> kNothing{kNaN, kNaN, kNaN};

std::array<float, 3> told(Vector values, double rounding) {
  std::array<float, 3> out{};
  for (std::size_t k = 0; k < 3; ++k)
    out[k] = static_cast<float>(rounding > 0.0 ? std::round(values[k] / rounding) * rounding : values[k]);
  return out;
}

std::vector<Reading> events_at(const Motion& acceleration, const Motion& rotation, double t_s, const Delivery& delivery) {
  const double stamp_ms = delivery.first_ms + 1000.0 * t_s;
  Reading all{stamp_ms, kNothing, kNothing, kNothing};
  if (delivery.acceleration) all.acceleration = told(acceleration(t_s), delivery.rounding);
  if (delivery.linear) {
    Vector linear = acceleration(t_s);
    linear[2] -= 9.80665;
    all.linear = told(linear, delivery.rounding);
  }
  if (!delivery.one_sensor_each) {
    if (delivery.rotation) all.rotation = told(rotation(t_s), delivery.rounding);
    return {all};
  }
  std::vector<Reading> events{all};
  if (delivery.rotation) events.push_back({stamp_ms + 4.0, kNothing, kNothing, told(rotation(t_s + 0.004), delivery.rounding)});
  return events;
}

bool same_float(float a, float b) { return (std::isnan(a) && std::isnan(b)) || a == b; }
bool same_double(double a, double b) { return (std::isnan(a) && std::isnan(b)) || a == b; }

bool equal(const Reading& a, const Reading& b) {
  return same_double(a.stamp_ms, b.stamp_ms) && std::ranges::equal(a.acceleration, b.acceleration, same_float) &&
         std::ranges::equal(a.linear, b.linear, same_float) && std::ranges::equal(a.rotation, b.rotation, same_float);
}
bool equal(const Header& a, const Header& b) {
  return a.sensor == b.sensor && a.id == b.id && a.context == b.context && a.program_version == b.program_version &&
         same_double(a.planned_s, b.planned_s) && same_double(a.interval_as_told, b.interval_as_told);
}
bool equal(const Anchor& a, const Anchor& b) {
  return same_double(a.stamp_ms, b.stamp_ms) && a.unix_ms == b.unix_ms && a.offset_min == b.offset_min;
}
bool equal(const Readings& a, const Readings& b) {
  return std::ranges::equal(a.readings, b.readings, [](const Reading& x, const Reading& y) { return equal(x, y); });
}
bool equal(const GapRecord& a, const GapRecord& b) {
  return same_double(a.begin_ms, b.begin_ms) && same_double(a.end_ms, b.end_ms) && a.reason == b.reason;
}
bool equal(const MarkRecord& a, const MarkRecord& b) {
  return a.number == b.number && same_double(a.stamp_ms, b.stamp_ms) && a.strength == b.strength && a.taken_back == b.taken_back;
}
bool equal(const BlockRecord& a, const BlockRecord& b) {
  return same_double(a.stamp_ms, b.stamp_ms) && a.task == b.task && a.end == b.end;
}
bool equal(const SignRecord& a, const SignRecord& b) { return a.sign == b.sign; }
bool equal(const End& a, const End& b) { return same_double(a.stamp_ms, b.stamp_ms); }

}  // namespace

Motion sine(double hz, double amplitude_m_s2) {
  return [=](double t_s) { return Vector{amplitude_m_s2 * std::sin(2.0 * std::numbers::pi * hz * t_s), 0.0, 9.80665}; };
}

std::vector<Reading> delivered(const Motion& acceleration, const Motion& rotation, double begin_s, double end_s,
                               const Delivery& delivery) {
  std::mt19937 engine(delivery.seed);
  std::normal_distribution<double> jitter(0.0, 1.0);
  std::uniform_real_distribution<double> chance(0.0, 1.0);
  std::vector<Reading> readings;
  double last_s = -1e9;
  for (std::int64_t i = 0;; ++i) {
    double t_s = begin_s + static_cast<double>(i) / delivery.rate_hz;
    if (t_s >= end_s) return readings;
    if (chance(engine) < delivery.lost_share) continue;
    t_s = std::max(t_s + delivery.jitter_s * jitter(engine), last_s + 0.002);
    last_s = t_s;
    for (const Reading& event : events_at(acceleration, rotation, t_s, delivery)) readings.push_back(event);
    if (chance(engine) >= delivery.repeated_share) continue;
    readings.push_back(readings.back());
    readings.back().stamp_ms += 3.0;
    last_s += 0.003;
  }
}

std::vector<Frame> batches(std::span<const Reading> readings, std::size_t per_batch) {
  std::vector<Frame> frames;
  for (std::size_t begin = 0; begin < readings.size(); begin += per_batch) {
    const auto part = readings.subspan(begin, std::min(per_batch, readings.size() - begin));
    frames.emplace_back(Readings{{part.begin(), part.end()}});
  }
  return frames;
}

std::vector<Frame> recorded(std::span<const Reading> readings, std::size_t per_batch) {
  const double first_ms = readings.empty() ? 0.0 : readings.front().stamp_ms;
  const double last_ms = readings.empty() ? 0.0 : readings.back().stamp_ms;
  return joined({{Header{SensorKind::DeviceMotion, "2026-11-26-22-48-05", R"({"place": "left_ankle"})", "0.1.0", 3600.0, 16.0},
                  Anchor{first_ms - 100.0, 1'795'733'285'000, 60}},
                 batches(readings, per_batch),
                 {End{last_ms + 50.0}}});
}

std::vector<std::byte> journal_bytes(std::span<const Frame> frames) {
  Writer writer;
  std::vector<std::byte> bytes;
  for (const Frame& frame : frames) {
    const std::vector<std::byte> more = writer.encode(frame);
    bytes.insert(bytes.end(), more.begin(), more.end());
  }
  return bytes;
}

std::string journal_text(std::span<const Frame> frames) {
  const std::vector<std::byte> bytes = journal_bytes(frames);
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::vector<Frame> joined(std::initializer_list<std::vector<Frame>> parts) {
  std::vector<Frame> frames;
  for (const std::vector<Frame>& part : parts) frames.insert(frames.end(), part.begin(), part.end());
  return frames;
}

bool same(const Frame& a, const Frame& b) {
  if (a.index() != b.index()) return false;
  return std::visit([&](const auto& value) { return equal(value, std::get<std::decay_t<decltype(value)>>(b)); }, a);
}

}  // namespace klono::formats::inputs
