#include "detection/emg/emg_event.hpp"

namespace klono {

std::string_view name_of(EmgDetail detail) {
  switch (detail) {
    case EmgDetail::LimbMovements: return "limb_movements";
    case EmgDetail::Bursts: return "bursts";
    case EmgDetail::Lengths: break;
  }
  return "lengths";
}

std::string_view name_of(EmgKind kind) {
  switch (kind) {
    case EmgKind::Potential: return "potential";
    case EmgKind::Activity: return "activity";
    case EmgKind::Burst: break;
  }
  return "burst";
}

std::string_view name_of(EmgBand band) {
  switch (band) {
    case EmgBand::To50: return "to_50";
    case EmgBand::To100: return "to_100";
    case EmgBand::To300: return "to_300";
    case EmgBand::Longer: return "longer";
    case EmgBand::Unresolved: break;
  }
  return "unresolved";
}

std::string_view name_of(EmgReason reason) {
  switch (reason) {
    case EmgReason::MovementArtefact: return "movement_artefact";
    case EmgReason::Saturation: return "saturation";
    case EmgReason::Disconnected: return "disconnected";
    case EmgReason::Heart: return "heart";
    case EmgReason::SlowWave: return "slow_wave";
    case EmgReason::TooWeak: return "too_weak";
    case EmgReason::WithinActivity: return "within_activity";
    case EmgReason::EdgeOfData: return "edge_of_data";
    case EmgReason::Settling: return "settling";
    case EmgReason::None: break;
  }
  return "none";
}

}  // namespace klono
