#include "cli/settings_file.hpp"

#include <doctest/doctest.h>

#include "cli/arguments.hpp"

using namespace klono;
using namespace klono::cli;

namespace {

OptionList all_options() {
  OptionList options = reading_options();
  options.merge(detector_options());
  return options;
}

}  // namespace

TEST_CASE("A settings file sets reading and detector values") {
  Choices choices;
  const Status status = apply_settings_json(choices, "s.json",
      R"({"reading": {"rate": 50, "columns": ["-", 1, 2, 3], "unit": "g"}, "detector": {"sensitivity": "careful", "gate": false, "candidates.smallest_peak_g": 0.05}})");
  REQUIRE(status.ok());
  CHECK(choices.reading.rate_hz == 50.0);
  CHECK(choices.reading.columns.size() == 4);
  CHECK(choices.detector.sensitivity == Sensitivity::Careful);
  CHECK_FALSE(choices.detector.gate);
  CHECK(choices.detector.candidates.smallest_peak_g == 0.05);
}

TEST_CASE("A settings file and a flag set values of EMG, inside their ranges only") {
  Choices choices;
  REQUIRE(apply_settings_json(choices, "s.json", R"({"emg": {"bursts.on_multiple": 5, "emg.limb.on_uv": 10}})").ok());
  CHECK(choices.emg.bursts.on_multiple == 5.0);
  CHECK(choices.emg.limb.on_uv == 10.0);
  CHECK(choices.detector.candidates.smallest_peak_g == DetectorSettings{}.candidates.smallest_peak_g);
  CHECK_FALSE(apply_settings_json(choices, "s.json", R"({"emg": {"bursts.on_multiple": 500}})").ok());
  CHECK_FALSE(apply_settings_json(choices, "s.json", R"({"emg": {"bursts.no_such": 5}})").ok());
  CHECK_FALSE(apply_settings_json(choices, "s.json", R"({"emg": {"bursts.on_multiple": "many"}})").ok());
  const Result<Arguments> arguments = Arguments::parse("analyze", {"--set", "emg.bursts.smallest_uv=8"}, all_options());
  REQUIRE(arguments.ok());
  const Result<Choices> from_flags = choices_from(arguments.value());
  REQUIRE(from_flags.ok());
  CHECK(from_flags.value().emg.bursts.smallest_uv == 8.0);
  CHECK(settings_text(choices).find("emg.bursts.on_multiple = 5    (") != std::string::npos);
}

TEST_CASE("The place a sensor was worn can be told in a settings file and by a flag, and only a place there is") {
  Choices choices;
  REQUIRE(apply_settings_json(choices, "s.json", R"({"reading": {"place": "left_ankle"}})").ok());
  CHECK(choices.context == R"({"place":"left_ankle"})");
  CHECK_FALSE(apply_settings_json(choices, "s.json", R"({"reading": {"place": "left_chest"}})").ok());
  const Result<Arguments> arguments = Arguments::parse("analyze", {"--place", "chest"}, all_options());
  REQUIRE(arguments.ok());
  const Result<Choices> from_flags = choices_from(arguments.value());
  REQUIRE(from_flags.ok());
  CHECK(from_flags.value().context == R"({"place":"chest"})");
}

TEST_CASE("Unknown keys, wrong kinds and broken JSON in a settings file are errors that name the key") {
  for (const auto& [text, part] : std::vector<std::pair<std::string, std::string>>{
           {"{\"sped\": {}}", "sped"}, {"{\"reading\": 3}", "reading"}, {"{\"reading\": {\"colour\": \"red\"}}", "colour"},
           {"{\"detector\": {\"candidates.nothing\": 1}}", "candidates.nothing"}, {"{\"detector\": {\"gate\": 3}}", "gate"},
           {"{", "JSON"}, {"{\"detector\": {\"candidates.smallest_peak_g\": -5}}", "candidates.smallest_peak_g"}}) {
    Choices choices;
    const Status status = apply_settings_json(choices, "s.json", text);
    REQUIRE_FALSE(status.ok());
    CHECK(status.error().code == ErrorCode::BadSetting);
    CHECK_MESSAGE(one_line(status.error()).find(part) != std::string::npos, one_line(status.error()));
  }
}

TEST_CASE("Options may stand before or after the file, with a space or an equals sign") {
  const Result<Arguments> first = Arguments::parse("analyze", {"--rate", "50", "a.csv"}, all_options());
  const Result<Arguments> second = Arguments::parse("analyze", {"a.csv", "--rate=50"}, all_options());
  REQUIRE(first.ok());
  REQUIRE(second.ok());
  CHECK(first.value().number("--rate", 0).value() == 50.0);
  CHECK(second.value().number("--rate", 0).value() == 50.0);
  CHECK(first.value().files() == second.value().files());
}

TEST_CASE("After two dashes everything is a file") {
  const Result<Arguments> arguments = Arguments::parse("inspect", {"--", "--rate"}, all_options());
  REQUIRE(arguments.ok());
  CHECK(arguments.value().files() == std::vector<std::string>{"--rate"});
}

TEST_CASE("A flag wins over the same value set before") {
  const Result<Arguments> arguments = Arguments::parse("analyze", {"--gate", "on", "--gate=off"}, all_options());
  REQUIRE(arguments.ok());
  const Result<Choices> choices = choices_from(arguments.value());
  REQUIRE(choices.ok());
  CHECK_FALSE(choices.value().detector.gate);
}

TEST_CASE("Unknown options and missing values are errors") {
  CHECK_FALSE(Arguments::parse("analyze", {"--colour"}, all_options()).ok());
  CHECK_FALSE(Arguments::parse("analyze", {"--rate"}, all_options()).ok());
  const Result<Arguments> arguments = Arguments::parse("analyze", {"--rate", "fast"}, all_options());
  REQUIRE(arguments.ok());
  CHECK_FALSE(choices_from(arguments.value()).ok());
}
