#include "report/figures_json.hpp"

#include <cmath>

namespace klono::report {
namespace {

std::string_view source_name(OnsetSource source) {
  switch (source) {
    case OnsetSource::File: return "marked";
    case OnsetSource::Person: return "marked_by_person";
    case OnsetSource::Estimate: break;
  }
  return "estimated";
}

}  // namespace

void write_rate(JsonWriter& json, std::string_view key, const patterns::Rate& rate) {
  json.key(key).begin_object();
  json.field("count", rate.count).field("hours", rate.hours).field("per_hour", rate.hours > 0.0 ? rate.per_hour : kNull);
  json.field("low", rate.hours > 0.0 ? rate.low : kNull).field("high", rate.high).end_object();
}

void write_limb_series(JsonWriter& json, std::span<const patterns::LimbRuleFigures> rules) {
  json.key("limb_series").begin_object();
  for (const patterns::LimbRuleFigures& figures : rules) {
    json.key(patterns::name_of(figures.rule)).begin_object();
    write_rate(json, "in_series", figures.in_series);
    json.field("runs", figures.runs).field("longest", figures.longest).field("median_interval_s", figures.median_interval_s).end_object();
  }
  json.end_object();
}

void write_rest(JsonWriter& json, const RestEstimate& rest, std::span<const patterns::NearSleep> near) {
  json.key("rest").begin_object().key("long_rests_estimated").begin_array();
  for (const TimeSpan& span : rest.long_rests) json.begin_object().field("start_s", span.begin_s).field("end_s", span.end_s).end_object();
  json.end_array().key("sleep_onsets").begin_array();
  for (const patterns::NearSleep& one : near)
    json.begin_object().field("at_s", one.onset.at_s).field("source", source_name(one.onset.source)).field("events_near", one.events).end_object();
  json.end_array().field("near_s", patterns::kNearSleep_s).end_object();
}

}  // namespace klono::report
