// What a person may decide about the reading: checked at once, named in the error, carried as lines.

#include <doctest/doctest.h>

#include <random>

#include "formats/read_options.hpp"
#include "inputs.hpp"

namespace klono::formats {
namespace {

bool same(const ReadOptions& a, const ReadOptions& b) {
  return a.columns == b.columns && a.unit == b.unit && a.rate_hz == b.rate_hz && a.scale == b.scale && a.member == b.member;
}

}  // namespace

TEST_CASE("a reading choice that cannot be is refused, and its key and value are named") {
  struct Bad {
    const char* key;
    const char* value;
  };
  for (const Bad bad : {Bad{"unit", "furlong"}, {"unit", ""}, {"rate", "fast"}, {"rate", "0"}, {"rate", "-50"}, {"rate", "nan"}, {"rate", "1e9"}, {"rate", ""},
                        {"scale", "1"}, {"scale", "1,0"}, {"scale", "a,b"}, {"scale", "1,2,3"}, {"scale", "inf,1"}, {"columns", "time,x,y"}, {"columns", "x"},
                        {"columns", ""}, {"columns", "time,,y,z"}}) {
    CAPTURE(bad.key);
    CAPTURE(bad.value);
    ReadOptions options;
    const Status status = set_option(options, bad.key, bad.value);
    REQUIRE_FALSE(status.ok());
    CHECK(status.error().code == ErrorCode::BadSetting);
    CHECK(status.error().what.find(bad.key) != std::string::npos);
    CHECK(status.error().what.find(bad.value) != std::string::npos);
  }
}

TEST_CASE("a reading choice that does not exist is named") {
  ReadOptions options;
  const Status status = set_option(options, "colour", "blue");
  REQUIRE_FALSE(status.ok());
  CHECK(status.error().code == ErrorCode::BadSetting);
  CHECK(status.error().what.find("colour") != std::string::npos);
  CHECK(same(options, {}));
}

TEST_CASE("reading choices are taken as given") {
  ReadOptions options;
  CHECK(set_option(options, "columns", "t, ax ,ay,az").ok());
  CHECK(options.columns == std::vector<std::string>{"t", "ax", "ay", "az"});
  CHECK(set_option(options, "columns", "-,4").ok());
  CHECK(options.columns == std::vector<std::string>{"-", "4"});
  for (const char* unit : {"g", "m/s2", "mg"}) {
    CHECK(set_option(options, "unit", unit).ok());
    CHECK(options.unit == unit);
  }
  CHECK(set_option(options, "rate", "31.25").ok());
  CHECK(options.rate_hz == 31.25);
  CHECK(set_option(options, "scale", "-1.5,0.05").ok());
  CHECK(options.scale == std::pair(-1.5, 0.05));
  CHECK(set_option(options, "member", "run/left.csv").ok());
  CHECK(options.member == "run/left.csv");
}

TEST_CASE("choices written as lines and read again are the same choices") {
  std::mt19937 engine(11);
  std::uniform_real_distribution<double> number(-3.0, 3.0);
  std::uniform_real_distribution<double> rate(1.0, 500.0);
  for (int trial = 0; trial < 200; ++trial) {
    ReadOptions options;
    const unsigned picks = static_cast<unsigned>(trial);
    if (picks & 1U) options.columns = {"time (s)", "Acc X", "Acc Y", "Acc Z"};
    if (picks & 2U) options.unit = "m/s2";
    if (picks & 4U) options.rate_hz = rate(engine);
    if (picks & 8U) options.scale = {number(engine), number(engine)};
    if (picks & 16U) options.member = "a folder/left = right.csv";
    const Result<ReadOptions> again = options_from_lines(lines_of(options));
    REQUIRE(again.ok());
    CHECK(same(again.value(), options));
    CHECK(lines_of(again.value()) == lines_of(options));
  }
}

TEST_CASE("no choices are no lines, and a line that is no choice is refused") {
  CHECK(lines_of({}).empty());
  CHECK(lines_of(inputs::named("secret.csv")).empty());
  CHECK(same(options_from_lines("").value(), {}));
  CHECK(options_from_lines(" rate = 50 \n\n unit=g\n").value().rate_hz == 50.0);
  const Result<ReadOptions> nonsense = options_from_lines("hello\n");
  REQUIRE_FALSE(nonsense.ok());
  CHECK(nonsense.error().code == ErrorCode::BadSetting);
  CHECK(nonsense.error().what.find("hello") != std::string::npos);
}

TEST_CASE("a magnitude may be chosen where there are no axes") {
  using namespace inputs;
  std::string text = "when,much,other\n";
  for (const MotionSample& reading : motion()) text += fixed(reading.t_s, 3) + "," + fixed(1.0 + reading.axis[0], 5) + ",7\n";
  ReadOptions options;
  REQUIRE(set_option(options, "columns", "when,much").ok());
  const Recording recording = read(text, options);
  const Channel* magnitude = recording.find(ChannelRole::AccelerationMagnitude);
  REQUIRE(magnitude != nullptr);
  CHECK(magnitude->samples.size() == 1000);
  CHECK(magnitude->unit == "g");
  CHECK_FALSE(recording.amplitudes_valid);
}

}  // namespace klono::formats
