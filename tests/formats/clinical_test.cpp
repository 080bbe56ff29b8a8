// Research watches: EmbracePlus, and recordings whose description and numbers lie in several files (Unisens, TSDF).

#include <doctest/doctest.h>

#include <cmath>
#include <cstring>

#include "base/words.hpp"
#include "clinical_inputs.hpp"
#include "formats/number_text.hpp"
#include "formats/reader.hpp"
#include "formats/recording_from_table.hpp"
#include "formats/table_summary.hpp"
#include "inputs.hpp"

namespace klono::formats {
namespace {

using namespace inputs;

int step_of(std::size_t axis, std::size_t i) { return static_cast<int>(axis == 2 ? 2048 : 0) + static_cast<int>((i * 37 + axis * 11) % 91) - 45; }

EmbraceWriting worn(std::size_t samples = 640) {
  EmbraceWriting writing;
  for (std::size_t k = 0; k < 3; ++k)
    for (std::size_t i = 0; i < samples; ++i) writing.acceleration[k].push_back(step_of(k, i));
  writing.temperature = {31.5F, 31.6F, 31.7F};
  return writing;
}

void check_worn(const Recording& recording, std::size_t samples = 640) {
  REQUIRE(recording.channels.size() >= 3);
  CHECK(recording.rate_hz == doctest::Approx(64.0));
  REQUIRE(recording.num_samples() == static_cast<std::int64_t>(samples));
  for (std::size_t k = 0; k < 3; ++k)
    for (std::size_t i = 0; i < samples; i += 13) CHECK(samples_of(recording, k)[i] == static_cast<float>(step_of(k, i) / 2048.0));
}

std::string unisens_xml(const std::string& entry) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- <signalEntry id=\"old.bin\"/> -->\n"
         "<unisens xmlns=\"http://www.unisens.org/unisens2.0\" timestampStart=\"2024-05-07T22:30:15.250\" measurementId=\"a &amp; b\">\n"
         "<customAttributes><customAttribute key=\"personId\" value=\"Jane > Doe\"/></customAttributes>\n" +
         entry + "</unisens>\n";
}

const std::string kChannels = "<channel name=\"accX\"/><channel name=\"accY\"/><channel name=\"accZ\"/></signalEntry>\n";

std::string int16_rows(std::size_t rows, int baseline = 0) {
  std::string bytes;
  for (std::size_t i = 0; i < rows; ++i)
    for (std::size_t k = 0; k < 3; ++k) bytes += little_endian(step_of(k, i) + baseline, 2);
  return bytes;
}

Result<Recording> read_files(const std::vector<std::pair<std::string, std::string>>& files, const ReadOptions& options = {}) {
  auto set = std::make_shared<NamedFiles>();
  for (const auto& [name, bytes] : files) set->add(name, source_of(bytes));
  return read_recording(std::shared_ptr<const FileSet>(set), options);
}

Recording must_read(Result<Recording> recording) {
  if (!recording) FAIL(one_line(recording.error()));
  return std::move(recording).value();
}

std::string float_bytes(float value) {
  std::uint32_t bits = 0;
  std::memcpy(&bits, &value, sizeof bits);
  return little_endian(bits, 4);
}

const std::string kTsdf = R"({"start_iso8601":"2021-06-27T16:52:20Z","rows":500,"metadata_version":"0.1","endianness":"little","sensors":[
{"scale_factors":[1],"sensors":[{"file_name":"imu_time.bin","channels":["time"],"units":["time_delta_ms"],"data_type":"float","bits":32},
{"file_name":"imu_quality.bin","channels":["quality"],"units":["boolean_num"],"data_type":"int","bits":8}]},
{"file_name":"imu_values.bin","channels":["acceleration_x","acceleration_y","acceleration_z","rotation_x","rotation_y","rotation_z"],
"units":["m/s/s","m/s/s","m/s/s","deg/s","deg/s","deg/s"],"scale_factors":[0.0048,0.0048,0.0048,0.0625,0.0625,0.0625],"data_type":"int","bits":16}]})";

std::string tsdf_values(std::size_t rows) {
  std::string bytes;
  for (std::size_t i = 0; i < rows; ++i)
    for (std::size_t k = 0; k < 6; ++k) bytes += little_endian(step_of(k, i), 2);
  return bytes;
}

std::string tsdf_times(std::size_t rows, std::size_t hole) {
  std::string bytes;
  for (std::size_t i = 0; i < rows; ++i) bytes += float_bytes(i == 0 ? 0.0F : i == hole ? 5010.0F : 10.0F);
  return bytes;
}

}  // namespace

TEST_CASE("an EmbracePlus file is read by the schema it brings, packed or not, its arrays in one block or many") {
  for (const char* codec : {"deflate", "null"})
    for (const bool blocks : {false, true}) {
      EmbraceWriting writing = worn();
      writing.codec = codec;
      writing.blocks_with_sizes = blocks;
      const Recording recording = must_read(try_read(avro(writing)));
      CHECK(recording.warnings.empty());
      CHECK(recording.channels.size() == 3);
      check_worn(recording);
      CHECK(recording.start.basis == ClockBasis::Utc);
      CHECK(recording.start.unix_ns == 1'764'153'714'256'034'000);
      CHECK(recording.start.offset_min == 120);
      CHECK(recording.range_g == 16.0);
      REQUIRE(recording.sides.size() == 1);
      CHECK(recording.sides[0].role == ChannelRole::Temperature);
      CHECK(recording.sides[0].values == std::vector<float>{31.5F, 31.6F, 31.7F});
      CHECK(recording.sides[0].at_s[2] == doctest::Approx(2.0));
    }
}

TEST_CASE("the gyroscope of an EmbracePlus is read where it was on, and presses of its button are marks") {
  EmbraceWriting writing = worn();
  for (std::size_t k = 0; k < 3; ++k)
    for (std::size_t i = 0; i < 640; ++i) writing.rotation[k].push_back(static_cast<int>(16 * (k + 1)));
  writing.tags_us = {writing.start_us + 2'500'000, writing.start_us - 10, writing.start_us + 900'000'000};
  const Recording recording = must_read(try_read(avro(writing)));
  REQUIRE(recording.channels.size() == 6);
  CHECK(recording.channels[4].unit == "deg/s");
  CHECK(samples_of(recording, 4)[100] == doctest::Approx(2.0));
  REQUIRE(recording.marks.size() == 1);
  CHECK(recording.marks[0].at_s == doctest::Approx(2.5));
}

TEST_CASE("an EmbracePlus file whose accelerometer was off, another schema and another packing are refused by name") {
  EmbraceWriting writing;
  writing.temperature = {31.0F};
  CHECK(refusal_of(avro(writing)).what == word(Word::clinical_avro_off));
  writing = worn();
  writing.schema = R"({"type":"record","name":"Other","fields":[{"name":"x","type":"int"}]})";
  CHECK(refusal_of(avro(writing)).what == word(Word::clinical_avro_other));
  writing = worn();
  writing.codec = "snappy";
  CHECK(contains(refusal_of(avro(writing)).what, "snappy"));
  writing = worn();
  writing.schema = "{";
  CHECK(refusal_of(avro(writing)).code == ErrorCode::Malformed);
  CHECK(refusal_of("Obj\x01 avro").code == ErrorCode::Malformed);
}

TEST_CASE("an EmbracePlus file cut anywhere gives what is whole, or is refused in words") {
  EmbraceWriting writing = worn();
  writing.codec = "null";
  const std::string bytes = avro(writing);
  std::size_t read = 0;
  for (std::size_t length = 4; length < bytes.size(); length += 61) {
    const Result<Recording> recording = try_read(bytes.substr(0, length));
    if (!recording) {
      CHECK_FALSE(one_line(recording.error()).empty());
      continue;
    }
    ++read;
    const std::vector<float> z = samples_of(recording.value(), 2);
    REQUIRE_FALSE(z.empty());
    for (std::size_t i = 0; i < z.size(); i += 17) CHECK(z[i] == static_cast<float>(step_of(2, i) / 2048.0));
  }
  CHECK(read >= 10);
}

TEST_CASE("a schema without an end, and arrays of nothing, end in words") {
  EmbraceWriting writing = worn();
  writing.codec = "null";
  writing.schema = R"({"type":"record","name":"A","fields":[{"name":"endless","type":{"type":"array","items":"null"}},{"name":"rawData","type":{"type":"record","name":"R","fields":[{"name":"accelerometer","type":{"type":"record","name":"I","fields":[{"name":"x","type":{"type":"array","items":"int"}}]}}]}}]})";
  CHECK_FALSE(one_line(refusal_of(avro(writing))).empty());
  writing.schema = R"({"type":"record","name":"A","fields":[{"name":"again","type":"A"},{"name":"rawData","type":{"type":"record","name":"R","fields":[{"name":"accelerometer","type":{"type":"record","name":"I","fields":[{"name":"x","type":"int"}]}}]}}]})";
  CHECK_FALSE(one_line(refusal_of(avro(writing))).empty());
}

TEST_CASE("a Unisens recording is its description and the binary file it names") {
  const std::string entry = "<signalEntry id=\"acc.bin\" contentClass=\"acc\" dataType=\"int16\" lsbValue=\"0.00048828125\" baseline=\"100\" sampleRate=\"64\" unit=\"g\">"
                            "<binFileFormat endianess=\"LITTLE\"/>" + kChannels;
  const Recording recording = must_read(read_files({{"visit/unisens.xml", unisens_xml(entry)}, {"visit/acc.bin", int16_rows(10000, 100) + "x"}, {"acc.bin", "other"}}));
  CHECK(recording.format == "Unisens");
  check_worn(recording, 10000);
  CHECK(recording.start.basis == ClockBasis::Local);
  CHECK(recording.start.unix_ns == unix_ns(2024, 5, 7, 22, 30, 15) + 250'000'000);
  CHECK(recording.segments.size() == 1);
  const Recording zipped_one = must_read(try_read(zipped({{"unisens.xml", unisens_xml(entry)}, {"acc.bin", int16_rows(640, 100)}})));
  check_worn(zipped_one);
}

TEST_CASE("a Unisens recording in big-endian floats of m/s^2, or in rows of text, is the same") {
  std::string floats;
  std::string rows;
  for (std::size_t i = 0; i < 640; ++i) {
    for (std::size_t k = 0; k < 3; ++k) {
      const double g = step_of(k, i) / 2048.0;
      const std::string little = float_bytes(static_cast<float>(g * kGravity_m_s2));
      floats.append(little.rbegin(), little.rend());
      rows += fixed(g, 10) + ";";
    }
    rows += "\n";
  }
  const std::string binary = "<signalEntry id=\"accel.bin\" dataType=\"float\" sampleRate=\"64\" unit=\"m/s\xC2\xB2\"><binFileFormat endianess=\"BIG\"/>" + kChannels;
  const Recording first = must_read(read_files({{"unisens.xml", unisens_xml(binary)}, {"accel.bin", floats}}));
  const std::string text = "<signalEntry id=\"acc.csv\" contentClass=\"ACC\" dataType=\"double\" sampleRate=\"64\" unit=\"g\"><csvFileFormat separator=\";\" decimalSeparator=\".\"/>" + kChannels;
  const Recording second = must_read(read_files({{"unisens.xml", unisens_xml(text)}, {"acc.csv", rows}}));
  for (const Recording* one : {&first, &second}) {
    CHECK(one->rate_hz == doctest::Approx(64.0));
    REQUIRE(one->num_samples() == 640);
    CHECK(one->start.unix_ns == unix_ns(2024, 5, 7, 22, 30, 15) + 250'000'000);
    for (std::size_t k = 0; k < 3; ++k)
      for (std::size_t i = 0; i < 640; i += 13) CHECK(samples_of(*one, k)[i] == doctest::Approx(step_of(k, i) / 2048.0).epsilon(1e-6));
  }
}

TEST_CASE("a description alone says that its files are missing") {
  const std::string entry = "<signalEntry id=\"acc.bin\" contentClass=\"acc\" dataType=\"int16\" sampleRate=\"64\" unit=\"g\"><binFileFormat/>" + kChannels;
  const std::string lonely = fill(Word::clinical_set_lonely, {{"name", "unisens.xml"}});
  CHECK(refusal_of(unisens_xml(entry)).what == lonely);
  CHECK(read_files({{"unisens.xml", unisens_xml(entry)}}).error().what == lonely);
  CHECK(refusal_of(kTsdf, named("imu_meta.json")).what == fill(Word::clinical_set_lonely, {{"name", "imu_meta.json"}}));
  CHECK(read_files({{"imu_meta.json", kTsdf}}).error().what == fill(Word::clinical_set_lonely, {{"name", "imu_meta.json"}}));
  CHECK(read_files({{"unisens.xml", unisens_xml("")}}).error().code == ErrorCode::NoAcceleration);
}

TEST_CASE("a TSDF recording has the times of its file of times, and a hole in them is a gap") {
  const Recording recording = must_read(read_files({{"imu_meta.json", kTsdf}, {"imu_time.bin", tsdf_times(1000, 400)}, {"imu_values.bin", tsdf_values(1000)}}));
  CHECK(recording.format == "TSDF");
  CHECK(recording.rate_hz == doctest::Approx(100.0));
  CHECK(recording.start.basis == ClockBasis::Utc);
  CHECK(recording.start.unix_ns == unix_ns(2021, 6, 27, 16, 52, 20));
  REQUIRE(recording.gaps.size() == 1);
  CHECK(recording.gaps[0].span.begin_s == doctest::Approx(4.0));
  CHECK(recording.gaps[0].span.end_s == doctest::Approx(9.0));
  REQUIRE(recording.channels.size() == 6);
  CHECK(recording.channels[3].role == ChannelRole::RotationX);
  for (std::size_t i = 0; i < 1000; i += 7) {
    CHECK(samples_of(recording, 2)[i] == doctest::Approx(0.0048 * step_of(2, i) / kGravity_m_s2).epsilon(1e-6));
    CHECK(samples_of(recording, 5)[i] == doctest::Approx(0.0625 * step_of(5, i)).epsilon(1e-6));
  }
}

TEST_CASE("a TSDF recording whose times end early is read that far, and one without times asks for its rate") {
  const Recording cut = must_read(read_files({{"imu_meta.json", kTsdf}, {"imu_time.bin", tsdf_times(700, 0)}, {"imu_values.bin", tsdf_values(1000)}}));
  CHECK(cut.num_samples() == 700);
  CHECK(has_warning(cut, "columns-short"));
  const Result<Recording> timeless = read_files({{"imu_meta.json", kTsdf}, {"imu_values.bin", tsdf_values(1000)}});
  REQUIRE_FALSE(timeless.ok());
  REQUIRE(timeless.error().question.has_value());
  CHECK(timeless.error().question->option == "--rate");
}

TEST_CASE("of several descriptions a person chooses one") {
  const std::vector<std::pair<std::string, std::string>> files{{"a_meta.json", kTsdf}, {"b_meta.json", kTsdf}, {"imu_time.bin", tsdf_times(1000, 0)}, {"imu_values.bin", tsdf_values(1000)}};
  const Result<Recording> asked = read_files(files);
  REQUIRE_FALSE(asked.ok());
  REQUIRE(asked.error().question.has_value());
  CHECK(asked.error().question->suggestions == "a_meta.json\nb_meta.json\n");
  CHECK(must_read(read_files(files, choosing("member", "b_meta.json"))).num_samples() == 1000);
}

}  // namespace klono::formats
