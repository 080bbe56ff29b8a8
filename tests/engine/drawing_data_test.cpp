#include "engine/drawing_data.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
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

/// A recording's own samples behind the interface of those that are decoded on demand.
class Decoded final : public SampleStore {
 public:
  explicit Decoded(const Recording& recording) : channels_(recording.channels) {}
  std::int64_t num_samples() const override { return static_cast<std::int64_t>(channels_.front().samples.size()); }
  void read(std::int64_t begin, std::span<const std::span<float>> into) const override {
    for (std::size_t c = 0; c < into.size(); ++c)
      std::copy_n(channels_[c].samples.begin() + begin, into[c].size(), into[c].begin());
  }

 private:
  std::vector<Channel> channels_;
};

}  // namespace

TEST_CASE("Samples decoded on demand give the events and the drawing of samples in memory") {
  const Recording recording = made();
  Recording on_demand = recording;
  on_demand.stored = std::make_shared<Decoded>(recording);
  for (Channel& channel : on_demand.channels) channel.samples.clear();
  const auto [analysis, track] = analyse_with_movement(recording, {});
  const auto [same_analysis, same_track] = analyse_with_movement(on_demand, {});
  REQUIRE(analysis.events.size() > 3);
  REQUIRE(same_analysis.events.size() == analysis.events.size());
  for (std::size_t i = 0; i < analysis.events.size(); ++i) CHECK(same_analysis.events[i].onset_s == analysis.events[i].onset_s);
  for (const auto& [begin_s, end_s] : {std::pair{0.0, 120.0}, {48.0, 60.0}, {3.0, 3.2}}) {
    const std::vector<float> expected = track.columns(recording, protocol::TraceMode::Movement, begin_s, end_s, 30);
    const std::vector<float> found = same_track.columns(on_demand, protocol::TraceMode::Movement, begin_s, end_s, 30);
    for (std::size_t i = 0; i < expected.size(); ++i) REQUIRE(same(expected[i], found[i]));
  }
}

TEST_CASE("Movement that is drawn does not depend on how its samples arrived, nor on the window it is asked for") {
  Recording recording = made();
  recording.channels[1].samples[777] = kNaN;  // ends a stretch on all axes
  const MovementTrack whole = analyse_with_movement(recording, {}).second;
  const MotionWindow all = whole.movement(recording, 0, recording.num_samples());
  CHECK(std::isnan(all[0][777]));
  for (const std::int64_t block : {1, 97, 4096}) {
    MovementTrack track(dsp::MovementSplit{});
    StepwiseAnalysis stepwise(recording, {}, [&](const Segment& segment, std::int64_t begin, const auto& axes) { track.take(segment, begin, axes); });
    while (stepwise.step(block)) {
    }
    track.finish();
    CAPTURE(block);
    for (const auto mode : {protocol::TraceMode::Movement, protocol::TraceMode::AsRecorded}) {
      const std::vector<float> expected = whole.columns(recording, mode, 0.0, recording.duration_s(), 20);  // from the pyramid
      const std::vector<float> found = track.columns(recording, mode, 0.0, recording.duration_s(), 20);
      REQUIRE(expected.size() == found.size());
      for (std::size_t i = 0; i < expected.size(); ++i) REQUIRE(same(expected[i], found[i]));
    }
    const MotionWindow part = track.movement(recording, 700, 900);
    for (std::size_t axis = 0; axis < 3; ++axis)
      for (std::size_t i = 0; i < part[axis].size(); ++i)
        REQUIRE((std::isnan(part[axis][i]) ? std::isnan(all[axis][700 + i]) : std::abs(part[axis][i] - all[axis][700 + i]) < 1e-6F));
  }
}

TEST_CASE("Columns of many samples hold the movement of their samples, off by a quarter of a column at most") {
  const Recording recording = made();
  const MovementTrack track = analyse_with_movement(recording, {}).second;
  const MotionWindow all = track.movement(recording, 0, recording.num_samples());
  constexpr std::uint32_t kColumns = 20;
  const std::vector<float> pairs = track.columns(recording, protocol::TraceMode::Movement, 0.0, recording.duration_s(), kColumns);
  const double column_s = recording.duration_s() / kColumns;
  for (std::size_t axis = 0; axis < 3; ++axis)
    for (std::uint32_t c = 0; c < kColumns; ++c) {
      float inside = -1.0F;
      float around = -1.0F;
      for (const Segment& segment : recording.segments)
        for (std::int64_t i = segment.first_index; i < segment.end_index(); ++i) {
          const double off = segment.time_of(i) - column_s * c;
          const float value = all[axis][static_cast<std::size_t>(i)];
          if (off >= 0.0 && off < column_s) inside = std::max(inside, value);
          if (off >= -0.25 * column_s && off < 1.25 * column_s) around = std::max(around, value);
        }
      const float top = pairs[2 * (axis * kColumns + c) + 1];
      if (inside < 0.0F) continue;
      CHECK(top >= inside - 1e-6F);
      CHECK(top <= around + 1e-6F);
    }
}

TEST_CASE("Movement forgets gravity: a tilted sensor at rest moves by nothing") {
  Recording recording = made();
  for (Channel& channel : recording.channels)
    for (float& value : channel.samples) value = channel.role == ChannelRole::AccelerationY ? 0.6F : 0.8F;
  const MovementTrack track = analyse_with_movement(recording, {}).second;
  for (const std::vector<float>& axis : track.movement(recording, 0, recording.num_samples()))
    for (const float value : axis) REQUIRE(std::abs(value) < 1e-5F);
}

TEST_CASE("A magnitude stands in the first axis and leaves the others empty") {
  Recording recording = made();
  recording.channels.resize(1);
  recording.channels[0].role = ChannelRole::AccelerationMagnitude;
  const MovementTrack track = analyse_with_movement(recording, {}).second;
  const MotionWindow movement = track.movement(recording, 100, 101);
  CHECK(std::isfinite(movement[0][0]));
  CHECK(std::isnan(movement[1][0]));
  const auto reply = spectrogram_reply(recording, track, {1, 1, 0.0, 30.0, 60, 20});
  CHECK(reply.level.size() == 60 * 20);
  CHECK(std::isfinite(track.peaks(recording, 50)[3]));
}

TEST_CASE("The silhouette rises to each event's peak and is empty in a gap") {
  const Recording recording = made();
  const Analysis analysis = analyse(recording, {});
  const MovementTrack track = analyse_with_movement(recording, {}).second;
  REQUIRE(analysis.events.size() > 3);
  constexpr std::uint32_t kColumns = 600;
  const std::vector<float> peaks = track.peaks(recording, kColumns);
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
  const MovementTrack track = analyse_with_movement(recording, {}).second;
  const std::vector<float> peaks = track.peaks(recording, 40000);
  std::size_t holes = 0;
  for (std::size_t i = 0; i < 15000; ++i) holes += std::isnan(peaks[i]) ? 1U : 0U;
  CHECK(holes == 0);
}

TEST_CASE("An event's waveform begins before its onset, where it is shown from, and holds its peak") {
  const Recording recording = made();
  const Analysis analysis = analyse(recording, {});
  const MovementTrack track = analyse_with_movement(recording, {}).second;
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
  const MovementTrack track = analyse_with_movement(recording, {}).second;
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
  const MovementTrack track = analyse_with_movement(recording, {}).second;
  const auto reply = spectrogram_reply(recording, track, {1, 1, 20.0, 40.0, 50, 40});
  CHECK(reply.top_hz == 20.0);
  for (std::size_t column = 0; column < 50; ++column) {
    std::size_t strongest = 0;
    for (std::size_t row = 0; row < 40; ++row)
      if (reply.level[row * 50 + column] > reply.level[strongest * 50 + column]) strongest = row;
    CHECK((static_cast<double>(strongest) + 0.5) * 0.5 == doctest::Approx(6.0).epsilon(0.15));
  }
}
