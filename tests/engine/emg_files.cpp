#include "engine/emg_files.hpp"

#include "synth/edf_file.hpp"
#include "synth/synthetic.hpp"

namespace klono::test {

synth::SyntheticEmg made_muscle(double rate_hz, double minutes) { return synth::make_legs(5, 60.0 * minutes, rate_hz); }

std::string emg_file(const synth::SyntheticEmg& muscle, bool with_movement) {
  if (!with_movement) return synth::to_edf(muscle.recording);
  synth::SyntheticSpec spec;
  spec.seed = 7;
  spec.duration_s = muscle.recording.duration_s();
  spec.singles_per_hour = 200.0;
  const Recording movement = synth::make(spec).recording;
  return synth::to_edf(muscle.recording, &movement);
}

}  // namespace klono::test
