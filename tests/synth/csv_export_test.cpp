#include "synth/csv_export.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdlib>
#include <sstream>
#include <string>

namespace klono::synth {
namespace {

SyntheticRecording small() {
  SyntheticSpec spec;
  spec.duration_s = 60.0;
  spec.rate_hz = 50.0;
  spec.gaps = {{20.0, 25.0}};
  spec.singles_per_hour = 300.0;
  return make(spec);
}

TEST_CASE("The table has one row a sample and reads back to a micro-g") {
  const auto made = small();
  std::istringstream lines(to_csv(made));
  std::string line;
  std::getline(lines, line);
  CHECK(line == "time (s),acceleration x (g),acceleration y (g),acceleration z (g)");
  std::size_t row = 0;
  double previous_s = -1.0;
  double largest_step_s = 0.0;
  while (std::getline(lines, line)) {
    std::istringstream cells(line);
    std::string cell;
    std::getline(cells, cell, ',');
    const double t_s = std::strtod(cell.c_str(), nullptr);
    if (row > 0) largest_step_s = std::max(largest_step_s, t_s - previous_s);
    previous_s = t_s;
    for (std::size_t axis = 0; axis < 3; ++axis) {
      std::getline(cells, cell, ',');
      const double value = std::strtod(cell.c_str(), nullptr);
      REQUIRE(std::abs(value - static_cast<double>(made.recording.channels[axis].samples[row])) < 6e-7);
    }
    ++row;
  }
  CHECK(static_cast<std::int64_t>(row) == made.recording.num_samples());
  CHECK(largest_step_s == doctest::Approx(5.02));
  CHECK(previous_s == doctest::Approx(59.98));
}

TEST_CASE("The truth file names every event once, with plain numbers") {
  const auto made = small();
  REQUIRE_FALSE(made.truth.empty());
  const std::string text = truth_json(made);
  std::size_t kinds = 0;
  for (std::size_t at = text.find("\"kind\""); at != std::string::npos; at = text.find("\"kind\"", at + 1)) ++kinds;
  CHECK(kinds == made.truth.size());
  CHECK(text.find("nan") == std::string::npos);
  CHECK(text.find("inf") == std::string::npos);
  CHECK(text.find("\"rate_hz\": 50.000000") != std::string::npos);
  CHECK(text.find("\"series\": null") != std::string::npos);
  CHECK(text.find("\"disturbed\": [\n  ]") != std::string::npos);
}

}  // namespace
}  // namespace klono::synth
