#include "synth/synthetic.hpp"

#include "synth/background.hpp"
#include "synth/compose.hpp"
#include "synth/schedule.hpp"
#include "synth/time_axis.hpp"

namespace klono::synth {

std::string_view name_of(EventKind kind) {
  switch (kind) {
    case EventKind::Single: return "single";
    case EventKind::Series: return "series";
    case EventKind::Rhythmic: return "rhythmic";
    case EventKind::LimbMovement: return "limb_movement";
    case EventKind::Fasciculation: return "fasciculation";
  }
  return "";
}

std::string_view name_of(BackgroundKind kind) {
  switch (kind) {
    case BackgroundKind::Still: return "still";
    case BackgroundKind::Breathing: return "breathing";
    case BackgroundKind::PostureChanges: return "posture_changes";
    case BackgroundKind::Handling: return "handling";
    case BackgroundKind::Walking: return "walking";
    case BackgroundKind::Tremor: return "tremor";
  }
  return "";
}

SyntheticRecording make(const SyntheticSpec& spec) {
  const TimeAxis axis = make_time_axis(spec);
  return compose(spec, axis, plan_background(spec), schedule(spec, room_for_events(axis)));
}

}  // namespace klono::synth
