#include "history/recording_context.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace klono::history {
namespace {

template <class T>
struct Named {
  T value;
  std::string_view name;
};

constexpr std::array kPlaces{Named{BodyPlace::Head, "head"},
                             Named{BodyPlace::Neck, "neck"},
                             Named{BodyPlace::Chest, "chest"},
                             Named{BodyPlace::Belly, "belly"},
                             Named{BodyPlace::UpperArm, "upper_arm"},
                             Named{BodyPlace::Wrist, "wrist"},
                             Named{BodyPlace::Thigh, "thigh"},
                             Named{BodyPlace::Shin, "shin"},
                             Named{BodyPlace::Ankle, "ankle"},
                             Named{BodyPlace::Foot, "foot"},
                             Named{BodyPlace::UpperBack, "upper_back"},
                             Named{BodyPlace::LowerBack, "lower_back"},
                             Named{BodyPlace::Calf, "calf"}};
constexpr std::array kSides{Named{Side::Middle, "middle"}, Named{Side::Left, "left"}, Named{Side::Right, "right"}};
constexpr std::array kFixings{Named{Fixing::Unknown, ""},          Named{Fixing::Strapped, "strapped"},
                              Named{Fixing::InSock, "in_sock"},    Named{Fixing::InPocket, "in_pocket"},
                              Named{Fixing::LyingOn, "lying_on"},  Named{Fixing::InHand, "in_hand"}};
constexpr std::array kActivities{Named{Activity::Unknown, ""}, Named{Activity::AtRest, "at_rest"},
                                 Named{Activity::Sleeping, "sleeping"}, Named{Activity::GuidedTest, "guided_test"},
                                 Named{Activity::Moving, "moving"}};
constexpr std::array kDetails{Named{ActivityDetail::None, ""}, Named{ActivityDetail::FallingAsleep, "falling_asleep"},
                              Named{ActivityDetail::AfterExercise, "after_exercise"},
                              Named{ActivityDetail::Hiccups, "hiccups"}};

template <class T, std::size_t N>
std::string_view name_in(const std::array<Named<T>, N>& table, T value) {
  const auto found = std::ranges::find(table, value, &Named<T>::value);
  return found == table.end() ? std::string_view() : found->name;
}

template <class T, std::size_t N>
std::optional<T> value_in(const std::array<Named<T>, N>& table, std::string_view name) {
  const auto found = std::ranges::find(table, name, &Named<T>::name);
  if (name.empty() || found == table.end()) return std::nullopt;
  return found->value;
}

std::string text_at(const nlohmann::json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

}  // namespace

std::vector<Placement> all_placements() {
  std::vector<Placement> placements;
  for (const auto& [place, name] : kPlaces) {
    if (!has_sides(place)) placements.push_back({place, Side::Middle});
    else placements.insert(placements.end(), {{place, Side::Left}, {place, Side::Right}});
  }
  return placements;
}

bool has_sides(BodyPlace place) {
  switch (place) {
    case BodyPlace::UpperArm:
    case BodyPlace::Wrist:
    case BodyPlace::Thigh:
    case BodyPlace::Shin:
    case BodyPlace::Ankle:
    case BodyPlace::Foot:
    case BodyPlace::Calf:
      return true;
    default:
      return false;
  }
}

bool on_front(BodyPlace place) {
  return place != BodyPlace::UpperBack && place != BodyPlace::LowerBack && place != BodyPlace::Calf;
}

bool on_back(BodyPlace place) {
  switch (place) {
    case BodyPlace::UpperBack:
    case BodyPlace::LowerBack:
    case BodyPlace::Calf:
    case BodyPlace::UpperArm:
    case BodyPlace::Wrist:
    case BodyPlace::Ankle:
    case BodyPlace::Foot:
      return true;
    default:
      return false;
  }
}

std::span<const Fixing> fixings_of(BodyPlace place) {
  static constexpr std::array kBand{Fixing::Strapped, Fixing::LyingOn};
  static constexpr std::array kHand{Fixing::Strapped, Fixing::InHand, Fixing::LyingOn};
  static constexpr std::array kLeg{Fixing::Strapped, Fixing::InSock, Fixing::LyingOn};
  static constexpr std::array kThigh{Fixing::InPocket, Fixing::Strapped, Fixing::LyingOn};
  static constexpr std::array kTrunk{Fixing::LyingOn, Fixing::Strapped, Fixing::InPocket};
  switch (place) {
    case BodyPlace::Wrist:
      return kHand;
    case BodyPlace::Shin:
    case BodyPlace::Calf:
    case BodyPlace::Ankle:
    case BodyPlace::Foot:
      return kLeg;
    case BodyPlace::Thigh:
      return kThigh;
    case BodyPlace::Chest:
    case BodyPlace::Belly:
      return kTrunk;
    default:
      return kBand;
  }
}

std::span<const ActivityDetail> details_of(Activity activity) {
  static constexpr std::array kResting{ActivityDetail::FallingAsleep, ActivityDetail::AfterExercise,
                                       ActivityDetail::Hiccups};
  if (activity == Activity::AtRest || activity == Activity::Sleeping) return kResting;
  return {};
}

std::string_view name_of(BodyPlace place) { return name_in(kPlaces, place); }
std::string_view name_of(Side side) { return name_in(kSides, side); }
std::string_view name_of(Fixing fixing) { return name_in(kFixings, fixing); }
std::string_view name_of(Activity activity) { return name_in(kActivities, activity); }
std::string_view name_of(ActivityDetail detail) { return name_in(kDetails, detail); }

std::string id_of(const Placement& placement) {
  std::string id;
  if (placement.side != Side::Middle) id.append(name_of(placement.side)).append("_");
  return id.append(name_of(placement.place));
}

std::optional<Placement> placement_of(std::string_view id) {
  for (const Named<BodyPlace>& place : kPlaces) {
    if (!has_sides(place.value)) {
      if (id == place.name) return Placement{place.value, Side::Middle};
      continue;
    }
    for (const Side side : {Side::Left, Side::Right})
      if (const Placement one{place.value, side}; id == id_of(one)) return one;
  }
  return std::nullopt;
}

std::optional<Fixing> fixing_of(std::string_view name) { return value_in(kFixings, name); }
std::optional<Activity> activity_of(std::string_view name) { return value_in(kActivities, name); }
std::optional<ActivityDetail> detail_of(std::string_view name) { return value_in(kDetails, name); }

std::string json_of(const RecordingContext& context) {
  nlohmann::ordered_json json = nlohmann::ordered_json::object();
  const auto put = [&](const char* key, std::string value) {
    if (!value.empty()) json[key] = std::move(value);
  };
  if (context.placement) put("place", id_of(*context.placement));
  put("fixing", std::string(name_of(context.fixing)));
  put("activity", std::string(name_of(context.activity)));
  put("detail", std::string(name_of(context.detail)));
  return json.dump();
}

RecordingContext context_from_json(std::string_view text) {
  RecordingContext context;
  const auto json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_object()) return context;
  context.placement = placement_of(text_at(json, "place"));
  context.fixing = fixing_of(text_at(json, "fixing")).value_or(Fixing::Unknown);
  context.activity = activity_of(text_at(json, "activity")).value_or(Activity::Unknown);
  context.detail = detail_of(text_at(json, "detail")).value_or(ActivityDetail::None);
  return context;
}

}  // namespace klono::history
