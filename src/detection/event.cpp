#include "detection/event.hpp"

namespace klono {

std::string_view name_of(EventClass event_class) {
  switch (event_class) {
    case EventClass::Twitch: return "twitch";
    case EventClass::Burst: return "burst";
    case EventClass::Rhythmic: return "rhythmic";
    case EventClass::LimbMovement: return "limb_movement";
    case EventClass::Movement: break;
  }
  return "movement";
}

std::string_view name_of(Reason reason) {
  switch (reason) {
    case Reason::None: return "";
    case Reason::BodyMovement: return "body_movement";
    case Reason::PostureChange: return "posture_change";
    case Reason::Walking: return "walking";
    case Reason::Tremor: return "tremor";
    case Reason::HandlingKnock: return "handling_knock";
    case Reason::Saturation: return "saturation";
    case Reason::Spike: return "spike";
    case Reason::TooWeak: return "too_weak";
    case Reason::EdgeOfData: return "edge_of_data";
    case Reason::Settling: break;
  }
  return "settling";
}

}  // namespace klono
