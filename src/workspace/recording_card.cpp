#include "workspace/recording_card.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

namespace klono::workspace {
namespace {

using Json = nlohmann::ordered_json;
using Found = RecordingCard::Found;

Json seconds(double value) { return std::round(value * 1000.0) / 1000.0; }

using klono::name_of;
std::string_view name_of(Task task) {
  static constexpr std::array<std::string_view, 3> kNames{"rest", "arms_out", "reach"};
  return kNames[static_cast<std::size_t>(task)];
}

/// The enumerator of that name; none where a later version wrote it.
template <class E>
std::optional<E> named(const Json& json, E last) {
  if (!json.is_string()) return std::nullopt;
  for (int i = 0; i <= static_cast<int>(last); ++i)
    if (name_of(static_cast<E>(i)) == json.get_ref<const std::string&>()) return static_cast<E>(i);
  return std::nullopt;
}

/// Stretches with a name each: [begin, end, "hidden"].
Json stretch(const TimeSpan& span, std::string_view name) {
  return Json::array({seconds(span.begin_s), seconds(span.end_s), std::string(name)});
}

std::optional<TimeSpan> span_of(const Json& json) {
  if (!json.is_array() || json.size() != 3 || !json[0].is_number() || !json[1].is_number()) return std::nullopt;
  const TimeSpan span{json[0].get<double>(), json[1].get<double>()};
  return span.end_s >= span.begin_s ? std::optional(span) : std::nullopt;
}

double number_at(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_number() ? found->get<double>() : 0.0;
}

const Json& list_at(const Json& object, const char* key) {
  static const Json kNone = Json::array();
  const auto found = object.find(key);
  return found != object.end() && found->is_array() ? *found : kNone;
}

constexpr double kStripStep_g = 0.001;  // a strip is a picture of some 50 rows

Json json_of(const Found& found) {
  Json json = Json::object();
  json["detector"] = found.detector_version;
  json["length_s"] = seconds(found.length_s);
  json["analysable_s"] = seconds(found.analysable_s);
  json["brief"] = found.brief;
  json["limb"] = found.limb;
  json["onsets"] = Json::array();
  for (const double onset_s : found.onsets_s) json["onsets"].push_back(seconds(onset_s));
  json["masks"] = Json::array();
  for (const Mask& mask : found.masks) json["masks"].push_back(stretch(mask.span, name_of(mask.reason)));
  json["gaps"] = Json::array();
  for (const Gap& gap : found.gaps) json["gaps"].push_back(stretch(gap.span, name_of(gap.reason)));
  json["parts"] = Json::array();
  for (const Block& part : found.parts) json["parts"].push_back(stretch(part.span, name_of(part.task)));
  json["strip_mg"] = Json::array();
  for (const float g : found.strip_g) {
    if (std::isfinite(g))
      json["strip_mg"].push_back(std::llround(static_cast<double>(g) / kStripStep_g));
    else
      json["strip_mg"].push_back(nullptr);
  }
  return json;
}

Found found_from(const Json& json) {
  Found found;
  found.detector_version = static_cast<int>(std::clamp(number_at(json, "detector"), 0.0, 1e6));
  found.length_s = std::max(0.0, number_at(json, "length_s"));
  found.analysable_s = std::clamp(number_at(json, "analysable_s"), 0.0, found.length_s);
  found.brief = static_cast<std::int64_t>(std::clamp(number_at(json, "brief"), 0.0, 1e9));
  found.limb = static_cast<std::int64_t>(std::clamp(number_at(json, "limb"), 0.0, 1e9));
  for (const Json& onset : list_at(json, "onsets"))
    if (onset.is_number() && found.onsets_s.size() < RecordingCard::kMostOnsets) found.onsets_s.push_back(onset.get<double>());
  std::ranges::sort(found.onsets_s);
  for (const Json& mask : list_at(json, "masks"))
    if (const auto span = span_of(mask))
      if (const auto reason = named(mask[2], Reason::Settling)) found.masks.push_back({*span, *reason});
  for (const Json& gap : list_at(json, "gaps"))
    if (const auto span = span_of(gap))
      if (const auto reason = named(gap[2], GapReason::Paused)) found.gaps.push_back({*span, *reason});
  for (const Json& part : list_at(json, "parts"))
    if (const auto span = span_of(part))
      if (const auto task = named(part[2], Task::Reach)) found.parts.push_back({*span, *task});
  for (const Json& mg : list_at(json, "strip_mg")) {
    if (found.strip_g.size() == RecordingCard::kStripColumns) break;
    found.strip_g.push_back(mg.is_number() ? static_cast<float>(mg.get<double>() * kStripStep_g) : std::numeric_limits<float>::quiet_NaN());
  }
  return found;
}

}  // namespace

std::string json_of(const RecordingCard& card) {
  Json json = Json::object();
  if (!card.worn.empty()) json["worn"] = card.worn;
  if (card.accepted) json["accepted"] = true;
  if (!card.decisions.empty()) json["decisions"] = Json::array();
  for (const KeptDecision& kept : card.decisions)
    json["decisions"].push_back(Json::array({seconds(kept.onset_s), std::string(name_of(kept.decision))}));
  if (!card.sleep_marks.empty()) json["sleep"] = Json::array();
  for (const SleepMark& mark : card.sleep_marks) json["sleep"].push_back(Json::array({seconds(mark.at_s), std::string(name_of(mark.moment))}));
  if (card.found) json["found"] = json_of(*card.found);
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

RecordingCard card_from_json(std::string_view text) {
  RecordingCard card;
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_object()) return card;
  if (const auto worn = json.find("worn"); worn != json.end() && worn->is_string()) card.worn = worn->get<std::string>();
  if (const auto accepted = json.find("accepted"); accepted != json.end() && accepted->is_boolean())
    card.accepted = accepted->get<bool>();
  for (const Json& kept : list_at(json, "decisions")) {
    if (!kept.is_array() || kept.size() != 2 || !kept[0].is_number()) continue;
    if (const auto decision = named(kept[1], Decision::Rejected)) keep(card.decisions, kept[0].get<double>(), *decision, 0.0);
  }
  for (const Json& mark : list_at(json, "sleep")) {
    if (!mark.is_array() || mark.size() != 2 || !mark[0].is_number()) continue;
    if (const auto moment = named(mark[1], SleepMoment::WokeUp)) add_mark(card.sleep_marks, {*moment, std::max(0.0, mark[0].get<double>())});
  }
  if (const auto found = json.find("found"); found != json.end() && found->is_object()) card.found = found_from(*found);
  return card;
}

}  // namespace klono::workspace
