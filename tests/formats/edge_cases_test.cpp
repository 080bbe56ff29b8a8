// What real and damaged files do at the edges of the formats.

#include <doctest/doctest.h>

#include <cmath>

#include "base/words.hpp"
#include "formats/reader.hpp"
#include "inputs.hpp"

namespace klono::formats {
namespace {
using namespace inputs;
}

TEST_CASE("Physics Toolbox with gF columns only is known") {
  Writing writing;
  writing.header = "time,gFx,gFy,gFz";
  const Recording recording = read(written(motion(), writing));
  CHECK(recording.format == word(Word::formats_name_physics_toolbox));
  check_motion(recording);
}

TEST_CASE("a zip member whose check sum does not fit is refused") {
  for (const bool deflated : {false, true}) {
    const std::string whole = zipped({{"a.csv", written(motion())}}, {deflated, false});
    for (std::size_t at = 60; at + 120 < whole.size(); at += 997) {
      std::string bytes = whole;
      bytes[at] = static_cast<char>(bytes[at] ^ 1);
      CAPTURE(deflated);
      CAPTURE(at);
      const Result<Recording> recording = try_read(bytes);
      CHECK_FALSE(recording.ok());
    }
  }
}

TEST_CASE("a gzip with a flipped bit is called damaged") {
  std::string bytes = gzipped(written(motion()));
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 0x10);
  CHECK(refusal_of(bytes).code == ErrorCode::Malformed);
}

TEST_CASE("the last batch of equal stamps is spread like the others") {
  std::vector<MotionSample> batched = motion();
  for (std::size_t i = 0; i < batched.size(); ++i) batched[i].t_s = motion()[i - i % 5].t_s;
  const Recording recording = read(written(batched));
  CHECK(recording.rate_hz == doctest::Approx(50.0).epsilon(1e-6));
  CHECK(largest_difference(recording, motion()) < 1e-5);
}

TEST_CASE("in batches too, three missing readings are a gap") {
  std::vector<MotionSample> batched = motion();
  for (std::size_t i = 0; i < batched.size(); ++i) batched[i].t_s = motion()[i - i % 5].t_s;
  batched.erase(batched.begin() + 500, batched.begin() + 510);  // 0.2 s
  batched.pop_back(); batched.pop_back(); batched.pop_back(); batched.pop_back();
  CHECK(read(written(batched)).gaps.size() == 1);
}

TEST_CASE("a magnitude has times only, no sizes") {
  std::string text = "{\"datapoints\":[{\"rawData\":[";
  for (int i = 0; i < 500; ++i) text += std::string(i > 0 ? "," : "") + std::to_string(1000 + (i * 7) % 11);
  CHECK_FALSE(read(text + "]}]}").amplitudes_valid);
}

TEST_CASE("Sensor Logger's JSON without gravity is never asked about gravity") {
  std::string text = "[";
  for (int i = 0; i < 1000; ++i)
    text += (i > 0 ? std::string(",") : std::string()) + "{\"sensor\":\"Accelerometer\",\"seconds_elapsed\":\"" + fixed(i * 0.02, 3) + "\",\"x\":\"" +
            fixed(std::cos(i * 0.05), 6) + "\",\"y\":\"" + fixed(std::sin(i * 0.05), 6) + "\",\"z\":\"0\"}";
  CHECK_FALSE(read(text + "]").has_gravity);
}

TEST_CASE("a restart after a held stretch keeps the held stretch in time") {
  std::vector<MotionSample> readings = motion();
  for (std::size_t i = 301; i < 400; ++i)
    for (std::size_t k = 0; k < 3; ++k) readings[i].axis[k] = readings[300].axis[k];
  for (std::size_t i = 400; i < 1000; ++i) readings[i].t_s -= 7.9;
  const Recording recording = read(written(readings));
  REQUIRE(recording.segments.size() == 2);
  CHECK(recording.segments[1].start_s >= 7.9);
  CHECK(recording.gaps.size() == 1);
}

TEST_CASE("a web page is a web page in small letters too") {
  for (const char* text : {"<!doctype html>\n<html></html>", "<HTML><body></body></HTML>"}) CHECK(refusal_of(text).what == word(Word::formats_refused_html));
}

TEST_CASE("a JSON list may have written times") {
  std::string text = "[";
  for (const MotionSample& reading : motion())
    text += (text.size() > 1 ? std::string(",") : std::string()) + "{\"time\":\"2024-05-07T18:10:" + (reading.t_s < 10.0 ? "0" : "") + fixed(reading.t_s, 3) + "Z\",\"x\":" + fixed(reading.axis[0], 6) +
            ",\"y\":" + fixed(reading.axis[1], 6) + ",\"z\":" + fixed(reading.axis[2], 6) + "}";
  check_motion(read(text + "]"), 1e-6);
}

TEST_CASE("mg in the header over values in m/s2 leads to a question") {
  Writing writing;
  writing.header = "time (s),acc x (mg),acc y (mg),acc z (mg)";
  CHECK(refusal_of(written(scaled(motion(), kGravity_m_s2), writing)).code == ErrorCode::NeedsChoice);
}

TEST_CASE("a restart without a known pause makes no gap of no length") {
  std::vector<MotionSample> readings = motion();
  for (std::size_t i = 600; i < 1000; ++i) readings[i].t_s -= 12.0;
  const Recording recording = read(written(readings));
  for (const Gap& gap : recording.gaps) CHECK(gap.span.length_s() > 1e-6);
}

TEST_CASE("a header without rows is empty") {
  CHECK(refusal_of("time_s,acc_x,acc_y,acc_z\n").code == ErrorCode::Empty);
}
}  // namespace klono::formats
