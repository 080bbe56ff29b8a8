#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <vector>

#include "formats/journal.hpp"
#include "fuzz/targets.hpp"

namespace {

using Bytes = std::vector<std::uint8_t>;
using Feed = void (*)(const std::uint8_t*, std::size_t);
namespace fs = std::filesystem;

std::vector<fs::path> files_in(const char* folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(KLONO_FUZZ_CORPUS) / folder))
    if (entry.is_regular_file()) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

Bytes bytes_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void replay(const char* folder, Feed feed) {
  const std::vector<fs::path> files = files_in(folder);
  REQUIRE(files.size() >= 8);
  for (const fs::path& path : files) {
    CAPTURE(path.filename().string());
    const Bytes whole = bytes_of(path);
    feed(whole.data(), whole.size());
    for (std::size_t cut = 1; cut <= 12; ++cut) feed(whole.data(), whole.size() * cut / 13);
    std::mt19937 random(static_cast<std::uint32_t>(whole.size()));
    for (int round = 0; round < 40 && !whole.empty(); ++round) {
      Bytes hurt = whole;
      for (int k = 0; k <= round % 4; ++k) hurt[random() % hurt.size()] = static_cast<std::uint8_t>(random());
      feed(hurt.data(), hurt.size());
    }
  }
}

}  // namespace

TEST_CASE("Every recording of the corpus, cut short and hurt, is read or refused in words") { replay("reader", klono::fuzz::feed_reader); }

TEST_CASE("Every message of the corpus, cut short and hurt, is read exactly or refused") { replay("codec", klono::fuzz::feed_codec); }

TEST_CASE("Every recording made here, cut short and hurt, gives what is whole in it") { replay("journal", klono::fuzz::feed_journal); }

TEST_CASE("Every notification of a Polar sensor, cut short and hurt, gives readings or nothing") { replay("polar", klono::fuzz::feed_polar); }

TEST_CASE("A recording written from the description of the format alone is whole, and its numbers are read as they were meant") {
  using namespace klono::formats::journal;
  for (const fs::path& path : files_in("journal")) {
    if (path.extension() != kExtension) continue;
    CAPTURE(path.filename().string());
    const Bytes bytes = bytes_of(path);
    Parser parser;
    std::vector<Frame> frames;
    REQUIRE(parser.push(std::as_bytes(std::span(bytes)), frames).ok());
    const Damage& damage = parser.finish(frames);
    CHECK(damage.torn_bytes + damage.skipped_bytes + damage.lost_frames == 0);
    REQUIRE(frames.size() > 2);
    const auto* header = std::get_if<Header>(&frames.front());
    REQUIRE(header != nullptr);
    CHECK(header->planned_s == 600.0);
    CHECK(header->id == "2026-01-01-00-00-00");
    if (path.stem() != "chrome") continue;
    const Reading& reading = std::get<Readings>(frames[3]).readings.at(1);
    CHECK(reading.stamp_ms == doctest::Approx(100.0 + 1000.0 / 60.0 + 0.8).epsilon(1e-5));
    CHECK(reading.acceleration[1] == 0.2F);
    CHECK(reading.acceleration[2] == 9.8F);
    CHECK(reading.linear[0] != reading.linear[0]);
    CHECK(reading.rotation[1] == 0.2F);
  }
}
