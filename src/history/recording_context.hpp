#pragma once
/// Where the sensor sat and what the person did: entered before a recording, kept inside it.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace klono::history {

enum class BodyPlace : std::uint8_t {
  Head, Neck, Chest, Belly, UpperArm, Wrist, Thigh, Shin, Ankle, Foot, UpperBack, LowerBack, Calf
};

/// The person's own left and right, never the viewer's. Middle for places on the midline.
enum class Side : std::uint8_t { Middle, Left, Right };

enum class Fixing : std::uint8_t { Unknown, Strapped, InSock, InPocket, LyingOn, InHand };

enum class Activity : std::uint8_t { Unknown, AtRest, Sleeping, GuidedTest, Moving };

/// Choices inside "at rest" and "sleeping".
enum class ActivityDetail : std::uint8_t { None, FallingAsleep, AfterExercise, Hiccups };

struct Placement {
  BodyPlace place = BodyPlace::Wrist;
  Side side = Side::Middle;
  friend bool operator==(const Placement&, const Placement&) = default;
};

struct RecordingContext {
  std::optional<Placement> placement;  ///< none where the person skipped it
  Fixing fixing = Fixing::Unknown;
  Activity activity = Activity::Unknown;
  ActivityDetail detail = ActivityDetail::None;
  friend bool operator==(const RecordingContext&, const RecordingContext&) = default;
};

/// Whether a place has a left and a right.
bool has_sides(BodyPlace place);

/// Every place, the left one before the right, from the head down.
std::vector<Placement> all_placements();

/// Seen from the front, from the back, or (arms and feet) from both.
bool on_front(BodyPlace place);
bool on_back(BodyPlace place);

/// How a sensor can sit there, most usual first.
std::span<const Fixing> fixings_of(BodyPlace place);

/// The choices inside an activity; empty where it has none.
std::span<const ActivityDetail> details_of(Activity activity);

/// Stable identifiers for files and commands: "upper_arm", "left", "in_sock", "at_rest", "falling_asleep", …
/// Unknown and None are empty.
std::string_view name_of(BodyPlace place);
std::string_view name_of(Side side);
std::string_view name_of(Fixing fixing);
std::string_view name_of(Activity activity);
std::string_view name_of(ActivityDetail detail);

/// "left_ankle", "chest"; and back. nullopt for anything else, such as a side the place does not have.
std::string id_of(const Placement& placement);
std::optional<Placement> placement_of(std::string_view id);
std::optional<Fixing> fixing_of(std::string_view name);
std::optional<Activity> activity_of(std::string_view name);
std::optional<ActivityDetail> detail_of(std::string_view name);

/// {"place": "left_ankle", "fixing": "strapped", "activity": "sleeping", "detail": "falling_asleep"}; keys of what
/// is unknown are left out.
std::string json_of(const RecordingContext& context);

/// Lenient: unknown keys and values, or text that is no JSON, leave what they stand for unknown.
RecordingContext context_from_json(std::string_view json);

}  // namespace klono::history
