#include <cmath>
#include <limits>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "example_model.hpp"
#include "report/json_writer.hpp"

using namespace klono;
using namespace klono::testing;
using nlohmann::json;

namespace {

json parsed(const report::ReportModel& model) {
  const json document = json::parse(report::analysis_json(model), nullptr, false);
  REQUIRE_FALSE(document.is_discarded());
  return document;
}

}  // namespace

TEST_CASE("The analysis as JSON holds the keys that the command line promises") {
  const json document = parsed(example_model());
  for (const char* key : {"recording", "events", "not_counted", "patterns", "program"}) CHECK(document.contains(key));
  for (const char* key : {"start", "duration_s", "rate_hz", "analysable_s", "channels", "gaps", "masks", "warnings"})
    CHECK(document["recording"].contains(key));
  for (const json& event : document["events"])
    for (const char* key : {"onset_s", "duration_s", "peak_g", "class", "confidence", "group"}) CHECK(event.contains(key));
  for (const char* key : {"name", "version", "detector_version", "settings"}) CHECK(document["program"].contains(key));
  CHECK(document["recording"]["start"] == "2026-11-24T22:30:00.000+01:00");
  CHECK(document["recording"]["masks"][1] == json{{"start_s", 5000.0}, {"end_s", 5780.0}, {"reason", "walking"}});
  CHECK(document["recording"]["gaps"][0] == json{{"start_s", 7200.0}, {"end_s", 7320.0}, {"reason", "missing"}});
  CHECK(document["recording"]["reading"] == json{{"unit", "g"}, {"rate", "100"}});
}

TEST_CASE("What the person set aside stands among those not counted, in order of time") {
  const json document = parsed(example_model());
  CHECK(document["events"].size() == 6);
  REQUIRE(document["not_counted"].size() == 2);
  CHECK(document["not_counted"][0]["reason"] == "rejected_by_person");
  CHECK(document["not_counted"][0]["onset_s"] == 1501.25);
  CHECK(document["not_counted"][1]["reason"] == name_of(Reason::HandlingKnock));
  CHECK(document["patterns"]["brief"]["count"] == 5);
  CHECK(document["patterns"]["limb"]["count"] == 1);
  CHECK(document["patterns"]["rejected"] == 1);
}

TEST_CASE("Series have names in order of time, whatever numbers the detector gave") {
  const json document = parsed(example_model());
  CHECK(document["events"][0]["group"].is_null());
  CHECK(document["events"][1]["group"] == "g1");
  CHECK(document["events"][2]["group"] == "g1");
  CHECK(document["events"][5]["group"] == "g2");
  CHECK(document["not_counted"][0]["group"] == "g1");
}

TEST_CASE("Every figure reads back to the same value") {
  report::ReportModel model = example_model();
  model.analysis.events[0].onset_s = 1.0 / 3.0;
  model.analysis.events[0].peak_g = 0.1 + 0.2;
  const json document = parsed(model);
  CHECK(document["events"][0]["onset_s"].get<double>() == 1.0 / 3.0);
  CHECK(document["events"][0]["peak_g"].get<double>() == 0.1 + 0.2);
}

TEST_CASE("What is no number is null") {
  report::ReportModel model = example_model();
  model.analysis.events.clear();
  model.analysis.analysable_s = 0.0;
  model.start = {};
  model.rate_hz = std::nan("");
  const json document = parsed(model);
  CHECK(document["recording"]["start"].is_null());
  CHECK(document["recording"]["rate_hz"].is_null());
  CHECK(document["patterns"]["brief"]["high"].is_null());
  CHECK(document["patterns"]["brief"]["per_hour"].is_null());
  CHECK(document["patterns"]["median_peak_g"].is_null());
  CHECK(document["events"].empty());
}

TEST_CASE("Sizes that cannot be trusted are left out, times stay") {
  report::ReportModel model = example_model();
  model.amplitudes_valid = false;
  model.analysis.tilt_checked = false;
  const json document = parsed(model);
  CHECK(document["events"][0]["peak_g"].is_null());
  CHECK(document["events"][0]["tilt_change_deg"].is_null());
  CHECK(document["patterns"]["median_peak_g"].is_null());
  CHECK(document["events"][0]["duration_s"] == 0.31);
}

TEST_CASE("All settings travel with the result under the keys of the settings files") {
  const json document = parsed(example_model());
  const json& settings = document["program"]["settings"];
  CHECK(settings["sensitivity"] == "balanced");
  CHECK(settings["gate"] == "on");
  for (const SettingInfo& info : setting_table()) {
    REQUIRE(settings.contains(info.key));
    CHECK(settings[std::string(info.key)].get<double>() == info.get(DetectorSettings{}));
  }
}

TEST_CASE("Hostile text in a file stays a string") {
  report::ReportModel model = example_model();
  model.title = "a\"},{\\\n\x01\xFF";
  model.channel_names = {"\xED\xA0\x80", "\"]"};
  const json document = parsed(model);
  CHECK(document["recording"]["title"] == "a\"},{\\  \uFFFD");
  CHECK(document["recording"]["channels"].size() == 2);
}

TEST_CASE("The same model gives the same bytes") {
  CHECK(report::analysis_json(example_model()) == report::analysis_json(example_model()));
}

TEST_CASE("The JSON writer nests, separates and closes") {
  report::JsonWriter writer;
  writer.begin_object().key("a").begin_array().value(1).value(true).value("x").null();
  writer.begin_array().begin_array().value(2.5).value(-3).end_array().end_array().end_array();
  writer.key("empty").begin_object().end_object().field("inf", std::numeric_limits<double>::infinity()).end_object();
  CHECK(json::parse(writer.text()) == json::parse(R"({"a":[1,true,"x",null,[[2.5,-3]]],"empty":{},"inf":null})"));
}

TEST_CASE("What the detector left out is countable by reason, and the analysable share is told") {
  report::ReportModel model = example_model();
  model.analysis.not_counted.push_back(event_at(2100.0, EventClass::Twitch, 0.08));
  model.analysis.not_counted.push_back(event_at(2200.0, EventClass::Twitch, 0.08));
  for (Event& event : model.analysis.not_counted) event.reason = event.onset_s > 2000.0 ? Reason::BodyMovement : Reason::HandlingKnock;
  const json document = parsed(model);
  CHECK(document["patterns"]["not_counted_by_reason"] == json{{"body_movement", 2}, {"handling_knock", 1}});
  CHECK(document["recording"]["analysable_share"].get<double>() == doctest::Approx(9000.0 / 10680.0));
}

TEST_CASE("Limb movements in series are told by each rule, trains with their figures") {
  report::ReportModel model = example_model();
  model.decisions.clear();
  model.analysis.events.clear();
  for (const double onset_s : {1000.0, 1020.0, 1040.0, 1060.0, 1065.0}) {
    model.analysis.events.push_back(event_at(onset_s, EventClass::LimbMovement, 0.3));
    model.analysis.events.back().duration_s = 2.0;
  }
  for (const double onset_s : {2000.0, 2004.0, 2008.0, 2012.0, 2016.0}) model.analysis.events.push_back(event_at(onset_s, EventClass::Rhythmic, 0.2, 4));
  const json patterns = parsed(model)["patterns"];
  CHECK(patterns["limb_series"]["aasm"]["in_series"]["count"] == 5);
  CHECK(patterns["limb_series"]["wasm_2016"]["in_series"]["count"] == 4);
  CHECK(patterns["limb_series"]["wasm_2016"]["in_series"]["per_hour"] == 1.6);
  REQUIRE(patterns["trains"].size() == 1);
  CHECK(patterns["trains"][0]["members"] == 5);
  CHECK(patterns["trains"][0]["median_interval_s"] == 4.0);
  CHECK(patterns["trains"][0]["variation"] == 0.0);
}

TEST_CASE("An onset of sleep says whether it was marked or is estimated") {
  report::ReportModel model = example_model();
  model.analysis.rest.long_rests = {{3500.0, 9000.0}};
  model.analysis.rest.onsets = {{3500.0, OnsetSource::Estimate}, {9500.0, OnsetSource::File}};
  const json rest = parsed(model)["patterns"]["rest"];
  CHECK(rest["long_rests_estimated"][0]["start_s"] == 3500.0);
  CHECK(rest["sleep_onsets"][0] == json{{"at_s", 3500.0}, {"source", "estimated"}, {"events_near", 2}});
  CHECK(rest["sleep_onsets"][1]["source"] == "marked");
}

TEST_CASE("Times of sleep that the person marked are told, and win over the estimate") {
  report::ReportModel model = example_model();
  model.analysis.rest.onsets = {{3500.0, OnsetSource::Estimate}};
  model.sleep_marks = {{SleepMoment::LayDown, 3000.0}, {SleepMoment::FellAsleep, 9500.0}};
  const json document = parsed(model);
  CHECK(document["recording"]["sleep_marks"].size() == 2);
  CHECK(document["recording"]["sleep_marks"][1]["moment"] == "fell_asleep");
  CHECK(document["recording"]["sleep_marks"][1]["at_s"] == 9500.0);
  const json onsets = document["patterns"]["rest"]["sleep_onsets"];
  REQUIRE(onsets.size() == 1);
  CHECK(onsets[0]["at_s"] == 9500.0);
  CHECK(onsets[0]["source"] == "marked_by_person");
}

TEST_CASE("An event tells whether its level or its form led to it") {
  report::ReportModel model = example_model();
  model.analysis.events[0].by_form = true;
  const json document = parsed(model);
  CHECK(document["events"][0]["found_by"] == "form");
  CHECK(document["events"][1]["found_by"] == "level");
}
