// Wearables, JSON and delimited text are known by their bytes: name, unit, clock.

#include <doctest/doctest.h>

#include <cmath>

#include "base/words.hpp"
#include "inputs.hpp"

namespace klono::formats {
namespace {

using namespace inputs;

std::string actilife(const std::vector<MotionSample>& readings, const std::string& format, const std::string& date, char separator) {
  std::string text = "------------ Data File Created By ActiGraph GT3X+ ActiLife v6.13.3 Firmware v2.5.0 date format " + format +
                     " at 50 Hz  Filter Normal -----------\r\nSerial Number: TEST\r\nStart Time 15:20:00\r\nStart Date " + date +
                     "\r\nEpoch Period (hh:mm:ss) 00:00:00\r\nDownload Time 16:00:00\r\nDownload Date " + date +
                     "\r\nCurrent Memory Address: 0\r\nCurrent Battery Voltage: 4.2     Mode = 12\r\n"
                     "--------------------------------------------------\r\n";
  Writing rows;
  rows.header = "Accelerometer X,Accelerometer Y,Accelerometer Z";
  rows.separator = separator;
  rows.decimal_comma = separator == ';';
  rows.with_time = false;
  rows.line_end = "\r\n";
  return text + written(readings, rows);
}

}  // namespace

TEST_CASE("ActiLife's raw csv takes rate, date and their order from its header") {
  struct Form {
    std::string format;
    std::string date;
    int month;
    int day;
    char separator;
  };
  for (const Form& form : {Form{"M/d/yyyy", "5/7/2024", 5, 7, ','}, {"d/MM/yyyy", "5/07/2024", 7, 5, ','}, {"dd.MM.yyyy", "05.07.2024", 7, 5, ';'},
                           {"yyyy-MM-dd", "2024-07-05", 7, 5, ','}}) {
    CAPTURE(form.format);
    const Recording recording = read(actilife(motion(), form.format, form.date, form.separator));
    CHECK(recording.format == word(Word::formats_name_actilife));
    check_motion(recording);
    CHECK(recording.start.basis == ClockBasis::Local);
    CHECK(recording.start.unix_ns == unix_ns(2024, form.month, form.day, 15, 20, 0));
  }
}

TEST_CASE("cwa-convert writes no header: Unix seconds or a local date, then g, then degrees a second") {
  Writing unix_time;
  unix_time.header = "";
  unix_time.digits = 6;
  unix_time.time = [](double t_s) { return fixed(1715100946.0 + t_s, 4); };
  const Recording by_number = read(written(motion(), unix_time));
  CHECK(by_number.format == word(Word::formats_name_cwa_csv));
  check_motion(by_number, 1e-6);
  CHECK(std::abs(by_number.start.unix_ns - 1715100946000000000LL) < 1000000);

  std::string six_axes;
  for (const MotionSample& reading : motion())
    six_axes += "2024-05-07 16:55:" + std::string(reading.t_s < 10.0 ? "0" : "") + fixed(reading.t_s, 3) + "," + fixed(reading.axis[0], 6) + "," +
                fixed(reading.axis[1], 6) + "," + fixed(reading.axis[2], 6) + ",1.500000,-2.000000,30.000000\n";
  const Recording by_date = read(six_axes);
  CHECK(by_date.format == word(Word::formats_name_cwa_csv));
  check_motion(by_date, 1e-6);
  CHECK(by_date.start.basis == ClockBasis::Local);
  CHECK(by_date.start.unix_ns == unix_ns(2024, 5, 7, 16, 55, 0));
  const Channel* rotation = by_date.find(ChannelRole::RotationZ);
  REQUIRE(rotation != nullptr);
  CHECK(rotation->unit == "deg/s");
  CHECK(rotation->samples[0] == doctest::Approx(30.0));
}

TEST_CASE("Empatica's ACC.csv has start and rate in its first lines and 1/64 g in the rest") {
  std::string text = "1715100946.000000, 1715100946.000000, 1715100946.000000\n32.000000, 32.000000, 32.000000\n";
  for (int i = 0; i < 640; ++i) text += std::to_string(i % 5) + "," + std::to_string(38 + i % 3) + "," + std::to_string(-51 + i % 2) + "\n";
  const Recording recording = read(text);
  CHECK(recording.format == word(Word::formats_name_empatica));
  CHECK(recording.rate_hz == doctest::Approx(32.0));
  CHECK(recording.num_samples() == 640);
  CHECK(axis(recording, 0)[4] == 4.0F / 64.0F);
  CHECK(axis(recording, 2)[1] == -50.0F / 64.0F);
  CHECK(recording.start.basis == ClockBasis::Utc);
  CHECK(recording.start.unix_ns == 1715100946000000000LL);
  CHECK(recording.range_g == 2.0);
}

TEST_CASE("a list of objects and an object of lists say the same") {
  std::string objects = "[";
  std::string lists[4];
  for (const MotionSample& reading : motion()) {
    objects += std::string(objects.size() > 1 ? "," : "") + "{\"y\":" + fixed(reading.axis[1], 6) + ",\"timestamp\":" + fixed(reading.t_s, 4) +
               ",\"z\":" + fixed(reading.axis[2], 6) + ",\"x\":" + fixed(reading.axis[0], 6) + "}";
    lists[0] += (lists[0].empty() ? "" : ",") + fixed(reading.t_s, 4);
    for (std::size_t k = 0; k < 3; ++k) lists[k + 1] += (lists[k + 1].empty() ? "" : ",") + fixed(reading.axis[k], 6);
  }
  const Recording one = read(objects + "]");
  const Recording other = read("{\"t\":[" + lists[0] + "],\"x\":[" + lists[1] + "],\"y\":[" + lists[2] + "],\"z\":[" + lists[3] + "]}");
  check_motion(one, 1e-6);
  check_motion(other, 1e-6);
  CHECK(one.format == word(Word::formats_name_json));
}

TEST_CASE("OpenSeizureDetector gives magnitudes only, 25 a second, in mg") {
  std::string text = "{\"datapoints\":[";
  for (int block = 0; block < 4; ++block) {
    text += std::string(block > 0 ? "," : "") + "{\"rawData\":[";
    for (int i = 0; i < 125; ++i) text += std::string(i > 0 ? "," : "") + std::to_string(1000 + (i * 7 + block) % 11);
    text += "]}";
  }
  const Recording recording = read(text + "]}");
  CHECK(recording.format == word(Word::formats_name_seizure_detector));
  CHECK(recording.rate_hz == doctest::Approx(25.0));
  const Channel* magnitude = recording.find(ChannelRole::AccelerationMagnitude);
  REQUIRE(magnitude != nullptr);
  CHECK(magnitude->samples.size() == 500);
  CHECK(magnitude->samples[0] == doctest::Approx(1.0));
  CHECK_FALSE(recording.amplitudes_valid);
}

TEST_CASE("anything else with rows of numbers is delimited text") {
  const Recording recording = read(written(motion()));
  CHECK(recording.format == word(Word::formats_name_text));
  check_motion(recording);
  CHECK(recording.start.basis == ClockBasis::None);
}

TEST_CASE("rotation beside acceleration is kept, radians as degrees") {
  std::string text = "time_s,ax (g),ay (g),az (g),wx (rad/s),wy (rad/s),wz (rad/s)\n";
  for (const MotionSample& reading : motion())
    text += fixed(reading.t_s, 3) + "," + fixed(reading.axis[0], 6) + "," + fixed(reading.axis[1], 6) + "," + fixed(reading.axis[2], 6) +
            ",1.0,2.0,-0.5\n";
  const Recording recording = read(text);
  check_motion(recording, 1e-6);
  const Channel* rotation = recording.find(ChannelRole::RotationY);
  REQUIRE(rotation != nullptr);
  CHECK(rotation->unit == "deg/s");
  CHECK(rotation->samples[7] == doctest::Approx(2.0 * 57.29577951));
}

}  // namespace klono::formats
