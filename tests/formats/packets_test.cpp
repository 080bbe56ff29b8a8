// The clock of packets: one line a stretch, gaps where it jumps, and rows as the file tells them.

#include <doctest/doctest.h>

#include <cmath>

#include "formats/packet_clock.hpp"

namespace klono::formats {
namespace {

PacketFacts facts_at(double rate_hz, double clock_step_s = 0.0) {
  PacketFacts facts;
  facts.nominal_rate_hz = rate_hz;
  facts.clock_step_s = clock_step_s;
  return facts;
}

PacketList packets_at(const std::vector<double>& starts, std::uint16_t count) {
  PacketList list;
  for (const double start_s : starts) {
    Packet packet;
    packet.start_s = start_s;
    packet.count = count;
    list.add(packet);
  }
  return list;
}

}  // namespace

TEST_CASE("packets are numbered by their samples, and an empty one is none") {
  PacketList list = packets_at({0.0, 1.0}, 50);
  list.add({});
  CHECK(list.packets().size() == 2);
  CHECK(list.packets()[1].first == 50);
  CHECK(list.num_samples() == 100);
}

TEST_CASE("a clock that runs slower than the setting gives the rate, whatever each stamp is rounded to") {
  std::vector<double> starts;
  for (int i = 0; i < 100; ++i) starts.push_back(std::floor(i * 300.0 / 49.6 * 2.0) / 2.0);
  const PacketList list = packets_at(starts, 300);
  const PacketTimes times = times_of_packets(list.packets(), facts_at(50.0, 0.5));
  REQUIRE(times.segments.size() == 1);
  CHECK(times.segments[0].rate_hz == doctest::Approx(49.6).epsilon(2e-4));
  CHECK(times.gaps.empty());
  CHECK(times.furthest_s < 0.5);
}

TEST_CASE("a jump of the clock is a gap, a step back a restart; both keep what lies around them") {
  const PacketList list = packets_at({0, 1, 2, 3, 10, 11, 12, 2, 3, 4}, 100);
  const PacketTimes times = times_of_packets(list.packets(), facts_at(100.0));
  REQUIRE(times.segments.size() == 3);
  REQUIRE(times.gaps.size() == 1);
  CHECK(times.gaps[0].span.begin_s == doctest::Approx(4.0));
  CHECK(times.gaps[0].span.end_s == doctest::Approx(10.0));
  CHECK(times.gaps[0].reason == GapReason::Missing);
  CHECK(times.segments[2].start_s == doctest::Approx(13.0));
  for (const Segment& segment : times.segments) CHECK(segment.rate_hz == doctest::Approx(100.0));
}

TEST_CASE("rows of packets go evenly from one start to the next") {
  const PacketList list = packets_at({5.0, 6.02, 7.04}, 100);
  const PacketFacts facts = facts_at(100.0);
  const std::vector<double> rows = row_times_of_packets(list.packets(), facts, times_of_packets(list.packets(), facts));
  REQUIRE(rows.size() == 300);
  CHECK(rows[0] == 0.0);
  CHECK(rows[50] == doctest::Approx(0.51));
  CHECK(rows[100] == doctest::Approx(1.02));
  CHECK(rows[299] == doctest::Approx(2.04 + 0.99));
}

TEST_CASE("rows are told in the steps in which the maker's programs tell them; the line is not") {
  const PacketList list = packets_at({5.004, 6.0191, 7.0342}, 100);
  PacketFacts facts = facts_at(100.0);
  facts.told_step_s = 0.01;
  const PacketTimes times = times_of_packets(list.packets(), facts);
  const std::vector<double> rows = row_times_of_packets(list.packets(), facts, times);
  CHECK(told_start_s(5.004, facts) == doctest::Approx(5.0));
  CHECK(told_start_s(5.01, facts) == doctest::Approx(5.01));
  CHECK(rows[100] == doctest::Approx(1.01));
  CHECK(rows[200] == doctest::Approx(2.03));
  CHECK(times.segments[0].time_of(200) == doctest::Approx(2.0302));
}

}  // namespace klono::formats
