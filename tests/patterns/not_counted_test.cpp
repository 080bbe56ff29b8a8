#include "patterns/not_counted.hpp"

#include <cmath>

#include <doctest/doctest.h>

using namespace klono;

namespace {

Event left_out(Reason reason) {
  Event event;
  event.reason = reason;
  return event;
}

}  // namespace

TEST_CASE("Reasons are counted, the most frequent first") {
  Analysis analysis;
  for (const Reason reason : {Reason::Spike, Reason::BodyMovement, Reason::HandlingKnock, Reason::BodyMovement, Reason::Walking, Reason::Walking, Reason::BodyMovement})
    analysis.not_counted.push_back(left_out(reason));
  const auto rows = patterns::count_reasons(analysis);
  REQUIRE(rows.size() == 4);
  CHECK(rows[0].reason == Reason::BodyMovement);
  CHECK(rows[0].count == 3);
  CHECK(rows[1].reason == Reason::Walking);
  CHECK(rows[1].count == 2);
  CHECK(rows[2].reason == Reason::HandlingKnock);
  CHECK(rows[3].reason == Reason::Spike);
}

TEST_CASE("Nothing left out gives no reason, nothing recorded no share") {
  CHECK(patterns::count_reasons({}).empty());
  CHECK(std::isnan(patterns::analysable_share({})));
}

TEST_CASE("The analysable share is of what was recorded") {
  Analysis analysis;
  analysis.recorded_s = 800.0;
  analysis.analysable_s = 600.0;
  CHECK(patterns::analysable_share(analysis) == 0.75);
}
