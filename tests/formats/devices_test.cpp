// Actigraphs: their blocks decode to what was put in, their clocks are kept, and damage costs no more than what it hit.

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "base/words.hpp"
#include "device_inputs.hpp"
#include "formats/reader.hpp"
#include "nlohmann/json.hpp"

namespace klono::formats {
namespace {

using namespace inputs;

constexpr double kRecorderStart_ns = 1715108146e9;

using Samples = std::vector<std::vector<float>>;

/// The counts in g, as channels.
Samples in_g(const std::vector<Counts>& readings, double lsb) {
  Samples samples(3);
  for (const Counts& reading : readings)
    for (std::size_t k = 0; k < 3; ++k) samples[k].push_back(static_cast<float>(reading[k] / lsb));
  return samples;
}

void append(Samples& samples, const Samples& more) {
  for (std::size_t k = 0; k < more.size(); ++k) samples[k].insert(samples[k].end(), more[k].begin(), more[k].end());
}

/// Every stretch of a few lengths, at many places, is the same as that part of the whole.
void check_windows(const Recording& recording) {
  REQUIRE(recording.stored != nullptr);
  const Samples whole = samples_of(recording);
  const std::int64_t n = recording.num_samples();
  for (const std::int64_t length : {1, 7, 119, 120, 121, 500}) {
    for (std::int64_t begin = n - length; begin >= 0; begin -= std::max<std::int64_t>(1, n / 23)) {  // backwards: no order is relied on
      Samples window(whole.size(), std::vector<float>(static_cast<std::size_t>(length)));
      std::vector<std::span<float>> into(window.begin(), window.end());
      recording.stored->read(begin, into);
      bool same = true;
      for (std::size_t k = 0; k < whole.size(); ++k)
        for (std::size_t i = 0; i < window[k].size(); ++i) {
          const float right = whole[k][static_cast<std::size_t>(begin) + i];
          same = same && (window[k][i] == right || (std::isnan(right) && std::isnan(window[k][i])));
        }
      CHECK(same);
    }
  }
}

bool near(double value, double right, double tolerance) { return std::abs(value - right) <= tolerance; }

void check_channel(const nlohmann::json& right, const std::vector<float>& values, double tolerance) {
  CAPTURE(right["name"].get<std::string>());
  const std::size_t n = values.size();
  REQUIRE(n == right["n"].get<std::size_t>());
  double sum = 0.0;
  double sum_abs = 0.0;
  double weighted = 0.0;
  for (std::size_t i = 0; i < n; ++i) {
    const auto value = static_cast<double>(values[i]);
    sum += value;
    sum_abs += std::abs(value);
    weighted += static_cast<double>(i % 997 + 1) * value;
  }
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(near(static_cast<double>(values[i]), right["first3"][i], tolerance));
    CHECK(near(static_cast<double>(values[n - 3 + i]), right["last3"][i], tolerance));
  }
  const double most = right["sum_abs"].get<double>() * 1e-6;
  CHECK(near(sum / static_cast<double>(n), right["mean"], tolerance));
  CHECK(near(static_cast<double>(*std::min_element(values.begin(), values.end())), right["min"], tolerance));
  CHECK(near(static_cast<double>(*std::max_element(values.begin(), values.end())), right["max"], tolerance));
  CHECK(near(sum, right["sum"], most));
  CHECK(near(sum_abs, right["sum_abs"], most));
  CHECK(near(weighted, right["weighted_sum"], 997.0 * most));
}

double seconds_of_day(const std::string& time) { return std::stod(time.substr(11, 2)) * 3600.0 + std::stod(time.substr(14, 2)) * 60.0 + std::stod(time.substr(17)); }

/// A real file against what a reader of another maker found in it.
void check_real(const std::string& path, double tolerance, const char* channels, double clock_s) {
  CAPTURE(path);
  const std::optional<std::string> bytes = real_recording(path);
  const std::optional<std::string> text = real_recording(path + ".expected.json");
  if (!bytes || !text) return;
  const nlohmann::json right = nlohmann::json::parse(*text, nullptr, false);
  const Recording recording = read(*bytes);
  const Samples samples = samples_of(recording);
  REQUIRE(samples.size() >= right[channels].size());
  for (std::size_t k = 0; k < right[channels].size(); ++k) {
    CHECK(recording.channels[k].name == right[channels][k]["name"].get<std::string>());
    CHECK(recording.channels[k].unit == right[channels][k]["unit"].get<std::string>());
    check_channel(right[channels][k], samples[k], tolerance);
  }
  CHECK(recording.start.basis == ClockBasis::Local);
  CHECK(near(static_cast<double>(recording.start.unix_ns % 86400000000000) / 1e9, seconds_of_day(right["start_time"]), clock_s));
  if (right.contains("time_axis")) {
    const nlohmann::json& axis = right["time_axis"];
    const Segment& last = recording.segments.back();
    CHECK(near(last.time_of(last.end_index() - 1), axis["duration_s"], 0.03));
    const Result<RawTable> table = read_table(source_of(*bytes), {});
    REQUIRE(table.ok());
    CHECK(near(table.value().time.seconds.back(), axis["duration_s"], 0.002));
    CHECK(near(static_cast<double>(table.value().start.unix_ns % 86400000000000) / 1e9, seconds_of_day(right["start_time"]), 0.002));
    CHECK(static_cast<std::int64_t>(recording.gaps.size()) == axis["n_gaps_over_3x_median"].get<std::int64_t>());
  }
  check_windows(recording);
}

}  // namespace

TEST_CASE("packed Axivity blocks decode to the counts that were packed, times and rate by the blocks' own clock") {
  const Recording recording = read(cwa_file(60, 98.7));
  CHECK(recording.format == word(Word::devices_name_cwa));
  CHECK(samples_of(recording) == in_g(counts(7200, 256.0), 256.0));
  CHECK(recording.rate_hz == doctest::Approx(98.7).epsilon(1e-5));
  CHECK(recording.gaps.empty());
  CHECK(recording.range_g == 8.0);
  CHECK(recording.start.basis == ClockBasis::Local);
  CHECK(static_cast<double>(recording.start.unix_ns) == doctest::Approx(kRecorderStart_ns + 0.25e9).epsilon(1e-14));
  CHECK(near(recording.duration_s(), 7200.0 / 98.7, 0.002));
  check_windows(recording);
}

TEST_CASE("a packed Axivity sample shifts all its axes by its exponent") {
  CwaBlock block;
  block.acceleration = {{2048, -8, 16}, {-1028, 0, 1020}, {-511, 511, -1}, {4088, -4096, 8}};
  const Samples samples = samples_of(read(cwa_header() + cwa_block(block)));
  // Exponents 3, 2, 0, 3: the lowest bits are lost where they are not zero.
  CHECK(samples == in_g({{2048, -8, 16}, {-1028, 0, 1020}, {-511, 511, -1}, {4088, -4096, 8}}, 256.0));
}

TEST_CASE("an AX6 tells rotation first; acceleration is listed first, each in the scale of its block") {
  std::string bytes = cwa_header();
  Samples right(6);
  for (std::uint32_t b = 0; b < 40; ++b) {
    CwaBlock block;
    block.packed = false;
    block.sequence = b;
    block.at_s = 0.4 * b;
    block.accel_scale = b < 20 ? 3 : 4;
    block.acceleration = counts(40, 2048.0, 40 * b);
    block.rotation = counts(40, 500.0, 9000 + 40 * b);
    bytes += cwa_block(block);
    Samples both = in_g(block.acceleration, b < 20 ? 2048.0 : 4096.0);
    for (const std::vector<float>& axis : in_g(block.rotation, 32768.0 / 2000.0)) both.push_back(axis);
    append(right, both);
  }
  const Recording recording = read(bytes);
  const Samples samples = samples_of(recording);
  REQUIRE(samples.size() == 6);
  for (std::size_t k = 0; k < 6; ++k) {
    CHECK(recording.channels[k].role == static_cast<ChannelRole>(k < 3 ? k : k + 1));
    CHECK(recording.channels[k].unit == (k < 3 ? "g" : "deg/s"));
    for (std::size_t i = 0; i < samples[k].size(); ++i) REQUIRE(near(static_cast<double>(samples[k][i]), static_cast<double>(right[k][i]), 1e-4));
  }
  check_windows(recording);
}

TEST_CASE("an Axivity without parts of seconds in its clock is timed by its blocks' whole seconds") {
  std::string bytes = cwa_header();
  for (std::uint32_t b = 0; b < 50; ++b) {
    CwaBlock block;
    block.sequence = b;
    block.at_s = 0.25 + 1.2 * b;
    block.with_fraction = false;
    block.acceleration = counts(120, 256.0, 120 * b);
    bytes += cwa_block(block);
  }
  const Recording recording = read(bytes);
  CHECK(recording.gaps.empty());
  CHECK(recording.segments.size() == 1);
  CHECK(recording.rate_hz == doctest::Approx(100.0).epsilon(2e-4));
  CHECK(static_cast<double>(recording.start.unix_ns) == doctest::Approx(kRecorderStart_ns + 0.25e9).epsilon(1e-14));
}

TEST_CASE("a damaged Axivity block is lost, the others keep their values and their times") {
  const std::string clean = cwa_file(50);
  const Samples whole = samples_of(read(clean));
  for (const std::size_t hit : {0U, 20U, 49U})
    for (const std::size_t place : {1U, 4U, 10U, 15U, 25U, 29U, 30U, 200U, 511U}) {
      CAPTURE(hit);
      CAPTURE(place);
      std::string bytes = clean;
      bytes[1024 + 512 * hit + place] = static_cast<char>(bytes[1024 + 512 * hit + place] ^ 0x10);
      const Recording recording = read(bytes);
      CHECK(has_warning(recording, "damaged-blocks"));
      Samples left = whole;
      for (std::vector<float>& axis : left) axis.erase(axis.begin() + static_cast<std::ptrdiff_t>(120 * hit), axis.begin() + static_cast<std::ptrdiff_t>(120 * hit + 120));
      CHECK(samples_of(recording) == left);
      CHECK(recording.gaps.size() == (hit == 20 ? 1 : 0));
      const double first_s = hit == 0 ? 1.2 : 0.0;
      CHECK(near(recording.segments.back().end_s(), (hit == 49 ? 58.8 : 60.0) - first_s, 0.001));
      if (hit == 20) {
        CHECK(near(recording.gaps.front().span.begin_s, 24.0, 0.001));
        CHECK(near(recording.gaps.front().span.end_s, 25.2, 0.001));
        CHECK(recording.gaps.front().reason == GapReason::Missing);
      }
    }
}

TEST_CASE("blocks that are missing leave a gap of their length, and a recorder that began anew is told") {
  std::string bytes = cwa_header();
  std::uint32_t sequence = 0;
  for (const double at_s : {0.0, 1.2, 2.4, 10.8, 12.0, 13.2}) {
    CwaBlock block;
    block.sequence = sequence += at_s == 10.8 ? 7 : 1;
    block.at_s = at_s;
    block.acceleration = counts(120, 256.0);
    bytes += cwa_block(block);
  }
  CwaBlock anew;
  anew.at_s = 100.0;
  anew.events = 1;
  anew.acceleration = counts(120, 256.0);
  bytes += cwa_block(anew);
  const Recording recording = read(bytes);
  REQUIRE(recording.gaps.size() == 2);
  CHECK(recording.gaps[0].reason == GapReason::Missing);
  CHECK(near(recording.gaps[0].span.length_s(), 10.8 - 3.6, 0.001));
  CHECK(recording.gaps[1].reason == GapReason::Restart);
  CHECK(near(recording.gaps[1].span.end_s, 100.0, 0.001));
}

TEST_CASE("an Axivity's store that was not filled is no damage, and its end may be cut anywhere") {
  const std::string clean = cwa_file(12);
  const Recording filled = read(clean + std::string(512 * 40, '\xFF'));
  CHECK(filled.num_samples() == 12 * 120);
  CHECK(filled.warnings.empty());
  for (const std::size_t length : {1536U, 1537U, 3000U, 6000U, 7167U}) {
    const Samples samples = samples_of(read(clean.substr(0, length)));
    Samples whole = samples_of(filled);
    for (std::vector<float>& axis : whole) axis.resize(120 * ((length - 1024) / 512));
    CHECK(samples == whole);
  }
  for (const std::size_t length : {4U, 100U, 1024U, 1535U}) {
    const Error error = refusal_of(clean.substr(0, length));
    CHECK(error.code == ErrorCode::Empty);
    CHECK_FALSE(error.advice.empty());
  }
}

TEST_CASE("what a person wrote into an Axivity's header is nowhere in the recording; its temperature, battery and light are") {
  std::string bytes = cwa_file(30);
  bytes.replace(64, 24, "_p=left+wrist&_sc=Nobody");
  const Recording recording = read(bytes);
  for (const Annotation& annotation : recording.annotations) CHECK(annotation.text.find("Nobody") == std::string::npos);
  CHECK(recording.context.empty());
  REQUIRE(recording.sides.size() == 3);
  CHECK(recording.sides[0].role == ChannelRole::Temperature);
  CHECK(recording.sides[0].values.size() == 4);  // one in ten seconds of 36
  CHECK(near(static_cast<double>(recording.sides[0].values[0]), 25.0, 1e-6));
  CHECK(near(static_cast<double>(recording.sides[1].values[0]), 4.113, 0.001));
  CHECK(recording.sides[2].values[0] == 300.0F);
}

TEST_CASE("real Axivity files read as another maker's reader reads them") {
  for (const char* name : {"ax3_testfile.cwa", "ax3_testfile_corrupt_blocks_0_13_14_142_143_144.cwa", "ax6_sample.cwa", "paradigma_test_data.CWA"})
    check_real(std::string("cwa/") + name, 1e-6, "channels", 0.01);
}

TEST_CASE("a real AX6 file equals the table that was exported from it, and the damaged one the whole one less its blocks") {
  const std::optional<std::string> cwa = real_recording("cwa/ax6_sample.cwa");
  const std::optional<std::string> csv = real_recording("csv/skdh_example_data_2min.csv");
  if (cwa && csv) {
    const Samples ours = samples_of(read(*cwa));
    const Samples theirs = samples_of(read(*csv));
    REQUIRE(ours.size() == 6);
    REQUIRE(theirs.size() == 6);
    REQUIRE(ours[0].size() == 10360);
    for (std::size_t k = 0; k < 6; ++k)
      for (std::size_t i = 0; i < ours[k].size(); ++i) REQUIRE(near(static_cast<double>(ours[k][i]), static_cast<double>(theirs[k][i]), k < 3 ? 1e-6 : 1e-3));
  }
  const std::optional<std::string> clean = real_recording("cwa/ax3_testfile.cwa");
  const std::optional<std::string> damaged = real_recording("cwa/ax3_testfile_corrupt_blocks_0_13_14_142_143_144.cwa");
  if (!clean || !damaged) return;
  const Recording whole = read(*clean);
  const Recording part = read(*damaged);
  Samples left = samples_of(whole);
  std::vector<double> times;
  for (std::int64_t i = 0; i < whole.num_samples(); ++i) times.push_back(whole.segments.front().time_of(i));
  for (const std::ptrdiff_t block : {144, 143, 142, 14, 13, 0}) {
    for (std::vector<float>& axis : left) axis.erase(axis.begin() + 120 * block, axis.begin() + 120 * block + 120);
    times.erase(times.begin() + 120 * block, times.begin() + 120 * block + 120);
  }
  CHECK(samples_of(part) == left);
  const double shift_s = static_cast<double>(part.start.unix_ns - whole.start.unix_ns) / 1e9;
  for (const Segment& segment : part.segments)
    for (std::int64_t i = segment.first_index; i < segment.end_index(); i += 50) REQUIRE(near(segment.time_of(i) + shift_s, times[static_cast<std::size_t>(i)], 0.012));
}

TEST_CASE("records of an ActiGraph decode in each of their three forms") {
  struct Form {
    unsigned type;
    std::string (*written)(const std::vector<Counts>&);
  };
  for (const Form& form : {Form{26, as_int16}, {0, [](const std::vector<Counts>& some) { return as_nibbles(some, true); }},
                           {27, [](const std::vector<Counts>& some) { return as_nibbles(some, false); }}}) {
    CAPTURE(form.type);
    for (const bool deflated : {false, true}) {
      std::string log;
      for (std::uint32_t second = 0; second < 50; ++second) log += gt3x_record({form.type, 1715108146 + second, form.written(counts(31, 256.0, 31 * second))});
      const Recording recording = read(gt3x_file(log, gt3x_info(31), deflated));
      CHECK(recording.format == word(Word::devices_name_gt3x));
      CHECK(samples_of(recording) == in_g(counts(31 * 50, 256.0), 256.0));
      CHECK(recording.rate_hz == doctest::Approx(31.0));
      CHECK(recording.gaps.empty());
      CHECK(static_cast<double>(recording.start.unix_ns) == doctest::Approx(kRecorderStart_ns).epsilon(1e-15));
      CHECK(recording.start.basis == ClockBasis::Local);
      check_windows(recording);
    }
  }
}

TEST_CASE("an ActiGraph's scale comes from its parameters, else from its information, else from its serial number") {
  const auto first_of = [](const std::string& log, const std::string& info) { return samples_of(read(gt3x_file(log, info)))[2][0]; };
  const std::string log = gt3x_log(3);
  const auto raw = static_cast<float>(counts(1, 256.0)[0][2]);
  CHECK(first_of(log, gt3x_info(30)) == raw / 256.0F);
  CHECK(first_of(log, gt3x_info(30, "Acceleration Scale: 341,0\r\n")) == raw / 341.0F);
  std::string parameters;
  put32le(parameters, 9U << 16);
  put32le(parameters, 0x54000000U);
  put32le(parameters, 55U << 16);
  put32le(parameters, 0x08400000U);  // 0.5 times 2^8
  CHECK(first_of(gt3x_record({21, 1715108146, parameters}) + log, gt3x_info(30, "Acceleration Scale: 341\r\n")) == raw / 128.0F);
  std::string older = gt3x_info(30);
  older.replace(older.find("MOS2E"), 5, "NEO1C");
  CHECK(first_of(log, older) == raw / 341.0F);
}

TEST_CASE("firmware 1.6.0 of the wGT3X-BT turned its axes; they are turned back") {
  std::string info = gt3x_info(30);
  info.replace(info.find("1.9.2"), 5, "1.6.0");
  const Samples plain = samples_of(read(gt3x_file(gt3x_log(3), gt3x_info(30))));
  const Samples turned = samples_of(read(gt3x_file(gt3x_log(3), info)));
  CHECK(turned[0] == plain[1]);
  CHECK(turned[2] == plain[2]);
  for (std::size_t i = 0; i < plain[0].size(); ++i) REQUIRE(turned[1][i] == -plain[0][i]);
}

TEST_CASE("seconds an ActiGraph slept or lost are gaps; a second told twice, a plug and other records are nothing") {
  std::string log;
  for (const std::uint32_t second : {0U, 1U, 1U, 2U, 3U, 20U, 21U, 22U}) {
    log += gt3x_record({26, 1715108146 + second, as_int16(counts(30, 256.0, 30 * second))});
    log += gt3x_record({26, 1715108146 + second, "\x01"}) + gt3x_record({6, 1715108146 + second, "{\"SubjectName\":\"Somebody\"}"}) + gt3x_record({3, 1715108146 + second, "\x08"});
  }
  const Recording recording = read(gt3x_file(log, gt3x_info(30)));
  CHECK(recording.num_samples() == 7 * 30);
  CHECK(has_warning(recording, "doubled-seconds"));
  REQUIRE(recording.gaps.size() == 1);
  CHECK(near(recording.gaps[0].span.begin_s, 4.0, 1e-6));
  CHECK(near(recording.gaps[0].span.end_s, 20.0, 1e-6));
}

TEST_CASE("zeros between an ActiGraph's records change nothing, and any damaged byte costs no more than its second") {
  const std::string clean = gt3x_log(12);
  const std::size_t each = clean.size() / 12;
  const Samples whole = samples_of(read(gt3x_file(clean, gt3x_info(30))));
  std::string stray;
  for (std::size_t s = 0; s < 12; ++s) stray += clean.substr(s * each, each) + std::string(s % 4, '\0');
  const Recording with_zeros = read(gt3x_file(stray, gt3x_info(30)));
  CHECK(samples_of(with_zeros) == whole);
  CHECK(with_zeros.warnings.empty());
  for (std::size_t place = 5 * each; place < 6 * each; ++place)
    for (const int flip : {1, 0x80, 0xFF}) {
      CAPTURE(place - 5 * each);
      std::string bytes = clean;
      bytes[place] = static_cast<char>(bytes[place] ^ flip);
      const Recording recording = read(gt3x_file(bytes, gt3x_info(30)));
      REQUIRE(recording.num_samples() == 11 * 30);
      REQUIRE(recording.gaps.size() == 1);
      REQUIRE(near(recording.gaps[0].span.begin_s, 5.0, 1e-6));
      REQUIRE(near(recording.gaps[0].span.length_s(), 1.0, 1e-6));
    }
  for (std::size_t length = 0; length < clean.size(); length += 37) {
    const Result<Recording> cut = try_read(gt3x_file(clean.substr(0, length), gt3x_info(30)));
    REQUIRE(cut.ok() == (length >= each));
    if (!cut.ok()) continue;
    Samples left = whole;
    for (std::vector<float>& axis : left) axis.resize(30 * (length / each));
    REQUIRE(samples_of(cut.value()) == left);
  }
}

TEST_CASE("an older ActiGraph has no times: its samples follow each other from the start in its information") {
  for (const bool deflated : {false, true}) {
    const std::string bytes = zipped({{"activity.bin", as_nibbles(counts(9001, 341.0), true)}, {"log.txt", ""}, {"info.txt", gt3x_info(40)}}, {deflated, false});
    const Recording recording = read(bytes);
    const Samples samples = samples_of(recording);
    REQUIRE(samples[0].size() == 9001);
    const Samples right = in_g(counts(9001, 341.0), 341.0);
    for (std::size_t k = 0; k < 3; ++k)
      for (std::size_t i = 0; i < 9001; ++i) {
        REQUIRE(near(static_cast<double>(samples[k][i]), static_cast<double>(right[k][i]), 0.000501));
        REQUIRE(near(std::round(static_cast<double>(samples[k][i]) * 1000.0), static_cast<double>(samples[k][i]) * 1000.0, 1e-3));
      }
    CHECK(recording.rate_hz == 40.0);
    CHECK(static_cast<double>(recording.start.unix_ns) == doctest::Approx(kRecorderStart_ns).epsilon(1e-15));
    check_windows(recording);
  }
}

TEST_CASE("an ActiGraph file without a rate is refused with what to do") {
  const Error error = refusal_of(gt3x_file(gt3x_log(3), "Serial Number: TEST\r\n"));
  CHECK(error.code == ErrorCode::Malformed);
  CHECK(error.what == word(Word::devices_gt3x_no_rate));
}

TEST_CASE("real ActiGraph files read as another maker's reader reads them, without what it fills in") {
  for (const char* name : {"ISM_Enabled.gt3x", "actigraph_testfile.gt3x"}) check_real(std::string("gt3x/") + name, 1e-6, "channels_recorded_only", 0.0005);
  check_real("gt3x/neo.gt3x", 1e-6, "channels", 0.0005);
  const std::optional<std::string> gt3x = real_recording("gt3x/neo.gt3x");
  const std::optional<std::string> csv = real_recording("actilife/neo.csv");
  if (!gt3x || !csv) return;
  const Samples ours = samples_of(read(*gt3x));
  Result<RawTable> theirs = read_table(source_of(*csv), {});
  REQUIRE(theirs.ok());
  REQUIRE(theirs.value().num_rows() == 18004);
  for (std::size_t k = 0; k < 3; ++k)
    for (std::size_t i = 0; i < 18004; ++i) REQUIRE(near(static_cast<double>(ours[k][i]), static_cast<double>(theirs.value().columns[k].values[i]), 1e-6));
}

TEST_CASE("GENEActiv pages decode whatever ends their lines and pads their words") {
  for (const GeneActivStyle& style : {GeneActivStyle{"\r\n", false, 0.5}, {"\n", false, 0.5}, {"\r\n", true, 0.5}, {"\n", true, 0.5}}) {
    const Recording recording = read(geneactiv_file(20, style));
    CHECK(recording.format == word(Word::devices_name_geneactiv));
    const Samples samples = samples_of(recording);
    REQUIRE(samples.size() == 5);
    const std::vector<Counts> raw = counts(6000, 256.0);
    const double offsets[3] = {100.0, -200.0, 300.0};
    REQUIRE(samples[0].size() == 6000);
    for (std::size_t i = 0; i < 6000; ++i) {
      for (std::size_t k = 0; k < 3; ++k) REQUIRE(near(static_cast<double>(samples[k][i]), (raw[i][k] * 100.0 - offsets[k]) / 25600.0, 1e-6));
      REQUIRE(samples[3][i] == static_cast<float>(20 + i / 300 % 10) + 0.5F);
      REQUIRE(samples[4][i] == static_cast<float>(i % 300));
    }
    CHECK(recording.rate_hz == doctest::Approx(50.0).epsilon(1e-4));
    CHECK(recording.gaps.empty());
    CHECK(static_cast<double>(recording.start.unix_ns) == doctest::Approx(kRecorderStart_ns).epsilon(1e-14));
    check_windows(recording);
  }
}

TEST_CASE("GENEActiv's clock of half seconds gives the true rate by a line through all pages") {
  std::string bytes = geneactiv_file(0);
  for (std::size_t page = 0; page < 200; ++page) bytes += geneactiv_page(page, 0.2 + 300.0 / 49.7 * static_cast<double>(page), {});
  const Recording recording = read(bytes);
  CHECK(recording.segments.size() == 1);
  CHECK(recording.rate_hz == doctest::Approx(49.7).epsilon(1e-4));
}

TEST_CASE("a GENEActiv file may be cut anywhere, and a damaged digit costs its sample") {
  const std::string clean = geneactiv_file(4);
  const Samples whole = samples_of(read(clean));
  const std::size_t first = clean.find("Recorded Data");
  for (std::size_t length = first; length < clean.size(); length += 101) {
    const Result<Recording> cut = try_read(clean.substr(0, length));
    if (!cut.ok()) {
      REQUIRE(length < first + 300);
      continue;
    }
    const Samples samples = samples_of(cut.value());
    const auto n = static_cast<std::ptrdiff_t>(samples[0].size());
    REQUIRE(n >= static_cast<std::ptrdiff_t>((length - first) / 12) - 80);
    for (std::size_t k = 0; k < 3; ++k) REQUIRE(std::equal(samples[k].begin(), samples[k].end(), whole[k].begin(), whole[k].begin() + n));
  }
  const std::size_t digits = clean.find("50.0\r\n", clean.find("Sequence Number:2")) + 6;
  std::string bytes = clean;
  bytes[digits + 12 * 100 + 4] = '?';
  const Samples samples = samples_of(read(bytes));
  for (std::size_t k = 0; k < 3; ++k)
    for (std::size_t i = 0; i < 1200; ++i) REQUIRE((samples[k][i] == whole[k][i] || (k == 1 && i == 700 && std::isnan(samples[k][i]))));
  CHECK(std::isnan(samples[1][700]));
}

TEST_CASE("a damaged clock of one GENEActiv page is told by its neighbours, a lost page leaves its gap") {
  std::string bytes = geneactiv_file(8);
  bytes.replace(bytes.find("2024-05-07 18:56:04"), 4, "2094");
  const Recording mended = read(bytes);
  CHECK(mended.gaps.empty());
  CHECK(mended.num_samples() == 2400);
  std::string lost = geneactiv_file(3);
  for (std::size_t page = 4; page < 8; ++page) lost += geneactiv_page(page, 6.0 * static_cast<double>(page), {});
  const Recording gap = read(lost);
  REQUIRE(gap.gaps.size() == 1);
  CHECK(near(gap.gaps[0].span.begin_s, 18.0, 0.01));
  CHECK(near(gap.gaps[0].span.end_s, 24.0, 0.3));
}

TEST_CASE("a GENEActiv file without calibration, or without pages, is refused with what to do") {
  std::string bytes = geneactiv_file(2);
  bytes.replace(bytes.find("x gain"), 6, "x pain");
  CHECK(refusal_of(bytes).what == word(Word::devices_geneactiv_no_calibration));
  const Error empty = refusal_of(geneactiv_file(0));
  CHECK(empty.code == ErrorCode::Empty);
  CHECK_FALSE(empty.advice.empty());
}

TEST_CASE("real GENEActiv files read as another maker's reader reads them") {
  for (const char* name : {"GENEActiv_testfile.bin", "gnactv_sample.bin"}) check_real(std::string("geneactiv/") + name, 5e-6, "channels", 0.51);
}

namespace {

std::string wav(const std::vector<Counts>& readings, const std::string& comment, const std::vector<unsigned>& aux, unsigned declared_more = 0) {
  std::string list = "INFOICMT";
  put32le(list, static_cast<std::uint32_t>(comment.size()));
  list += comment + std::string(comment.size() % 2, '\0') + "ICRD";
  const std::string created = "2024-05-07 18:55:46.250";
  put32le(list, static_cast<std::uint32_t>(created.size()));
  list += created + '\0';
  std::string bytes = "RIFF....WAVEfmt ";
  put32le(bytes, 16);
  put16le(bytes, 1);
  put16le(bytes, 4);
  put32le(bytes, 100);
  put32le(bytes, 800);
  put16le(bytes, 8);
  put16le(bytes, 16);
  bytes += "LIST";
  put32le(bytes, static_cast<std::uint32_t>(list.size()));
  bytes += list + "data";
  put32le(bytes, static_cast<std::uint32_t>(8 * readings.size()) + declared_more);
  for (std::size_t i = 0; i < readings.size(); ++i) {
    for (const int value : readings[i]) put16le(bytes, static_cast<unsigned>(value));
    put16le(bytes, aux[i % aux.size()]);
  }
  return bytes;
}

const char* const kChannels = "Time: 2024-05-07 18:55:46.250\nChannel-1: Accel-X\nScale-1: 8\nChannel-2: Accel-Y\nScale-2: 8\nChannel-3: Accel-Z\nScale-3: 8\n";

}  // namespace

TEST_CASE("omconvert's wav scales its channels by its comment and starts at its date, whatever length it declares") {
  const std::vector<Counts> readings = counts(5000, 4096.0);
  for (const unsigned more : {0U, 700000000U}) {
    const Recording recording = read(wav(readings, kChannels, {7}, more));
    CHECK(recording.format == word(Word::devices_name_wav));
    const Samples samples = samples_of(recording);
    REQUIRE(samples.size() == 4);
    CHECK(Samples(samples.begin(), samples.begin() + 3) == in_g(readings, 4096.0));
    CHECK(samples[3][17] == 7.0F);
    CHECK(recording.rate_hz == 100.0);
    CHECK(recording.range_g == 8.0);
    CHECK(static_cast<double>(recording.start.unix_ns) == doctest::Approx(kRecorderStart_ns + 0.25e9).epsilon(1e-14));
    check_windows(recording);
  }
}

TEST_CASE("rows that omconvert marks as not recorded are a gap") {
  std::vector<unsigned> aux(5000, 7);
  std::fill(aux.begin() + 2000, aux.begin() + 2600, 0x8000U);
  const Recording recording = read(wav(counts(5000, 4096.0), kChannels, aux));
  CHECK(recording.num_samples() == 4400);
  REQUIRE(recording.gaps.size() == 1);
  CHECK(near(recording.gaps[0].span.begin_s, 20.0, 1e-6));
  CHECK(near(recording.gaps[0].span.end_s, 26.0, 1e-6));
  CHECK(has_warning(recording, "rows-not-recorded"));
}

TEST_CASE("other sound files are refused") {
  CHECK(refusal_of(wav(counts(100, 4096.0), "A song\n", {0})).what == word(Word::devices_wav_sound));
}

TEST_CASE("a real omconvert wav reads as its documents say") { check_real("omwav/ax3test.wav", 1e-6, "channels", 0.001); }

}  // namespace klono::formats
