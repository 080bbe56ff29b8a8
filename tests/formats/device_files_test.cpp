// Long recordings as devices write them read back to the samples that were made, on the same clock.

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "device_inputs.hpp"
#include "formats/recording_from_table.hpp"
#include "synth/device_files.hpp"
#include "synth/long_recording.hpp"

namespace klono::formats {
namespace {

using namespace inputs;

synth::SyntheticSpec spec_of(double hours, double rate_hz) {
  synth::SyntheticSpec spec;
  spec.seed = 5;
  spec.duration_s = hours * 3600.0;
  spec.rate_hz = rate_hz;
  spec.singles_per_hour = 20.0;
  spec.series_per_hour = 0.7;
  return spec;
}

struct Written {
  std::string bytes;
  synth::SyntheticRecording made;
};

Written written_as(synth::DeviceFile kind, const synth::SyntheticSpec& spec) {
  Written file;
  const auto made = synth::write_device_file(spec, kind, [&](std::string_view bytes) {
    file.bytes += bytes;
    return true;
  });
  REQUIRE(made.has_value());
  file.made = *made;
  return file;
}

std::vector<std::vector<float>> samples_made(const synth::SyntheticSpec& spec) {
  std::vector<std::vector<float>> samples(3);
  synth::LongRecording days(spec);
  while (const auto hour = days.next())
    for (std::size_t k = 0; k < 3; ++k) samples[k].insert(samples[k].end(), hour->recording.channels[k].samples.begin(), hour->recording.channels[k].samples.end());
  return samples;
}

void check_file(synth::DeviceFile kind, const synth::SyntheticSpec& spec, double step_g) {
  const Written file = written_as(kind, spec);
  const Recording recording = read(file.bytes);
  const std::vector<std::vector<float>> right = samples_made(spec);
  const std::vector<std::vector<float>> samples = samples_of(recording);
  REQUIRE(samples.size() >= 3);
  REQUIRE(static_cast<std::int64_t>(samples[0].size()) == file.made.recording.segments.front().count);
  REQUIRE(samples[0].size() == right[0].size());
  double furthest = 0.0;
  for (std::size_t i = 0; i < right[0].size(); ++i) {
    const float largest = std::max({std::abs(right[0][i]), std::abs(right[1][i]), std::abs(right[2][i])});
    if (largest >= 1.99F) continue;  // packed more coarsely
    for (std::size_t k = 0; k < 3; ++k) furthest = std::max(furthest, std::abs(static_cast<double>(samples[k][i]) - static_cast<double>(right[k][i])));
  }
  CHECK(furthest <= 0.5 * step_g + 1e-6);
  CHECK(recording.rate_hz == doctest::Approx(spec.rate_hz).epsilon(1e-6));
  CHECK(recording.gaps.empty());
  CHECK(recording.warnings.empty());
  CHECK(std::abs(recording.duration_s() - spec.duration_s) < 0.001);
  if (kind != synth::DeviceFile::Csv) CHECK(std::abs(recording.start.unix_ns - file.made.recording.start.unix_ns) < 1000000);
  CHECK(check_analysable(recording).ok());
}

}  // namespace

TEST_CASE("a day written as an Axivity, an ActiGraph or text reads back to the same samples and clock") {
  check_file(synth::DeviceFile::Cwa, spec_of(3.0, 100.0), 1.0 / 256.0);
  check_file(synth::DeviceFile::Cwa, spec_of(1.5, 98.72), 1.0 / 256.0);
  check_file(synth::DeviceFile::Cwa, spec_of(0.7, 49.5), 1.0 / 256.0);
  check_file(synth::DeviceFile::Gt3x, spec_of(1.3, 60.0), 1.0 / 256.0);
  check_file(synth::DeviceFile::Gt3xDeflated, spec_of(2.2, 100.0), 1.0 / 256.0);
  check_file(synth::DeviceFile::Csv, spec_of(1.1, 50.0), 1e-6);
}

TEST_CASE("a long recording is one piece across its hours, is mostly still and moves every day") {
  const synth::SyntheticSpec spec = spec_of(26.0, 30.0);
  const std::vector<std::vector<float>> samples = samples_made(spec);
  for (std::size_t hour = 1; hour < 26; ++hour)
    for (std::size_t k = 0; k < 3; ++k) {
      const std::size_t seam = hour * 3600 * 30;
      // 20 s on both sides of the seam nothing but rest goes on: no turn may show.
      const double before = static_cast<double>(samples[k][seam - 1]);
      const double after = static_cast<double>(samples[k][seam]);
      CHECK(std::abs(after - before) < 0.03);
    }
  const Written file = written_as(synth::DeviceFile::Gt3x, spec);
  double disturbed_s = 0.0;
  for (const TimeSpan& span : file.made.disturbed) disturbed_s += span.length_s();
  CHECK(disturbed_s > 0.02 * spec.duration_s);
  CHECK(disturbed_s < 0.4 * spec.duration_s);
  REQUIRE(file.made.truth.size() > 300);
  double last_s = 0.0;
  for (const synth::TruthEvent& event : file.made.truth) {
    CHECK(event.onset_s >= last_s);
    last_s = event.onset_s;
    for (const TimeSpan& span : file.made.disturbed) REQUIRE((event.onset_s >= span.end_s || event.end_s <= span.begin_s));
  }
}

TEST_CASE("the same seed writes the same bytes, another one others") {
  synth::SyntheticSpec spec = spec_of(0.2, 100.0);
  const std::string once = written_as(synth::DeviceFile::Cwa, spec).bytes;
  CHECK(written_as(synth::DeviceFile::Cwa, spec).bytes == once);
  spec.seed = 6;
  CHECK(written_as(synth::DeviceFile::Cwa, spec).bytes != once);
}

TEST_CASE("a rate a device cannot have, and a store that is full, are told") {
  const auto nothing = [](std::string_view) { return false; };
  const auto all = [](std::string_view) { return true; };
  CHECK_FALSE(synth::write_device_file(spec_of(0.1, 70.0), synth::DeviceFile::Cwa, all).has_value());
  CHECK_FALSE(synth::write_device_file(spec_of(0.1, 99.5), synth::DeviceFile::Gt3x, all).has_value());
  for (const synth::DeviceFile kind : {synth::DeviceFile::Cwa, synth::DeviceFile::Gt3x, synth::DeviceFile::Gt3xDeflated, synth::DeviceFile::Csv})
    CHECK_FALSE(synth::write_device_file(spec_of(0.1, 50.0), kind, nothing).has_value());
}

}  // namespace klono::formats
