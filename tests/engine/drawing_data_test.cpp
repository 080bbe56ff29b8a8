#include "engine/drawing_data.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <numbers>

#include "detection/stepwise_analysis.hpp"
#include "synth/synthetic.hpp"
#include "view/viewport.hpp"

using namespace klono;
using namespace klono::engine;

namespace {

constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();

Recording made() {
  synth::SyntheticSpec spec;
  spec.seed = 3;
  spec.duration_s = 120.0;
  spec.singles_per_hour = 300.0;
  spec.gaps = {{50.0, 58.0}};
  return synth::make(spec).recording;
}

bool same(float a, float b) { return a == b || (std::isnan(a) && std::isnan(b)); }

}  // namespace

TEST_CASE("Movement made in blocks of any size is the movement made at once") {
  Recording recording = made();
  recording.channels[1].samples[777] = kNaN;  // ends a stretch on all axes
  const MovementTrack whole = movement_track_of(recording, {});
  for (const std::int64_t block : {1, 97, 4096}) {
    MovementTrack track(recording, {});
    while (track.step(recording, block)) {
    }
    std::size_t different = 0;
    for (std::size_t axis = 0; axis < 3; ++axis)
      for (std::size_t i = 0; i < whole.axes()[axis].size(); ++i) different += same(whole.axes()[axis][i], track.axes()[axis][i]) ? 0U : 1U;
    CAPTURE(block);
    CHECK(different == 0);
  }
  CHECK(std::isnan(whole.axes()[0][777]));
}

TEST_CASE("Movement forgets gravity: a tilted sensor at rest moves by nothing") {
  Recording recording = made();
  for (Channel& channel : recording.channels)
    for (float& value : channel.samples) value = channel.role == ChannelRole::AccelerationY ? 0.6F : 0.8F;
  const MovementTrack track = movement_track_of(recording, {});
  for (const std::vector<float>& axis : track.axes())
    for (const float value : axis) REQUIRE(std::abs(value) < 1e-5F);
}

TEST_CASE("A magnitude stands in the first axis and leaves the others empty") {
  Recording recording = made();
  recording.channels.resize(1);
  recording.channels[0].role = ChannelRole::AccelerationMagnitude;
  const MovementTrack track = movement_track_of(recording, {});
  CHECK(std::isfinite(track.axes()[0][100]));
  CHECK(std::isnan(track.axes()[1][100]));
  const auto reply = spectrogram_reply(recording, track, {1, 1, 0.0, 30.0, 60, 20});
  CHECK(reply.level.size() == 60 * 20);
  CHECK(std::isfinite(peak_columns(recording, track, 50)[3]));
}

TEST_CASE("The silhouette rises to each event's peak and is empty in a gap") {
  const Recording recording = made();
  const Analysis analysis = analyse(recording, {});
  const MovementTrack track = movement_track_of(recording, {});
  REQUIRE(analysis.events.size() > 3);
  constexpr std::uint32_t kColumns = 600;
  const std::vector<float> peaks = peak_columns(recording, track, kColumns);
  const auto column = [&](double t_s) { return static_cast<std::size_t>(t_s / recording.duration_s() * kColumns); };
  for (const Event& event : analysis.events) {
    const std::size_t at = column(event.peak_s);
    const float highest = std::max({peaks[at], peaks[std::min<std::size_t>(at + 1, kColumns - 1)], peaks[at > 0 ? at - 1 : 0]});
    CHECK(static_cast<double>(highest) == doctest::Approx(event.peak_g).epsilon(0.05));
  }
  CHECK(std::isnan(peaks[column(54.0)]));
}

TEST_CASE("Fewer samples than columns leave no holes inside a stretch") {
  const Recording recording = made();
  const MovementTrack track = movement_track_of(recording, {});
  const std::vector<float> peaks = peak_columns(recording, track, 40000);
  std::size_t holes = 0;
  for (std::size_t i = 0; i < 15000; ++i) holes += std::isnan(peaks[i]) ? 1U : 0U;
  CHECK(holes == 0);
}

TEST_CASE("An event's waveform begins before its onset, where it is shown from, and holds its peak") {
  const Recording recording = made();
  const Analysis analysis = analyse(recording, {});
  const MovementTrack track = movement_track_of(recording, {});
  const auto waves = event_waveforms(recording, track, analysis.events);
  REQUIRE(waves.size() == analysis.events.size());
  for (std::size_t i = 0; i < waves.size(); ++i) {
    CHECK(waves[i].begin_s == doctest::Approx(analysis.events[i].onset_s + view::event_window(analysis.events[i]).begin_s));
    double highest = 0.0;
    for (std::size_t k = 0; k < waves[i].axes[0].size(); ++k)
      highest = std::max(highest, std::hypot(static_cast<double>(waves[i].axes[0][k]), static_cast<double>(waves[i].axes[1][k]),
                                             static_cast<double>(waves[i].axes[2][k])));
    CHECK(highest == doctest::Approx(analysis.events[i].peak_g).epsilon(0.08));
  }
}

TEST_CASE("Outside the data a waveform holds no number") {
  const Recording recording = made();
  const MovementTrack track = movement_track_of(recording, {});
  const protocol::Waveform wave = waveform(recording, track, 49.5, 51.0);
  CHECK(std::isfinite(wave.axes[0].front()));
  CHECK(std::isnan(wave.axes[0].back()));
  CHECK(waveform(recording, track, 10.0, 10.0).axes[0].empty());
}

TEST_CASE("The spectrogram is strongest at the frequency of the movement") {
  Recording recording = made();
  recording.segments = {{0, recording.num_samples(), 0.0, 100.0}};
  recording.gaps.clear();
  for (Channel& channel : recording.channels)
    for (std::size_t i = 0; i < channel.samples.size(); ++i)
      channel.samples[i] = static_cast<float>(0.1 * std::sin(2.0 * std::numbers::pi * 6.0 * static_cast<double>(i) / 100.0));
  const MovementTrack track = movement_track_of(recording, {});
  const auto reply = spectrogram_reply(recording, track, {1, 1, 20.0, 40.0, 50, 40});
  CHECK(reply.top_hz == 20.0);
  for (std::size_t column = 0; column < 50; ++column) {
    std::size_t strongest = 0;
    for (std::size_t row = 0; row < 40; ++row)
      if (reply.level[row * 50 + column] > reply.level[strongest * 50 + column]) strongest = row;
    CHECK((static_cast<double>(strongest) + 0.5) * 0.5 == doctest::Approx(6.0).epsilon(0.15));
  }
}
