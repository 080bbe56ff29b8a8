#include "formats/packet_clock.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace klono::formats {
namespace {

constexpr double kTolerance = 0.1;         // of a packet's length
constexpr double kRestart_s = 1.0;         // METHODS.md 1
constexpr double kLongEnough_s = 30.0;     // to fit a rate of its own (chosen)
constexpr double kNoTime_s = 1e-6;
constexpr double kFurthestRate = 0.2;      // a fitted rate further from the nominal one is no rate

struct Run {
  std::size_t begin = 0;  // packets
  std::size_t end = 0;
  double offset_s = 0.0;  // added to the device's clock after it was set back
  GapReason reason = GapReason::Missing;
};

double length_s(const Packet& packet, double rate_hz) { return static_cast<double>(packet.count) / rate_hz; }

std::vector<Run> runs_of(std::span<const Packet> packets, const PacketFacts& facts) {
  std::vector<Run> runs;
  double offset = 0.0;
  for (std::size_t i = 0; i < packets.size(); ++i) {
    if (i == 0) {
      runs.push_back({});
      continue;
    }
    const Packet& before = packets[i - 1];
    const double usual = length_s(before, facts.nominal_rate_hz);
    const double step = packets[i].start_s - before.start_s;
    const bool off = facts.has_clock && std::abs(step - usual) > kTolerance * usual + facts.clock_step_s;
    const bool back = facts.has_clock && step < -kRestart_s;
    if (!off && packets[i].join == PacketJoin::Follows) continue;
    runs.back().end = i;
    if (back) offset += usual - step;
    runs.push_back({i, i, offset, back || packets[i].join == PacketJoin::Restart ? GapReason::Restart : GapReason::Missing});
  }
  if (!runs.empty()) runs.back().end = packets.size();
  return runs;
}

struct Line {
  double start_s = 0.0;  // at the run's first sample
  double step_s = 0.0;
};

/// Least squares through (first sample, start) of the packets; `step_s` > 0 is kept where it is given.
Line fit(std::span<const Packet> packets, double step_s) {
  double mean_index = 0.0;
  double mean_s = 0.0;
  for (const Packet& packet : packets) {
    mean_index += static_cast<double>(packet.first - packets.front().first);
    mean_s += packet.start_s - packets.front().start_s;
  }
  mean_index /= static_cast<double>(packets.size());
  mean_s /= static_cast<double>(packets.size());
  if (!(step_s > 0.0)) {
    double both = 0.0;
    double squares = 0.0;
    for (const Packet& packet : packets) {
      const double index = static_cast<double>(packet.first - packets.front().first) - mean_index;
      both += index * (packet.start_s - packets.front().start_s - mean_s);
      squares += index * index;
    }
    step_s = squares > 0.0 ? both / squares : 0.0;
  }
  return {packets.front().start_s + mean_s - step_s * mean_index, step_s};
}

std::int64_t samples_of(std::span<const Packet> packets, const Run& run) {
  return packets[run.end - 1].first + packets[run.end - 1].count - packets[run.begin].first;
}

/// Seconds a sample, of the longest run; nominal where that is short or makes no sense.
double usual_step(std::span<const Packet> packets, const std::vector<Run>& runs, const PacketFacts& facts) {
  const double nominal = 1.0 / facts.nominal_rate_hz;
  if (!facts.has_clock || runs.empty()) return nominal;
  const Run& longest = *std::max_element(runs.begin(), runs.end(), [&](const Run& a, const Run& b) { return samples_of(packets, a) < samples_of(packets, b); });
  if (longest.end - longest.begin < 3) return nominal;
  const double step = fit(packets.subspan(longest.begin, longest.end - longest.begin), 0.0).step_s;
  return std::abs(step - nominal) <= kFurthestRate * nominal ? step : nominal;
}

}  // namespace

PacketTimes times_of_packets(std::span<const Packet> packets, const PacketFacts& facts) {
  PacketTimes times;
  const std::vector<Run> runs = runs_of(packets, facts);
  const double usual = usual_step(packets, runs, facts);
  double first_s = 0.0;
  for (const Run& run : runs) {
    const std::span<const Packet> its = packets.subspan(run.begin, run.end - run.begin);
    const std::int64_t samples = samples_of(packets, run);
    const bool own = facts.has_clock && static_cast<double>(samples) * usual >= kLongEnough_s && its.size() > 2;
    Line line = fit(its, own ? 0.0 : usual);
    if (!(std::abs(line.step_s - usual) <= kFurthestRate * usual)) line = fit(its, usual);
    if (times.segments.empty()) first_s = line.start_s + run.offset_s;
    const double before_s = times.segments.empty() ? 0.0 : times.segments.back().end_s();
    const double shift_s = run.offset_s - first_s;
    const Segment segment{its.front().first, samples, std::max(line.start_s + shift_s, before_s), 1.0 / line.step_s};
    if (segment.start_s > before_s + kNoTime_s) times.gaps.push_back({{before_s, segment.start_s}, run.reason});
    if (facts.has_clock)
      for (const Packet& packet : its)
        times.furthest_s = std::max(times.furthest_s, std::abs(packet.start_s + shift_s - segment.time_of(packet.first)));
    times.segments.push_back(segment);
    times.shift_s.push_back(shift_s);
  }
  return times;
}

double told_start_s(double start_s, const PacketFacts& facts) {
  constexpr double kRounding = 1e-6;
  return facts.told_step_s > 0.0 ? std::floor(start_s / facts.told_step_s + kRounding) * facts.told_step_s : start_s;
}

std::vector<double> row_times_of_packets(std::span<const Packet> packets, const PacketFacts& facts, const PacketTimes& times) {
  std::vector<double> rows;
  if (packets.empty()) return rows;
  rows.reserve(static_cast<std::size_t>(packets.back().first + packets.back().count));
  std::size_t s = 0;
  const double first_s = told_start_s(packets.front().start_s, facts);
  for (std::size_t i = 0; i < packets.size(); ++i) {
    while (packets[i].first >= times.segments[s].end_index()) ++s;
    const Segment& segment = times.segments[s];
    const bool joined = i + 1 < packets.size() && packets[i + 1].first < segment.end_index();
    const double start_s = told_start_s(packets[i].start_s, facts);
    const double step = joined ? (told_start_s(packets[i + 1].start_s, facts) - start_s) / packets[i].count : 1.0 / facts.nominal_rate_hz;
    const bool by_line = facts.clock_step_s > 0.0 || !facts.has_clock;
    for (std::int64_t k = 0; k < packets[i].count; ++k)
      rows.push_back(by_line ? segment.time_of(packets[i].first + k) : start_s - first_s + static_cast<double>(k) * step);
  }
  return rows;
}

}  // namespace klono::formats
