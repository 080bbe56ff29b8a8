// A guided test is told part by part in every file, and nowhere as one rate.

#include <algorithm>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "base/words.hpp"
#include "example_model.hpp"

using namespace klono;
using namespace klono::testing;

namespace {

report::ReportModel guided_model() {
  report::ReportModel model = example_model();
  model.duration_s = 220.0;
  model.gaps.clear();
  model.segments = {{0, 1000, 0.0, 100.0}, {1000, 6000, 10.0, 100.0}, {7000, 6000, 80.0, 100.0}, {13000, 6000, 150.0, 100.0}};
  model.blocks = {{{10.0, 70.0}, Task::Rest}, {{80.0, 140.0}, Task::ArmsOut}, {{150.0, 210.0}, Task::Reach}};
  model.marks = {{22.5, 7}, {100.0, -1}, {31.5, 3}};
  std::sort(model.marks.begin(), model.marks.end(), [](const OwnMark& a, const OwnMark& b) { return a.at_s < b.at_s; });
  model.analysis.masks = {{{10.0, 12.0}, Reason::Settling}};
  model.analysis.events = {event_at(20.0, EventClass::Twitch, 0.1), event_at(30.0, EventClass::Twitch, 0.3), event_at(85.0, EventClass::Twitch, 0.5)};
  model.analysis.not_counted = {event_at(160.0, EventClass::Twitch, 0.02)};
  model.analysis.not_counted[0].reason = Reason::TooWeak;
  model.decisions.clear();
  model.examples.clear();
  return model;
}

}  // namespace

TEST_CASE("The JSON of a guided test holds a rate for each part and none for all") {
  const auto json = nlohmann::json::parse(report::analysis_json(guided_model()));
  const auto& patterns = json["patterns"];
  for (const char* pooled : {"brief", "limb", "series", "median_peak_g", "counted_by_class", "median_interval_s"}) CHECK_FALSE(patterns.contains(pooled));
  REQUIRE(patterns["blocks"].size() == 3);
  CHECK(patterns["blocks"][0]["block"] == "rest");
  CHECK(patterns["blocks"][1]["block"] == "arms_out");
  CHECK(patterns["blocks"][2]["block"] == "reach");
  CHECK(patterns["blocks"][0]["brief"]["count"] == 2);
  CHECK(patterns["blocks"][0]["analysable_s"].get<double>() == doctest::Approx(58.0));
  CHECK(patterns["blocks"][1]["brief"]["per_hour"].get<double>() == doctest::Approx(60.0));
  CHECK(patterns["blocks"][2]["median_peak_g"].is_null());
  CHECK(json["events"][2]["block"] == "arms_out");
  CHECK(json["not_counted"][0]["block"] == "reach");
  const auto plain = nlohmann::json::parse(report::analysis_json(example_model()));
  CHECK(plain["patterns"].contains("brief"));
  CHECK_FALSE(plain["patterns"].contains("blocks"));
}

TEST_CASE("The JSON holds each mark with its strength and the event it followed") {
  const auto json = nlohmann::json::parse(report::analysis_json(guided_model()));
  const auto& marks = json["recording"]["marks"];
  REQUIRE(marks.size() == 3);
  CHECK(marks[0]["at_s"] == 22.5);
  CHECK(marks[0]["strength"] == 7);
  CHECK(marks[0]["after_event_s"] == 2.5);
  CHECK(marks[0]["clock"] == "2026-11-24T22:30:22.500+01:00");
  CHECK(marks[1]["after_event_s"] == 1.5);
  CHECK(marks[2]["strength"].is_null());
  CHECK(marks[2]["after_event_s"].is_null());  // 15 s after the nearest event: not told as one
}

TEST_CASE("A mark does not follow an event that the person set aside") {
  report::ReportModel model = guided_model();
  model.decisions = {Decision::Rejected};
  const auto json = nlohmann::json::parse(report::analysis_json(model));
  CHECK(json["recording"]["marks"][0]["after_event_s"].is_null());
}

TEST_CASE("The table of events has a column for the part, empty in other recordings") {
  const std::string guided = report::events_csv(guided_model());
  CHECK(contains(guided, ",reason,block,found_by\r\n"));
  CHECK(count_of(guided, ",rest,level\r\n") == 2);
  CHECK(count_of(guided, ",arms_out,level\r\n") == 1);
  CHECK(count_of(guided, ",too_weak,reach,level\r\n") == 1);
  const std::string plain = report::events_csv(example_model());
  CHECK(contains(plain, ",reason,block,found_by\r\n"));
  CHECK_FALSE(contains(plain, ",rest\r\n"));
}

TEST_CASE("The page of a guided test shows three rows and no figure of all together") {
  const std::string html = report::summary_html(guided_model());
  for (const Word part : {Word::record_guided_rest, Word::record_guided_arms, Word::record_guided_reach})
    CHECK(contains(html, "<th scope=\"row\">" + std::string(word(part)) + "</th>"));
  CHECK_FALSE(contains(html, "class=\"figure\""));
  CHECK_FALSE(contains(html, std::string(word(Word::report_key_unit))));
  CHECK_FALSE(contains(html, std::string(word(Word::report_figures_heading)) + "</h2>"));
  CHECK(contains(html, std::string(word(Word::report_blocks_caption))));
  CHECK(contains(html, std::string(word(Word::report_limits_rest_parts))));
  CHECK(count_of(html, "per hour") == 3);
  const std::string plain = report::summary_html(example_model());
  CHECK_FALSE(contains(plain, std::string(word(Word::report_blocks_caption))));
  CHECK(contains(plain, "class=\"figure\""));
}

TEST_CASE("The page tells the person's marks, and beside an event how long after it the mark came") {
  const std::string html = report::summary_html(guided_model());
  CHECK(contains(html, std::string(word(Word::report_marks_heading))));
  CHECK(contains(html, "3 marks while recording"));
  CHECK(contains(html, "(strength 7 of 10)"));
  CHECK(contains(html, fill(Word::report_events_marked, {{"length", "2.5\u00A0s"}})));
  CHECK_FALSE(contains(report::summary_html(example_model()), std::string(word(Word::report_marks_heading))));
}
