#include "view/pyramid.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <random>

namespace klono::view {
namespace {

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

std::vector<float> noise(std::size_t count, double nan_part, unsigned seed) {
  std::mt19937 random(seed);
  std::normal_distribution<float> value(0.0F, 0.1F);
  std::bernoulli_distribution missing(nan_part);
  std::vector<float> samples(count);
  for (float& sample : samples) sample = missing(random) ? kNan : value(random);
  return samples;
}

Pyramid::MinMax brute_force(std::span<const float> samples, std::int64_t begin, std::int64_t end) {
  Pyramid::MinMax result{kNan, kNan};
  for (std::int64_t i = std::max<std::int64_t>(begin, 0); i < std::min(end, static_cast<std::int64_t>(samples.size()));
       ++i) {
    const float sample = samples[static_cast<std::size_t>(i)];
    result.min = std::fmin(result.min, sample);  // fmin and fmax prefer a number to NaN
    result.max = std::fmax(result.max, sample);
  }
  return result;
}

bool same(float a, float b) { return a == b || (std::isnan(a) && std::isnan(b)); }

TEST_CASE("Any range of a pyramid is the smallest and largest of its samples") {
  for (const std::size_t count : {0UL, 1UL, 15UL, 16UL, 17UL, 64UL, 1000UL, 4096UL, 10007UL}) {
    for (const double nan_part : {0.0, 0.3, 1.0}) {
      const auto samples = noise(count, nan_part, static_cast<unsigned>(count) + 1);
      const Pyramid pyramid(samples);
      std::mt19937 random(3);
      std::uniform_int_distribution<std::int64_t> index(-5, static_cast<std::int64_t>(count) + 5);
      for (int i = 0; i < 400; ++i) {
        const std::int64_t begin = index(random), end = index(random);
        const auto expected = brute_force(samples, begin, end);
        const auto found = pyramid.range(samples, begin, end);
        CHECK(same(found.min, expected.min));
        CHECK(same(found.max, expected.max));
      }
    }
  }
}

TEST_CASE("A pyramid filled bit by bit is that of all samples; without them it answers in whole groups") {
  const auto samples = noise(3001, 0.2, 9);
  const Pyramid whole(samples);
  Pyramid grown;
  for (std::size_t at = 0, size = 1; at < samples.size(); at += size, size = size % 150 + 7)
    grown.append(std::span(samples).subspan(at, std::min(size, samples.size() - at)));
  grown.finish();
  for (const auto& [begin, end] : {std::pair<std::int64_t, std::int64_t>{0, 3001}, {5, 70}, {63, 65}, {640, 2000}, {2990, 3001}}) {
    const auto found = grown.range(samples, begin, end);
    CHECK(same(found.min, whole.range(samples, begin, end).min));
    CHECK(same(found.max, whole.range(samples, begin, end).max));
    const auto widened = brute_force(samples, begin / Pyramid::kGroup * Pyramid::kGroup, (end + Pyramid::kGroup - 1) / Pyramid::kGroup * Pyramid::kGroup);
    CHECK(same(grown.range({}, begin, end).min, widened.min));
    CHECK(same(grown.range({}, begin, end).max, widened.max));
  }
}

/// Two segments of unequal rate with a hole between them.
Recording two_segments(std::vector<float> samples, std::int64_t first_count, double first_rate, double second_rate) {
  Recording recording;
  const auto count = static_cast<std::int64_t>(samples.size());
  const double first_end_s = static_cast<double>(first_count) / first_rate;
  recording.segments = {{0, first_count, 0.0, first_rate},
                        {first_count, count - first_count, first_end_s + 3.7, second_rate}};
  recording.channels.resize(1);
  recording.channels[0].samples = std::move(samples);
  return recording;
}

TEST_CASE("Columns hold exactly the samples whose time falls into them") {
  const Recording recording = two_segments(noise(9000, 0.1, 5), 5000, 50.37, 99.2);
  const auto& samples = recording.channels[0].samples;
  const Pyramid pyramid(samples);
  std::mt19937 random(17);
  std::uniform_real_distribution<double> time(-5.0, recording.duration_s() + 5.0);
  for (int round = 0; round < 60; ++round) {
    double begin_s = time(random), end_s = time(random);
    if (begin_s > end_s) std::swap(begin_s, end_s);
    const std::uint32_t columns = 1 + static_cast<std::uint32_t>(random() % 300);
    const auto pairs = min_max_columns(recording, samples, pyramid, begin_s, end_s, columns);
    REQUIRE(pairs.size() == 2 * columns);
    std::vector<Pyramid::MinMax> expected(columns, {kNan, kNan});
    std::vector<int> found(columns, 0);
    for (const Segment& segment : recording.segments)
      for (std::int64_t i = segment.first_index; i < segment.end_index(); ++i)
        for (std::uint32_t c = 0; c < columns; ++c) {
          const double from = begin_s + (end_s - begin_s) * c / columns;
          const double until = begin_s + (end_s - begin_s) * (c + 1) / columns;
          if (segment.time_of(i) < from || segment.time_of(i) >= until) continue;
          ++found[c];
          expected[c].min = std::fmin(expected[c].min, samples[static_cast<std::size_t>(i)]);
          expected[c].max = std::fmax(expected[c].max, samples[static_cast<std::size_t>(i)]);
        }
    for (std::uint32_t c = 0; c < columns; ++c) {
      if (found[c] == 0) continue;  // sparse columns have a test of their own
      CHECK(same(pairs[2 * c], expected[c].min));
      CHECK(same(pairs[2 * c + 1], expected[c].max));
    }
  }
}

TEST_CASE("Columns finer than the samples lie on the line between neighbours") {
  std::vector<float> ramp(100);
  for (std::size_t i = 0; i < ramp.size(); ++i) ramp[i] = static_cast<float>(i);
  Recording recording;
  recording.segments = {{0, 100, 0.0, 10.0}};
  const auto pairs = min_max_columns(recording, ramp, Pyramid(ramp), 2.0, 3.0, 200);
  for (std::uint32_t c = 0; c < 200; ++c) {
    const double middle_s = 2.0 + (c + 0.5) / 200.0;
    CHECK(pairs[2 * c] == doctest::Approx(10.0 * middle_s).epsilon(0.003));
    CHECK(pairs[2 * c] <= pairs[2 * c + 1]);
  }
}

TEST_CASE("There is nothing in a gap, before the first sample and after the last") {
  const Recording recording = two_segments(std::vector<float>(2000, 0.5F), 1000, 100.0, 100.0);  // gap 10.0 to 13.7 s
  const auto& samples = recording.channels[0].samples;
  const auto pairs = min_max_columns(recording, samples, Pyramid(samples), -1.0, 25.0, 2600);
  for (std::uint32_t c = 0; c < 2600; ++c) {
    const double middle_s = -1.0 + 0.01 * (c + 0.5);
    const bool in_data = (middle_s > 0.02 && middle_s < 9.98) || (middle_s > 13.72 && middle_s < 23.68);
    const bool outside = middle_s < -0.02 || (middle_s > 10.02 && middle_s < 13.68) || middle_s > 23.72;
    if (in_data) CHECK(pairs[2 * c] == 0.5F);
    if (outside) CHECK(std::isnan(pairs[2 * c]));
  }
}

TEST_CASE("An empty or reversed window gives columns without data") {
  const Recording recording = two_segments(std::vector<float>(200, 1.0F), 100, 50.0, 50.0);
  const auto& samples = recording.channels[0].samples;
  for (const float value : min_max_columns(recording, samples, Pyramid(samples), 2.0, 1.0, 4)) CHECK(std::isnan(value));
  CHECK(min_max_columns(recording, samples, Pyramid(samples), 0.0, 1.0, 0).empty());
  CHECK(std::isnan(min_max_columns(Recording{}, {}, Pyramid{}, 0.0, 1.0, 1)[0]));
}

}  // namespace
}  // namespace klono::view
