// Each phone app's export is known by its bytes: name, unit, order of the axes, clock.

#include <doctest/doctest.h>

#include <cmath>
#include <cstdio>

#include "base/words.hpp"
#include "inputs.hpp"

namespace klono::formats {
namespace {

using namespace inputs;

const std::vector<MotionSample> kMotion_m_s2 = scaled(motion(), kGravity_m_s2);

std::string nanoseconds_since_1970(double t_s) { return std::to_string(1715100946594000000LL + std::llround(t_s * 1e9)); }

/// Sensor Logger writes z first; `sign` is -1 for the signs of iOS.
std::string sensor_logger(const std::vector<MotionSample>& readings, double sign = 1.0) {
  std::string text = "time,seconds_elapsed,z,y,x\n";
  for (const MotionSample& reading : readings)
    text += nanoseconds_since_1970(reading.t_s) + "," + fixed(reading.t_s + 0.25, 9) + "," + fixed(sign * reading.axis[2], 6) + "," +
            fixed(sign * reading.axis[1], 6) + "," + fixed(sign * reading.axis[0], 6) + "\n";
  return text;
}

std::string sensor_logger_json(const std::vector<MotionSample>& readings, const std::string& sensor) {
  std::string text = "[{\"sensor\":\"Light\",\"time\":\"1\",\"seconds_elapsed\":\"0\",\"lux\":\"3\"}";
  for (const MotionSample& reading : readings)
    text += ",{\"sensor\":\"" + sensor + "\",\"time\":\"" + nanoseconds_since_1970(reading.t_s) + "\",\"seconds_elapsed\":\"" +
            fixed(reading.t_s, 6) + "\",\"z\":\"" + fixed(reading.axis[2], 6) + "\",\"y\":\"" + fixed(reading.axis[1], 6) + "\",\"x\":\"" +
            fixed(reading.axis[0], 6) + "\"}";
  return text + "]";
}

/// The mode of several sensors: g with gravity, then m/s2 without; every line ends with a separator.
std::string physics_toolbox(char separator) {
  std::string text = "time,gFx,gFy,gFz,ax,ay,az,\n";
  for (const MotionSample& reading : motion()) {
    text += fixed(reading.t_s, 4);
    for (const double value : reading.axis) text += "," + fixed(value, 5);
    text += ",0.1,-0.2,0.3,\n";
  }
  for (char& c : text) c = c == ',' ? separator : c;
  return text;
}

}  // namespace

TEST_CASE("phyphox is known by its quoted header, in all five ways it separates") {
  struct Way {
    char separator;
    bool decimal_comma;
  };
  for (const Way way : {Way{',', false}, {'\t', false}, {';', false}, {'\t', true}, {';', true}}) {
    std::string text;
    for (const char* name : {"Time (s)", "Acceleration x (m/s^2)", "Acceleration y (m/s^2)", "Acceleration z (m/s^2)"})
      text += (text.empty() ? "\"" : std::string(1, way.separator) + "\"") + name + "\"";
    text += "\n";
    for (const MotionSample& reading : kMotion_m_s2) {
      std::string row;
      for (const double value : {reading.t_s + 0.17, reading.axis[0], reading.axis[1], reading.axis[2]}) {
        char number[40];
        std::snprintf(number, sizeof number, "%.9E", value);
        row += (row.empty() ? "" : std::string(1, way.separator)) + number;
      }
      if (way.decimal_comma)
        for (char& c : row) c = c == '.' ? ',' : c;
      text += row + "\n";
    }
    const Recording recording = read(text);
    CHECK(recording.format == word(Word::formats_name_phyphox));
    CHECK(axis(recording, 0).size() == 1000);
    check_motion(recording, 1e-6);
    CHECK(recording.find(ChannelRole::AccelerationX)->unit_in_file == "m/s^2");
  }
}

TEST_CASE("phyphox files without gravity are known as such") {
  Writing writing;
  writing.header = "Time (s),Linear Acceleration x (m/s^2),Linear Acceleration y (m/s^2),Linear Acceleration z (m/s^2)";
  writing.quoted = true;
  const Recording recording = read(written(scaled(motion(), 0.3), writing));
  CHECK(recording.format == word(Word::formats_name_phyphox));
  CHECK_FALSE(recording.has_gravity);
}

TEST_CASE("Sensor Logger is read by name, z before x, with nanoseconds kept whole") {
  const Recording recording = read(sensor_logger(kMotion_m_s2), named("TotalAcceleration.csv"));
  CHECK(recording.format == word(Word::formats_name_sensor_logger));
  check_motion(recording, 1e-6);
  CHECK(recording.start.basis == ClockBasis::Utc);
  CHECK(std::abs(recording.start.unix_ns - 1715100946594000000LL) < 1000000);
}

TEST_CASE("Sensor Logger's signs of iOS are kept as the file has them") {
  const Recording android = read(sensor_logger(kMotion_m_s2), named("TotalAcceleration.csv"));
  const Recording ios = read(sensor_logger(kMotion_m_s2, -1.0), named("TotalAcceleration.csv"));
  for (int k = 0; k < 3; ++k)
    for (std::size_t i = 0; i < 1000; ++i) CHECK(axis(ios, k)[i] == -axis(android, k)[i]);
}

TEST_CASE("Sensor Logger's uncalibrated readings are g on iOS and m/s2 on Android, told by gravity") {
  check_motion(read(sensor_logger(motion()), named("AccelerometerUncalibrated.csv")));
  check_motion(read(sensor_logger(kMotion_m_s2), named("AccelerometerUncalibrated.csv")));
}

TEST_CASE("Sensor Logger's Accelerometer.csv holds no gravity") {
  const Recording recording = read(sensor_logger(scaled(motion(), 0.5)), named("Accelerometer.csv"));
  CHECK_FALSE(recording.has_gravity);
  CHECK(largest_difference(recording, scaled(motion(), 0.5 / kGravity_m_s2)) < 1e-6);
}

TEST_CASE("Sensor Logger's JSON has numbers as text and many sensors in one list") {
  const Recording total = read(sensor_logger_json(kMotion_m_s2, "TotalAcceleration"));
  CHECK(total.format == word(Word::formats_name_sensor_logger_json));
  check_motion(total, 1e-6);
  const Recording linear = read(sensor_logger_json(scaled(motion(), 4.0), "Accelerometer"));
  CHECK(linear.format == word(Word::formats_name_sensor_logger_json));
  CHECK_FALSE(linear.has_gravity);
}

TEST_CASE("Physics Toolbox is known by gFx, after a blank line and with separators at the ends of lines") {
  const Recording recording = read("\n" + physics_toolbox(','));
  CHECK(recording.format == word(Word::formats_name_physics_toolbox));
  check_motion(recording);
}

TEST_CASE("Physics Toolbox with the g-force meter alone is known too, on Android and on iOS") {
  Writing android;
  android.header = "time,gFx,gFy,gFz";
  Writing ios;
  ios.header = "time,gFx,gFy,gFz";
  ios.time = [](double t_s) { return "2018-10-03 17:23:" + std::string(t_s < 10.0 ? "0" : "") + fixed(t_s, 4); };
  for (const Writing& writing : {android, ios}) {
    const Recording recording = read(written(motion(), writing));
    CHECK(recording.format == word(Word::formats_name_physics_toolbox));
    check_motion(recording);
  }
}

TEST_CASE("Physics Toolbox in a locale with decimal comma writes a typographic minus") {
  std::string text = physics_toolbox(';');
  for (char& c : text) c = c == '.' ? ',' : c;
  for (std::size_t at = text.find('-'); at != std::string::npos; at = text.find('-', at)) text.replace(at, 1, "\xE2\x88\x92");
  check_motion(read(text));
}

TEST_CASE("AndroSensor is known by its clock in milliseconds since the start") {
  std::string text =
      "ACCELEROMETER X (m/s\xC2\xB2);ACCELEROMETER Y (m/s\xC2\xB2);ACCELEROMETER Z (m/s\xC2\xB2);Time since start in ms ;"
      "YYYY-MO-DD HH-MI-SS_SSS\n";
  for (const MotionSample& reading : kMotion_m_s2)
    text += fixed(reading.axis[0], 5) + ";" + fixed(reading.axis[1], 5) + ";" + fixed(reading.axis[2], 5) + ";" + fixed(1000.0 * reading.t_s + 7.0, 0) +
            ";2022-03-16 14:07:" + (reading.t_s < 10.0 ? "0" : "") + fixed(reading.t_s, 3).replace(reading.t_s < 10.0 ? 1 : 2, 1, ":") + "\n";
  const Recording recording = read(text);
  CHECK(recording.format == word(Word::formats_name_androsensor));
  check_motion(recording);
  CHECK(recording.start.basis == ClockBasis::Local);
  CHECK(recording.start.unix_ns == unix_ns(2022, 3, 16, 14, 7, 0));
}

TEST_CASE("Shimmer is known by its names, with units in a row of their own") {
  std::string text =
      "\"sep=;\"\r\nShimmer_40AC_Timestamp_Unix_CAL;Shimmer_40AC_Accel_LN_X_CAL;Shimmer_40AC_Accel_LN_Y_CAL;Shimmer_40AC_Accel_LN_Z_CAL;\r\n"
      "ms;m/(s^2);m/(s^2);m/(s^2);\r\n";
  for (const MotionSample& reading : kMotion_m_s2)
    text += fixed(1595933810034.0 + 1000.0 * reading.t_s, 1) + ";" + fixed(reading.axis[0], 5) + ";" + fixed(reading.axis[1], 5) + ";" +
            fixed(reading.axis[2], 5) + ";\r\n";
  const Recording recording = read(text);
  CHECK(recording.format == word(Word::formats_name_shimmer));
  check_motion(recording);
  CHECK(std::abs(recording.start.unix_ns - 1595933810034000000LL) < 1000000);
}

TEST_CASE("SensorLog shares rows among sensors: the accelerometer's own stamps count") {
  std::string text =
      "loggingTime(txt),accelerometerTimestamp_sinceReboot(s),accelerometerAccelerationX(G),accelerometerAccelerationY(G),"
      "accelerometerAccelerationZ(G)\n";
  for (const MotionSample& reading : motion())
    for (int repeat = 0; repeat < 2; ++repeat)
      text += "2017-06-23 15:42:" + std::string(reading.t_s < 10.0 ? "0" : "") + fixed(reading.t_s + 0.01 * repeat, 3) + " +0200," +
              fixed(81234.5 + reading.t_s, 6) + "," + fixed(reading.axis[0], 6) + "," + fixed(reading.axis[1], 6) + "," + fixed(reading.axis[2], 6) + "\n";
  const Recording recording = read(text);
  CHECK(recording.format == word(Word::formats_name_sensorlog));
  check_motion(recording, 1e-6);
  CHECK(recording.start.basis == ClockBasis::Utc);
  CHECK(recording.start.unix_ns == unix_ns(2017, 6, 23, 13, 42, 0));
}

TEST_CASE("nanoseconds cut to five digits by a spreadsheet are passed over for the seconds beside them") {
  std::string text = "time,seconds_elapsed,z,y,x\n";
  for (const MotionSample& reading : kMotion_m_s2)
    text += "1.7151E+18," + fixed(reading.t_s, 6) + "," + fixed(reading.axis[2], 6) + "," + fixed(reading.axis[1], 6) + "," + fixed(reading.axis[0], 6) + "\n";
  check_motion(read(text, named("TotalAcceleration.csv")), 1e-6);
}

}  // namespace klono::formats
