// Units: what gravity tells, what a header claims, and whom is believed.

#include <doctest/doctest.h>

#include "inputs.hpp"

namespace klono::formats {
namespace {

using namespace inputs;

struct Unit {
  const char* name;  ///< as the option takes it
  double per_g;
  int digits;
};
constexpr Unit kUnits[] = {{"g", 1.0, 5}, {"m/s2", kGravity_m_s2, 5}, {"mg", 1000.0, 2}};

std::string in_unit(const Unit& unit, const std::string& header_unit, double level = 1.0) {
  Writing writing;
  writing.digits = unit.digits;
  if (!header_unit.empty()) writing.header = "time (s),acc x (" + header_unit + "),acc y (" + header_unit + "),acc z (" + header_unit + ")";
  return written(scaled(motion(), level * unit.per_g), writing);
}

void check_unit_question(const Error& error) {
  CHECK(error.code == ErrorCode::NeedsChoice);
  REQUIRE(error.question.has_value());
  CHECK(error.question->kind == Question::Kind::Unit);
  CHECK(error.question->option == "--unit");
  CHECK_FALSE(error.question->prompt.empty());
  CHECK_FALSE(error.advice.empty());
}

}  // namespace

TEST_CASE("without a word about the unit, resting gravity tells it") {
  for (const Unit& unit : kUnits) {
    CAPTURE(unit.name);
    CHECK(largest_difference(read(in_unit(unit, "")), motion()) < 1e-5);
    CHECK(read(in_unit(unit, "")).warnings.empty());
  }
}

TEST_CASE("a written unit is understood in all its spellings") {
  for (const std::string spelling : {"m/s^2", "m/s2", "m/s\xC2\xB2", "m/(s^2)", "m/s/s", "ms-2"})
    CHECK(largest_difference(read(in_unit(kUnits[1], spelling)), motion()) < 1e-5);
  for (const std::string spelling : {"g", "G"}) CHECK(largest_difference(read(in_unit(kUnits[0], spelling)), motion()) < 1e-5);
  CHECK(largest_difference(read(in_unit(kUnits[2], "mg")), motion()) < 1e-5);
}

TEST_CASE("the square of the unit may be written in Latin-1") {
  std::string text = in_unit(kUnits[1], "m/s\xC2\xB2");
  for (std::size_t at = text.find('\xC2'); at != std::string::npos; at = text.find('\xC2', at)) text.erase(at, 1);
  CHECK(largest_difference(read(text), motion()) < 1e-5);
}

TEST_CASE("a row of units below the names is understood") {
  std::string text = in_unit(kUnits[1], "");
  text.insert(text.find('\n') + 1, "s,m/(s^2),m/(s^2),m/(s^2)\n");
  const Recording recording = read(text);
  CHECK(largest_difference(recording, motion()) < 1e-5);
  CHECK(recording.find(ChannelRole::AccelerationX)->unit_in_file == "m/s^2");
}

TEST_CASE("a header whose unit gravity contradicts leads to a question, whose every answer is obeyed") {
  struct Lie {
    Unit in_truth;
    std::string said;
  };
  for (const Lie& lie : {Lie{kUnits[0], "m/s^2"}, {kUnits[1], "g"}, {kUnits[2], "g"}, {kUnits[0], "mg"}, {kUnits[2], "m/s^2"}}) {
    CAPTURE(lie.in_truth.name);
    CAPTURE(lie.said);
    const std::string text = in_unit(lie.in_truth, lie.said);
    check_unit_question(refusal_of(text));
    for (const Unit& answer : kUnits) {
      ReadOptions options;
      REQUIRE(set_option(options, "unit", answer.name).ok());
      const Recording recording = read(text, options);
      CHECK(largest_difference(recording, scaled(motion(), lie.in_truth.per_g / answer.per_g)) < 1e-5 * lie.in_truth.per_g / answer.per_g + 1e-6);
    }
  }
}

TEST_CASE("without gravity and without a unit a person is asked, and the answer is obeyed") {
  const std::string text = in_unit(kUnits[0], "", 0.15);
  check_unit_question(refusal_of(text));
  const Recording recording = read(text, choosing("unit", "m/s2"));
  CHECK(largest_difference(recording, scaled(motion(), 0.15 / kGravity_m_s2)) < 1e-5);
  CHECK_FALSE(recording.has_gravity);
}

TEST_CASE("a file without gravity and with a unit is read as it stands") {
  const Recording recording = read(in_unit(kUnits[0], "g", 0.02));
  CHECK_FALSE(recording.has_gravity);
  CHECK(largest_difference(recording, scaled(motion(), 0.02)) < 1e-5);
}

TEST_CASE("a sensor that rests off 1 g is read, and said so") {
  const Recording recording = read(in_unit(kUnits[0], "g", 1.25));
  CHECK(has_warning(recording, "resting-off-1g"));
  CHECK(recording.has_gravity);
  CHECK_FALSE(has_warning(read(in_unit(kUnits[0], "g", 1.10)), "resting-off-1g"));
}

TEST_CASE("small whole numbers without sign are codes: asked for a scale, which is then obeyed") {
  std::string text;
  for (int i = 0; i < 640; ++i) text += std::to_string(32 + i % 3) + " " + std::to_string(40 + i % 2) + " " + std::to_string(49 + i % 4) + "\n";
  ReadOptions options;
  REQUIRE(set_option(options, "rate", "32").ok());
  const Error error = refusal_of(text, options);
  CHECK(error.code == ErrorCode::NeedsChoice);
  REQUIRE(error.question.has_value());
  CHECK(error.question->kind == Question::Kind::Scale);
  CHECK(error.question->option == "--scale");
  REQUIRE(set_option(options, "scale", "-1.5,0.05").ok());
  const Recording recording = read(text, options);
  CHECK(axis(recording, 0)[1] == doctest::Approx(-1.5 + 0.05 * 33));
  CHECK(axis(recording, 2)[3] == doctest::Approx(-1.5 + 0.05 * 52));
}

}  // namespace klono::formats
