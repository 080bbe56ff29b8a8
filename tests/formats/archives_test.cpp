// Archives: stored or deflated, which member is chosen, pauses, gravity kept apart, damage.

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "base/words.hpp"
#include "formats/reader.hpp"
#include "formats/zip_archive.hpp"
#include "inputs.hpp"

namespace klono::formats {
namespace {

using namespace inputs;

std::string phyphox(const std::vector<MotionSample>& readings, const std::string& quantity = "Acceleration") {
  Writing writing;
  writing.header = "Time (s)," + quantity + " x (m/s^2)," + quantity + " y (m/s^2)," + quantity + " z (m/s^2)";
  std::string text = written(scaled(readings, kGravity_m_s2), writing);
  std::string header;
  for (const char c : text.substr(0, text.find('\n'))) header += c == ',' ? "\",\"" : std::string(1, c);
  return "\"" + header + "\"" + text.substr(text.find('\n'));
}

std::string sensor_logger_member(const std::vector<MotionSample>& readings, double factor) {
  std::string text = "time,seconds_elapsed,z,y,x\n";
  for (const MotionSample& reading : readings)
    text += std::to_string(1715100946594000000LL + static_cast<std::int64_t>(reading.t_s * 1e9 + 0.5)) + "," + fixed(reading.t_s, 6) + "," +
            fixed(factor * reading.axis[2], 6) + "," + fixed(factor * reading.axis[1], 6) + "," + fixed(factor * reading.axis[0], 6) + "\n";
  return text;
}

constexpr const char* kUnpaused =
    "\"event\",\"experiment time\",\"system time\",\"system time text\"\n"
    "\"START\",0.000000000E0,1715100946.594,\"2024-05-07 18:55:46.594 UTC+02:00\"\n"
    "\"PAUSE\",2.000000000E1,1715100966.594,\"2024-05-07 18:56:06.594 UTC+02:00\"\n";

const std::vector<ZipStyle> kStyles{{false, false}, {true, false}, {true, true}};

}  // namespace

TEST_CASE("a zip is read the same whether its members are stored, deflated, or sized in the directory only") {
  for (const ZipStyle style : kStyles) {
    const Recording recording = read(zipped({{"Raw Data.csv", phyphox(motion())}, {"meta/time.csv", kUnpaused}}, style));
    CHECK(recording.format == word(Word::formats_name_phyphox_zip));
    CHECK(largest_difference(recording, motion()) < 1e-5);
    CHECK(recording.gaps.empty());
    CHECK(recording.start.basis == ClockBasis::Utc);
    CHECK(std::abs(recording.start.unix_ns - 1715100946594000000LL) < 1000000);
  }
}

TEST_CASE("an archive in one wrapping folder, with the extra files of a Mac, is the same archive") {
  const Recording recording = read(zipped({{"__MACOSX/run/._Raw Data.csv", std::string("\0\5\26\7", 4)},
                                           {"run/Raw Data.csv", phyphox(motion())},
                                           {"run/meta/device.csv", "\"property\",\"value\"\n"},
                                           {"run/meta/time.csv", kUnpaused}}));
  CHECK(recording.format == word(Word::formats_name_phyphox_zip));
  CHECK(largest_difference(recording, motion()) < 1e-5);
}

TEST_CASE("of several phyphox sensors the acceleration with gravity is taken") {
  const Recording recording = read(zipped({{"Linear Accelerometer.csv", phyphox(scaled(motion(), 0.02), "Linear Acceleration")},
                                           {"Accelerometer.csv", phyphox(motion())},
                                           {"meta/time.csv", kUnpaused}}));
  CHECK(recording.has_gravity);
  CHECK(largest_difference(recording, motion()) < 1e-5);
}

TEST_CASE("a pause phyphox wrote down is a gap as long as the wall time that passed") {
  const std::string times =
      "\"event\",\"experiment time\",\"system time\",\"system time text\"\n"
      "\"START\",0.000000000E0,1715100946.594,\"\"\n\"PAUSE\",8.000000000E0,1715100954.594,\"\"\n"
      "\"START\",8.000000000E0,1715100984.594,\"\"\n\"PAUSE\",2.000000000E1,1715100996.594,\"\"\n";
  const Recording recording = read(zipped({{"Raw Data.csv", phyphox(motion())}, {"meta/time.csv", times}}));
  REQUIRE(recording.segments.size() == 2);
  CHECK(recording.segments[0].count == 400);
  REQUIRE(recording.gaps.size() == 1);
  CHECK(recording.gaps[0].reason == GapReason::Restart);
  CHECK(recording.gaps[0].span.length_s() == doctest::Approx(30.0).epsilon(0.001));
  CHECK(recording.duration_s() == doctest::Approx(50.0).epsilon(0.001));
  CHECK(recording.num_samples() == 1000);
}

TEST_CASE("Sensor Logger of Android: the total acceleration is taken") {
  const Recording recording = read(zipped({{"Metadata.csv", "version,platform\n3,android"},
                                           {"Annotation.csv", ""},
                                           {"Accelerometer.csv", sensor_logger_member(scaled(motion(), 0.1), kGravity_m_s2)},
                                           {"TotalAcceleration.csv", sensor_logger_member(motion(), kGravity_m_s2)}}));
  CHECK(recording.format == word(Word::formats_name_sensor_logger_zip));
  CHECK(largest_difference(recording, motion()) < 1e-5);
}

TEST_CASE("Sensor Logger of iOS: gravity is added to what was kept without it, in the signs of the file") {
  std::vector<MotionSample> still = motion();
  std::vector<MotionSample> moving = motion();
  for (std::size_t i = 0; i < still.size(); ++i) {
    const double gravity[3] = {0.0, 0.6, -0.8};
    for (std::size_t k = 0; k < 3; ++k) {
      still[i].axis[k] = gravity[k];
      moving[i].axis[k] -= gravity[k];
    }
  }
  const Recording recording = read(zipped({{"Metadata.csv", "version,platform\n3,ios"},
                                           {"Accelerometer.csv", sensor_logger_member(moving, -kGravity_m_s2)},
                                           {"Gravity.csv", sensor_logger_member(still, -kGravity_m_s2)}}));
  CHECK(recording.has_gravity);
  CHECK(largest_difference(recording, scaled(motion(), -1.0)) < 1e-5);
}

TEST_CASE("Empatica's zip is read by its ACC.csv") {
  std::string text = "1715100946.0,1715100946.0,1715100946.0\n32.0,32.0,32.0\n";
  for (int i = 0; i < 640; ++i) text += std::to_string(i % 5) + ",38," + std::to_string(-51 + i % 2) + "\n";
  const Recording recording = read(zipped({{"ACC.csv", text}, {"info.txt", "about"}, {"tags.csv", ""}, {"TEMP.csv", "1715100946.0\n4.0\n31.2\n"}}));
  CHECK(recording.format == word(Word::apps_name_empatica_zip));
  CHECK(recording.num_samples() == 640);
}

TEST_CASE("of several recordings a person chooses one, and a name that is not there is said to be missing") {
  const std::string bytes = zipped({{"left.csv", written(motion())}, {"right.csv", written(scaled(motion(), -1.0))}});
  const Error error = refusal_of(bytes);
  CHECK(error.code == ErrorCode::NeedsChoice);
  REQUIRE(error.question.has_value());
  CHECK(error.question->kind == Question::Kind::Member);
  CHECK(error.question->option == "--member");
  CHECK(error.question->suggestions == "left.csv\nright.csv\n");
  CHECK(largest_difference(read(bytes, choosing("member", "right.csv")), scaled(motion(), -1.0)) < 1e-4);
  const Error missing = refusal_of(bytes, choosing("member", "both.csv"));
  CHECK(missing.code == ErrorCode::BadSetting);
  CHECK(missing.what.find("both.csv") != std::string::npos);
}

TEST_CASE("gzip is unpacked, and only what is inside matters") {
  const Recording plain = read(written(motion()));
  const Recording packed = read(gzipped(written(motion())));
  CHECK(packed.format == plain.format);
  CHECK(axis(packed, 2) == axis(plain, 2));
  const std::string text = written(motion());
  CHECK(axis(read(gzipped(text.substr(0, 9000)) + gzipped(text.substr(9000))), 1) == axis(plain, 1));
}

TEST_CASE("a damaged archive is refused in words, wherever it was cut") {
  const std::string whole = zipped({{"Raw Data.csv", phyphox(motion())}, {"meta/time.csv", kUnpaused}});
  for (std::size_t length = 4; length + 22 < whole.size(); length += 1 + whole.size() / 40) {
    const Error error = refusal_of(whole.substr(0, length));
    CHECK(error.code == ErrorCode::Malformed);
    CHECK(error.what == word(Word::formats_archive_damaged));
    CHECK(error.advice == word(Word::formats_archive_damaged_advice));
  }
}

TEST_CASE("a gzip with a flipped bit is never read as if it were whole") {
  const std::string whole = gzipped(written(motion()));
  for (std::size_t at = 30; at < whole.size(); at += 211) {
    std::string bytes = whole;
    bytes[at] = static_cast<char>(bytes[at] ^ 0x10);
    CHECK_FALSE(refusal_of(bytes).advice.empty());
  }
}

TEST_CASE("a gzip that was cut gives what came before the cut") {
  const std::string whole = gzipped(written(motion()));
  const std::vector<float> all = axis(read(written(motion())), 0);
  for (const std::size_t part : std::vector<std::size_t>{4, 2}) {
    const Recording cut = read(whole.substr(0, whole.size() / part));
    const std::vector<float>& some = axis(cut, 0);
    CHECK(some.size() > 50);
    CHECK(std::equal(some.begin(), some.end() - 1, all.begin()));
  }
}

TEST_CASE("archives that are known and not read are refused by name") {
  const auto advice_of = [](const std::vector<Member>& members) {
    const Error error = refusal_of(zipped(members));
    CHECK(error.code == ErrorCode::RefusedFormat);
    CHECK_FALSE(error.advice.empty());
    return error.what;
  };
  CHECK(advice_of({{"meta/state.csv", "a"}, {"meta/time.csv", kUnpaused}}) == word(Word::formats_refused_phyphox_state));
  CHECK(refusal_of(zipped({{"readme.md", "nothing"}})).what == word(Word::formats_archive_nothing));
}

TEST_CASE("files given together are searched as those of an archive are") {
  NamedFiles files;
  files.add("tags.csv", source_of(""));
  files.add("ACC.csv", source_of("1715100946.0,1715100946.0,1715100946.0\n32.0,32.0,32.0\n" + [] {
                      std::string rows;
                      for (int i = 0; i < 320; ++i) rows += std::to_string(i % 3) + "," + std::to_string(i % 2) + ",64\n";
                      return rows;
                    }()));
  const Result<Recording> recording = read_recording(std::make_shared<NamedFiles>(files), {});
  REQUIRE(recording.ok());
  CHECK(recording.value().num_samples() == 320);
  CHECK(recording.value().rate_hz == doctest::Approx(32.0));
  CHECK(axis(recording.value(), 2)[7] == 1.0F);
}

namespace {

/// Counts what is asked for.
class Counting final : public ByteSource {
 public:
  explicit Counting(const std::string& bytes) : bytes_(bytes) {}
  std::int64_t size() const override { return bytes_.size(); }
  Result<std::size_t> read_at(std::int64_t offset, std::span<std::byte> into) const override {
    const Result<std::size_t> got = bytes_.read_at(offset, into);
    if (got.ok()) read += got.value();
    return got;
  }
  mutable std::size_t read = 0;

 private:
  MemorySource bytes_;
};

/// 24 MB that deflate to about two thirds.
std::string long_text() {
  std::string text;
  std::uint64_t state = 88172645463325252ULL;
  while (text.size() < 24000000) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    text += std::to_string(state);
    text += ',';
  }
  return text;
}

void check_places(const ByteSource& source, const std::string& text, const Counting& packed) {
  std::string all(text.size() + 100, '\0');
  for (std::size_t at = 0; at < all.size();) {
    const Result<std::size_t> got = source.read_at(static_cast<std::int64_t>(at), std::as_writable_bytes(std::span(all)).subspan(at, std::min<std::size_t>(1 << 20, all.size() - at)));
    REQUIRE(got.ok());
    if (got.value() == 0) break;
    at += got.value();
  }
  all.resize(text.size());
  CHECK(all == text);
  CHECK(packed.read < 1.1 * static_cast<double>(packed.size()));  // forwards nothing is unpacked twice
  std::string window(30000, '\0');
  for (const std::size_t at : {23000000U, 100U, 12345678U, 12345000U, 12300000U, 20000000U, 4194304U, 4194303U, 0U}) {
    const std::size_t before = packed.read;
    const Result<std::size_t> got = source.read_at(static_cast<std::int64_t>(at), std::as_writable_bytes(std::span(window)));
    REQUIRE(got.ok());
    REQUIRE(got.value() == window.size());
    CHECK(text.compare(at, window.size(), window) == 0);
    CHECK(packed.read - before < 4500000);  // never from the beginning
  }
  const std::size_t before = packed.read;
  for (std::size_t at = 16000000; at < 16500000; at += 30000) {  // as windows do: each begins a little before the last one's end
    REQUIRE(source.read_at(static_cast<std::int64_t>(at - 700), std::as_writable_bytes(std::span(window))).ok());
    REQUIRE(text.compare(at - 700, window.size(), window) == 0);
  }
  CHECK(packed.read - before < 5000000);
}

}  // namespace

TEST_CASE("any place of a deflated member, a stored one and a gzip can be read without beginning anew") {
  const std::string text = long_text();
  for (const bool deflated : {true, false}) {
    const auto packed = std::make_shared<Counting>(zipped({{"a.csv", text}, {"b.csv", "x"}}, {deflated, false}));
    const auto archive = ZipArchive::open(packed);
    REQUIRE(archive.ok());
    packed->read = 0;
    check_places(*archive.value()->read(archive.value()->members().front()), text, *packed);
  }
  const auto packed = std::make_shared<Counting>(gzipped(text));
  check_places(*gunzip(packed), text, *packed);
}

TEST_CASE("a member with a damaged middle is an error where it must be whole, and else ends there") {
  const std::string text = long_text().substr(0, 3000000);
  std::string bytes = zipped({{"a.csv", text}});
  for (std::size_t at = bytes.size() / 2; at < bytes.size() / 2 + 4000; ++at) bytes[at] = static_cast<char>(0xA5);
  const auto archive = ZipArchive::open(source_of(bytes));
  REQUIRE(archive.ok());
  const FileMember& member = archive.value()->members().front();
  std::string all(text.size(), '\0');
  const auto into = std::as_writable_bytes(std::span(all));
  CHECK_FALSE(archive.value()->read(member)->read_at(0, into).ok());
  const Result<std::size_t> got = archive.value()->read_up_to_damage(member)->read_at(0, into);
  REQUIRE(got.ok());
  CHECK(got.value() > text.size() / 3);
  CHECK(text.compare(0, text.size() / 3, all, 0, text.size() / 3) == 0);
}

}  // namespace klono::formats
