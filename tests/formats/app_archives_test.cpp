// Archives and lists of phone apps and wearables: what is joined to the acceleration, and archives inside archives.

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

#include "base/words.hpp"
#include "formats/reader.hpp"
#include "inputs.hpp"
#include "journal_inputs.hpp"

namespace klono::formats {
namespace {

using namespace inputs;

constexpr std::int64_t kStart_ns = 1715100946594000000;
constexpr double kDegrees = 57.29577951308232;

const char* const kTimes =
    "\"event\",\"experiment time\",\"system time\",\"system time text\"\n"
    "\"START\",0.000000000E0,1715100946.594,\"2024-05-07 18:55:46.594 UTC+02:00\"\n"
    "\"PAUSE\",2.000000000E1,1715100966.594,\"2024-05-07 18:56:06.594 UTC+02:00\"\n";

std::string phyphox_set(const std::vector<MotionSample>& readings, const std::string& quantity, const std::string& unit, double factor) {
  std::string text = "\"Time (s)\",\"" + quantity + " x (" + unit + ")\",\"" + quantity + " y (" + unit + ")\",\"" + quantity + " z (" + unit + ")\"\n";
  for (const MotionSample& reading : readings)
    text += fixed(reading.t_s, 9) + "," + fixed(factor * reading.axis[0], 9) + "," + fixed(factor * reading.axis[1], 9) + "," + fixed(factor * reading.axis[2], 9) + "\n";
  return text;
}

/// Turning that grows with time, so that a straight line between two stamps is exact: t, 2 t, -t rad/s.
std::vector<MotionSample> turning(double rate_hz, double first_s, double seconds) {
  std::vector<MotionSample> readings;
  for (double t = first_s; t < seconds; t += 1.0 / rate_hz) readings.push_back({t, {t, 2.0 * t, -t}});
  return readings;
}

void without(std::vector<MotionSample>& readings, double begin_s, double end_s) {
  std::erase_if(readings, [&](const MotionSample& reading) { return reading.t_s >= begin_s && reading.t_s < end_s; });
}

std::string stamp(double t_s) { return std::to_string(kStart_ns + std::llround(t_s * 1e9)); }

std::string sensor_csv(const std::vector<MotionSample>& readings, double factor) {
  std::string text = "time,seconds_elapsed,z,y,x\n";
  for (const MotionSample& reading : readings)
    text += stamp(reading.t_s) + "," + fixed(reading.t_s, 6) + "," + fixed(factor * reading.axis[2], 7) + "," + fixed(factor * reading.axis[1], 7) + "," + fixed(factor * reading.axis[0], 7) + "\n";
  return text;
}

std::string watch_csv(const std::vector<MotionSample>& readings, double factor) {
  std::string text = "time,seconds_elapsed,rotationRateX,rotationRateY,rotationRateZ,gravityX,gravityY,gravityZ,accelerationX,accelerationY,accelerationZ,quaternionW\n";
  for (const MotionSample& reading : readings) {
    const double gravity[3] = {0.0, 0.6, -0.8};
    text += stamp(reading.t_s) + "," + fixed(reading.t_s, 6) + ",0.5,1.0,-1.5";
    for (const double value : gravity) text += "," + fixed(factor * value, 7);
    for (int k = 0; k < 3; ++k) text += "," + fixed(factor * (reading.axis[k] - gravity[k]), 7);
    text += ",1.0\n";
  }
  return text;
}

/// motion() without its gravity, and its gravity alone.
std::vector<MotionSample> moving() {
  std::vector<MotionSample> readings = motion();
  for (MotionSample& reading : readings) {
    reading.axis[1] -= 0.6;
    reading.axis[2] += 0.8;
  }
  return readings;
}
std::vector<MotionSample> still() {
  std::vector<MotionSample> readings = motion();
  for (MotionSample& reading : readings) {
    reading.axis[0] = 0.0;
    reading.axis[1] = 0.6;
    reading.axis[2] = -0.8;
  }
  return readings;
}

/// Samples whose rotation is what turning() says, and how many are not a number.
void check_turning(const Recording& recording, double tolerance_deg_s, std::size_t missing) {
  const Channel* x = recording.find(ChannelRole::RotationX);
  const Channel* z = recording.find(ChannelRole::RotationZ);
  REQUIRE(x != nullptr);
  REQUIRE(z != nullptr);
  CHECK(x->unit == "deg/s");
  std::size_t unknown = 0;
  double worst = 0.0;
  for (std::size_t i = 0; i < x->samples.size(); ++i) {
    const double t = static_cast<double>(i) / 50.0;
    if (std::isnan(x->samples[i])) ++unknown;
    else worst = std::max({worst, std::abs(static_cast<double>(x->samples[i]) - kDegrees * t), std::abs(static_cast<double>(z->samples[i]) + kDegrees * t)});
  }
  CHECK(worst < tolerance_deg_s);
  CHECK(unknown == missing);
}

std::string doubles(const std::vector<double>& values) {
  std::string bytes(values.size() * sizeof(double), '\0');
  std::memcpy(bytes.data(), values.data(), bytes.size());
  return bytes;
}

std::string json_object(const std::string& sensor, const MotionSample& reading, double factor) {
  return "{\"sensor\":\"" + sensor + "\",\"time\":\"" + stamp(reading.t_s) + "\",\"seconds_elapsed\":\"" + fixed(reading.t_s, 6) + "\",\"z\":\"" + fixed(factor * reading.axis[2], 7) +
         "\",\"y\":\"" + fixed(factor * reading.axis[1], 7) + "\",\"x\":\"" + fixed(factor * reading.axis[0], 7) + "\"},";
}

const std::string kMetadataObject =
    "{\"sensor\":\"Metadata\",\"version\":\"3\",\"device name\":\"Their Phone\",\"device id\":\"8d2f-secret\",\"platform\":\"ios\"},"
    "{\"sensor\":\"Location\",\"time\":\"1715100946594000000\",\"seconds_elapsed\":\"0.1\",\"latitude\":\"47.3\",\"longitude\":\"8.5\"},";

std::string ios_json() {
  std::string text = "[" + kMetadataObject;
  for (const MotionSample& reading : moving()) text += json_object("Accelerometer", reading, kGravity_m_s2);
  for (const MotionSample& reading : still()) text += json_object("Gravity", reading, kGravity_m_s2);
  for (const MotionSample& reading : turning(40.0, 0.0, 20.1)) text += json_object("Gyroscope", reading, 1.0);
  text += "{\"sensor\":\"Annotation\",\"time\":\"" + stamp(7.5) + "\",\"seconds_elapsed\":\"7.5\",\"text\":\"a jerk, \\\"big\\\"}\"}";
  return text + "]";
}

}  // namespace

TEST_CASE("phyphox: a gyroscope of its own file turns with the acceleration's clock, and is unknown where it has a gap") {
  for (const bool gap : {false, true}) {
    std::vector<MotionSample> gyroscope = turning(40.0, -0.1, 20.1);
    if (gap) without(gyroscope, 5.01, 6.01);
    const Recording recording = read(zipped({{"Accelerometer.csv", phyphox_set(motion(), "Acceleration", "m/s^2", kGravity_m_s2)},
                                             {"Gyroscope.csv", phyphox_set(gyroscope, "Gyroscope", "rad/s", 1.0)},
                                             {"meta/time.csv", kTimes}}));
    CHECK(recording.format == word(Word::formats_name_phyphox_zip));
    check_motion(recording, 1e-6);
    check_turning(recording, 1e-3, gap ? 51 : 0);
  }
}

TEST_CASE("Sensor Logger of Android: gyroscope and remarks are joined, the device's name and place are not kept") {
  const std::string remarks = "time,seconds_elapsed,text,millisecond_press_duration\n" + stamp(3.25) + ",3.25,twitch,80\n" + stamp(11.0) + ",11.0,\"left, strong\",90\n";
  const Recording recording = read(zipped({{"Metadata.csv", "version,device name,recording time,platform,appVersion,device id,sensors,sampleRateMs\n3,Their Phone,now,android,1.2,8d2f-secret,a|b,20|20"},
                                           {"TotalAcceleration.csv", sensor_csv(motion(), kGravity_m_s2)},
                                           {"Location.csv", "time,seconds_elapsed,latitude,longitude,altitude\n" + stamp(0) + ",0,47.3,8.5,400\n"},
                                           {"Gyroscope.csv", sensor_csv(turning(40.0, 0.0, 20.1), 1.0)},
                                           {"Annotation.csv", remarks}}));
  CHECK(recording.format == word(Word::formats_name_sensor_logger_zip));
  check_motion(recording, 1e-6);
  check_turning(recording, 1e-3, 0);
  REQUIRE(recording.annotations.size() == 2);
  CHECK(recording.annotations[0].at_s == doctest::Approx(3.25));
  CHECK(recording.annotations[0].text == "twitch");
  CHECK(recording.annotations[1].at_s == doctest::Approx(11.0));
  CHECK(recording.annotations[1].text == "left, strong");
  for (const Channel& channel : recording.channels) CHECK(channel.name.find("Their") == std::string::npos);
  CHECK(recording.context.empty());
}

TEST_CASE("Sensor Logger of iOS: where gravity has a gap there is no reading to make up") {
  std::vector<MotionSample> gravity = still();
  without(gravity, 8.0, 9.0);
  const Recording recording = read(zipped({{"Metadata.csv", "version,platform\n3,ios"}, {"Accelerometer.csv", sensor_csv(moving(), kGravity_m_s2)}, {"Gravity.csv", sensor_csv(gravity, kGravity_m_s2)}}));
  CHECK(recording.has_gravity);
  CHECK(recording.num_samples() == 950);
  REQUIRE(recording.gaps.size() == 1);
  CHECK(recording.gaps[0].span.begin_s == doctest::Approx(8.0).epsilon(0.01));
}

TEST_CASE("Sensor Logger on a watch: gravity is added in the same row, in g or standardised") {
  for (const double factor : {1.0, kGravity_m_s2}) {
    const Recording recording = read(zipped({{"Metadata.csv", "version,platform,standardisation\n3,watchos,true"}, {"WristMotion.csv", watch_csv(motion(), factor)}}));
    CHECK(recording.format == word(Word::formats_name_sensor_logger_zip));
    check_motion(recording, 1e-6);
    REQUIRE(recording.find(ChannelRole::RotationZ) != nullptr);
    CHECK(recording.find(ChannelRole::RotationZ)->samples[7] == doctest::Approx(-1.5 * kDegrees));
  }
}

TEST_CASE("Sensor Logger with phone and watch: a person chooses, and what belongs to the choice comes with it") {
  const std::string bytes = zipped({{"run/Metadata.csv", "version,platform\n3,ios"},
                                    {"run/Accelerometer.csv", sensor_csv(moving(), kGravity_m_s2)},
                                    {"run/Gravity.csv", sensor_csv(still(), kGravity_m_s2)},
                                    {"run/WristMotion.csv", watch_csv(scaled(motion(), -1.0), 1.0)}});
  const Error error = refusal_of(bytes);
  REQUIRE(error.question.has_value());
  CHECK(error.question->suggestions == "run/Accelerometer.csv\nrun/WristMotion.csv\n");
  const Recording phone = read(bytes, choosing("member", "run/Accelerometer.csv"));
  CHECK(phone.has_gravity);
  check_motion(phone, 1e-6);
  CHECK(read(bytes, choosing("member", "run/WristMotion.csv")).find(ChannelRole::RotationX) != nullptr);
}

TEST_CASE("Sensor Logger's JSON: gravity, gyroscope and remarks of one list are joined as those of a zip") {
  for (const std::string& bytes : {ios_json(), zipped({{"Metadata.csv", "version,platform\n3,ios"}, {"recording.json", ios_json()}}), gzipped(ios_json())}) {
    const Recording recording = read(bytes);
    CHECK(recording.format == word(Word::formats_name_sensor_logger_json));
    check_motion(recording, 1e-6);
    check_turning(recording, 1e-3, 0);
    CHECK(recording.start.basis == ClockBasis::Utc);
    CHECK(recording.start.unix_ns == kStart_ns);
    REQUIRE(recording.annotations.size() == 1);
    CHECK(recording.annotations[0].at_s == doctest::Approx(7.5));
    CHECK(recording.annotations[0].text == "a jerk, \"big\"}");
  }
}

TEST_CASE("Sensor Logger's JSON of a watch holds acceleration, gravity and turning in each object") {
  std::string text = "[" + kMetadataObject;
  for (const MotionSample& reading : motion()) {
    const double gravity[3] = {0.0, 0.6, -0.8};
    text += "{\"sensor\":\"WristMotion\",\"time\":\"" + stamp(reading.t_s) + "\",\"seconds_elapsed\":\"" + fixed(reading.t_s, 6) + "\"";
    for (int k = 0; k < 3; ++k) {
      const std::string axis_name(1, static_cast<char>('X' + k));
      text += ",\"acceleration" + axis_name + "\":\"" + fixed(reading.axis[k] - gravity[k], 7) + "\",\"gravity" + axis_name + "\":\"" + fixed(gravity[k], 7) + "\",\"rotationRate" + axis_name + "\":\"0.25\"";
    }
    text += "},";
  }
  text.back() = ']';
  const Recording recording = read(text);
  check_motion(recording, 1e-6);
  REQUIRE(recording.find(ChannelRole::RotationY) != nullptr);
  CHECK(recording.find(ChannelRole::RotationY)->samples[3] == doctest::Approx(0.25 * kDegrees));
}

TEST_CASE("a long list of JSON is read in blocks: objects may be cut anywhere") {
  std::string text = "[";
  for (const MotionSample& reading : motion(100.0, 200.0)) text += json_object("TotalAcceleration", reading, kGravity_m_s2);
  text.back() = ']';
  REQUIRE(text.size() > 2u << 20);
  CHECK(largest_difference(read(text), motion(100.0, 200.0)) < 1e-6);
}

TEST_CASE("Empatica's zip: presses of the button are remarks, the skin's temperature is a slow measure") {
  std::string text = "1715100946.0,1715100946.0,1715100946.0\n32.0,32.0,32.0\n";
  for (int i = 0; i < 640; ++i) text += std::to_string(i % 5) + ",38," + std::to_string(-51 + i % 2) + "\n";
  const Recording recording = read(zipped({{"ACC.csv", text}, {"info.txt", "about"}, {"tags.csv", "1715100950.25\n1715100961.50\n"}, {"TEMP.csv", "1715100947.0\n4.0\n31.2\n31.4\n31.6\n"}}));
  CHECK(recording.format == word(Word::apps_name_empatica_zip));
  REQUIRE(recording.annotations.size() == 2);
  CHECK(recording.annotations[0].at_s == doctest::Approx(4.25));
  CHECK(recording.annotations[1].at_s == doctest::Approx(15.5));
  CHECK(recording.annotations[0].text == word(Word::apps_tag));
  REQUIRE(recording.sides.size() == 1);
  CHECK(recording.sides[0].role == ChannelRole::Temperature);
  REQUIRE(recording.sides[0].values.size() == 3);
  CHECK(recording.sides[0].values[2] == 31.6F);
  CHECK(recording.sides[0].at_s[0] == doctest::Approx(1.0));
  CHECK(recording.sides[0].at_s[2] == doctest::Approx(1.5));
}

TEST_CASE("a remark behind a pause is placed behind the pause") {
  std::vector<MotionSample> readings = motion();
  without(readings, 8.0, 10.0);
  const std::string remarks = "time,seconds_elapsed,text\n" + stamp(12.0) + ",12.0,late\n" + stamp(1.0) + ",1.0,early\n";
  const Recording recording = read(zipped({{"TotalAcceleration.csv", sensor_csv(readings, kGravity_m_s2)}, {"Annotation.csv", remarks}}));
  REQUIRE(recording.annotations.size() == 2);
  CHECK(recording.annotations[0].text == "early");
  CHECK(recording.annotations[1].at_s == doctest::Approx(12.0));
}

TEST_CASE("a saved state of phyphox: buffers of 64-bit numbers, named by an index") {
  std::array<std::vector<double>, 4> parts;
  for (const MotionSample& reading : motion()) {
    parts[0].push_back(reading.t_s + 0.17);
    for (std::size_t k = 0; k < 3; ++k) parts[k + 1].push_back(reading.axis[k] * kGravity_m_s2);
  }
  const std::string index = "\"container\",\"file\",\"count\"\n\"acc\",\"acc.bin\",1000\n\"acc_time\",\"acc_time.bin\",1000\n\"acc_x\",\"acc_x.bin\",1000\n\"acc_y\",\"acc_y.bin\",1000\n\"acc_z\",\"acc_z.bin\",1000\n";
  std::vector<Member> members{{"meta/state.csv", "a"}, {"meta/time.csv", kTimes}, {"data/index.csv", index}, {"data/acc_time.bin", doubles(parts[0])},
                              {"data/acc_x.bin", doubles(parts[1])}, {"data/acc_y.bin", doubles(parts[2])}, {"data/acc_z.bin", doubles(parts[3])}};
  const Recording recording = read(zipped(members));
  CHECK(recording.format == word(Word::apps_name_phyphox_state));
  check_motion(recording, 1e-6);
  CHECK(recording.start.basis == ClockBasis::Utc);
  members.pop_back();
  CHECK(refusal_of(zipped(members)).what == word(Word::apps_state_damaged));
  members[2].text = "\"container\",\"file\",\"count\"\n\"t\",\"t.bin\",10\n\"temperature\",\"temperature.bin\",10\n";
  CHECK(refusal_of(zipped(members)).what == word(Word::apps_state_nothing));
}

TEST_CASE("an archive of archives offers what they hold, by names that can be answered") {
  const std::string left = zipped({{"Raw Data.csv", phyphox_set(motion(), "Acceleration", "m/s^2", kGravity_m_s2)}, {"meta/time.csv", kTimes}});
  const std::string both = zipped({{"one.csv", written(motion())}, {"two.csv", written(scaled(motion(), -1.0))}});
  const std::string all = zipped({{"left.zip", left}, {"both.zip", both}, {"notes.txt", "taken on a Monday"}});
  const Error error = refusal_of(all);
  REQUIRE(error.question.has_value());
  CHECK(error.question->kind == Question::Kind::Member);
  CHECK(error.question->suggestions == "left.zip\nboth.zip/one.csv\nboth.zip/two.csv\n");
  CHECK(read(all, choosing("member", "left.zip")).format == word(Word::formats_name_phyphox_zip));
  check_motion(read(all, choosing("member", "both.zip/one.csv")), 1e-4);
  CHECK(largest_difference(read(all, choosing("member", "both.zip\\two.csv")), scaled(motion(), -1.0)) < 1e-4);
  check_motion(read(zipped({{"left.zip", left}})), 1e-4);
}

TEST_CASE("archives inside archives inside an archive are refused") {
  const Error error = refusal_of(zipped({{"a.zip", zipped({{"b.zip", zipped({{"c.csv", written(motion())}})}})}}));
  CHECK(error.code == ErrorCode::TooLarge);
  CHECK(error.what == word(Word::apps_archive_nested));
  CHECK_FALSE(error.advice.empty());
}

TEST_CASE("recordings of any kind in one archive are offered together") {
  const std::string journal = journal_text(recorded(delivered(sine(3.0, 1.0), sine(1.0, 5.0), 0.0, 30.0)));
  const std::string bytes = zipped({{"night.klono", journal}, {"day.csv", written(motion())}, {"music.wav", "RIFF\x10\x10\x10\x10WAVEfmt "}, {"photo.jpg", "\xFF\xD8\xFF\xE0"}});
  const Error error = refusal_of(bytes);
  REQUIRE(error.question.has_value());
  CHECK(error.question->suggestions == "night.klono\nday.csv\n");
  const Result<Recording> night = read_recording(source_of(bytes), choosing("member", "night.klono"));
  REQUIRE(night.ok());
  CHECK(night.value().format == word(Word::formats_name_journal));
}

TEST_CASE("a recording of any kind may be packed with gzip: blocks find their way") {
  const std::string journal = journal_text(recorded(delivered(sine(3.0, 1.0), sine(1.0, 5.0), 0.0, 30.0)));
  const Result<Recording> plain = read_recording(source_of(journal), {});
  const Result<Recording> packed = read_recording(source_of(gzipped(journal)), {});
  REQUIRE(plain.ok());
  REQUIRE(packed.ok());
  CHECK(packed.value().num_samples() == plain.value().num_samples());
  CHECK(axis(packed.value(), 0) == axis(plain.value(), 0));
  check_motion(read(gzipped(zipped({{"Raw Data.csv", phyphox_set(motion(), "Acceleration", "m/s^2", kGravity_m_s2)}, {"meta/time.csv", kTimes}}))), 1e-6);
}

TEST_CASE("text packed twice in one archive is unpacked twice") {
  check_motion(read(zipped({{"recording.csv.gz", gzipped(written(motion()))}})), 1e-4);
}

}  // namespace klono::formats
