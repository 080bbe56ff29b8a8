#include "synth/synthetic.hpp"

#include "base/units.hpp"
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
    case BackgroundKind::FreeLiving: return "free_living";
  }
  return "";
}

SyntheticRecording make(const SyntheticSpec& spec) {
  const TimeAxis axis = make_time_axis(spec);
  std::vector<EventPlan> events = schedule(spec, room_for_events(axis));
  if (spec.gyroscope) draw_levers(events, spec.seed);
  return compose(spec, axis, plan_background(spec), events);
}

void deliver_as_browser(SyntheticSpec& spec) {
  spec.rate_hz = 60.0;
  spec.jitter_s = 0.002;
  spec.quantisation_step_g = 0.1 / kStandardGravity_m_s2;
  spec.rotation_step_dps = 0.1;
}

}  // namespace klono::synth
