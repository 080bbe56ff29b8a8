#include "view/placement_words.hpp"

namespace klono::view {

using history::Activity;
using history::ActivityDetail;
using history::BodyPlace;
using history::Fixing;
using history::RecordingContext;
using history::Side;

namespace {

Word word_of(BodyPlace place) {
  switch (place) {
    case BodyPlace::Head:
      return Word::record_place_head;
    case BodyPlace::Neck:
      return Word::record_place_neck;
    case BodyPlace::Chest:
      return Word::record_place_chest;
    case BodyPlace::Belly:
      return Word::record_place_belly;
    case BodyPlace::UpperArm:
      return Word::record_place_upper_arm;
    case BodyPlace::Wrist:
      return Word::record_place_wrist;
    case BodyPlace::Thigh:
      return Word::record_place_thigh;
    case BodyPlace::Shin:
      return Word::record_place_shin;
    case BodyPlace::Ankle:
      return Word::record_place_ankle;
    case BodyPlace::Foot:
      return Word::record_place_foot;
    case BodyPlace::UpperBack:
      return Word::record_place_upper_back;
    case BodyPlace::LowerBack:
      return Word::record_place_lower_back;
    case BodyPlace::Calf:
      return Word::record_place_calf;
  }
  return Word::record_place_unknown;
}

}  // namespace

/// "Upper arm" as it stands inside a sentence. Places begin with a plain Latin letter or are left as they are.
std::string in_sentence(std::string text) {
  if (!text.empty() && text[0] >= 'A' && text[0] <= 'Z') text[0] = static_cast<char>(text[0] - 'A' + 'a');
  return text;
}

Word word_of(Fixing fixing) {
  switch (fixing) {
    case Fixing::Strapped:
      return Word::record_fix_strapped;
    case Fixing::InSock:
      return Word::record_fix_in_sock;
    case Fixing::InPocket:
      return Word::record_fix_in_pocket;
    case Fixing::LyingOn:
      return Word::record_fix_lying_on;
    case Fixing::InHand:
      return Word::record_fix_in_hand;
    case Fixing::Unknown:
      break;
  }
  return Word::record_fix_unknown;
}

Word word_of(Activity activity) {
  switch (activity) {
    case Activity::AtRest:
      return Word::record_activity_at_rest;
    case Activity::Sleeping:
      return Word::record_activity_sleeping;
    case Activity::GuidedTest:
      return Word::record_activity_guided_test;
    case Activity::Moving:
      return Word::record_activity_moving;
    case Activity::Unknown:
      break;
  }
  return Word::record_activity_unknown;
}


Word word_of(ActivityDetail detail) {
  switch (detail) {
    case ActivityDetail::FallingAsleep:
      return Word::record_detail_falling_asleep;
    case ActivityDetail::AfterExercise:
      return Word::record_detail_after_exercise;
    case ActivityDetail::Hiccups:
      return Word::record_detail_hiccups;
    case ActivityDetail::None:
      break;
  }
  return Word::record_detail_none;
}

std::string placement_words(const history::Placement& placement) {
  const std::string place = text(word_of(placement.place));
  if (placement.side == Side::Middle) return place;
  return fill(placement.side == Side::Left ? Word::record_place_left : Word::record_place_right,
              {{"place", in_sentence(place)}});
}

std::string place_noun(BodyPlace place) { return in_sentence(text(word_of(place))); }

std::string place_words(const RecordingContext& context) {
  return context.placement ? placement_words(*context.placement) : text(Word::record_place_unknown);
}

std::string place_and_fixing_words(const RecordingContext& context) {
  if (context.fixing == Fixing::Unknown) return place_words(context);
  return fill(Word::record_list_two,
              {{"first", place_words(context)}, {"second", in_sentence(text(word_of(context.fixing)))}});
}

std::string activity_words(const RecordingContext& context) {
  if (context.activity == Activity::Unknown) return {};
  const std::string activity = in_sentence(text(word_of(context.activity)));
  if (context.detail == ActivityDetail::None) return activity;
  return fill(Word::record_list_two, {{"first", activity}, {"second", in_sentence(text(word_of(context.detail)))}});
}

}  // namespace klono::view
