#include <cmath>
#include <vector>

#include <doctest/doctest.h>

#include "patterns/summary.hpp"

using namespace klono;
using patterns::BlockSummary;
using patterns::summarise_blocks;

namespace {

Event event_at(double onset_s, double peak_g, EventClass event_class = EventClass::Twitch) {
  Event event;
  event.onset_s = onset_s;
  event.peak_g = peak_g;
  event.event_class = event_class;
  return event;
}

const std::vector<Block> kParts{{{10.0, 70.0}, Task::Rest}, {{80.0, 140.0}, Task::ArmsOut}, {{150.0, 210.0}, Task::Reach}};

Analysis analysis() {
  Analysis a;
  a.events = {event_at(12.0, 0.1), event_at(20.0, 0.3), event_at(30.0, 0.2), event_at(40.0, 5.0, EventClass::LimbMovement), event_at(75.0, 9.0),
              event_at(80.0, 0.5), event_at(139.99, 0.7), event_at(140.5, 9.0)};
  a.masks = {{{10.0, 12.0}, Reason::Settling}, {{60.0, 85.0}, Reason::BodyMovement}};
  return a;
}

}  // namespace

TEST_CASE("Each part has its own count, length, rate and size; what lies between belongs to none") {
  const std::vector<BlockSummary> parts = summarise_blocks(analysis(), {}, kParts);
  REQUIRE(parts.size() == 3);
  CHECK(parts[0].task == Task::Rest);
  CHECK(parts[0].length_s == 60.0);
  CHECK(parts[0].analysable_s == doctest::Approx(48.0));
  CHECK(parts[0].brief.count == 3);
  CHECK(parts[0].brief.per_hour == doctest::Approx(3.0 * 3600.0 / 48.0));
  // Garwood's interval of 3 events, from a table: 0.6187 to 8.7673.
  CHECK(parts[0].brief.low == doctest::Approx(0.6187 * 3600.0 / 48.0).epsilon(1e-3));
  CHECK(parts[0].brief.high == doctest::Approx(8.7673 * 3600.0 / 48.0).epsilon(1e-3));
  CHECK(parts[0].median_peak_g == doctest::Approx(0.2));
  CHECK(parts[1].brief.count == 2);
  CHECK(parts[1].analysable_s == doctest::Approx(55.0));
  CHECK(parts[1].median_peak_g == doctest::Approx(0.6));
  CHECK(parts[2].brief.count == 0);
  CHECK(std::isnan(parts[2].median_peak_g));
  CHECK(parts[2].analysable_s == 60.0);
}

TEST_CASE("Rejected events do not count in their part") {
  const std::vector<Decision> decisions{Decision::Rejected, Decision::Confirmed, Decision::None, Decision::None, Decision::None, Decision::Rejected};
  const std::vector<BlockSummary> parts = summarise_blocks(analysis(), decisions, kParts);
  CHECK(parts[0].brief.count == 2);
  CHECK(parts[1].brief.count == 1);
}

TEST_CASE("Only what was recorded of a part makes its length") {
  const std::vector<Segment> segments{{0, 4000, 0.0, 100.0}, {4000, 3000, 50.0, 100.0}, {7000, 2000, 100.0, 100.0}};
  const std::vector<BlockSummary> parts = summarise_blocks({}, {}, kParts, segments);
  CHECK(parts[0].length_s == doctest::Approx(50.0));  // 10 to 40 and 50 to 70
  CHECK(parts[1].length_s == doctest::Approx(20.0));
  CHECK(parts[2].length_s == 0.0);
  CHECK(parts[2].brief.hours == 0.0);
  CHECK(parts[2].brief.per_hour == 0.0);
}

TEST_CASE("A time belongs to the part that holds it, within a reading of its ends") {
  CHECK(patterns::block_at(kParts, 9.0) == nullptr);
  CHECK(patterns::block_at(kParts, 9.99) == &kParts[0]);
  CHECK(patterns::block_at(kParts, 69.99) == &kParts[0]);
  CHECK(patterns::block_at(kParts, 75.0) == nullptr);
  CHECK(patterns::block_at(kParts, 150.0) == &kParts[2]);
  CHECK(patterns::block_at({}, 5.0) == nullptr);
  // Where one part follows on another at once, the edge is not blurred.
  const std::vector<Block> touching{{{0.0, 60.0}, Task::Rest}, {{60.0, 120.0}, Task::Reach}};
  CHECK(patterns::block_at(touching, 59.999) == &touching[0]);
  CHECK(patterns::block_at(touching, 60.0) == &touching[1]);
}
