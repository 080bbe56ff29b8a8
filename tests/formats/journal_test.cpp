// The file of a recording made here: what goes in comes out, and damage costs what it hit and nothing else.

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <random>

#include "formats/journal_description.hpp"
#include "formats/journal_inputs.hpp"

namespace klono::formats {
namespace {

using namespace inputs;
using namespace journal;

constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();

struct Parsed {
  Status status = Done{};
  std::vector<Frame> frames;
  Damage damage;
};

Parsed parse(std::span<const std::byte> bytes, std::size_t piece = std::numeric_limits<std::size_t>::max()) {
  Parsed parsed;
  Parser parser;
  for (std::size_t at = 0; at < bytes.size() && parsed.status.ok();) {
    const std::size_t length = std::min(piece, bytes.size() - at);
    parsed.status = parser.push(bytes.subspan(at, length), parsed.frames);
    at += length;
  }
  parsed.damage = parser.finish(parsed.frames);
  return parsed;
}

bool same_frames(std::span<const Frame> a, std::span<const Frame> b) { return std::ranges::equal(a, b, same); }

/// What a column may hold: tenths, thousandths of gravity, anything, nothing.
float random_value(std::mt19937& engine, unsigned kind) {
  const int count = static_cast<int>(engine() % 4001) - 2000;
  if (engine() % 17 == 0) return kNaN;
  switch (kind % 4) {
    case 0: return kNaN;
    case 1: return static_cast<float>(count / 10.0);
    case 2: return static_cast<float>(count * 9.80665e-3);
    default: return static_cast<float>(std::ldexp(static_cast<double>(count) + 0.37, static_cast<int>(engine() % 60) - 30));
  }
}

Readings random_readings(std::mt19937& engine) {
  Readings batch;
  const auto kinds = static_cast<unsigned>(engine());
  double stamp_ms = static_cast<double>(engine() % 1000000) / 7.0;
  batch.readings.resize(engine() % 40);
  for (Reading& reading : batch.readings) {
    stamp_ms += static_cast<double>(engine() % 20000) / 1000.0;
    reading.stamp_ms = stored_stamp(stamp_ms);
    for (std::size_t k = 0; k < 3; ++k) {
      reading.acceleration[k] = random_value(engine, kinds >> (2 * k));
      reading.linear[k] = random_value(engine, kinds >> (2 * k + 6));
      reading.rotation[k] = random_value(engine, kinds >> (2 * k + 12));
    }
  }
  return batch;
}

Frame random_frame(std::mt19937& engine) {
  const double stamp_ms = static_cast<double>(engine()) / 3.0;
  switch (engine() % 8) {
    case 0: return Anchor{stamp_ms, static_cast<std::int64_t>(engine()) * 1000 - 7, static_cast<std::int32_t>(engine() % 1600) - 800};
    case 1: return GapRecord{stamp_ms, stamp_ms + 5.5, static_cast<GapReason>(engine() % 8)};
    case 2: return MarkRecord{static_cast<std::uint32_t>(engine()), stamp_ms, static_cast<std::int8_t>(static_cast<int>(engine() % 12) - 1), engine() % 2 == 0};
    case 3: return BlockRecord{stamp_ms, static_cast<Task>(engine() % 3), engine() % 2 == 0};
    case 4: return SignRecord{static_cast<std::int8_t>(static_cast<int>(engine() % 3) - 1)};
    case 5: return End{stamp_ms};
    default: return random_readings(engine);
  }
}

std::vector<Frame> random_frames(std::uint32_t seed, std::size_t count) {
  std::mt19937 engine(seed);
  std::vector<Frame> frames{Header{SensorKind::GenericSensor, "id \xC3\xA4", R"({"place":"chest"})", "0.1.0", 28800.0, 16.0}};
  while (frames.size() < count) frames.push_back(random_frame(engine));
  return frames;
}

/// The frames one by one as bytes; the first holds the signature.
std::vector<std::vector<std::byte>> pieces_of(std::span<const Frame> frames) {
  Writer writer;
  std::vector<std::vector<std::byte>> pieces;
  for (const Frame& frame : frames) pieces.push_back(writer.encode(frame));
  return pieces;
}

}  // namespace

TEST_CASE("whatever frames are written come back the same") {
  for (std::uint32_t seed = 1; seed <= 40; ++seed) {
    CAPTURE(seed);
    const std::vector<Frame> frames = random_frames(seed, 60);
    const Parsed parsed = parse(journal_bytes(frames));
    CHECK(parsed.status.ok());
    CHECK(same_frames(parsed.frames, frames));
    CHECK(parsed.damage.torn_bytes + parsed.damage.skipped_bytes + parsed.damage.lost_frames == 0);
  }
}

TEST_CASE("stamps are kept to the microsecond, and keeping them twice changes nothing") {
  std::mt19937 engine(3);
  for (int i = 0; i < 20000; ++i) {
    const double stamp_ms = std::ldexp(static_cast<double>(engine()), -static_cast<int>(engine() % 24));
    CHECK(std::abs(stored_stamp(stamp_ms) - stamp_ms) <= 0.00051);
    CHECK(stored_stamp(stored_stamp(stamp_ms)) == stored_stamp(stamp_ms));
  }
  const Readings wild{{Reading{-1e300, {}, {}, {}}, Reading{std::nan(""), {}, {}, {}}, Reading{1e9, {}, {}, {}}, Reading{-7.25, {}, {}, {}}}};
  const std::vector<Frame> frames{wild};
  CHECK(same_frames(parse(journal_bytes(frames)).frames, frames));
}

TEST_CASE("readings rounded to tenths or thousandths of gravity take two bytes a value, others four, and missing sensors none") {
  const auto bytes_a_reading = [](const Delivery& delivery) {
    const std::vector<Reading> readings = delivered(sine(3.0, 2.0), sine(3.0, 20.0), 0.0, 60.0, delivery);
    const std::vector<Frame> frames{Readings{{readings.begin(), readings.begin() + 1000}}};
    return static_cast<double>(journal_bytes(frames).size()) / 1000.0;
  };
  CHECK(bytes_a_reading({.rounding = 0.1, .rotation = false}) == doctest::Approx(4 + 3 * 2).epsilon(0.01));
  CHECK(bytes_a_reading({.rounding = 0.1, .linear = true}) == doctest::Approx(4 + 9 * 2).epsilon(0.01));
  CHECK(bytes_a_reading({.rotation = false}) == doctest::Approx(4 + 4 + 2 + 2).epsilon(0.01));
}

TEST_CASE("a batch of any length is written") {
  const std::vector<Reading> readings = delivered(sine(3.0, 2.0), sine(3.0, 20.0), 0.0, 200.0);
  const std::vector<Frame> frames{Readings{readings}};
  const Parsed parsed = parse(journal_bytes(frames));
  Readings together;
  for (const Frame& frame : parsed.frames)
    for (const Reading& reading : std::get<Readings>(frame).readings) together.readings.push_back(reading);
  REQUIRE(together.readings.size() == readings.size());
  for (std::size_t i = 0; i < readings.size(); ++i) {
    CHECK(together.readings[i].stamp_ms == stored_stamp(readings[i].stamp_ms));
    CHECK(together.readings[i].rotation[0] == readings[i].rotation[0]);
  }
}

TEST_CASE("bytes may come in any pieces") {
  const std::vector<Frame> frames = random_frames(9, 40);
  std::vector<std::byte> bytes = journal_bytes(frames);
  for (std::size_t i = 300; i < bytes.size(); i += 997) bytes[i] ^= std::byte{0x40};
  const Parsed whole = parse(bytes);
  CHECK(whole.damage.lost_frames > 0);
  for (const std::size_t piece : std::vector<std::size_t>{1, 2, 3, 7, 13, 64, 1000, 4096}) {
    CAPTURE(piece);
    const Parsed parsed = parse(bytes, piece);
    CHECK(same_frames(parsed.frames, whole.frames));
    CHECK(parsed.damage.torn_bytes == whole.damage.torn_bytes);
    CHECK(parsed.damage.skipped_bytes == whole.damage.skipped_bytes);
    CHECK(parsed.damage.lost_frames == whole.damage.lost_frames);
  }
}

TEST_CASE("a file cut anywhere gives every frame that was whole before the cut") {
  const std::vector<Frame> frames = random_frames(5, 14);
  const std::vector<std::vector<std::byte>> pieces = pieces_of(frames);
  const std::vector<std::byte> bytes = journal_bytes(frames);
  std::size_t whole = 0;
  std::size_t end = pieces[0].size();
  std::size_t begin = kSignature.size();
  for (std::size_t cut = kSignature.size(); cut < bytes.size(); ++cut) {
    if (cut == end) {
      begin = end;
      end += pieces[++whole].size();
    }
    const Parsed parsed = parse(std::span(bytes).first(cut));
    REQUIRE(same_frames(parsed.frames, std::span(frames).first(whole)));
    REQUIRE(parsed.damage.torn_bytes == static_cast<std::int64_t>(cut - begin));
  }
}

TEST_CASE("one flipped byte loses at most the frame it lies in, and it is told") {
  const std::vector<Frame> frames = random_frames(6, 14);
  const std::vector<std::vector<std::byte>> pieces = pieces_of(frames);
  const std::vector<std::byte> bytes = journal_bytes(frames);
  std::size_t hit = 0;
  std::size_t end = pieces[0].size();
  for (std::size_t at = kSignature.size(); at < bytes.size(); ++at) {
    if (at == end) end += pieces[++hit].size();
    for (const unsigned bits : {0x01U, 0x80U, 0xFFU}) {
      std::vector<std::byte> hurt = bytes;
      hurt[at] ^= static_cast<std::byte>(bits);
      const Parsed parsed = parse(hurt);
      std::vector<Frame> others = frames;
      others.erase(others.begin() + static_cast<std::ptrdiff_t>(hit));
      CAPTURE(at);
      REQUIRE(parsed.status.ok());
      REQUIRE(same_frames(parsed.frames, others));
      REQUIRE(parsed.damage.torn_bytes + parsed.damage.skipped_bytes == static_cast<std::int64_t>(pieces[hit].size() - (hit == 0 ? kSignature.size() : 0)));
      REQUIRE(parsed.damage.lost_frames == (hit + 1 < frames.size() ? 1 : 0));
    }
  }
}

TEST_CASE("other bytes are no journal") {
  const std::string text = "time,x,y,z\n0,1,2,3\n";
  const Parsed parsed = parse(std::as_bytes(std::span(text)));
  REQUIRE_FALSE(parsed.status.ok());
  CHECK(parsed.status.error().code == ErrorCode::UnknownFormat);
  CHECK(parse({}).status.ok());
}

TEST_CASE("a list learns what a recording is from its two ends") {
  const std::vector<Reading> readings = delivered(sine(3.0, 2.0), sine(3.0, 20.0), 0.0, 600.0);
  const std::vector<std::byte> bytes = journal_bytes(recorded(readings));
  const Result<Description> described = describe(MemorySource(bytes));
  REQUIRE(described.ok());
  const Description& description = described.value();
  CHECK(description.header.context == R"({"place": "left_ankle"})");
  CHECK(description.header.planned_s == 3600.0);
  CHECK(description.length_s == doctest::Approx((readings.back().stamp_ms - readings.front().stamp_ms) / 1000.0).epsilon(1e-9));
  CHECK(description.begun.basis == ClockBasis::Utc);
  CHECK(description.begun.unix_ns == 1'795'733'285'100'000'000);
  CHECK(description.begun.offset_min == 60);
  CHECK(description.finished);

  std::vector<std::byte> cut(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(bytes.size() / 2));
  const Result<Description> half = describe(MemorySource(cut));
  REQUIRE(half.ok());
  CHECK_FALSE(half.value().finished);
  CHECK(half.value().length_s == doctest::Approx(300.0).epsilon(0.01));

  std::vector<std::byte> headless = bytes;
  headless[20] ^= std::byte{1};
  CHECK(describe(MemorySource(headless)).error().code == ErrorCode::Malformed);
  CHECK(describe(MemorySource(std::string("x,y,z\n"))).error().code == ErrorCode::UnknownFormat);
  CHECK_FALSE(describe(MemorySource(std::string())).ok());
}

}  // namespace klono::formats
