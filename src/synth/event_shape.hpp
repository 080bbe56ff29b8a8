#pragma once
/// The noiseless movement of one event, in 1 ms steps.

#include <cstdint>
#include <variant>
#include <vector>

#include "synth/synthetic.hpp"
#include "synth/vec3.hpp"

namespace klono::synth {

/// A muscle jerk of a limb. The table of METHODS.md 10, A belongs to 3 Hz with damping 0.30 and
/// 6 Hz with damping 0.25.
struct JerkMotion {
  double burst_s = 0.05;   ///< length of the EMG burst, 0.02 .. 0.1
  double limb_hz = 4.0;    ///< undamped frequency of the limb, 3 .. 6
  double damping = 0.28;   ///< 0.25 .. 0.3 of critical
  double lever_m = 0.3;    ///< joint to sensor; turns displacement into tilt (chosen: forearm, shank)
};

/// A limb lifted and laid back by minimum-jerk turns (Flash & Hogan 1985, J Neurosci 5:1688);
/// gravity turns with it, and is at rest where it was.
struct LimbMotion {
  double angle_rad = 0.2;
  double out_s = 0.4;
  double hold_s = 0.5;
  double back_s = 0.6;
  double lever_m = 0.3;
};

/// A twitch of part of a muscle: a short oscillation under a Gaussian.
struct FasciculationMotion {
  double carrier_hz = 15.0;  ///< 10 .. 25
  double width_s = 0.03;     ///< standard deviation of the Gaussian
};

/// One event to be put in.
struct EventPlan {
  EventKind kind = EventKind::Single;
  double start_s = 0.0;      ///< start of the movement; the onset of the truth comes a little later
  double peak_g = 0.1;       ///< wanted peak; limb movements keep the peak their turn gives
  std::int32_t series = -1;
  Vec3 direction{1.0, 0.0, 0.0};  ///< of the movement acceleration
  Vec3 tilt_hint{0.0, 1.0, 0.0};  ///< towards which the sensor tilts
  std::variant<JerkMotion, LimbMotion, FasciculationMotion> motion;
};

/// Movement acceleration (gravity at rest taken away) from `start_s` on.
struct EventShape {
  static constexpr double kStep_s = 0.001;
  std::vector<Vec3> samples;   ///< g
  std::vector<Vec3> rotation;  ///< angular velocity of the sensor in its own axes, deg/s; as many

  double length_s() const { return kStep_s * static_cast<double>(samples.size()); }
  /// Straight lines between steps; zero outside.
  Vec3 at(double since_start_s) const;
  Vec3 rotation_at(double since_start_s) const;
};

/// Acceleration of the limb, its velocity and its displacement, for a force whose peak is 1.
struct LimbResponse {
  std::vector<double> acceleration;  ///< one every EventShape::kStep_s
  std::vector<double> velocity;      ///< acceleration unit times s
  std::vector<double> displacement;  ///< acceleration unit times s^2
};
LimbResponse limb_response(const JerkMotion& motion);

/// `gravity` is the resting vector in g, zero where the recording holds none. The sensor turns with the limb: as fast as
/// the swing at the lever's end, about the axis by which gravity tilts.
EventShape shape_of(const EventPlan& plan, const Vec3& gravity);

/// Onset, end and peak by the definitions of TruthEvent, seconds since the start of the shape.
/// Level, visibility, kind and series are left to the caller.
TruthEvent measured(const EventShape& shape);

}  // namespace klono::synth
