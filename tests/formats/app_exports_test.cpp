// Exports of phone apps and research wearables, built as their makers document them.

#include <doctest/doctest.h>

#include <cmath>

#include "base/words.hpp"
#include "formats/reader.hpp"
#include "formats/timestamps.hpp"
#include "inputs.hpp"

namespace klono::formats {
namespace {

using namespace inputs;

std::string two(int value) { return (value < 10 ? "0" : "") + std::to_string(value); }

/// "15:42:07.340" at `t_s` after 15:42, as clocks of loggers write it.
std::string clock(double t_s, const char* mark = ".") {
  const auto ms = static_cast<int>(std::lround(1000.0 * t_s));
  return "15:" + two(42 + ms / 60000) + ":" + two(ms / 1000 % 60) + mark + std::to_string(1000 + ms % 1000).substr(1);
}

std::string replaced(std::string text, char from, char to) {
  for (char& c : text) c = c == from ? to : c;
  return text;
}

/// ConsensysPRO: both accelerometers. The low-noise one ends at 2 g; `jolt` is a movement beyond that.
std::string shimmer(const std::string& separator_line, char separator, double jolt) {
  const auto limited = [](double value) { return std::clamp(value, -2.0, 2.0); };
  std::string text = separator_line + "\r\n";
  for (const char* name : {"Timestamp_Unix_CAL", "Accel_LN_X_CAL", "Accel_LN_Y_CAL", "Accel_LN_Z_CAL", "Accel_LN_X_RAW", "Accel_WR_X_CAL", "Accel_WR_Y_CAL", "Accel_WR_Z_CAL", "Gyro_X_CAL",
                           "Gyro_Y_CAL", "Gyro_Z_CAL"})
    text += std::string("Shimmer_40AC_") + name + separator;
  text += "\r\n";
  for (const char* unit : {"ms", "m/(s^2)", "m/(s^2)", "m/(s^2)", "no_units", "m/(s^2)", "m/(s^2)", "m/(s^2)", "deg/s", "deg/s", "deg/s"}) text += unit + std::string(1, separator);
  text += "\r\n";
  std::size_t row = 0;
  for (MotionSample reading : motion()) {
    if (row >= 300 && row < 310) reading.axis[0] += jolt;
    char stamp[40];
    std::snprintf(stamp, sizeof stamp, "%.12E", 1595933810034.0 + 1000.0 * reading.t_s);
    text += stamp + std::string(1, separator);
    for (const double value : reading.axis) text += fixed(limited(value) * kGravity_m_s2, 6) + separator;
    text += "2048" + std::string(1, separator);
    for (const double value : reading.axis) text += fixed(value * kGravity_m_s2, 6) + separator;
    for (int k = 0; k < 3; ++k) text += fixed(0.5 * k, 3) + separator;
    text += "\r\n";
    ++row;
  }
  return text;
}

/// SensorLog: one row whenever any sensor fires; here every reading stands in two rows.
std::string sensorlog(char separator, bool with_raw) {
  std::string text = "loggingTime(txt),loggingSample(N),";
  if (with_raw) text += "accelerometerTimestamp_sinceReboot(s),accelerometerAccelerationX(G),accelerometerAccelerationY(G),accelerometerAccelerationZ(G),";
  text +=
      "motionTimestamp_sinceReboot(s),motionRotationRateX(rad/s),motionRotationRateY(rad/s),motionRotationRateZ(rad/s),motionUserAccelerationX(G),motionUserAccelerationY(G),"
      "motionUserAccelerationZ(G),motionGravityX(G),motionGravityY(G),motionGravityZ(G)\n";
  int sample = 0;
  for (const MotionSample& reading : motion()) {
    for (int repeat = 0; repeat < 2; ++repeat) {
      text += "2017-06-23 " + clock(reading.t_s + 0.01 * repeat) + " +0200," + std::to_string(++sample) + ",";
      const std::string stamp = fixed(81234.5 + reading.t_s, 6);
      if (with_raw) text += stamp + "," + fixed(reading.axis[0], 6) + "," + fixed(reading.axis[1], 6) + "," + fixed(reading.axis[2], 6) + ",";
      text += stamp + ",0.1,0.2,0.3";
      const double gravity[3] = {0.0, 0.6, -0.8};
      for (int k = 0; k < 3; ++k) text += "," + fixed(reading.axis[k] - gravity[k], 6);
      for (const double value : gravity) text += "," + fixed(value, 6);
      text += "\n";
    }
  }
  return replaced(text, ',', separator);
}

}  // namespace

TEST_CASE("of Shimmer's two accelerometers the low-noise one is taken, and the columns of counts are passed over") {
  for (const auto& [line, separator] : {std::pair<std::string, char>{"\"sep=;\"", ';'}, {"\"sep=\\t\"", '\t'}, {"sep=\\t", '\t'}}) {
    const Recording recording = read(shimmer(line, separator, 0.0));
    CHECK(recording.format == word(Word::formats_name_shimmer));
    check_motion(recording, 1e-5);
    CHECK(recording.find(ChannelRole::AccelerationX)->name == "Shimmer_40AC_Accel_LN_X_CAL");
    REQUIRE(recording.find(ChannelRole::RotationZ) != nullptr);
    CHECK(recording.find(ChannelRole::RotationZ)->samples[10] == doctest::Approx(1.0));
    CHECK_FALSE(has_warning(recording, "wide-range"));
  }
}

TEST_CASE("where Shimmer's low-noise accelerometer reached its limit, the wide-range one is taken and said") {
  const Recording recording = read(shimmer("\"sep=;\"", ';', 4.0));
  CHECK(recording.find(ChannelRole::AccelerationX)->name == "Shimmer_40AC_Accel_WR_X_CAL");
  CHECK(recording.find(ChannelRole::AccelerationZ)->name == "Shimmer_40AC_Accel_WR_Z_CAL");
  CHECK(axis(recording, 0)[305] > 3.9F);
  CHECK(has_warning(recording, "wide-range"));
}

TEST_CASE("a Shimmer export of counts alone is refused, and the calibrated one is asked for") {
  std::string text = "\"sep=;\"\r\nShimmer_40AC_Timestamp_Unix_CAL;Shimmer_40AC_Accel_LN_X_RAW;Shimmer_40AC_Accel_LN_Y_RAW;Shimmer_40AC_Accel_LN_Z_RAW;\r\nms;no_units;no_units;no_units;\r\n";
  for (int i = 0; i < 200; ++i) text += fixed(1595933810034.0 + 20.0 * i, 1) + ";2048;1900;" + std::to_string(2700 + i % 7) + ";\r\n";
  const Error error = refusal_of(text);
  CHECK(error.code == ErrorCode::RefusedFormat);
  CHECK(error.what == word(Word::apps_shimmer_raw));
  CHECK(error.advice.find("CAL") != std::string::npos);
}

TEST_CASE("SensorLog: rows on which the sensor's own time stands still are another sensor's, whatever separates them") {
  for (const char separator : {',', ';', '|'}) {
    const Recording recording = read(sensorlog(separator, true));
    CHECK(recording.format == word(Word::formats_name_sensorlog));
    check_motion(recording, 1e-6);
    CHECK(has_warning(recording, "same-stamps"));
    CHECK(recording.start.basis == ClockBasis::Utc);
    CHECK(recording.start.unix_ns == unix_ns(2017, 6, 23, 13, 42, 0));
    CHECK(recording.find(ChannelRole::RotationY) != nullptr);
  }
}

TEST_CASE("SensorLog without the raw accelerometer: gravity is added to the user's acceleration, on the time of both") {
  const Recording recording = read(sensorlog(',', false));
  CHECK(recording.format == word(Word::formats_name_sensorlog));
  check_motion(recording, 3e-6);
  CHECK(recording.start.unix_ns == unix_ns(2017, 6, 23, 13, 42, 0));
}

TEST_CASE("two equal readings of SensorLog with different stamps are two readings") {
  std::string text = "accelerometerTimestamp_sinceReboot(s),accelerometerAccelerationX(G),accelerometerAccelerationY(G),accelerometerAccelerationZ(G)\n";
  int row = 0;
  for (const MotionSample& reading : motion()) text += fixed(50.0 + reading.t_s, 4) + "," + fixed(row++ / 2 % 2 * 0.01, 3) + ",0.6,-0.8\n";
  CHECK(read(text).num_samples() == 1000);
}

TEST_CASE("AndroSensor's other build is known too: capital names, a line before the header, Latin-1") {
  std::string text = "AndroSensor\r\n";
  for (const char* name : {"ACCELEROMETER X (m/s\xB2)", "ACCELEROMETER Y (m/s\xB2)", "ACCELEROMETER Z (m/s\xB2)", "GRAVITY X (m/s\xB2)", "GRAVITY Y (m/s\xB2)", "GRAVITY Z (m/s\xB2)",
                           "GYROSCOPE X (rad/s)", "GYROSCOPE Y (rad/s)", "GYROSCOPE Z (rad/s)", "LOCATION Latitude : ", "Satellites in range", "TIME SINCE START (ms)"})
    text += std::string(name) + ";";
  text += "DATE (YYYY-MO-DD HH-MI-SS_SSS)\r\n";
  for (const MotionSample& reading : motion()) {
    for (const double value : reading.axis) text += fixed(value * kGravity_m_s2, 5) + ";";
    text += "0.0;5.9;-7.8;0.1;0.2;0.3;;0 / 0;" + fixed(1000.0 * reading.t_s + 26.0, 0) + ";2022-03-16 " + clock(reading.t_s, ":") + "\r\n";
  }
  const Recording recording = read(text);
  CHECK(recording.format == word(Word::formats_name_androsensor));
  check_motion(recording);
  CHECK(recording.start.unix_ns == unix_ns(2022, 3, 16, 15, 42, 0));
  CHECK(recording.find(ChannelRole::RotationX) != nullptr);
}

TEST_CASE("Science Journal: milliseconds since the start and three axes in m/s2") {
  Writing writing;
  writing.header = "relative_time,AccX,AccY,AccZ";
  writing.time = [](double t_s) { return fixed(1000.0 * t_s, 0); };
  writing.digits = 9;
  const Recording recording = read(written(scaled(motion(), kGravity_m_s2), writing));
  CHECK(recording.format == word(Word::apps_name_science_journal));
  check_motion(recording, 1e-6);
}

TEST_CASE("Mind Monitor: rows come with the EEG, acceleration repeats in between, remarks leave cells empty") {
  std::string text = "TimeStamp,Delta_TP9,RAW_TP9,Accelerometer_X,Accelerometer_Y,Accelerometer_Z,Gyro_X,Gyro_Y,Gyro_Z,HeadBandOn,Battery,Elements\n";
  int row = 0;
  for (const MotionSample& reading : motion()) {
    for (int repeat = 0; repeat < 4; ++repeat) {
      text += "2021-12-20 " + clock(reading.t_s + 0.005 * repeat) + ",0.51,843.2";
      for (const double value : reading.axis) text += "," + fixed(value, 6);
      text += ",1.5,-2.5,0.25,1.0,88.5,\n";
    }
    if (++row % 50 == 0) text += "2021-12-20 " + clock(reading.t_s + 0.016) + ",,,,,,,,,,,/muse/elements/blink\n";
  }
  const Recording recording = read(text);
  CHECK(recording.format == word(Word::apps_name_mind_monitor));
  check_motion(recording, 1e-6);
  CHECK(recording.start.basis == ClockBasis::Local);
  REQUIRE(recording.find(ChannelRole::RotationX) != nullptr);
  CHECK(recording.find(ChannelRole::RotationX)->unit == "deg/s");
}

TEST_CASE("MATLAB Mobile as text: a month by its name, axes in m/s2") {
  Writing writing;
  writing.header = "Timestamp,X,Y,Z";
  writing.time = [](double t_s) { return "07-May-2024 " + clock(t_s); };
  const Recording recording = read(written(scaled(motion(), kGravity_m_s2), writing));
  CHECK(recording.format == word(Word::apps_name_matlab_mobile));
  check_motion(recording);
  CHECK(recording.start.basis == ClockBasis::Local);
  CHECK(recording.start.unix_ns == unix_ns(2024, 5, 7, 15, 42, 0));
}

TEST_CASE("cloudUPDRS: no header, nanoseconds since the phone started, accuracy at the end") {
  std::string text;
  for (const MotionSample& reading : scaled(motion(), kGravity_m_s2))
    text += std::to_string(1254259573540013 + std::llround(reading.t_s * 1e9)) + "," + fixed(reading.axis[0], 6) + "," + fixed(reading.axis[1], 6) + "," + fixed(reading.axis[2], 6) + ",3\n";
  const Recording recording = read(text);
  CHECK(recording.format == word(Word::apps_name_cloudupdrs));
  check_motion(recording, 1e-6);
  CHECK(recording.start.basis == ClockBasis::None);
}

TEST_CASE("mPower: a list of objects, keys in any order, g and seconds of uptime") {
  std::string text;
  for (const MotionSample& reading : motion())
    text += std::string(text.empty() ? "[" : ",") + "{\"y\":" + fixed(reading.axis[1], 6) + ",\"timestamp\":" + fixed(19298.68 + reading.t_s, 6) + ",\"z\":" + fixed(reading.axis[2], 6) +
            ",\"x\":" + fixed(reading.axis[0], 6) + "}";
  const Recording recording = read(text + "]");
  CHECK(recording.format == word(Word::apps_name_mpower));
  check_motion(recording, 1e-6);
}

TEST_CASE("OpenSeizureDetector: magnitudes in mg, 125 to five seconds; times only, no sizes") {
  std::string text = "{\"dataTime\":\"2022-01-02T03:04:05Z\",\"datapoints\":[";
  for (int block = 0; block < 6; ++block) {
    text += std::string(block > 0 ? "," : "") + "{\"dataTime\":\"02-01-2022 03:04:05\",\"rawData\":[";
    for (int i = 0; i < 125; ++i) text += std::string(i > 0 ? "," : "") + std::to_string(1000 + (block * 125 + i) % 17);
    text += "]}";
  }
  const Recording recording = read(text + "]}");
  CHECK(recording.format == word(Word::formats_name_seizure_detector));
  CHECK(recording.num_samples() == 750);
  CHECK(recording.rate_hz == doctest::Approx(25.0));
  CHECK_FALSE(recording.amplitudes_valid);
  REQUIRE(recording.find(ChannelRole::AccelerationMagnitude) != nullptr);
  CHECK(recording.find(ChannelRole::AccelerationMagnitude)->samples[18] == doctest::Approx(1.001F));
}

TEST_CASE("OpenSignals: muscle signals are counts at the rate of the header, and the device's address is nowhere") {
  std::string text =
      "# OpenSignals Text File Format\n# {\"00:07:80:D8:AB:58\": {\"sensor\": [\"ECG\", \"EMG\", \"XYZ\", \"XYZ\", \"XYZ\"], \"device name\": \"RespiBan\", \"column\": [\"nSeq\", \"DI\", "
      "\"CH1\", \"CH2\", \"CH3\", \"CH4\", \"CH5\"], \"time\": \"9:39:1.0\", \"date\": \"2017-5-22\", \"sampling rate\": 700, \"resolution\": [16, 16, 16, 16, 16], \"channels\": [1, 2, 3, 4, 5]}}\n"
      "# EndOfHeader\n";
  for (int i = 0; i < 2100; ++i)
    text += std::to_string(i % 16) + "\t0\t31000\t" + std::to_string(32768 + i % 9) + "\t37000\t33000\t31" + std::to_string(100 + i % 5) + "\t\n";
  const Recording recording = read(text);
  CHECK(recording.format == word(Word::apps_name_opensignals));
  CHECK(recording.num_samples() == 2100);
  CHECK(recording.rate_hz == doctest::Approx(700.0));
  REQUIRE(recording.channels.size() == 1);
  CHECK(recording.channels[0].role == ChannelRole::Emg);
  CHECK(recording.channels[0].unit == word(Word::apps_unit_counts));
  CHECK(recording.channels[0].samples[4] == 32772.0F);
  CHECK(recording.start.unix_ns == unix_ns(2017, 5, 22, 9, 39, 1));
  const Result<RawTable> table = read_table(source_of(text), {});
  REQUIRE(table.ok());
  CHECK(table.value().format.find("00:07") == std::string::npos);
  CHECK(table.value().columns[0].name == "CH2");
}

TEST_CASE("OpenSignals without muscles: the axes are codes, and how they become g is asked") {
  std::string text = "# OpenSignals Text File Format\n# {\"00:07:80:D8:AB:58\": {\"sensor\": [\"XYZ\", \"XYZ\", \"XYZ\"], \"column\": [\"nSeq\", \"CH1\", \"CH2\", \"CH3\"], \"sampling rate\": 100}}\n# EndOfHeader\n";
  for (const MotionSample& reading : motion(100.0))
    text += "0\t" + fixed(33000.0 + 5000.0 * reading.axis[0], 0) + "\t" + fixed(33000.0 + 5000.0 * reading.axis[1], 0) + "\t" + fixed(33000.0 + 5000.0 * reading.axis[2], 0) + "\t\n";
  const Error error = refusal_of(text);
  REQUIRE(error.question.has_value());
  CHECK(error.question->kind == Question::Kind::Scale);
  CHECK(largest_difference(read(text, choosing("scale", "-6.6,0.0002")), motion(100.0)) < 2e-4);
}

TEST_CASE("BioSPPy's simple text with one muscle is one column of counts") {
  std::string text = "# Simple Text Format\n# Sampling Rate (Hz):= 1000.00\n# Resolution:= 12\n# Labels:= EMG\n";
  for (int i = 0; i < 3000; ++i) text += std::to_string(2040 + i % 13) + "\n";
  const Recording recording = read(text);
  CHECK(recording.num_samples() == 3000);
  CHECK(recording.rate_hz == doctest::Approx(1000.0));
  CHECK(recording.channels.at(0).role == ChannelRole::Emg);
  CHECK(recording.channels.at(0).samples[12] == 2052.0F);
}

TEST_CASE("columns of times are known in other languages, and where the name says nothing by what they hold") {
  for (const char* name : {"Zeit", "Zeit (s)", "Temps (s)", "Tiempo", "Tempo (s)", "Tijd", "Czas [s]", "Id\xC5\x91 (s)", "\xD0\x92\xD1\x80\xD0\xB5\xD0\xBC\xD1\x8F", "Laiks"}) {
    CAPTURE(name);
    Writing writing;
    writing.header = std::string(name) + ",Beschleunigung x (m/s^2),Beschleunigung y (m/s^2),Beschleunigung z (m/s^2)";
    check_motion(read(written(scaled(motion(), kGravity_m_s2), writing)));
  }
}

TEST_CASE("times of half a day are read, with AM and PM written in any way") {
  struct Form {
    const char* text;
    int hour;
  };
  for (const Form& form : {Form{"5/7/2024 6:55:46 PM", 18}, {"05/07/2024 06:55:46.000 pm", 18}, {"5/7/2024 12:55:46 AM", 0}, {"5/7/2024 12:55:46 p.m.", 12},
                           {"5/7/2024 6:55:46\xE2\x80\xAF" "AM", 6}, {"2024-05-07 11:55:46 PM", 23}}) {
    CAPTURE(form.text);
    const std::optional<WrittenTime> time = parse_written_time(form.text);
    REQUIRE(time.has_value());
    CHECK(time->unix_ns == unix_ns(2024, 5, 7, form.hour, 55, 46));
  }
  CHECK_FALSE(parse_written_time("5/7/2024 18:55:46 PM").has_value());
  CHECK_FALSE(parse_written_time("5/7/2024 0:55:46 AM").has_value());
  CHECK(parse_written_time("07-May-2024 18:55:46")->unix_ns == unix_ns(2024, 5, 7, 18, 55, 46));
  CHECK(parse_written_time("7-Dez.-2024 18:55:46")->unix_ns == unix_ns(2024, 12, 7, 18, 55, 46));
  CHECK_FALSE(parse_written_time("07-Foo-2024 18:55:46").has_value());
}

TEST_CASE("a file with times of half a day is read, past noon and past midnight") {
  Writing writing;
  writing.header = "Uhrzeit,x (g),y (g),z (g)";
  for (const bool midnight : {false, true}) {
    writing.time = [&](double t_s) {
      const bool after = t_s >= 10.0;
      const bool evening = midnight != after;
      return std::string(after ? "12:00:" : "11:59:") + (after ? (t_s < 20.0 ? "0" : "") + fixed(t_s - 10.0, 3) : fixed(50.0 + t_s, 3)) + (evening ? " PM" : " AM");
    };
    check_motion(read(written(motion(), writing)));
  }
}

}  // namespace klono::formats
