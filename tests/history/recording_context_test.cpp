#include "history/recording_context.hpp"

#include <doctest/doctest.h>

#include <set>

using namespace klono::history;

TEST_CASE("Every place has a name of its own that leads back to it") {
  std::set<std::string> names;
  for (const Placement& placement : all_placements()) {
    CHECK(placement_of(id_of(placement)) == placement);
    CHECK(names.insert(id_of(placement)).second);
    CHECK((on_front(placement.place) || on_back(placement.place)));
    CHECK((placement.side != Side::Middle) == has_sides(placement.place));
    CHECK_FALSE(fixings_of(placement.place).empty());
  }
  CHECK(names.contains("left_ankle"));
  CHECK(names.contains("chest"));
}

TEST_CASE("A side that a place does not have, and anything else, is no place") {
  for (const char* id : {"left_chest", "ankle", "", "left_", "LEFT_ANKLE", "middle_chest", "left_ankle "})
    CHECK_FALSE(placement_of(id).has_value());
}

TEST_CASE("What is known of a recording goes through JSON and back") {
  const RecordingContext known{Placement{BodyPlace::Ankle, Side::Left}, Fixing::Strapped, Activity::Sleeping, ActivityDetail::FallingAsleep};
  CHECK(context_from_json(json_of(known)) == known);
  CHECK(context_from_json(json_of({})) == RecordingContext{});
}

TEST_CASE("Unknown keys, values of other kinds and broken text leave what they stand for unknown") {
  for (const char* text : {"", "{", "[]", "7", "null", R"({"place": 3, "fixing": ["strapped"], "activity": "flying", "more": {}})"})
    CHECK(context_from_json(text) == RecordingContext{});
  CHECK(context_from_json(R"({"place": "chest", "activity": null})").placement == Placement{BodyPlace::Chest, Side::Middle});
}
